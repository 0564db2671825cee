using System.Buffers.Binary;

namespace BekenImage.Crypto;

// The definition of the cipher: one unit at a time. Everything else is pinned to this by test.
public sealed partial class AesFlashCipher
{
    /// <summary>What is added where doubling pushes a bit out of 128: x^128 = x^7 + x^2 + x + 1.</summary>
    internal const byte Reduction = 0x87;

    /// <summary>
    /// What the tweak of the unit at an address is made from. Word-swapped: the address, not masked. Standard: a count of units.
    /// </summary>
    internal static ulong TweakNumber(AesFlashVariant variant, ulong address) =>
        variant == AesFlashVariant.WordSwapped ? address : address / UnitSize;

    /// <summary>How much that number grows from one unit to the next.</summary>
    internal static ulong TweakStep(AesFlashVariant variant) => variant == AesFlashVariant.WordSwapped ? UnitSize : 1ul;

    /// <summary>Enciphers or deciphers one unit of 32 bytes; the destination may be the source itself.</summary>
    internal static void ApplyScalar(
        bool encrypt, Aes128 dataKey, Aes128 tweakKey, AesFlashVariant variant, ulong number, ReadOnlySpan<byte> source,
        Span<byte> destination)
    {
        var text = (stackalloc byte[UnitSize]);
        var tweak = (stackalloc byte[Aes128.BlockSize]);
        source.Slice(0, UnitSize).CopyTo(text);
        if (variant == AesFlashVariant.WordSwapped)
            SwapWords(text);
        WriteNumber(tweak, variant, number);
        tweakKey.Encrypt(tweak, tweak);
        for (int offset = 0; offset < UnitSize; offset += Aes128.BlockSize)
        {
            var block = text.Slice(offset, Aes128.BlockSize);
            Xor(block, tweak);
            if (encrypt)
                dataKey.Encrypt(block, block);
            else
                dataKey.Decrypt(block, block);
            Xor(block, tweak);
            Double(tweak, variant);
        }
        if (variant == AesFlashVariant.WordSwapped)
            SwapWords(text);
        text.CopyTo(destination);
    }

    /// <summary>A number as the 16 bytes of a block.</summary>
    internal static void WriteNumber(Span<byte> block, AesFlashVariant variant, ulong number)
    {
        block.Slice(0, Aes128.BlockSize).Clear();
        if (variant == AesFlashVariant.WordSwapped)
            BinaryPrimitives.WriteUInt64BigEndian(block.Slice(8), number);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(block, number);
    }

    /// <summary>A tweak times x in GF(2^128).</summary>
    internal static void Double(Span<byte> tweak, AesFlashVariant variant)
    {
        // From the last byte of the number to the first: the carry of one is the lowest bit of the next.
        int carry = 0;
        for (int i = 0; i < Aes128.BlockSize; i++)
        {
            int at = variant == AesFlashVariant.WordSwapped ? Aes128.BlockSize - 1 - i : i;
            int twice = tweak[at] << 1 | carry;
            tweak[at] = (byte)(twice & 0xFF);
            carry = twice >> 8;
        }
        tweak[variant == AesFlashVariant.WordSwapped ? Aes128.BlockSize - 1 : 0] ^= (byte)(carry * Reduction);
    }

    /// <summary>Reverses the four bytes of every 32-bit word.</summary>
    internal static void SwapWords(Span<byte> text)
    {
        for (int i = 0; i < text.Length; i += 4)
            text.Slice(i, 4).Reverse();
    }

    private static void Xor(Span<byte> block, ReadOnlySpan<byte> other)
    {
        for (int i = 0; i < block.Length; i++)
            block[i] ^= other[i];
    }
}
