namespace BekenImage.Crypto;

// What every fast path rests on. For fixed control bits the keystream is affine over GF(2) in the address:
//     Keystream(base + i) = Keystream(base) ^ Keystream(i) ^ Keystream(0)      when base is a multiple of a power of two above i.
// So the keystream of an aligned span is one fixed pattern, the same for every span, XORed with one word.
public static partial class FlashCipher
{
    /// <summary>Fills <paramref name="pattern"/> (a power of two of words) with <c>Keystream(4 i) ^ Keystream(0)</c>, by doubling.</summary>
    internal static void FillPattern(BekenKey key, Span<uint> pattern)
    {
        uint zero = Keystream(key, 0);
        pattern[0] = 0;
        for (int size = 1; size < pattern.Length; size *= 2)
        {
            uint step = Keystream(key, (uint)size * sizeof(uint)) ^ zero;
            for (int i = 0; i < size; i++)
                pattern[size + i] = pattern[i] ^ step;
        }
    }
}
