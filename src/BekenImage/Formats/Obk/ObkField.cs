namespace BekenImage.Formats.Obk;

/// <summary>One field of OpenBeken's configuration: its names, place and type. Immutable.</summary>
public sealed class ObkField
{
    internal ObkField(string name, string nativeName, ObkFieldType type, int offset, int size, string meaning)
    {
        Name = name;
        NativeName = nativeName;
        Type = type;
        Offset = offset;
        Size = size;
        Meaning = meaning;
    }

    /// <summary>Name here: the struct's name in camelCase; initCommandLine is <c>startupCommand</c>.</summary>
    public string Name { get; }

    /// <summary>Name in the firmware's struct.</summary>
    public string NativeName { get; }

    /// <summary>How it is stored.</summary>
    public ObkFieldType Type { get; }

    /// <summary>What it is for, in a few words; may be empty.</summary>
    public string Meaning { get; }

    /// <summary>True for passwords: masked by default when shown.</summary>
    public bool IsSecret { get; internal set; }

    /// <summary>True for what names or opens the owner's network and broker: emptied when an image is made fit to be shared.</summary>
    public bool IsPrivate { get; internal set; }

    /// <summary>True when a text may fill the field without a NUL, as the firmware allows for the Wi-Fi pass phrase.</summary>
    internal bool MayFill { get; set; }

    /// <summary>True when it lies behind the pins, where the 48-pin layout differs.</summary>
    internal bool IsBehindPins => Offset is >= ObkFields.FirstBehindPins and < ObkFields.FirstCommonAgain;

    private int Offset { get; }

    private int Size { get; }

    /// <summary>Where it begins, counted from the start of the configuration.</summary>
    /// <param name="layout">The pin layout.</param>
    public int OffsetIn(ObkPinLayout layout) => Offset + (IsBehindPins && layout == ObkPinLayout.Pins48 ? ObkFields.Pins48Shift : 0);

    /// <summary>Its size in bytes.</summary>
    /// <param name="layout">The pin layout.</param>
    /// <param name="configLength">Length of the configuration: the start-up command is 512 bytes in one of 2016.</param>
    public int SizeIn(ObkPinLayout layout, int configLength) => Type switch
    {
        ObkFieldType.Pins => 3 * ObkFields.PinsIn(layout),
        _ when NativeName == ObkFields.StartupCommandNativeName && configLength == ObkConfig.OldLength => ObkFields.OldStartupCommandSize,
        _ => Size,
    };

    /// <summary>True when a configuration of this length has the field; version 4 added fields behind byte 0xC00.</summary>
    /// <param name="configLength">Length of the configuration.</param>
    public bool ExistsIn(int configLength) => Offset < configLength;

    /// <summary>Name and type.</summary>
    public override string ToString() => $"{Name} ({Type})";
}
