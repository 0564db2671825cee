using BekenImage.Crypto;

namespace BekenImage;

/// <summary>What the CPU sees in a striped area, and what the flash cipher counts in: the page CRCs do not exist here.</summary>
public readonly struct LogicalAddress : IEquatable<LogicalAddress>
{
    /// <summary>Makes an address.</summary>
    /// <param name="value">Address as the CPU sees it.</param>
    public LogicalAddress(long value)
    {
        Value = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Address as the CPU sees it.</summary>
    public long Value { get; }

    /// <summary>Where the byte lies in flash: <c>logical / 32 * 34 + logical % 32</c>.</summary>
    public PhysicalAddress ToPhysical() => new(Value / FlashPages.DataSize * FlashPages.PageSize + Value % FlashPages.DataSize);

    /// <inheritdoc/>
    public bool Equals(LogicalAddress other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LogicalAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>Hex, and which kind it is: <c>logical 0x10000</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"logical 0x{Value:x}");

    /// <summary>True when both are the same.</summary>
    public static bool operator ==(LogicalAddress left, LogicalAddress right) => left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(LogicalAddress left, LogicalAddress right) => !left.Equals(right);
}
