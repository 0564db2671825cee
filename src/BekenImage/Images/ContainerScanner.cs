using BekenImage.Crypto;
using BekenImage.Formats.Rbl;

namespace BekenImage.Images;

/// <summary>Finds every RBL header of an image, on the page grid or off it.</summary>
internal static class ContainerScanner
{
    /// <summary>More headers than any image has; keeps hostile input cheap.</summary>
    private const int MaximumHeaders = 64;

    /// <summary>A header and the physical offset of its first byte.</summary>
    internal readonly struct Hit(long offset, bool isStriped, RblHeader header)
    {
        public long Offset { get; } = offset;

        public bool IsStriped { get; } = isStriped;

        public RblHeader Header { get; } = header;
    }

    /// <summary>
    /// Looks at every place where the magic stands, both as raw bytes and as three pages. Header pages are never enciphered and may lie off
    /// the grid (OpenBK7231T). A header with a wrong CRC counts only where one is expected: elsewhere the magic is a literal in code.
    /// </summary>
    /// <param name="image">The un-rotated image.</param>
    /// <param name="expected">Where partitions say a header begins.</param>
    public static List<Hit> Find(ReadOnlySpan<byte> image, ICollection<long> expected)
    {
        var hits = new List<Hit>();
        int from = 0;
        while (hits.Count < MaximumHeaders)
        {
            int next = image.Slice(from).IndexOf(RblHeader.Magic);
            if (next < 0)
                break;
            int offset = from + next;
            if (TryReadStriped(image, offset, out var header) && (header!.HeaderCrcOk || expected.Contains(offset)))
                hits.Add(new Hit(offset, true, header));
            else if (TryReadRaw(image, offset, out header) && (header!.HeaderCrcOk || expected.Contains(offset)))
                hits.Add(new Hit(offset, false, header));
            from = offset + RblHeader.Magic.Length;
        }
        return hits;
    }

    private static bool TryReadRaw(ReadOnlySpan<byte> image, int offset, out RblHeader? header)
    {
        header = null;
        return IsPlausible(image, offset) && RblHeader.TryRead(image.Slice(offset), out header);
    }

    private static bool TryReadStriped(ReadOnlySpan<byte> image, int offset, out RblHeader? header)
    {
        header = null;
        if (!IsPlausible(image, offset) || image.Length - offset < RblHeader.StripedSize)
            return false;
        Span<byte> bytes = stackalloc byte[RblHeader.Size];
        var scan = FlashPages.Decode(image.Slice(offset, RblHeader.StripedSize), bytes);
        return scan.Valid > 0 && RblHeader.TryRead(bytes, out header);
    }

    // The algorithm word has two used bytes with few values; this rejects literals before any CRC is computed.
    private static bool IsPlausible(ReadOnlySpan<byte> image, int offset)
    {
        if (image.Length - offset < RblHeader.Size)
            return false;
        var algorithm = image.Slice(offset + RblHeader.AlgorithmOffset, 4);
        return algorithm[0] <= (byte)RblEncryption.Aes256 && algorithm[1] <= (byte)RblCompression.Lzma && algorithm[2] == 0 && algorithm[3] == 0;
    }
}
