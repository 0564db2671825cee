using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Images;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>A stretch of a <see cref="FlashMap"/>: a partition, a piece of one, or a gap. Immutable.</summary>
public sealed class FlashRegion
{
    /// <summary>The name of a stretch that nothing claims.</summary>
    public const string Gap = "gap";

    private readonly ProgramDamage _damage;

    internal FlashRegion(FlashRange range, Partition? owner, int piece, ReadOnlyMemory<byte> image, ProgramDamage damage)
    {
        Range = range;
        Owner = owner;
        Piece = piece;
        _damage = damage;
        DamagedBytes = damage.BytesIn(range);
        var census = ByteCensus.Of(range.Of(image).Span);
        Erased = census.ErasedCount;
        Entropy = census.WrittenEntropy();
        if (owner is null)
            return;
        var stored = owner.Code.Intersect(range);
        if (owner.Storage.IsPaged)
        {
            // Of a page that the region's end cuts, no part counts.
            int first = PageGrid.CountIn(stored.Start - owner.Code.Start + FlashPages.PageSize - 1);
            int count = Math.Max(0, PageGrid.CountIn(stored.End - owner.Code.Start) - first);
            Pages = ProgramPages.Check(new FlashRange(owner.Code.Start + PageGrid.StoredOf(first), PageGrid.StoredOf(count)).Of(image).Span);
            LogicalStart = At(owner, PageGrid.DataOf(first), count);
            LogicalLength = PageGrid.DataOf(count);
        }
        else
        {
            LogicalStart = At(owner, stored.Start - owner.Code.Start, stored.Length);
            LogicalLength = LogicalStart is null ? 0 : stored.Length;
        }
    }

    /// <summary>The partition's name, which all its pieces have; <see cref="Gap"/> in a gap. Text from the image: escape it before showing.</summary>
    public string Name => Owner?.Name ?? Gap;

    /// <summary>The partition; null in a gap.</summary>
    public Partition? Owner { get; }

    /// <summary>Which piece of its partition, from 1 on, where others lie between; 0 for all of it, and for a gap.</summary>
    public int Piece { get; }

    /// <summary>Where it lies; physical, un-rotated.</summary>
    public FlashRange Range { get; }

    /// <summary>First byte; physical, un-rotated.</summary>
    public long Offset => Range.Start;

    /// <summary>Number of bytes.</summary>
    public long Length => Range.Length;

    /// <summary>Logical address of its first whole page, or of its first byte where a program is stored without pages; else null.</summary>
    public LogicalAddress? LogicalStart { get; }

    /// <summary>Bytes from there on, as the CPU sees them; 0 where there is no such address.</summary>
    public long LogicalLength { get; }

    /// <summary>Where the partition's place was learnt from; null in a gap.</summary>
    public PartitionSource? Source => Owner?.Source;

    /// <summary>Bytes of 0xFF.</summary>
    public long Erased { get; }

    /// <summary>True when every byte is 0xFF.</summary>
    public bool IsErased => Erased == Length;

    /// <summary>The state of its whole pages; null where it is not stored in pages.</summary>
    public PageScan? Pages { get; }

    /// <summary>
    /// Bytes in pages that a program uses and that are not what they were. Pages with a wrong CRC behind what is in use do not count: they
    /// are left over, or data.
    /// </summary>
    public long DamagedBytes { get; }

    /// <summary>
    /// Bits per byte of what is not 0xFF, 0 to 8: near 8 for enciphered or compressed content, between 5 and 7 for code, less for text and
    /// tables. 0 where all is erased.
    /// </summary>
    public double Entropy { get; }

    internal bool IsDamagedIn(FlashRange range) => _damage.BytesIn(range) > 0;

    /// <summary>Name and range.</summary>
    public override string ToString() => $"{Name} {Range}";

    private static LogicalAddress? At(Partition owner, long distance, long length) =>
        length > 0 && owner.LogicalStart is { } start ? new LogicalAddress(start.Value + distance) : null;
}
