namespace BekenImage.Crypto.Kernels;

/// <summary>The constants of the page CRC for carry-less products.</summary>
/// <remarks>
/// A page is w0 x^192 + w1 x^128 + w2 x^64 + w3. Each word is multiplied by its power of x modulo P, times x^16 because a CRC is the
/// remainder of the message with 16 zero bits behind it, times x^64 because the sum (80 bits) is then reduced as Montgomery does:
/// m = lower half / P modulo x^64, and sum + m P has a lower half of zero and in its upper half the sum / x^64, less than x^16.
/// P has four terms: the upper half of m P is m >> 48 ^ m >> 49 ^ m >> 62, which takes only the upper 32 bits of m.
/// </remarks>
internal static class Carryless
{
    /// <summary>The page polynomial with its highest bit.</summary>
    public const ulong P = 1u << Degree | Crc16Cms.Polynomial;

    private const int Degree = 16;

    /// <summary>What a page's 64-bit word is multiplied by.</summary>
    /// <param name="word">0 for the page's first eight bytes, 3 for its last.</param>
    public static ulong PowerOfWord(int word) => PowerOfX((3 - word) * 64 + 16 + 64);

    /// <summary>1 / P modulo x^64: the bits that make the product with P one, from the lowest on.</summary>
    public static ulong InverseOfP()
    {
        ulong inverse = 0;
        ulong left = 1;
        for (int bit = 0; bit < 64; bit++)
        {
            if ((left >> bit & 1) == 0)
                continue;
            inverse |= 1ul << bit;
            left ^= P << bit;
        }
        return inverse;
    }

    /// <summary>x^n modulo P.</summary>
    private static ulong PowerOfX(int n)
    {
        ulong power = 1;
        for (; n > 0; n--)
        {
            power <<= 1;
            if (power >> Degree != 0)
                power ^= P;
        }
        return power;
    }
}
