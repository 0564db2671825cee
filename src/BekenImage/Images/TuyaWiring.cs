using BekenImage.Images;

namespace BekenImage.Formats.Tuya;

/// <summary>A GPIO of the device and what OpenBeken calls its role.</summary>
public sealed class TuyaPin
{
    internal TuyaPin(int gpio, string role, int channel, string field)
    {
        Gpio = gpio;
        Role = role;
        Channel = channel;
        Field = field;
    }

    /// <summary>GPIO number.</summary>
    public int Gpio { get; }

    /// <summary>OpenBeken's name of the role, such as <c>Rel</c> or <c>Btn_n</c>; "_n" means inverted.</summary>
    public string Role { get; }

    /// <summary>Channel; 0 also for roles that have none.</summary>
    public int Channel { get; }

    /// <summary>The field of user_param_key that says so.</summary>
    public string Field { get; }

    /// <summary>Role and channel as templates write them: <c>Btn;1</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Role};{Channel}");
}

/// <summary>A GPIO of the device that has no role of OpenBeken's.</summary>
public sealed class TuyaUnmappedPin
{
    internal TuyaUnmappedPin(int gpio, string field, string meaning, string? reason)
    {
        Gpio = gpio;
        Field = field;
        Meaning = meaning;
        Reason = reason;
    }

    /// <summary>GPIO number.</summary>
    public int Gpio { get; }

    /// <summary>The field of user_param_key that names it.</summary>
    public string Field { get; }

    /// <summary>What it is for, in words: <c>control pin</c>; the field's name where that is not known.</summary>
    public string Meaning { get; }

    /// <summary>Why it has no role, where there is more to say than that OpenBeken has none; else null.</summary>
    public string? Reason { get; }

    /// <summary>A sentence: <c>P14: control pin, not mapped</c>, with the reason where there is one.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"P{Gpio}: {Meaning}, not mapped") + (Reason is null ? string.Empty : ": " + Reason);
}

/// <summary>What a device's user_param_key, baud_cfg and em_sys_env say about its wiring, in OpenBeken's terms. Immutable.</summary>
public sealed class TuyaWiring
{
    internal TuyaWiring(
        IReadOnlyList<TuyaPin> pins, IReadOnlyList<TuyaUnmappedPin> unmappedPins, IReadOnlyList<string> startupCommands,
        IReadOnlyList<TuyaUserParameter> unusedFields, IReadOnlyList<string> notes, ulong flags, string? module, string? chip, bool isTuyaMcu)
    {
        Pins = pins;
        UnmappedPins = unmappedPins;
        Flags = flags;
        StartupCommands = startupCommands;
        UnusedFields = unusedFields;
        Notes = notes;
        Module = module;
        Chip = chip;
        IsTuyaMcu = isTuyaMcu;
    }

    /// <summary>The pins, by GPIO number; each once.</summary>
    public IReadOnlyList<TuyaPin> Pins { get; }

    /// <summary>Pins that are named and have no role, by GPIO number; their text is a sentence for people.</summary>
    public IReadOnlyList<TuyaUnmappedPin> UnmappedPins { get; }

    /// <summary>OpenBeken's flags that this wiring needs; bit n is flag n.</summary>
    public ulong Flags { get; }

    /// <summary>Commands for OpenBeken's start-up command, in order.</summary>
    public IReadOnlyList<string> StartupCommands { get; }

    /// <summary>Fields that became neither a pin nor a command, in stored order.</summary>
    public IReadOnlyList<TuyaUserParameter> UnusedFields { get; }

    /// <summary>What could not be expressed and a person should look at.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The Wi-Fi module as the text spells it, such as <c>CB2S</c>, or null.</summary>
    public string? Module { get; }

    /// <summary>The chip that module or em_sys_env mean, such as <c>BK7231N</c>, or null.</summary>
    public string? Chip { get; }

    /// <summary>True when there is a baud_cfg and no pin: the device's own microcontroller does the work.</summary>
    public bool IsTuyaMcu { get; }

    /// <summary>True when a field of this name in a user_param_key names a pin.</summary>
    /// <param name="field">The field's name.</param>
    public static bool NamesPin(string field) => TuyaPinRules.MeaningOf(field ?? throw new ArgumentNullException(nameof(field))) is not null;

    /// <summary>Works out the wiring of a device.</summary>
    /// <param name="parameters">Its user_param_key; null where it has none.</param>
    /// <param name="storage">Its storage, for baud_cfg and em_sys_env; may be null.</param>
    /// <remarks>
    /// Rules: Formats/Tuya/FORMAT.md, "From user_param_key to OpenBeken". A field <c>..._lv</c> of 0 makes a relay, LED or PWM inverted; a button with 0
    /// is OpenBeken's plain button.
    /// </remarks>
    public static TuyaWiring Create(TuyaUserParameters? parameters, TuyaStorage? storage) =>
        CreateFrom(parameters, name => storage?.Find(name)?.Text);

    internal static TuyaWiring CreateFrom(TuyaUserParameters? parameters, Func<string, string?> valueOf) => new TuyaWiringMapper(parameters, valueOf).Map();
}
