using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// How much of a program's partition is code in use: what its RBL header covers, or where there is no header that fits, the run of pages
/// up to the first long erased stretch. What lies behind is left over from longer versions.
/// </summary>
internal sealed class ProgramPayload
{
    private ProgramPayload(Partition partition, long length, RblContainer? container)
    {
        Partition = partition;
        Length = length;
        Container = container;
    }

    public Partition Partition { get; }

    /// <summary>Logical bytes in use, from the partition's first page.</summary>
    public long Length { get; }

    /// <summary>The header that says so; null when the pages say it.</summary>
    public RblContainer? Container { get; }

    /// <summary>Pages in use.</summary>
    public int Pages => PageGrid.CountFor(Length);

    /// <summary>The physical range of the pages in use.</summary>
    public FlashRange PhysicalRange => new(Partition.Code.Start, Math.Min(Partition.Storage.IsPaged ? PageGrid.StoredOf(Pages) : Length, Partition.Code.Length));

    /// <summary>How much of a partition of an image is in use.</summary>
    public static ProgramPayload Find(FlashImage image, Partition partition) => Find(image.Bytes, image.Containers, partition);

    /// <param name="image">The un-rotated image.</param>
    /// <param name="containers">Its RBL headers.</param>
    /// <param name="partition">A program of it.</param>
    public static ProgramPayload Find(ReadOnlyMemory<byte> image, IEnumerable<RblContainer> containers, Partition partition)
    {
        var candidates = containers
            .Where(candidate => candidate.IsBehindPayload && candidate.HeaderCrcOk && partition.Range.Contains(candidate.Offset))
            .Where(candidate => candidate.Header.RawSize > 0 && FitsBefore(candidate, partition))
            .ToArray();
        // Hashes are asked for only where they decide.
        var container = candidates.Length == 1 ? candidates[0]
            : candidates.OrderByDescending(candidate => candidate.PayloadHashOk == true).ThenBy(candidate => candidate.Offset).FirstOrDefault();
        return container is not null
            ? new ProgramPayload(partition, container.Header.RawSize, container)
            : new ProgramPayload(partition, partition.Storage.IsPaged
                ? PageGrid.DataOf(PageRun.InUse(partition.Code.Of(image).Span)) : LogicalReads.MeasureUsed(partition.Range.Of(image).Span), null);
    }

    /// <summary>The state of the pages in use; none where it is stored without.</summary>
    public PageScan Check(FlashImage image) => Partition.Storage.IsPaged ? ProgramPages.Check(PhysicalRange.Of(image.Bytes).Span) : default;

    /// <summary>
    /// Pages in use that are not what they were: with a wrong CRC, and erased ones where the header says that the payload is another. A
    /// header that fits its payload vouches for erased pages: they were packed as 0xFF.
    /// </summary>
    public int CountDamaged(FlashImage image)
    {
        var scan = Check(image);
        return Container is { PayloadHashOk: false } ? scan.Bad + scan.Erased : scan.Bad;
    }

    private static bool FitsBefore(RblContainer container, Partition partition)
    {
        return partition.Storage.StoredLength(container.Header.RawSize) <= container.Offset - partition.Code.Start;
    }
}
