using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BekenImage.Crypto.Kernels;

/// <summary>One page in four 64-bit words, without tables and without vector instructions.</summary>
/// <remarks>
/// The page polynomial is x^16 + x^15 + x^2 + 1 = (x + 1) Q with Q = x^15 + x + 1. Modulo Q, squaring x^16 = x^2 + x gives
/// x^32 = x^4 + x^2, x^64 = x^8 + x^4 and so on, so that the upper half of a word folds onto the lower with two shifts. What is lost is the
/// remainder modulo x + 1, the parity of the message: one bit, put back at the end with Q, which is odd and zero modulo itself.
/// The loops take references, not spans: with a length beside every address there are not enough registers for the words.
/// </remarks>
internal static class PortablePage
{
    /// <summary>Q: the page polynomial divided by x + 1, so that Q ^ Q &lt;&lt; 1 is the polynomial.</summary>
    internal const uint Quotient = 0x8003;

    private const ulong LowestOfFour = 0x1111_1111_1111_1111;

    /// <summary>What the initial value 0xFFFF adds to the plain remainder of a page: the CRC of 32 bytes 0x00.</summary>
    internal static readonly ushort CrcOfZeros = Crc16Cms.Compute(new byte[FlashPages.DataSize]);

    public static FlashPages.PageState StateOf(ReadOnlySpan<byte> page)
    {
        page = page.Slice(0, FlashPages.PageSize);
        return Judge(page, Syndrome(ref MemoryMarshal.GetReference(page), CrcOfZeros));
    }

    /// <summary>Writes the page's data, XORed with the keystream, whatever the page's state.</summary>
    /// <param name="page">34 bytes.</param>
    /// <param name="data">Receives 32 bytes.</param>
    /// <param name="pattern">The pattern of these 32 bytes, as pairs of words.</param>
    /// <param name="word">The word of their group, twice side by side.</param>
    public static FlashPages.PageState Decode(ReadOnlySpan<byte> page, Span<byte> data, ReadOnlySpan<ulong> pattern, ulong word)
    {
        page = page.Slice(0, FlashPages.PageSize);
        data = data.Slice(0, FlashPages.DataSize);
        pattern = pattern.Slice(0, FlashPages.DataSize / sizeof(ulong));
        return Judge(page, Decode(ref MemoryMarshal.GetReference(page), ref MemoryMarshal.GetReference(data),
            ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(pattern)), word, CrcOfZeros));
    }

    /// <summary>Writes a page of 32 bytes of data XORed with the keystream; parameters as of the other methods.</summary>
    public static void Encode(ReadOnlySpan<byte> data, Span<byte> page, ReadOnlySpan<ulong> pattern, ulong word)
    {
        data = data.Slice(0, FlashPages.DataSize);
        page = page.Slice(0, FlashPages.PageSize);
        pattern = pattern.Slice(0, FlashPages.DataSize / sizeof(ulong));
        Encode(ref MemoryMarshal.GetReference(data), ref MemoryMarshal.GetReference(page),
            ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(pattern)), word, CrcOfZeros);
    }

    /// <summary>The computed CRC of a page and its stored one, XORed: zero for a valid page.</summary>
    /// <param name="page">34 bytes.</param>
    /// <param name="zeros"><see cref="CrcOfZeros"/>, which a loop keeps in a register.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Syndrome(ref byte page, uint zeros) =>
        Crc(Word(ref page, 0), Word(ref page, 8), Word(ref page, 16), Word(ref page, 24), zeros) ^ Stored(ref page);

    /// <summary>Deciphers 32 bytes and returns <see cref="Syndrome"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Decode(ref byte page, ref byte data, ref byte pattern, ulong word, uint zeros)
    {
        ulong word0 = Word(ref page, 0), word1 = Word(ref page, 8), word2 = Word(ref page, 16), word3 = Word(ref page, 24);
        Write(ref data, 0, word0 ^ word ^ Word(ref pattern, 0));
        Write(ref data, 8, word1 ^ word ^ Word(ref pattern, 8));
        Write(ref data, 16, word2 ^ word ^ Word(ref pattern, 16));
        Write(ref data, 24, word3 ^ word ^ Word(ref pattern, 24));
        return Crc(word0, word1, word2, word3, zeros) ^ Stored(ref page);
    }

    /// <summary>Enciphers 32 bytes and writes them with their CRC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encode(ref byte data, ref byte page, ref byte pattern, ulong word, uint zeros)
    {
        ulong word0 = Word(ref data, 0) ^ word ^ Word(ref pattern, 0), word1 = Word(ref data, 8) ^ word ^ Word(ref pattern, 8);
        ulong word2 = Word(ref data, 16) ^ word ^ Word(ref pattern, 16), word3 = Word(ref data, 24) ^ word ^ Word(ref pattern, 24);
        Write(ref page, 0, word0);
        Write(ref page, 8, word1);
        Write(ref page, 16, word2);
        Write(ref page, 24, word3);
        ushort crc = BinaryPrimitives.ReverseEndianness((ushort)Crc(word0, word1, word2, word3, zeros));
        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref page, (IntPtr)FlashPages.DataSize), crc);
    }

    private static FlashPages.PageState Judge(ReadOnlySpan<byte> page, uint syndrome)
    {
        if (syndrome == 0)
            return FlashPages.PageState.Valid;
        foreach (byte value in page)
        {
            if (value != 0xFF)
                return FlashPages.PageState.Bad;
        }
        return FlashPages.PageState.Erased;
    }

    /// <summary>The CRC of a page's data, given as little-endian words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Crc(ulong word0, ulong word1, ulong word2, ulong word3, uint zeros)
    {
        // Parity does not care about the order of bytes; the remainder wants the first byte on top.
        ulong message = word0 ^ word1 ^ word2 ^ word3;
        ulong folded = BinaryPrimitives.ReverseEndianness(word0);
        folded = Fold(folded, BinaryPrimitives.ReverseEndianness(word1));
        folded = Fold(folded, BinaryPrimitives.ReverseEndianness(word2));
        folded = Fold(folded, BinaryPrimitives.ReverseEndianness(word3));

        // 64 -> 36 bits, x^32 = x^4 + x^2; then times x^16 = x^2 + x, and 38 -> 24 -> 16 bits by the same.
        ulong upper = folded >> 32;
        ulong rest = (uint)folded ^ upper << 4 ^ upper << 2;
        rest = rest << 2 ^ rest << 1;
        upper = rest >> 16;
        rest = (ushort)rest ^ upper << 2 ^ upper << 1;
        upper = rest >> 16;
        rest = (ushort)rest ^ upper << 2 ^ upper << 1;

        // Four bits to one, then the multiplication adds those of all sixteen groups of four: bit 60 is the parity, spread over a word.
        ulong parity = message ^ rest;
        parity ^= parity >> 1;
        parity ^= parity >> 2;
        long odd = (long)((parity & LowestOfFour) * LowestOfFour << 3) >> 63;
        return (uint)rest ^ (uint)odd & Quotient ^ zeros;
    }

    /// <summary>upper * x^64 + lower modulo Q: x^64 = x^8 + x^4, also for the eight bits that this pushes out at the top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong upper, ulong lower)
    {
        upper ^= upper >> 56 ^ upper >> 60;
        return lower ^ upper << 8 ^ upper << 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Stored(ref byte page) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(ref Unsafe.AddByteOffset(ref page, (IntPtr)FlashPages.DataSize)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte bytes, int offset) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref bytes, (IntPtr)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref byte bytes, int offset, ulong word) =>
        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref bytes, (IntPtr)offset), word);
}
