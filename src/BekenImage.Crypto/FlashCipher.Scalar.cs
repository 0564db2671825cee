namespace BekenImage.Crypto;

// The definition of the cipher, written as FlashCipher.md states it. Everything else is pinned to this by test.
public static partial class FlashCipher
{
    /// <summary>The keystream word of the aligned 32-bit word that contains <paramref name="address"/>.</summary>
    internal static uint Keystream(BekenKey key, uint address)
    {
        uint control = key.Coefficient3;
        if (IsBypassed(control))
            return 0;

        uint word = address & ~3u;
        uint keystream = 0;
        if ((control & 8) == 0)
            keystream ^= key.Coefficient2;
        if ((control & 4) == 0)
            keystream ^= Stage32(word, key.Coefficient0, selector: control >> 11 & 3);
        if ((control & 2) == 0)
            keystream ^= Stage16(word, key.Coefficient1, extraBit: control >> 4 & 1, selector: control >> 8 & 3);
        if ((control & 1) == 0)
            keystream ^= Stage15(word, key.Coefficient1, selector: control >> 5 & 3) << 16;
        return keystream;
    }

    /// <summary>Byte by byte, straight from <see cref="Keystream"/>.</summary>
    internal static void ApplyScalar(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            uint address = unchecked(logicalAddress + (uint)i);
            destination[i] = (byte)(source[i] ^ Keystream(key, address) >> (int)(address & 3) * 8);
        }
    }

    /// <summary>A top byte of 0x00 or 0xFF in the control word switches the whole cipher off.</summary>
    internal static bool IsBypassed(uint control) => control >> 24 is 0x00 or 0xFF;

    // The "15" stage: 16 bits, for the upper half of the word. The selector swaps the bytes of the address halves.
    private static uint Stage15(uint address, uint coefficient1, uint selector)
    {
        uint high = address >> 16;
        uint low = address & 0xFFFF;
        if ((selector & 2) != 0)
            high = SwapBytes(high);
        if ((selector & 1) != 0)
            low = SwapBytes(low);
        uint x = high ^ low ^ coefficient1 >> 16;
        uint rotated = (x >> 7 | x << 9) & 0xFFFF;
        return rotated ^ 0x6371 & 0x1111 * (x >> 5 & 15);
    }

    // The "16" stage: a 17-bit register, of which the lower 16 bits go to the lower half of the word.
    private static uint Stage16(uint address, uint coefficient1, uint extraBit, uint selector)
    {
        uint key17 = (coefficient1 >> 8 & 0xFF) << 9 | extraBit << 8 | coefficient1 & 0xFF;
        uint x = address >> (int)selector & 0x1FFFF ^ key17;
        uint m = Bit(x, 1) << 3 | Bit(x, 5) << 2 | Bit(x, 9) << 1 | Bit(x, 13);
        uint rotated = (x >> 10 | x << 7) & 0x1FFFF;
        return (rotated ^ 0x13659 & (Bit(x, 4) << 16 | 0x1111 * m)) & 0xFFFF;
    }

    // The 32-bit stage: the selector rotates the address by whole bytes.
    private static uint Stage32(uint address, uint coefficient0, uint selector)
    {
        uint x = RotateRight(address, (int)selector * 8) ^ coefficient0;
        return RotateRight(x, 15) ^ 0xE519A4F1 & unchecked(0x11111111 * (x >> 2 & 15));
    }

    private static uint Bit(uint value, int index) => value >> index & 1;

    private static uint SwapBytes(uint half) => (half >> 8 | half << 8) & 0xFFFF;

    private static uint RotateRight(uint value, int count) => value >> count | value << (-count & 31);
}
