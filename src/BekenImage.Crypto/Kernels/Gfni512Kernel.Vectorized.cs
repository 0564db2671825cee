#if NET10_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>512-bit vectors with GF2P8AFFINEQB and two-source byte permutes (VBMI).</summary>
/// <remarks>
/// As <see cref="Gfni256Kernel"/>, with half the rounds: one permute of the 128 bytes from a page's start collects positions 0 to 15 of four
/// pages, and one of the 128 bytes eight further on collects positions 16 to 31 and ends exactly where the fourth page ends. One unpacking
/// joins that with the next four pages: the 64-bit words of vector 2 k + u are the positions 16 k + 4 l + 2 u + h in lane l, half h.
/// </remarks>
internal sealed class Gfni512Kernel : GroupKernel
{
    /// <summary>Where the second permute's 128 bytes begin, so that they end with the fourth page.</summary>
    private const int SecondStart = 4 * FlashPages.PageSize - 2 * 64;

    private readonly Vector512<byte>[] _high = Matrices(8);
    private readonly Vector512<byte>[] _low = Matrices(0);

    private readonly Vector128<byte> _zeros = GfniMatrices.StoredCrcOfZeros;

    // Byte i takes page i % 4, position i / 4.
    private readonly Vector512<byte> _fromFirst = Indices(i => i % 4 * FlashPages.PageSize + i / 4);
    private readonly Vector512<byte> _fromSecond = Indices(i => i % 4 * FlashPages.PageSize + i / 4 + 16 - SecondStart);
    private readonly Vector512<byte> _crcFromSecond =
        Indices(i => i / 2 % 4 * FlashPages.PageSize + FlashPages.DataSize + i % 2 - SecondStart);

    // The same of 128 bytes that hold four pages' data without CRCs.
    private readonly Vector512<byte> _firstOfData = Indices(i => i % 4 * FlashPages.DataSize + i / 4);
    private readonly Vector512<byte> _secondOfData = Indices(i => i % 4 * FlashPages.DataSize + i / 4 + 16);

    public static bool IsSupported => Gfni.V512.IsSupported && Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    public override string Name => "gfni-512";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        Vector512<byte> high0 = _high[0], high1 = _high[1], high2 = _high[2], high3 = _high[3];
        Vector512<byte> low0 = _low[0], low1 = _low[1], low2 = _low[2], low3 = _low[3];
        Vector512<byte> fromFirst = _fromFirst, fromSecond = _fromSecond, crcFromSecond = _crcFromSecond;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            if (!AllValid(ref page, fromFirst, fromSecond, crcFromSecond, zeros, high0, high1, high2, high3, low0, low1, low2, low3))
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
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        int groups = pages.Length / GroupSize;
        uint word = walk.Word;
        uint number = walk.Number;
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        Vector256<byte> pattern0 = Rows256.Pattern(ref pattern, 0), pattern1 = Rows256.Pattern(ref pattern, 1);
        Vector256<byte> pattern2 = Rows256.Pattern(ref pattern, 2), pattern3 = Rows256.Pattern(ref pattern, 3);
        Vector256<byte> pattern4 = Rows256.Pattern(ref pattern, 4), pattern5 = Rows256.Pattern(ref pattern, 5);
        Vector256<byte> pattern6 = Rows256.Pattern(ref pattern, 6), pattern7 = Rows256.Pattern(ref pattern, 7);
        Vector512<byte> high0 = _high[0], high1 = _high[1], high2 = _high[2], high3 = _high[3];
        Vector512<byte> low0 = _low[0], low1 = _low[1], low2 = _low[2], low3 = _low[3];
        Vector512<byte> fromFirst = _fromFirst, fromSecond = _fromSecond, crcFromSecond = _crcFromSecond;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            if (!AllValid(ref page, fromFirst, fromSecond, crcFromSecond, zeros, high0, high1, high2, high3, low0, low1, low2, low3))
                return group;
            // Reloading the pages costs less than permuting what is at hand: two-source permutes are this loop's bottleneck.
            var same = Vector256.Create(word).AsByte();
            Rows256.DecipherPage(ref page, ref plain, pattern0 ^ same, 0);
            Rows256.DecipherPage(ref page, ref plain, pattern1 ^ same, 1);
            Rows256.DecipherPage(ref page, ref plain, pattern2 ^ same, 2);
            Rows256.DecipherPage(ref page, ref plain, pattern3 ^ same, 3);
            Rows256.DecipherPage(ref page, ref plain, pattern4 ^ same, 4);
            Rows256.DecipherPage(ref page, ref plain, pattern5 ^ same, 5);
            Rows256.DecipherPage(ref page, ref plain, pattern6 ^ same, 6);
            Rows256.DecipherPage(ref page, ref plain, pattern7 ^ same, 7);
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
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        uint word = walk.Word;
        uint number = walk.Number;
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        var pattern01 = Vector512.LoadUnsafe(ref pattern, 0).AsByte();
        var pattern23 = Vector512.LoadUnsafe(ref pattern, 16).AsByte();
        var pattern45 = Vector512.LoadUnsafe(ref pattern, 32).AsByte();
        var pattern67 = Vector512.LoadUnsafe(ref pattern, 48).AsByte();
        Vector512<byte> high0 = _high[0], high1 = _high[1], high2 = _high[2], high3 = _high[3];
        Vector512<byte> low0 = _low[0], low1 = _low[1], low2 = _low[2], low3 = _low[3];
        Vector512<byte> firstOfData = _firstOfData, secondOfData = _secondOfData;
        var zeros = _zeros;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var same = Vector512.Create(word).AsByte();
            var data01 = Vector512.LoadUnsafe(ref plain, 0) ^ pattern01 ^ same;
            var data23 = Vector512.LoadUnsafe(ref plain, 64) ^ pattern23 ^ same;
            var data45 = Vector512.LoadUnsafe(ref plain, 128) ^ pattern45 ^ same;
            var data67 = Vector512.LoadUnsafe(ref plain, 192) ^ pattern67 ^ same;
            var first0 = Avx512Vbmi.PermuteVar64x8x2(data01, firstOfData, data23);
            var first4 = Avx512Vbmi.PermuteVar64x8x2(data45, firstOfData, data67);
            var second0 = Avx512Vbmi.PermuteVar64x8x2(data01, secondOfData, data23);
            var second4 = Avx512Vbmi.PermuteVar64x8x2(data45, secondOfData, data67);
            var crcs = Crcs(first0, first4, second0, second4, zeros, high0, high1, high2, high3, low0, low1, low2, low3);
            StorePair(ref page, 0, data01);
            StorePair(ref page, 2, data23);
            StorePair(ref page, 4, data45);
            StorePair(ref page, 6, data67);
            Rows256.StoreCrcs(ref page, crcs);
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            page = ref Unsafe.Add(ref page, GroupSize);
            plain = ref Unsafe.Add(ref plain, GroupData);
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply512(source, destination, walk);

