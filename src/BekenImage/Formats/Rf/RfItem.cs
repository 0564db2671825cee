namespace BekenImage.Formats.Rf;

/// <summary>One element of an RF table. Immutable; the data is a slice of the bytes that were read.</summary>
public sealed class RfItem
{
    internal RfItem(uint groupTag, uint tag, int offset, ReadOnlyMemory<byte> data, bool isRepeated)
    {
        GroupTag = groupTag;
        Tag = tag;
        Offset = offset;
        Data = data;
        IsRepeated = isRepeated;
    }

    /// <summary>Tag of the group it lies in.</summary>
    public uint GroupTag { get; }

    /// <summary>Its tag.</summary>
    public uint Tag { get; }

    /// <summary>Name in the SDK, or the tag in hex.</summary>
    public string Name => RfTags.NameOf(Tag);

    /// <summary>Where its 8-byte header begins, counted from the start of the table.</summary>
    public int Offset { get; }

    /// <summary>Where its data begins, counted from the start of the table.</summary>
    public int DataOffset => Offset + RfTable.HeaderSize;

    /// <summary>The value's bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>True when the tag occurred before: the firmware takes the first and never reads this one. Not a sign of damage.</summary>
    public bool IsRepeated { get; }

    /// <summary>How the value depends on the device; unknown for an unknown tag or an unusual length.</summary>
    public RfItemNature Nature => RfTags.Find(Tag) is { } info && info.Length == Data.Length ? info.Nature : RfItemNature.Unknown;

    /// <summary>What the value is, in a few words; empty for an unknown tag.</summary>
    public string Meaning => RfTags.Find(Tag)?.Meaning ?? string.Empty;

    /// <summary>The value as text: a MAC, numbers, a summary of a power table, else hex.</summary>
    public string ValueText => RfValueText.Of(this);

    /// <summary>Name and value.</summary>
    public override string ToString() => $"{Name} = {ValueText}";
}
