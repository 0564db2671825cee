namespace BekenImage.Crypto;

/// <summary>What a look at the page CRCs of a striped area found. All numbers count whole 34-byte pages.</summary>
public readonly struct PageScan : IEquatable<PageScan>
{
    /// <summary>Makes a result.</summary>
    /// <param name="valid">Pages whose CRC fits their data.</param>
    /// <param name="erased">Pages of 34 bytes 0xFF.</param>
    /// <param name="bad">Pages that are neither.</param>
    /// <param name="firstBad">Index of the first bad page, or -1.</param>
    /// <param name="leadingValid">Valid pages before the first that is erased or bad.</param>
    public PageScan(int valid, int erased, int bad, int firstBad, int leadingValid)
    {
        Valid = valid;
        Erased = erased;
        Bad = bad;
        FirstBad = firstBad;
        LeadingValid = leadingValid;
    }

    /// <summary>Pages whose CRC fits their data.</summary>
    public int Valid { get; }

    /// <summary>Pages of 34 bytes 0xFF. They hold no data and are not deciphered.</summary>
    public int Erased { get; }

    /// <summary>Pages that are neither valid nor erased.</summary>
    public int Bad { get; }

    /// <summary>Index of the first bad page, 0-based; -1 when there is none.</summary>
    public int FirstBad { get; }

    /// <summary>Valid pages from the start to the first page that is erased or bad.</summary>
    public int LeadingValid { get; }

    /// <summary>All pages that were looked at.</summary>
    public int Total => Valid + Erased + Bad;

    /// <summary>The result for these pages and, behind them, others.</summary>
    internal PageScan Then(PageScan next) => new(
        Valid + next.Valid,
        Erased + next.Erased,
        Bad + next.Bad,
        FirstBad >= 0 || next.FirstBad < 0 ? FirstBad : Total + next.FirstBad,
        LeadingValid == Total ? LeadingValid + next.LeadingValid : LeadingValid);

    /// <inheritdoc/>
    public bool Equals(PageScan other) =>
        Valid == other.Valid && Erased == other.Erased && Bad == other.Bad && FirstBad == other.FirstBad && LeadingValid == other.LeadingValid;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PageScan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(((Valid * 31 + Erased) * 31 + Bad) * 31 + FirstBad);

    /// <summary>Counts in words, for logs and failed assertions.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Valid} valid, {Erased} erased, {Bad} bad{(Bad == 0 ? "" : $" (first {FirstBad})")}, {LeadingValid} leading valid");

    /// <summary>True when every number is the same.</summary>
    public static bool operator ==(PageScan left, PageScan right) => left.Equals(right);

    /// <summary>True when any number differs.</summary>
    public static bool operator !=(PageScan left, PageScan right) => !left.Equals(right);
}