    // The constants of all methods are parameters: a struct of so many vectors would live in memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllValid(ref byte page, Vector512<byte> fromFirst, Vector512<byte> fromSecond, Vector512<byte> crcFromSecond, Vector128<byte> zeros,
        Vector512<byte> high0, Vector512<byte> high1, Vector512<byte> high2, Vector512<byte> high3,
        Vector512<byte> low0, Vector512<byte> low1, Vector512<byte> low2, Vector512<byte> low3)
    {
        var first0 = Permute(ref page, 0, fromFirst);
        var first4 = Permute(ref page, 4 * FlashPages.PageSize, fromFirst);
        var second0 = Permute(ref page, SecondStart, fromSecond);
        var second4 = Permute(ref page, 4 * FlashPages.PageSize + SecondStart, fromSecond);
        var stored0 = Permute(ref page, SecondStart, crcFromSecond);
        var stored4 = Permute(ref page, 4 * FlashPages.PageSize + SecondStart, crcFromSecond);
        var crcs = Crcs(first0, first4, second0, second4, zeros, high0, high1, high2, high3, low0, low1, low2, low3);
        return crcs == JoinLower(stored0, stored4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Permute(ref byte pages, int offset, Vector512<byte> indices) => Avx512Vbmi.PermuteVar64x8x2(
        Vector512.LoadUnsafe(ref pages, (nuint)offset), indices, Vector512.LoadUnsafe(ref pages, (nuint)offset + 64));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> JoinLower(Vector512<byte> left, Vector512<byte> right) =>
        Sse2.UnpackLow(left.GetLower().GetLower().AsUInt64(), right.GetLower().GetLower().AsUInt64()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(ref byte pages, int page, Vector512<byte> data)
    {
        data.GetLower().StoreUnsafe(ref pages, (nuint)(page * FlashPages.PageSize));
        data.GetUpper().StoreUnsafe(ref pages, (nuint)((page + 1) * FlashPages.PageSize));
    }

    /// <summary>The CRCs of eight pages, each as it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Crcs(
        Vector512<byte> first0, Vector512<byte> first4, Vector512<byte> second0, Vector512<byte> second4, Vector128<byte> zeros,
        Vector512<byte> high0, Vector512<byte> high1, Vector512<byte> high2, Vector512<byte> high3,
        Vector512<byte> low0, Vector512<byte> low1, Vector512<byte> low2, Vector512<byte> low3)
    {
        var bytes0 = Avx512F.UnpackLow(first0.AsUInt32(), first4.AsUInt32()).AsByte();
        var bytes1 = Avx512F.UnpackHigh(first0.AsUInt32(), first4.AsUInt32()).AsByte();
        var bytes2 = Avx512F.UnpackLow(second0.AsUInt32(), second4.AsUInt32()).AsByte();
        var bytes3 = Avx512F.UnpackHigh(second0.AsUInt32(), second4.AsUInt32()).AsByte();
        var high = Gfni.V512.GaloisFieldAffineTransform(bytes0, high0, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes1, high1, 0) ^
                   Gfni.V512.GaloisFieldAffineTransform(bytes2, high2, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes3, high3, 0);
        var low = Gfni.V512.GaloisFieldAffineTransform(bytes0, low0, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes1, low1, 0) ^
                  Gfni.V512.GaloisFieldAffineTransform(bytes2, low2, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes3, low3, 0);
        var both = Avx512BW.UnpackLow(high, low) ^ Avx512BW.UnpackHigh(high, low);
        var half = both.GetLower() ^ both.GetUpper();
        return half.GetLower() ^ half.GetUpper() ^ zeros;
    }

    private static Vector512<byte>[] Matrices(int firstBit)
    {
        var words = new ulong[FlashPages.DataSize];
        for (int word = 0; word < words.Length; word++)
        {
            int vector = word / 8;
            int lane = word / 2 % 4;
            words[word] = GfniMatrices.At(vector / 2 * 16 + lane * 4 + vector % 2 * 2 + word % 2, firstBit);
        }
        return [Vector512.Create(words, 0).AsByte(), Vector512.Create(words, 8).AsByte(),
                Vector512.Create(words, 16).AsByte(), Vector512.Create(words, 24).AsByte()];
    }

    private static Vector512<byte> Indices(Func<int, int> indexOf)
    {
        var indices = new byte[Vector512<byte>.Count];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = (byte)(indexOf(i) & 127);
        return Vector512.Create(indices);
    }
}
#endif
