#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// 128-bit vectors, shifts and XOR only: the steps of <see cref="PortablePage"/> on two pages at once, then on four. For Arm without
/// PMULL (Raspberry Pi 3 and 4) and x86 without PCLMULQDQ.
/// </summary>
/// <remarks>
/// Zips of two pages' halves give vectors that hold 64-bit word k of each page. They fold 256 -> 64 bits with one page in a lane of 64
/// bits, then two such vectors become one with a page in a lane of 32 bits.
/// </remarks>
internal sealed class Fold128Kernel : GroupKernel
{
    private const int BatchPages = 4;
    private const int BatchSize = BatchPages * FlashPages.PageSize;
    private const int BatchData = BatchPages * FlashPages.DataSize;

    private readonly Vector128<uint> _zeros = Vector128.Create((uint)PortablePage.CrcOfZeros);

    public static bool IsSupported => Zip128.IsSupported;

    public override string Name => "fold-128";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            var wrong = Vector128<uint>.Zero;
            for (int i = 0; i < GroupPages; i += BatchPages)
            {
                var (folded01, parity01) = Fold(Rows128.Stored(ref page, 0, 0), Rows128.Stored(ref page, 0, 1),
                    Rows128.Stored(ref page, 1, 0), Rows128.Stored(ref page, 1, 1));
                var (folded23, parity23) = Fold(Rows128.Stored(ref page, 2, 0), Rows128.Stored(ref page, 2, 1),
                    Rows128.Stored(ref page, 3, 0), Rows128.Stored(ref page, 3, 1));
                wrong |= Rows128.Differences(ref page, Crcs(folded01, parity01, folded23, parity23, zeros));
                page = ref Unsafe.Add(ref page, BatchSize);
            }
            if (Rows128.IsAny(wrong))
                return group;
        }
        return groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int DecodeGroups(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref byte pattern = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(walk.Pattern));
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        int groups = pages.Length / GroupSize;
        uint word = walk.Word;
        uint number = walk.Number;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            var same = Vector128.Create(word).AsByte();
            var wrong = Vector128<uint>.Zero;
            for (int i = 0; i < GroupData; i += BatchData)
            {
                ref byte keystream = ref Unsafe.Add(ref pattern, i);
                var (folded01, parity01) = DecipherTwo(ref page, ref plain, ref keystream, same, 0);
                var (folded23, parity23) = DecipherTwo(ref page, ref plain, ref keystream, same, 2);
                wrong |= Rows128.Differences(ref page, Crcs(folded01, parity01, folded23, parity23, zeros));
                page = ref Unsafe.Add(ref page, BatchSize);
                plain = ref Unsafe.Add(ref plain, BatchData);
            }
            if (Rows128.IsAny(wrong))
                return group;
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
        }
        return groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override void EncodeGroups(ReadOnlySpan<byte> data, Span<byte> pages, in KeystreamWalk walk)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref byte pattern = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(walk.Pattern));
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        uint word = walk.Word;
        uint number = walk.Number;
        var zeros = _zeros;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var same = Vector128.Create(word).AsByte();
            for (int i = 0; i < GroupData; i += BatchData)
            {
                ref byte keystream = ref Unsafe.Add(ref pattern, i);
                var (folded01, parity01) = EncipherTwo(ref plain, ref page, ref keystream, same, 0);
                var (folded23, parity23) = EncipherTwo(ref plain, ref page, ref keystream, same, 2);
                Rows128.StoreCrcs(ref page, Crcs(folded01, parity01, folded23, parity23, zeros));
                page = ref Unsafe.Add(ref page, BatchSize);
                plain = ref Unsafe.Add(ref plain, BatchData);
            }
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply128(source, destination, walk);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ulong> Folded, Vector128<ulong> Parity) DecipherTwo(
        ref byte pages, ref byte plain, ref byte pattern, Vector128<byte> same, int page)
    {
        var front0 = Rows128.Decipher(ref pages, ref plain, ref pattern, same, page, 0);
        var back0 = Rows128.Decipher(ref pages, ref plain, ref pattern, same, page, 1);
        var front1 = Rows128.Decipher(ref pages, ref plain, ref pattern, same, page + 1, 0);
        return Fold(front0, back0, front1, Rows128.Decipher(ref pages, ref plain, ref pattern, same, page + 1, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ulong> Folded, Vector128<ulong> Parity) EncipherTwo(
        ref byte plain, ref byte pages, ref byte pattern, Vector128<byte> same, int page)
    {
        var front0 = Rows128.Encipher(ref plain, ref pages, ref pattern, same, page, 0);
        var back0 = Rows128.Encipher(ref plain, ref pages, ref pattern, same, page, 1);
        var front1 = Rows128.Encipher(ref plain, ref pages, ref pattern, same, page + 1, 0);
        return Fold(front0, back0, front1, Rows128.Encipher(ref plain, ref pages, ref pattern, same, page + 1, 1));
    }

    /// <summary>
    /// Two pages, given by their halves, to 64 bits each, modulo Q, and the sum of each page's words, which has its parity.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ulong> Folded, Vector128<ulong> Parity) Fold(
        Vector128<byte> front0, Vector128<byte> back0, Vector128<byte> front1, Vector128<byte> back1)
    {
        var word0 = Zip128.Lower(front0.AsUInt64(), front1.AsUInt64());
        var word1 = Zip128.Upper(front0.AsUInt64(), front1.AsUInt64());
        var word2 = Zip128.Lower(back0.AsUInt64(), back1.AsUInt64());
        var word3 = Zip128.Upper(back0.AsUInt64(), back1.AsUInt64());
        var folded = Step(Step(Step(Swap(word0), Swap(word1)), Swap(word2)), Swap(word3));
        return (folded, word0 ^ word1 ^ word2 ^ word3);
    }

    // The first byte of a page is the top of its polynomial.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Swap(Vector128<ulong> words) => AdvSimd.IsSupported
        ? AdvSimd.ReverseElement8(words)
        : Vector128.Shuffle(words.AsByte(), Vector128.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8)).AsUInt64();

    // upper * x^64 + lower; x^64 = x^8 + x^4.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Step(Vector128<ulong> upper, Vector128<ulong> lower)
    {
        upper ^= upper >>> 56 ^ upper >>> 60;
        return lower ^ upper << 8 ^ upper << 4;
    }

    /// <summary>The CRCs of four pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Crcs(
        Vector128<ulong> folded01, Vector128<ulong> parity01, Vector128<ulong> folded23, Vector128<ulong> parity23, Vector128<uint> zeros)
    {
        // 64 -> 32 bits, x^32 = x^4 + x^2.
        var upper = Zip128.UpperHalves(folded01, folded23);
        upper ^= upper >>> 28 ^ upper >>> 30;
        var rest = Zip128.LowerHalves(folded01, folded23) ^ upper << 4 ^ upper << 2;
        // Times x^16 = x^2 + x, with x^32 again for the two bits above; then 32 -> 18 -> 16 bits.
        upper = rest >>> 30 ^ rest >>> 31;
        rest = rest << 2 ^ rest << 1 ^ upper << 4 ^ upper << 2;
        var lower16 = Vector128.Create(0xFFFFu);
        upper = rest >>> 16;
        rest = rest & lower16 ^ upper << 2 ^ upper << 1;
        upper = rest >>> 16;
        rest = rest & lower16 ^ upper << 2 ^ upper << 1;

        // The parity of message and remainder together, brought to the sign bit and spread over the lane.
        var odd = Zip128.UpperHalves(parity01, parity23) ^ Zip128.LowerHalves(parity01, parity23) ^ rest;
        odd ^= odd << 16;
        odd ^= odd << 8;
        odd ^= odd << 4;
        odd ^= odd << 2;
        odd ^= odd << 1;
        return rest ^ (odd.AsInt32() >> 31).AsUInt32() & Vector128.Create(PortablePage.Quotient) ^ zeros;
    }
}
#endif
