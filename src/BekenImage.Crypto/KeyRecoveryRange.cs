namespace BekenImage.Crypto;

/// <summary>A range of logical addresses.</summary>
public readonly struct KeyRecoveryRange : IEquatable<KeyRecoveryRange>
{
    /// <summary>Makes a range.</summary>
    /// <param name="start">First logical address.</param>
    /// <param name="end">The address behind the last; not below <paramref name="start"/>, at most 2^32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is outside these limits.</exception>
    public KeyRecoveryRange(long start, long end)
    {
        if (start < 0 || start > 1L << 32)
            throw new ArgumentOutOfRangeException(nameof(start));
        if (end < start || end > 1L << 32)
            throw new ArgumentOutOfRangeException(nameof(end));
        Start = start;
        End = end;
    }

    /// <summary>First logical address.</summary>
    public long Start { get; }

    /// <summary>The address behind the last.</summary>
    public long End { get; }

    /// <summary>Number of addresses.</summary>
    public long Length => End - Start;

    /// <summary>2 MiB, more than the logical addresses of any chip of the family.</summary>
    internal static KeyRecoveryRange Chip => new(0, 1 << 21);

    /// <summary>True when the address lies inside.</summary>
    /// <param name="logicalAddress">The address.</param>
    public bool Contains(long logicalAddress) => logicalAddress >= Start && logicalAddress < End;

    /// <inheritdoc/>
    public bool Equals(KeyRecoveryRange other) => Start == other.Start && End == other.End;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KeyRecoveryRange other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Start * 31 + End).GetHashCode());

    /// <summary>Both bounds in hex.</summary>
    public override string ToString() => FormattableString.Invariant($"0x{Start:x}..0x{End:x}");

    /// <summary>True when both bounds are the same.</summary>
    public static bool operator ==(KeyRecoveryRange left, KeyRecoveryRange right) => left.Equals(right);

    /// <summary>True when a bound differs.</summary>
    public static bool operator !=(KeyRecoveryRange left, KeyRecoveryRange right) => !left.Equals(right);

    internal KeyRecoveryRange Including(KeyRecoveryRange other) =>
        new(Math.Min(Start, other.Start), Math.Max(End, other.End));
}
