namespace BekenImage.IO;

/// <summary>How often each byte value occurs in some bytes: what is erased, and how much the rest surprises. One pass.</summary>
internal sealed class ByteCensus
{
    private const int Erased = 0xFF;

    private readonly long[] _counts = new long[256];

    /// <summary>Counts some bytes.</summary>
    public static ByteCensus Of(ReadOnlySpan<byte> bytes)
    {
        var census = new ByteCensus();
        // Four tables, so that a run of equal bytes does not wait for itself.
        var tables = new int[4 * 256];
        int at = 0;
        for (; at + 4 <= bytes.Length; at += 4)
        {
            tables[bytes[at]]++;
            tables[256 + bytes[at + 1]]++;
            tables[512 + bytes[at + 2]]++;
            tables[768 + bytes[at + 3]]++;
        }
        for (; at < bytes.Length; at++)
            tables[bytes[at]]++;
        for (int value = 0; value < 256; value++)
            census._counts[value] = (long)tables[value] + tables[256 + value] + tables[512 + value] + tables[768 + value];
        return census;
    }

    /// <summary>Bytes of 0xFF.</summary>
    public long ErasedCount => _counts[Erased];

    /// <summary>
    /// Bits per byte of what is not 0xFF, 0 to 8: about 8 for enciphered or compressed data, 5 to 6.5 for code, less for text. 0 where all is erased.
    /// </summary>
    public double WrittenEntropy()
    {
        long written = 0;
        for (int value = 0; value < Erased; value++)
            written += _counts[value];
        double bits = 0;
        for (int value = 0; value < Erased; value++)
        {
            if (_counts[value] == 0)
                continue;
            double share = (double)_counts[value] / written;
            bits -= share * Math.Log(share, 2);
        }
        return Math.Max(0, bits);
    }
}
