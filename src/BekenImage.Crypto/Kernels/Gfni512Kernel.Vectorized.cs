#if NET10_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>512-bit vectors with GF2P8AFFINEQB and the byte permute (VBMI).</summary>
/// <remarks>
/// A vector takes the data of two pages, which decode deciphers and encode enciphers as they are. A permute brings their bytes of a
/// position together, two rounds of unpacking those of eight pages: the 64-bit words of vector v are the positions 8 l + 2 v + h in
/// lane l, half h. Each goes through the two matrices of its position, as in <see cref="Gfni256Kernel"/>. Two ports do all of this, so
/// that it is the sum of operations that counts (FlashPages.md, section 4).
/// </remarks>
internal sealed class Gfni512Kernel : GroupKernel
{
    private readonly Vector512<byte>[] _high = Matrices(8);
    private readonly Vector512<byte>[] _low = Matrices(0);

    // In the lowest lane only: the lanes are added up.
    private readonly Vector512<byte> _zeros = GfniMatrices.StoredCrcOfZeros.ToVector256().ToVector512();

    // Byte i takes page i % 2, position i / 2.
    private readonly Vector512<byte> _byPosition = Indices(i => i % 2 * FlashPages.DataSize + i / 2);

    public static bool IsSupported => Gfni.V512.IsSupported && Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    public override string Name => "gfni-512";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        Vector512<byte> high0 = _high[0], high1 = _high[1], high2 = _high[2], high3 = _high[3];
        Vector512<byte> low0 = _low[0], low1 = _low[1], low2 = _low[2], low3 = _low[3];
        Vector512<byte> byPosition = _byPosition, zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            var crcs = Crcs(Pair(ref page, 0), Pair(ref page, 2), Pair(ref page, 4), Pair(ref page, 6),
                byPosition, zeros, high0, high1, high2, high3, low0, low1, low2, low3);
            if (!Rows256.AreStored(ref page, crcs))
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
        var pattern01 = Vector512.LoadUnsafe(ref pattern, 0).AsByte();
        var pattern23 = Vector512.LoadUnsafe(ref pattern, 16).AsByte();
        var pattern45 = Vector512.LoadUnsafe(ref pattern, 32).AsByte();
        var pattern67 = Vector512.LoadUnsafe(ref pattern, 48).AsByte();
        Vector512<byte> high0 = _high[0], high1 = _high[1], high2 = _high[2], high3 = _high[3];
        Vector512<byte> low0 = _low[0], low1 = _low[1], low2 = _low[2], low3 = _low[3];
        Vector512<byte> byPosition = _byPosition, zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            var data01 = Pair(ref page, 0);
            var data23 = Pair(ref page, 2);
            var data45 = Pair(ref page, 4);
            var data67 = Pair(ref page, 6);
            var crcs = Crcs(data01, data23, data45, data67, byPosition, zeros, high0, high1, high2, high3, low0, low1, low2, low3);
            if (!Rows256.AreStored(ref page, crcs))
                return group;
            Ahead.Group(ref page);
            Ahead.Group(ref plain);
            var same = Vector512.Create(word).AsByte();
            (data01 ^ pattern01 ^ same).StoreUnsafe(ref plain, 0);
            (data23 ^ pattern23 ^ same).StoreUnsafe(ref plain, 64);
            (data45 ^ pattern45 ^ same).StoreUnsafe(ref plain, 128);
            (data67 ^ pattern67 ^ same).StoreUnsafe(ref plain, 192);
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
        Vector512<byte> byPosition = _byPosition, zeros = _zeros;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var same = Vector512.Create(word).AsByte();
            var data01 = Vector512.LoadUnsafe(ref plain, 0) ^ pattern01 ^ same;
            var data23 = Vector512.LoadUnsafe(ref plain, 64) ^ pattern23 ^ same;
            var data45 = Vector512.LoadUnsafe(ref plain, 128) ^ pattern45 ^ same;
            var data67 = Vector512.LoadUnsafe(ref plain, 192) ^ pattern67 ^ same;
            var crcs = Crcs(data01, data23, data45, data67, byPosition, zeros, high0, high1, high2, high3, low0, low1, low2, low3);
            Ahead.Group(ref plain);
            Ahead.Group(ref page);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Pair(ref byte pages, int page) => 
        Avx512F.InsertVector256(Rows256.Stored(ref pages, page).ToVector512Unsafe(), Rows256.Stored(ref pages, page + 1), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(ref byte pages, int page, Vector512<byte> data)
    {
        data.GetLower().StoreUnsafe(ref pages, (nuint)(page * FlashPages.PageSize));
        Avx512F.ExtractVector256(data, 1).StoreUnsafe(ref pages, (nuint)((page + 1) * FlashPages.PageSize));
    }

    /// <summary>
    /// The CRCs of eight pages, each as it is stored. The constants are parameters: a struct of so many vectors would live in memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Crcs(
        Vector512<byte> data01, Vector512<byte> data23, Vector512<byte> data45, Vector512<byte> data67,
        Vector512<byte> byPosition, Vector512<byte> zeros,
        Vector512<byte> high0, Vector512<byte> high1, Vector512<byte> high2, Vector512<byte> high3,
        Vector512<byte> low0, Vector512<byte> low1, Vector512<byte> low2, Vector512<byte> low3)
    {
        var pages01 = Avx512Vbmi.PermuteVar64x8(data01, byPosition).AsUInt16();
        var pages23 = Avx512Vbmi.PermuteVar64x8(data23, byPosition).AsUInt16();
        var pages45 = Avx512Vbmi.PermuteVar64x8(data45, byPosition).AsUInt16();
        var pages67 = Avx512Vbmi.PermuteVar64x8(data67, byPosition).AsUInt16();
        var first0123 = Avx512BW.UnpackLow(pages01, pages23).AsUInt32();
        var last0123 = Avx512BW.UnpackHigh(pages01, pages23).AsUInt32();
        var first4567 = Avx512BW.UnpackLow(pages45, pages67).AsUInt32();
        var last4567 = Avx512BW.UnpackHigh(pages45, pages67).AsUInt32();
        var bytes0 = Avx512F.UnpackLow(first0123, first4567).AsByte();
        var bytes1 = Avx512F.UnpackHigh(first0123, first4567).AsByte();
        var bytes2 = Avx512F.UnpackLow(last0123, last4567).AsByte();
        var bytes3 = Avx512F.UnpackHigh(last0123, last4567).AsByte();
        var high = Gfni.V512.GaloisFieldAffineTransform(bytes0, high0, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes1, high1, 0) ^
                   Gfni.V512.GaloisFieldAffineTransform(bytes2, high2, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes3, high3, 0);
        var low = Gfni.V512.GaloisFieldAffineTransform(bytes0, low0, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes1, low1, 0) ^
                  Gfni.V512.GaloisFieldAffineTransform(bytes2, low2, 0) ^ Gfni.V512.GaloisFieldAffineTransform(bytes3, low3, 0);
        var both = Avx512BW.UnpackLow(high, low) ^ Avx512BW.UnpackHigh(high, low) ^ zeros;
        var half = both.GetLower() ^ both.GetUpper();
        return half.GetLower() ^ half.GetUpper();
    }

    private static Vector512<byte>[] Matrices(int firstBit)
    {
        var words = new ulong[FlashPages.DataSize];
        for (int word = 0; word < words.Length; word++)
        {
            int vector = word / 8;
            int lane = word / 2 % 4;
            words[word] = GfniMatrices.At(lane * 8 + vector * 2 + word % 2, firstBit);
        }
        return [Vector512.Create(words, 0).AsByte(), Vector512.Create(words, 8).AsByte(),
                Vector512.Create(words, 16).AsByte(), Vector512.Create(words, 24).AsByte()];
    }

    private static Vector512<byte> Indices(Func<int, int> indexOf)
    {
        var indices = new byte[Vector512<byte>.Count];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = (byte)indexOf(i);
        return Vector512.Create(indices);
    }
}
#endif
