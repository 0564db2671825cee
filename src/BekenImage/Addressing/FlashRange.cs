namespace BekenImage;

/// <summary>
/// A range of bytes with a checked end: <see cref="Start"/> and <see cref="Length"/> are never negative and <see cref="End"/> never
/// wraps. Numbers read from an image become a range through <see cref="TryCreate"/>, or not at all.
/// </summary>
public readonly struct FlashRange : IEquatable<FlashRange>
{
    /// <summary>Makes a range.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="length">Number of bytes; 0 is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative, or the end does not fit 63 bits.</exception>
    public FlashRange(long start, long length)
    {
        if (start < 0)
            throw new ArgumentOutOfRangeException(nameof(start));
        if (length < 0 || length > long.MaxValue - start)
            throw new ArgumentOutOfRangeException(nameof(length));
        Start = start;
        Length = length;
    }

    /// <summary>First byte.</summary>
    public long Start { get; }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>The byte behind the last one.</summary>
    public long End => Start + Length;

    /// <summary>True when there is no byte in it.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>Makes a range of untrusted numbers.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="limit">What the end must not exceed, such as the length of the image.</param>
    /// <param name="range">The range, or an empty one at 0.</param>
    /// <returns>False when the numbers are no range within <paramref name="limit"/>.</returns>
    public static bool TryCreate(long start, long length, long limit, out FlashRange range)
    {
        if (start < 0 || length < 0 || start > limit || length > limit - start)
        {
            range = default;
            return false;
        }
        range = new FlashRange(start, length);
        return true;
    }

    /// <summary>The range between two addresses.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="end">The byte behind the last one.</param>
    public static FlashRange FromBounds(long start, long end) => new(start, end - start);

    /// <summary>True when the address lies inside.</summary>
    /// <param name="address">The address.</param>
    public bool Contains(long address) => address >= Start && address < End;

    /// <summary>True when every byte of the other range lies inside.</summary>
    /// <param name="other">The other range.</param>
    public bool Contains(FlashRange other) => other.Start >= Start && other.End <= End;

    /// <summary>True when the two share at least one byte.</summary>
    /// <param name="other">The other range.</param>
    public bool Overlaps(FlashRange other) => Start < other.End && other.Start < End && !IsEmpty && !other.IsEmpty;

    /// <summary>What lies in both; empty where they do not meet.</summary>
    /// <param name="other">The other range.</param>
    public FlashRange Intersect(FlashRange other)
    {
        long start = Math.Max(Start, other.Start);
        return FromBounds(start, Math.Max(start, Math.Min(End, other.End)));
    }

    /// <summary>The bytes of this range.</summary>
    /// <param name="image">The bytes the range counts in.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie inside.</exception>
    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> image) =>
        End <= image.Length ? image.Slice((int)Start, (int)Length) : throw new ArgumentOutOfRangeException(nameof(image));

    /// <inheritdoc/>
    public bool Equals(FlashRange other) => Start == other.Start && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlashRange other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(Start.GetHashCode() * 397 ^ Length.GetHashCode());

    /// <summary>Both ends in hex: <c>0x11000..0x129f70</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"0x{Start:x}..0x{End:x}");

    /// <summary>True when start and length are the same.</summary>
    public static bool operator ==(FlashRange left, FlashRange right) => left.Equals(right);

    /// <summary>True when start or length differ.</summary>
    public static bool operator !=(FlashRange left, FlashRange right) => !left.Equals(right);
}
