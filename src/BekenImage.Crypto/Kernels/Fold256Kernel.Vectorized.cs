#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>256-bit vectors, shifts and XOR only: the steps of <see cref="PortablePage"/> on four pages at once, then on eight.</summary>
/// <remarks>
/// Four rows of 32 bytes become four vectors that hold 64-bit word k of each page. They fold 256 -> 64 bits with one page in a lane of 64 bits,
/// then two such vectors become one with a page in a lane of 32 bits: pages 0 1 4 5 in the lower half, 2 3 6 7 in the upper.
/// </remarks>
internal sealed class Fold256Kernel : GroupKernel
{
    private readonly Vector256<uint> _zeros = Vector256.Create((uint)PortablePage.CrcOfZeros);

    public static bool IsSupported => Avx2.IsSupported;

    public override string Name => "fold-256";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            if (!AllValid(ref page, zeros))
                return group;
            page = ref Unsafe.Add(ref page, GroupSize);
        }
        return groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int DecodeGroups(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        int groups = pages.Length / GroupSize;
        var zeros = _zeros;
        uint word = walk.Word;
        uint number = walk.Number;
        for (int group = 0; group < groups; group++)
        {
            if (!AllValid(ref page, zeros))
                return group;
            Rows256.Decipher(ref page, ref plain, ref pattern, word);
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            page = ref Unsafe.Add(ref page, GroupSize);
            plain = ref Unsafe.Add(ref plain, GroupData);
        }
        return groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override void EncodeGroups(ReadOnlySpan<byte> data, Span<byte> pages, in KeystreamWalk walk)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        uint word = walk.Word;
        uint number = walk.Number;
        var zeros = _zeros;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var (folded0, parity0) = EncipherFour(ref plain, ref page, ref pattern, word, 0);
            var (folded4, parity4) = EncipherFour(ref plain, ref page, ref pattern, word, 4);
            Rows256.StoreCrcs(ref page, Crcs(folded0, parity0, folded4, parity4, zeros));
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            page = ref Unsafe.Add(ref page, GroupSize);
            plain = ref Unsafe.Add(ref plain, GroupData);
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply256(source, destination, walk);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllValid(ref byte pages, Vector256<uint> zeros)
    {
        var (folded0, parity0) = Fold(Rows256.Stored(ref pages, 0), Rows256.Stored(ref pages, 1), Rows256.Stored(ref pages, 2), Rows256.Stored(ref pages, 3));
        var (folded4, parity4) = Fold(Rows256.Stored(ref pages, 4), Rows256.Stored(ref pages, 5), Rows256.Stored(ref pages, 6), Rows256.Stored(ref pages, 7));
        return Crcs(folded0, parity0, folded4, parity4, zeros) == Rows256.StoredCrcs(ref pages);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Folded, Vector256<ulong> Parity) EncipherFour(
        ref byte plain, ref byte pages, ref uint pattern, uint word, int first)
    {
        var row0 = Rows256.Encipher(ref plain, ref pages, ref pattern, word, first);
        var row1 = Rows256.Encipher(ref plain, ref pages, ref pattern, word, first + 1);
        var row2 = Rows256.Encipher(ref plain, ref pages, ref pattern, word, first + 2);
        var row3 = Rows256.Encipher(ref plain, ref pages, ref pattern, word, first + 3);
        return Fold(row0, row1, row2, row3);
    }

    /// <summary>Four pages to 64 bits each, modulo Q, and the sum of each page's words, which has its parity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Folded, Vector256<ulong> Parity) Fold(Vector256<byte> row0, Vector256<byte> row1, Vector256<byte> row2, Vector256<byte> row3)
    {
        // 64-bit words 0 and 2 of two pages, 1 and 3 of two pages; then each of four pages.
        var even01 = Avx2.UnpackLow(row0.AsUInt64(), row1.AsUInt64());
        var even23 = Avx2.UnpackLow(row2.AsUInt64(), row3.AsUInt64());
        var odd01 = Avx2.UnpackHigh(row0.AsUInt64(), row1.AsUInt64());
        var odd23 = Avx2.UnpackHigh(row2.AsUInt64(), row3.AsUInt64());
        var word0 = Avx2.Permute2x128(even01, even23, 0x20);
        var word1 = Avx2.Permute2x128(odd01, odd23, 0x20);
        var word2 = Avx2.Permute2x128(even01, even23, 0x31);
        var word3 = Avx2.Permute2x128(odd01, odd23, 0x31);
        var folded = Step(Step(Step(Swap(word0), Swap(word1)), Swap(word2)), Swap(word3));
        return (folded, word0 ^ word1 ^ word2 ^ word3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Swap(Vector256<ulong> words)
    {
        // The first byte of a page is the top of its polynomial.
        var reverse = Vector128.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
        return Avx2.Shuffle(words.AsByte(), Vector256.Create(reverse, reverse)).AsUInt64();
    }

    // upper * x^64 + lower; x^64 = x^8 + x^4.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Step(Vector256<ulong> upper, Vector256<ulong> lower)
    {
        upper ^= upper >>> 56 ^ upper >>> 60;
        return lower ^ upper << 8 ^ upper << 4;
    }

    /// <summary>The CRCs of eight pages as they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Crcs(Vector256<ulong> folded0, Vector256<ulong> parity0, Vector256<ulong> folded4, Vector256<ulong> parity4,
        Vector256<uint> zeros)
    {
        // 64 -> 32 bits, x^32 = x^4 + x^2.
        var upper = Avx.Shuffle(folded0.AsSingle(), folded4.AsSingle(), 0b11_01_11_01).AsUInt32();
        var lower = Avx.Shuffle(folded0.AsSingle(), folded4.AsSingle(), 0b10_00_10_00).AsUInt32();
        upper ^= upper >>> 28 ^ upper >>> 30;
        var rest = lower ^ upper << 4 ^ upper << 2;
        // Times x^16 = x^2 + x, with x^32 again for the two bits above; then 32 -> 18 -> 16 bits.
        upper = rest >>> 30 ^ rest >>> 31;
        rest = rest << 2 ^ rest << 1 ^ upper << 4 ^ upper << 2;
        var lower16 = Vector256.Create(0xFFFFu);
        upper = rest >>> 16;
        rest = rest & lower16 ^ upper << 2 ^ upper << 1;
        upper = rest >>> 16;
        rest = rest & lower16 ^ upper << 2 ^ upper << 1;

        // The parity of message and remainder together, brought to the sign bit and spread over the lane.
        var odd = Avx.Shuffle(parity0.AsSingle(), parity4.AsSingle(), 0b11_01_11_01).AsUInt32() ^
                  Avx.Shuffle(parity0.AsSingle(), parity4.AsSingle(), 0b10_00_10_00).AsUInt32() ^ rest;
        odd ^= odd << 16;
        odd ^= odd << 8;
        odd ^= odd << 4;
        odd ^= odd << 2;
        odd ^= odd << 1;
        rest ^= (odd.AsInt32() >> 31).AsUInt32() & Vector256.Create(PortablePage.Quotient);
        rest ^= zeros;
        // 16-bit words of the pages 0 1 4 5 2 3 6 7, to big-endian words in page order.
        var inPageOrder = Vector128.Create((byte)1, 0, 3, 2, 9, 8, 11, 10, 5, 4, 7, 6, 13, 12, 15, 14);
        return Ssse3.Shuffle(Sse41.PackUnsignedSaturate(rest.GetLower().AsInt32(), rest.GetUpper().AsInt32()).AsByte(), inPageOrder);
    }
}
#endif
