using BekenImage.Crypto;
using BekenImage.Formats.Rbl;

namespace BekenImage.Building;

/// <summary>Puts an edited plain program back into its partition: encrypted, paged, its RBL header renewed.</summary>
internal static class StripedEdit
{
    /// <summary>Applies an edited plain file of a split image.</summary>
    public static void Apply(Span<byte> image, SplitFile file, ReadOnlyMemory<byte> plain) => Apply(
        image, file.PartitionRange, file.Key!.Value, (uint)file.LogicalStart, file.HeaderOffset, plain.Span, previousLength: file.Length);

    /// <summary>
    /// Writes a program into its partition. A program as long as before replaces its pages and keeps its header's raw size; another length
    /// is the new raw size, and the rest of the partition is erased.
    /// </summary>
    /// <exception cref="ImageGuardException">The program and its header do not fit. Nothing was written.</exception>
    public static void Apply(
        Span<byte> image, FlashRange partition, BekenKey key, uint logicalStart, long? headerOffset, ReadOnlySpan<byte> plain, long previousLength)
    {
        var stored = new byte[plain.Length];
        FlashCipher.Apply(key, logicalStart, plain, stored);
        byte[] pages = RblWriter.ToPages(stored);
        long room = (headerOffset ?? partition.End) - partition.Start;
        if (pages.Length > room)
        {
            throw new ImageGuardException(FindingCode.AppTooLarge, FormattableString.Invariant(
                $"the program needs 0x{pages.Length:x} bytes, its partition has 0x{room:x}{(headerOffset is null ? string.Empty : " before its header")}; nothing was written"),
                partition.Start);
        }
        var header = headerOffset is { } at ? ReadHeader(image.Slice((int)at, RblHeader.StripedSize)) : null;
        bool sameLength = plain.Length == previousLength;
        var slot = image.Slice((int)partition.Start, (int)partition.Length);
        if (!sameLength)
            slot.Fill(0xFF);
        pages.CopyTo(slot);
        if (header is null)
            return;
        int rawSize = sameLength ? (int)Math.Min(header.RawSize, (uint)stored.Length) : stored.Length;
        var renewed = RblWriter.Describe(header, stored.AsSpan(0, rawSize));
        FlashPages.Encode(renewed.Bytes.Span, image.Slice((int)headerOffset!.Value, RblHeader.StripedSize));
    }

    private static RblHeader? ReadHeader(ReadOnlySpan<byte> pages)
    {
        Span<byte> bytes = stackalloc byte[RblHeader.Size];
        FlashPages.Decode(pages, bytes);
        return RblHeader.TryRead(bytes, out var header) ? header : null;
    }
}
