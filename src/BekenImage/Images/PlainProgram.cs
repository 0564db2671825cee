using BekenImage.Crypto;
using BekenImage.Programs;

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

    /// <summary>Null where the key is not known or the first page is not valid.</summary>
    public static PlainProgram? Read(FlashImage image, Partition partition, long maximumLength = long.MaxValue)
    {
        if (partition is not { Key: { } key, Pages: { } scan, LogicalStart: { } logicalStart })
            return null;
        int pages = (int)Math.Min(scan.LeadingValid, maximumLength / FlashPages.PageSize);
        if (pages == 0)
            return null;
        var range = new FlashRange(partition.Offset, (long)pages * FlashPages.PageSize);
        byte[] bytes = ProgramPages.Decode(range.Of(image.Bytes).Span, key, (uint)logicalStart.Value);
        return new PlainProgram(bytes, range, ProgramPayload.Find(image, partition).Container?.Offset);
    }
}
