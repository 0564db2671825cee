using BekenImage.Crypto;
using BekenImage.Formats.Rbl;

namespace BekenImage.Editing;

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
        // Where an inner area cuts the partition in two, its header lies behind that.
        long room = Math.Min(headerOffset ?? partition.End, partition.End) - partition.Start;
        if (pages.Length > room)
        {
            throw new ImageGuardException(FindingCode.AppTooLarge, FormattableString.Invariant(
                $"the program needs 0x{pages.Length:x} bytes, its partition has 0x{room:x}{(headerOffset < partition.End ? " before its header" : string.Empty)}; nothing was written"),
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
        var renewed = RblWriter.Describe(header, sameLength ? StoredPayload(slot, header.RawSize) : stored);
        FlashPages.Encode(renewed.Bytes.Span, image.Slice((int)headerOffset!.Value, RblHeader.StripedSize));
    }

    // Of what the header covered, the program may be only the part before an erased page; the raw size stays all the same.
    private static ReadOnlySpan<byte> StoredPayload(ReadOnlySpan<byte> slot, uint rawSize)
    {
        long wanted = ((long)rawSize + FlashPages.DataSize - 1) / FlashPages.DataSize;
        int pages = (int)Math.Min(wanted, slot.Length / FlashPages.PageSize);
        var data = new byte[pages * FlashPages.DataSize];
        FlashPages.Decode(slot.Slice(0, pages * FlashPages.PageSize), data);
        return data.AsSpan(0, (int)Math.Min(rawSize, (uint)data.Length));
    }

    private static RblHeader? ReadHeader(ReadOnlySpan<byte> pages)
    {
        Span<byte> bytes = stackalloc byte[RblHeader.Size];
        FlashPages.Decode(pages, bytes);
        return RblHeader.TryRead(bytes, out var header) ? header : null;
    }
}
