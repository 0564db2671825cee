using System.Runtime.InteropServices;

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
        // Half of a dump is erased, in long runs. For the rest four tables, so that a run of equal bytes does not wait for itself.
        Span<int> first = stackalloc int[256], second = stackalloc int[256], third = stackalloc int[256], fourth = stackalloc int[256];
        first.Clear();
        second.Clear();
        third.Clear();
        fourth.Clear();
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        long erased = 0;
        foreach (ulong word in words)
        {
            if (word == ulong.MaxValue)
            {
                erased += sizeof(ulong);
                continue;
            }
            unchecked
            {
                first[(byte)word]++;
                second[(byte)(word >> 8)]++;
                third[(byte)(word >> 16)]++;
                fourth[(byte)(word >> 24)]++;
                first[(byte)(word >> 32)]++;
                second[(byte)(word >> 40)]++;
                third[(byte)(word >> 48)]++;
                fourth[(byte)(word >> 56)]++;
            }
        }
        foreach (byte value in bytes.Slice(words.Length * sizeof(ulong)))
            first[value]++;
        for (int value = 0; value < 256; value++)
            census._counts[value] = (long)first[value] + second[value] + third[value] + fourth[value];
        census._counts[Erased] += erased;
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
