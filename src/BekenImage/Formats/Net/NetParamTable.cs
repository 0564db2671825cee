namespace BekenImage.Formats.Net;

/// <summary>
/// The NET_PARAM ("info") table of the SDK: a flat row of items with network settings. Immutable; holds slices of the bytes that were
/// read, which must not change.
/// </summary>
/// <remarks>Read by <see cref="NetParamReader"/>. There is no checksum in it. Source: FORMAT.md, "NET_PARAM".</remarks>
public sealed class NetParamTable
{
    /// <summary>Tag and length in front of every item and of the root.</summary>
    public const int HeaderSize = 8;

    internal NetParamTable(long offset, ReadOnlyMemory<byte> bytes, IReadOnlyList<NetParamItem> items)
    {
        Offset = offset;
        Bytes = bytes;
        Items = items;
    }

    /// <summary>Physical offset of its first byte.</summary>
    public long Offset { get; }

    /// <summary>The stored length of the root: the bytes behind its header.</summary>
    public int Length => Bytes.Length - HeaderSize;

    /// <summary>The table's own bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The items in stored order.</summary>
    public IReadOnlyList<NetParamItem> Items { get; }

    /// <summary>The MAC, where the table has one.</summary>
    public MacAddress? Mac => Find(NetParamTags.Mac) is { Data.Length: >= MacAddress.Size } item
        ? new MacAddress(item.Data.Span.Slice(0, MacAddress.Size))
        : null;

    /// <summary>The first item with this tag; null when there is none.</summary>
    /// <param name="tag">See <see cref="NetParamTags"/>.</param>
    public NetParamItem? Find(uint tag) => Items.FirstOrDefault(item => item.Tag == tag);

    /// <summary>Where it lies and how much it holds.</summary>
    public override string ToString() => FormattableString.Invariant($"NET table at 0x{Offset:x}, {Items.Count} items");
}
