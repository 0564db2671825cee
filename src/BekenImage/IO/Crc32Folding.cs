#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.IO;

/// <summary>
/// CRC-32 by carry-less multiplication: a block of 16 bytes is a polynomial, and multiplying it by x^n mod P moves it n bits on, onto the
/// block it is added to. Four blocks at a time, so that the multiplications do not wait for each other. What is left, 16 bytes with the
/// same remainder, goes through the tables. Source of the method: V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using
/// PCLMULQDQ Instruction", Intel, 2009; the constants are x^n mod P for the n of each, bits reversed, made here.
/// </summary>
internal static class Crc32Folding
{
    /// <summary>What must be left to be worth it.</summary>
    public const int SmallestLength = 128;

    private const int Block = 16;
    private const int Stride = 4 * Block;

    // From the middle of a block its low half, which lies first, is moved 32 bits further than the block, its high half 32 bits less.
    private static readonly Vector128<ulong> ByStride = Vector128.Create(Power(8 * Stride + 32), Power(8 * Stride - 32));
    private static readonly Vector128<ulong> ByBlock = Vector128.Create(Power(8 * Block + 32), Power(8 * Block - 32));

    public static bool IsSupported => Pclmulqdq.IsSupported;

    /// <summary>Folds the whole blocks at the start of some data.</summary>
    /// <param name="running">The running value before them.</param>
    /// <param name="data">At least <see cref="SmallestLength"/> bytes.</param>
    /// <param name="remainder">16 bytes that, from a running value of 0, give the one behind the blocks.</param>
    /// <returns>How many bytes were folded.</returns>
    public static int Fold(uint running, ReadOnlySpan<byte> data, Span<byte> remainder)
    {
        ref byte start = ref MemoryMarshal.GetReference(data);
        var first = Load(ref start, 0) ^ Vector128.CreateScalar((ulong)running);
        var second = Load(ref start, Block);
        var third = Load(ref start, 2 * Block);
        var fourth = Load(ref start, 3 * Block);
        int at = Stride;
        for (; at + Stride <= data.Length; at += Stride)
        {
            first = Move(first, ByStride) ^ Load(ref start, at);
            second = Move(second, ByStride) ^ Load(ref start, at + Block);
            third = Move(third, ByStride) ^ Load(ref start, at + 2 * Block);
            fourth = Move(fourth, ByStride) ^ Load(ref start, at + 3 * Block);
        }
        var folded = Move(first, ByBlock) ^ second;
        folded = Move(folded, ByBlock) ^ third;
        folded = Move(folded, ByBlock) ^ fourth;
        for (; at + Block <= data.Length; at += Block)
            folded = Move(folded, ByBlock) ^ Load(ref start, at);
        folded.AsByte().CopyTo(remainder);
        return at;
    }

    private static Vector128<ulong> Move(Vector128<ulong> block, Vector128<ulong> powers) =>
        Pclmulqdq.CarrylessMultiply(block, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, powers, 0x11);

    private static Vector128<ulong> Load(ref byte start, int offset) =>
        Vector128.LoadUnsafe(ref start, (nuint)offset).AsUInt64();

    // x^n mod P, its bits reversed in 33: a product of two reflected factors is one bit short.
    private static ulong Power(int n)
    {
        uint value = 0x80000000;
        for (int i = 0; i < n; i++)
            value = (value & 1) != 0 ? value >> 1 ^ 0xEDB88320 : value >> 1;
        return (ulong)value << 1;
    }
}
#endif
