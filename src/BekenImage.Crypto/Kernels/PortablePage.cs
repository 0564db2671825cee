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
        Encipher(ref MemoryMarshal.GetReference(data), ref MemoryMarshal.GetReference(page),
            ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(pattern)), word);
        AddCrc(ref MemoryMarshal.GetReference(page), CrcOfZeros);
    }

    /// <summary>Zero for a valid page and for no other.</summary>
    /// <param name="page">34 bytes.</param>
    /// <param name="zeros"><see cref="CrcOfZeros"/>, which a loop keeps in a register.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Syndrome(ref byte page, uint zeros) =>
        Syndrome(ref page, Word(ref page, 0) ^ Word(ref page, 8) ^ Word(ref page, 16) ^ Word(ref page, 24), zeros);

    /// <summary>Deciphers 32 bytes and returns <see cref="Syndrome(ref byte, uint)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Decode(ref byte page, ref byte data, ref byte pattern, ulong word, uint zeros)
    {
        ulong word0 = Word(ref page, 0), word1 = Word(ref page, 8), word2 = Word(ref page, 16), word3 = Word(ref page, 24);
        Write(ref data, 0, word0 ^ word ^ Word(ref pattern, 0));
        Write(ref data, 8, word1 ^ word ^ Word(ref pattern, 8));
        Write(ref data, 16, word2 ^ word ^ Word(ref pattern, 16));
        Write(ref data, 24, word3 ^ word ^ Word(ref pattern, 24));
        return Syndrome(ref page, word0 ^ word1 ^ word2 ^ word3, zeros);
    }

    /// <summary>Enciphers 32 bytes; <see cref="AddCrc"/> comes after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encipher(ref byte data, ref byte page, ref byte pattern, ulong word)
    {
        Write(ref page, 0, Word(ref data, 0) ^ word ^ Word(ref pattern, 0));
        Write(ref page, 8, Word(ref data, 8) ^ word ^ Word(ref pattern, 8));
        Write(ref page, 16, Word(ref data, 16) ^ word ^ Word(ref pattern, 16));
        Write(ref page, 24, Word(ref data, 24) ^ word ^ Word(ref pattern, 24));
    }

    /// <summary>Writes the CRC of a page's data behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddCrc(ref byte page, uint zeros)
    {
        ulong word3 = Word(ref page, 24);
        ulong rest = Remainder(ref page, word3 >> 16);
        ulong parity = SpreadParity(Word(ref page, 0) ^ Word(ref page, 8) ^ Word(ref page, 16) ^ word3 ^ rest);
        uint crc = (uint)rest ^ (uint)((long)(parity << 3) >> 63) & Quotient ^ zeros;
        Unsafe.WriteUnaligned(
            ref Unsafe.AddByteOffset(ref page, (IntPtr)FlashPages.DataSize), BinaryPrimitives.ReverseEndianness((ushort)crc));
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

    /// <summary>Zero for a valid page and for no other.</summary>
    /// <param name="page">34 bytes.</param>
    /// <param name="message">The sum of its data's words.</param>
    /// <param name="zeros"><see cref="CrcOfZeros"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Syndrome(ref byte page, ulong message, uint zeros)
    {
        // Modulo Q it is nothing when it is 0 or Q.
        ulong rest = Remainder(ref page, Word(ref page, 26)) ^ zeros;
        ulong stored = Unsafe.ReadUnaligned<ushort>(ref Unsafe.AddByteOffset(ref page, (IntPtr)FlashPages.DataSize));
        ulong parity = SpreadParity(message ^ stored);
        return (uint)(rest * (rest ^ Quotient)) | (uint)(parity >> 60) & 1;
    }

    /// <summary>
    /// All 34 bytes as one polynomial, data and CRC, modulo Q in 16 bits. y = x^8 is a root of Q as x is: with y^30 = y^2 + 1 for the first
    /// four bytes and y^16 = y^2 + y for the next fourteen, they fold onto the last sixteen by whole bytes, whose order does not matter.
    /// </summary>
    /// <param name="page">Its first 26 bytes.</param>
    /// <param name="last">Its last eight, of which two are the CRC; with those zero, this is the CRC but for parity and start.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Remainder(ref byte page, ulong last)
    {
        ulong first = Unsafe.ReadUnaligned<uint>(ref page);
        ulong next = Word(ref page, 4);
        ulong middle = Word(ref page, 10);
        ulong upper = Word(ref page, 18) ^ next ^ next << 8;
        ulong lower = last ^ middle >> 8 ^ middle >> 16 ^ first << 16 ^ first << 32;
        // upper * x^64 + lower: x^64 = x^8 + x^4, also for the eight bits that this pushes out at the top.
        upper = BinaryPrimitives.ReverseEndianness(upper);
        upper ^= upper >> 56 ^ upper >> 60;
        ulong folded = BinaryPrimitives.ReverseEndianness(lower) ^ upper << 8 ^ upper << 4;

        // 64 -> 36 -> 22 -> 16 bits, x^32 = x^4 + x^2 and x^16 = x^2 + x.
        ulong top = folded >> 32;
        ulong rest = (uint)folded ^ top << 4 ^ top << 2;
        top = rest >> 16;
        rest = (ushort)rest ^ top << 2 ^ top << 1;
        top = rest >> 16;
        return (ushort)rest ^ top << 2 ^ top << 1;
    }

    /// <summary>Four bits to one, then the multiplication adds those of all sixteen groups of four: bit 60 is the parity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SpreadParity(ulong bits)
    {
        bits ^= bits >> 1;
        bits ^= bits >> 2;
        return (bits & LowestOfFour) * LowestOfFour;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte bytes, int offset) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref bytes, (IntPtr)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref byte bytes, int offset, ulong word) =>
        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref bytes, (IntPtr)offset), word);
}
