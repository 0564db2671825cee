namespace BekenImage.Formats.Rf;

/// <summary>One group of an RF table. Immutable.</summary>
public sealed class RfGroup
{
    internal RfGroup(uint tag, int offset, int length, IReadOnlyList<RfItem> items, ReadOnlyMemory<byte> tail)
    {
        Tag = tag;
        Offset = offset;
        Length = length;
        Items = items;
        Tail = tail;
    }

    /// <summary>Its tag.</summary>
    public uint Tag { get; }

    /// <summary>Name in the SDK, or the tag in hex.</summary>
    public string Name => RfTags.NameOf(Tag);

    /// <summary>Where its 8-byte header begins, counted from the start of the table.</summary>
    public int Offset { get; }

    /// <summary>Its stored length: the bytes behind its header.</summary>
    public int Length { get; }

    /// <summary>Its elements in stored order.</summary>
    public IReadOnlyList<RfItem> Items { get; }

    /// <summary>Bytes at its end that are no element. The N firmware leaves 22 of them, often 0x5A, in the power group.</summary>
    public ReadOnlyMemory<byte> Tail { get; }

    /// <summary>Name and how much it holds.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}, {Items.Count} items");
}
