using BekenImage.IO;

namespace BekenImage;

/// <summary>What is in a cell of a <see cref="FlashMap"/>.</summary>
public enum FlashFill
{
    /// <summary>Nothing: every byte is 0xFF.</summary>
    Empty,

    /// <summary>Something.</summary>
    Used,

    /// <summary>A page that is in use and not what it was is in it.</summary>
    Damaged,
}

/// <summary>A stretch of an image in a row that shows all of it. Immutable.</summary>
public sealed class FlashMapCell
{
    internal FlashMapCell(FlashRange range, FlashRegion region, ReadOnlySpan<byte> bytes, bool isDamaged)
    {
        Range = range;
        Region = region;
        var census = ByteCensus.Of(bytes);
        Erased = census.ErasedCount;
        Entropy = census.WrittenEntropy();
        Fill = isDamaged ? FlashFill.Damaged : Erased == range.Length ? FlashFill.Empty : FlashFill.Used;
    }

    /// <summary>The bytes it stands for; physical.</summary>
    public FlashRange Range { get; }

    /// <summary>The region it shows.</summary>
    public FlashRegion Region { get; }

    /// <summary>What is in it.</summary>
    public FlashFill Fill { get; }

    /// <summary>Bytes of 0xFF in it.</summary>
    public long Erased { get; }

    /// <summary>Bits per byte of what is not 0xFF in it, 0 to 8.</summary>
    public double Entropy { get; }

    /// <summary>Range, region and fill.</summary>
    public override string ToString() => $"{Range} {Region.Name} {Fill}";
}
