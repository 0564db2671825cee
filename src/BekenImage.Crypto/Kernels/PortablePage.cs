using System.Buffers.Binary;

namespace BekenImage.Crypto.Kernels;

/// <summary>One page in four 64-bit words, without tables and without vector instructions.</summary>
/// <remarks>
/// The page polynomial is x^16 + x^15 + x^2 + 1 = (x + 1) Q with Q = x^15 + x + 1. Modulo Q, squaring x^16 = x^2 + x gives
/// x^32 = x^4 + x^2, x^64 = x^8 + x^4 and so on, so that the upper half of a word folds onto the lower with two shifts. What is lost is the
/// remainder modulo x + 1, the parity of the message: one bit, put back at the end with Q, which is odd and zero modulo itself.
/// </remarks>
internal static class PortablePage
{
    /// <summary>Q: the page polynomial divided by x + 1, so that Q ^ Q &lt;&lt; 1 is the polynomial.</summary>
    internal const uint Quotient = 0x8003;

    /// <summary>What the initial value 0xFFFF adds to the plain remainder of a page: the CRC of 32 bytes 0x00.</summary>
    internal static readonly ushort CrcOfZeros = Crc16Cms.Compute(new byte[FlashPages.DataSize]);

    public static FlashPages.PageState StateOf(ReadOnlySpan<byte> page)
    {
        page = page.Slice(0, FlashPages.PageSize);
        ulong word0 = BinaryPrimitives.ReadUInt64LittleEndian(page);
        ulong word1 = BinaryPrimitives.ReadUInt64LittleEndian(page.Slice(8));
        ulong word2 = BinaryPrimitives.ReadUInt64LittleEndian(page.Slice(16));
        ulong word3 = BinaryPrimitives.ReadUInt64LittleEndian(page.Slice(24));
        return Judge(word0, word1, word2, word3, BinaryPrimitives.ReadUInt16BigEndian(page.Slice(32)));
    }

    /// <summary>Writes the page's data, XORed with the keystream, whatever the page's state.</summary>
    /// <param name="page">34 bytes.</param>
    /// <param name="data">Receives 32 bytes.</param>
    /// <param name="pattern">The pattern of these 32 bytes, as pairs of words.</param>
    /// <param name="word">The word of their group, twice side by side.</param>
    public static FlashPages.PageState Decode(ReadOnlySpan<byte> page, Span<byte> data, ReadOnlySpan<ulong> pattern, ulong word)
    {
        page = page.Slice(0, FlashPages.PageSize);
        ulong word0 = BinaryPrimitives.ReadUInt64LittleEndian(page);
        ulong word1 = BinaryPrimitives.ReadUInt64LittleEndian(page.Slice(8));
        ulong word2 = BinaryPrimitives.ReadUInt64LittleEndian(page.Slice(16));
        ulong word3 = BinaryPrimitives.ReadUInt64LittleEndian(page.Slice(24));
        Write(data, word0 ^ pattern[0] ^ word, word1 ^ pattern[1] ^ word, word2 ^ pattern[2] ^ word, word3 ^ pattern[3] ^ word);
        return Judge(word0, word1, word2, word3, BinaryPrimitives.ReadUInt16BigEndian(page.Slice(32)));
    }

    /// <summary>Writes a page of 32 bytes of data XORed with the keystream; parameters as of <see cref="Decode"/>.</summary>
    public static void Encode(ReadOnlySpan<byte> data, Span<byte> page, ReadOnlySpan<ulong> pattern, ulong word)
    {
        data = data.Slice(0, FlashPages.DataSize);
        page = page.Slice(0, FlashPages.PageSize);
        ulong word0 = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ pattern[0] ^ word;
        ulong word1 = BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(8)) ^ pattern[1] ^ word;
        ulong word2 = BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(16)) ^ pattern[2] ^ word;
        ulong word3 = BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(24)) ^ pattern[3] ^ word;
        Write(page, word0, word1, word2, word3);
        BinaryPrimitives.WriteUInt16BigEndian(page.Slice(32), (ushort)Crc(word0, word1, word2, word3));
    }

    private static void Write(Span<byte> destination, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        destination = destination.Slice(0, FlashPages.DataSize);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, word0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination.Slice(8), word1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination.Slice(16), word2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination.Slice(24), word3);
    }

    private static FlashPages.PageState Judge(ulong word0, ulong word1, ulong word2, ulong word3, uint stored)
    {
        if (Crc(word0, word1, word2, word3) == stored)
            return FlashPages.PageState.Valid;
        bool erased = (word0 & word1 & word2 & word3) == ulong.MaxValue && stored == 0xFFFF;
        return erased ? FlashPages.PageState.Erased : FlashPages.PageState.Bad;
    }

    /// <summary>The CRC of a page's data, given as little-endian words.</summary>
    private static uint Crc(ulong word0, ulong word1, ulong word2, ulong word3)
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
        rest = rest & 0xFFFF ^ upper << 2 ^ upper << 1;
        upper = rest >> 16;
        uint crc = (uint)(rest & 0xFFFF ^ upper << 2 ^ upper << 1);

        uint parity = (uint)(message >> 32) ^ (uint)message ^ crc;
        parity ^= parity >> 16;
        parity ^= parity >> 8;
        parity ^= parity >> 4;
        uint odd = 0x6996u >> (int)(parity & 15) & 1; // bit n of 0x6996 is the parity of n
        return crc ^ (0 - odd & Quotient) ^ CrcOfZeros;
    }

    /// <summary>upper * x^64 + lower modulo Q: x^64 = x^8 + x^4, also for the eight bits that this pushes out at the top.</summary>
    private static ulong Fold(ulong upper, ulong lower)
    {
        upper ^= upper >> 56 ^ upper >> 60;
        return lower ^ upper << 8 ^ upper << 4;
    }
}
