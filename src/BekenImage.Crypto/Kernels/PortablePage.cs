using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BekenImage.Crypto.Kernels;

/// <summary>One page in four 64-bit words, without tables and without vector instructions.</summary>
/// <remarks>
/// The page polynomial is x^16 + x^15 + x^2 + 1 = (x + 1) Q with Q = x^15 + x + 1. Modulo Q, squaring x^16 = x^2 + x gives
/// x^32 = x^4 + x^2, x^64 = x^8 + x^4 and so on, so that the upper half of a word folds onto the lower with two shifts. What is lost is the
/// remainder modulo x + 1, the parity of the message: one bit, put back at the end with Q, which is odd and zero modulo itself.
/// </remarks>
internal static class PortablePage
{
    /// <summary>Q: the page polynomial divided by x + 1.</summary>
    internal const uint Quotient = 0x8003;

    /// <summary>What the initial value 0xFFFF adds to the plain remainder of a page: the CRC of 32 bytes 0x00.</summary>
    internal static readonly ushort CrcOfZeros = Crc16Cms.Compute(new byte[FlashPages.DataSize]);

    public static FlashPages.PageState StateOf(ReadOnlySpan<byte> page)
    {
        page = page.Slice(0, FlashPages.PageSize);
        ulong word0 = BinaryPrimitives.ReadUInt64BigEndian(page);
        ulong word1 = BinaryPrimitives.ReadUInt64BigEndian(page.Slice(8));
        ulong word2 = BinaryPrimitives.ReadUInt64BigEndian(page.Slice(16));
        ulong word3 = BinaryPrimitives.ReadUInt64BigEndian(page.Slice(24));
        uint stored = BinaryPrimitives.ReadUInt16BigEndian(page.Slice(32));
        if (Crc(word0, word1, word2, word3) == stored)
            return FlashPages.PageState.Valid;
        bool erased = (word0 & word1 & word2 & word3) == ulong.MaxValue && stored == 0xFFFF;
        return erased ? FlashPages.PageState.Erased : FlashPages.PageState.Bad;
    }

    public static void Decode(ReadOnlySpan<byte> page, Span<byte> data, ReadOnlySpan<uint> pattern, uint word) =>
        Xor(page, data, MemoryMarshal.Cast<uint, ulong>(pattern), word);

    public static void Encode(ReadOnlySpan<byte> data, Span<byte> page, ReadOnlySpan<uint> pattern, uint word)
    {
        page = page.Slice(0, FlashPages.PageSize);
        Xor(data, page, MemoryMarshal.Cast<uint, ulong>(pattern), word);
        uint crc = Crc(BinaryPrimitives.ReadUInt64BigEndian(page), BinaryPrimitives.ReadUInt64BigEndian(page.Slice(8)),
            BinaryPrimitives.ReadUInt64BigEndian(page.Slice(16)), BinaryPrimitives.ReadUInt64BigEndian(page.Slice(24)));
        BinaryPrimitives.WriteUInt16BigEndian(page.Slice(32), (ushort)crc);
    }

    /// <summary>XORs the 32 bytes of a page with four words of the pattern and with the group's or page's word, twice side by side.</summary>
    private static void Xor(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<ulong> pattern, uint word)
    {
        var from = MemoryMarshal.Cast<byte, ulong>(source.Slice(0, FlashPages.DataSize));
        var to = MemoryMarshal.Cast<byte, ulong>(destination.Slice(0, FlashPages.DataSize));
        ulong both = (ulong)word << 32 | word;
        to[3] = from[3] ^ pattern[3] ^ both;
        to[2] = from[2] ^ pattern[2] ^ both;
        to[1] = from[1] ^ pattern[1] ^ both;
        to[0] = from[0] ^ pattern[0] ^ both;
    }

    /// <summary>The CRC of the 256 bits of a page's data, given as big-endian words.</summary>
    internal static uint Crc(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        ulong folded = Fold(Fold(Fold(word0, word1), word2), word3);
        // 64 -> 36 bits, x^32 = x^4 + x^2; then times x^16 = x^2 + x, and 38 -> 24 -> 16 bits by the same.
        ulong upper = folded >> 32;
        ulong rest = (uint)folded ^ upper << 4 ^ upper << 2;
        rest = rest << 2 ^ rest << 1;
        upper = rest >> 16;
        rest = rest & 0xFFFF ^ upper << 2 ^ upper << 1;
        upper = rest >> 16;
        uint crc = (uint)(rest & 0xFFFF ^ upper << 2 ^ upper << 1);

        ulong message = word0 ^ word1 ^ word2 ^ word3;
        uint parity = (uint)(message >> 32) ^ (uint)message ^ crc;
        parity ^= parity >> 16;
        parity ^= parity >> 8;
        parity ^= parity >> 4;
        uint odd = 0x6996u >> (int)(parity & 15) & 1;
        return crc ^ (0 - odd & Quotient) ^ CrcOfZeros;
    }

    /// <summary>upper * x^64 + lower modulo Q: x^64 = x^8 + x^4, also for the eight bits that this pushes out at the top.</summary>
    private static ulong Fold(ulong upper, ulong lower)
    {
        upper ^= upper >> 56 ^ upper >> 60;
        return lower ^ upper << 8 ^ upper << 4;
    }
}
