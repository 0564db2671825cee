namespace BekenImage.Formats.FlashVars;

/// <summary>One entry of an EasyFlash store, current or not. Immutable; the value is a slice of the bytes that were read.</summary>
public sealed class EasyFlashEntry
{
    internal EasyFlashEntry(int position, EasyFlashStatus status, string name, int valuePosition, ReadOnlyMemory<byte> value, bool crcOk)
    {
        Position = position;
        Status = status;
        Name = name;
        ValuePosition = valuePosition;
        Value = value;
        CrcOk = crcOk;
    }

    /// <summary>Where it begins, counted from the start of the store.</summary>
    public int Position { get; }

    /// <summary>Where its value begins, counted from the start of the store.</summary>
    public int ValuePosition { get; }

    /// <summary>Its state.</summary>
    public EasyFlashStatus Status { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its value. That of <c>fcdata</c> is secret: access point, channel and key of a network.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>True when lengths, name and value give the stored CRC.</summary>
    public bool CrcOk { get; }

    /// <summary>True for <c>fcdata</c>.</summary>
    public bool IsSecret => Name == EasyFlashStore.FastConnectName;

    /// <summary>Name, status and length; not the value, which may be a secret.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({Value.Length} bytes, {Status})");
}
