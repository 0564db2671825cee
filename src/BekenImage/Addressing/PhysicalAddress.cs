using BekenImage.Crypto;

namespace BekenImage;

/// <summary>
/// An offset in the flash chip. In a striped area every 34 physical bytes hold 32 logical ones; the grid of pages is anchored at
/// physical 0 for the whole chip.
/// </summary>
public readonly struct PhysicalAddress : IEquatable<PhysicalAddress>
{
    /// <summary>Makes an address.</summary>
    /// <param name="value">Offset in the flash chip.</param>
    public PhysicalAddress(long value)
    {
        Value = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Offset in the flash chip.</summary>
    public long Value { get; }

    /// <summary>True on the first byte of a page.</summary>
    public bool IsPageBoundary => Value % FlashPages.PageSize == 0;

    /// <summary>
    /// What the CPU sees here: <c>physical / 34 * 32 + physical % 34</c>. The two CRC bytes of a page have no logical address; they give
    /// that of the next page.
    /// </summary>
    public LogicalAddress ToLogical() => new(
        Value / FlashPages.PageSize * FlashPages.DataSize + Math.Min(Value % FlashPages.PageSize, FlashPages.DataSize));

    /// <summary>This address rounded up to a page boundary.</summary>
    public PhysicalAddress RoundUpToPage() => new((Value + FlashPages.PageSize - 1) / FlashPages.PageSize * FlashPages.PageSize);

    /// <inheritdoc/>
    public bool Equals(PhysicalAddress other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PhysicalAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>Hex, and which kind it is: <c>physical 0x11000</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"physical 0x{Value:x}");

    /// <summary>True when both are the same.</summary>
    public static bool operator ==(PhysicalAddress left, PhysicalAddress right) => left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(PhysicalAddress left, PhysicalAddress right) => !left.Equals(right);
}
