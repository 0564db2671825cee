using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>
/// The leading valid pages of a striped partition as plain bytes: what <c>split</c> and <c>extract</c> give out, and what an edit replaces.
/// The cipher is applied to every byte, also where flash holds plain ones, so that writing back undoes it exactly.
/// </summary>
internal sealed class PlainProgram
{
    private PlainProgram(byte[] bytes, FlashRange pages, long? headerOffset)
    {
        Bytes = bytes;
        Pages = pages;
        HeaderOffset = headerOffset;
    }

    public byte[] Bytes { get; }

    /// <summary>Where its pages lie.</summary>
    public FlashRange Pages { get; }

    /// <summary>The RBL header that describes it, or null.</summary>
    public long? HeaderOffset { get; }

    /// <summary>Null where the key is not known, the first page is not valid, or the file is a program from end to end.</summary>
    public static PlainProgram? Read(FlashImage image, Partition partition, long maximumLength = long.MaxValue)
    {
        if (partition is not { Storage.Cipher: not null, LogicalStart: { } logicalStart })
            return null;
        int pages = LeadingPages(image, partition, maximumLength);
        if (pages == 0)
            return null;
        var range = new FlashRange(partition.Code.Start, partition.Storage.StoredLength(PageGrid.DataOf(pages)));
        byte[] bytes = partition.Storage.Decode(range.Of(image.Bytes).Span, (uint)logicalStart.Value);
        return new PlainProgram(bytes, range, ProgramPayload.Find(image, partition).Container?.Offset);
    }

    // In a slot without page CRCs the bytes of a page are as good as their being there; the header behind the program is none of it.
    private static int LeadingPages(FlashImage image, Partition partition, long maximumLength)
    {
        if (partition.Pages is { } scan)
            return (int)Math.Min(scan.LeadingValid, maximumLength / FlashPages.PageSize);
        if (!LogicalReads.IsSlot(image, partition))
            return 0;
        long header = image.Containers.Where(container => container.IsBehindPayload && partition.Range.Contains(container.Offset))
            .Select(container => container.Offset).DefaultIfEmpty(partition.Range.End).Min();
        long length = Math.Min(maximumLength, header - partition.Offset);
        var stored = new FlashRange(partition.Offset, length).Of(image.Bytes).Span;
        int pages = 0;
        while ((pages + 1) * FlashPages.DataSize <= length && !ByteRuns.IsErased(stored.Slice(pages * FlashPages.DataSize, FlashPages.DataSize)))
            pages++;
        return pages;
    }
}
