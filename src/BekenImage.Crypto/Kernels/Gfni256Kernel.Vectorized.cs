#if NET10_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>256-bit vectors with GF2P8AFFINEQB.</summary>
/// <remarks>
/// Eight pages are eight rows of 32 bytes. Three rounds of unpacking transpose them: vector m then holds, in lane l and half h, the bytes at
/// position 16 l + 2 m + h of all eight pages. Each such 64-bit word goes through the two matrices of its position; the sum of all words
/// is the upper and the lower CRC byte of each page, because the CRC is linear in its bytes.
/// </remarks>
internal sealed class Gfni256Kernel : GroupKernel
{
    // For each transposed vector its four matrices to the upper byte of the CRC, then its four to the lower.
    private readonly ulong[] _matrices = MakeMatrices();
    private readonly Vector128<byte> _zeros = GfniMatrices.StoredCrcOfZeros;

    public static bool IsSupported => Gfni.V256.IsSupported && Avx2.IsSupported;

    public override string Name => "gfni-256";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref ulong matrices = ref MemoryMarshal.GetArrayDataReference(_matrices);
        var zeros = _zeros;
        int groups = pages.Length / GroupSize;
        for (int group = 0; group < groups; group++)
        {
            if (!AllValid(ref page, ref matrices, zeros))
                return group;
            page = ref Unsafe.Add(ref page, GroupSize);
        }
        return groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int DecodeGroups(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref ulong matrices = ref MemoryMarshal.GetArrayDataReference(_matrices);
        var zeros = _zeros;
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        int groups = pages.Length / GroupSize;
        uint word = walk.Word;
        uint number = walk.Number;
        for (int group = 0; group < groups; group++)
        {
            var row0 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 0);
            var row1 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 1);
            var row2 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 2);
            var row3 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 3);
            var row4 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 4);
            var row5 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 5);
            var row6 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 6);
            var row7 = Rows256.Decipher(ref page, ref plain, ref pattern, word, 7);
            if (Rows256.StoredCrcs(ref page) != Crcs(row0, row1, row2, row3, row4, row5, row6, row7, ref matrices, zeros))
                return group;
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
        ref ulong matrices = ref MemoryMarshal.GetArrayDataReference(_matrices);
        var zeros = _zeros;
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        uint word = walk.Word;
        uint number = walk.Number;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var row0 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 0);
            var row1 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 1);
            var row2 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 2);
            var row3 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 3);
            var row4 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 4);
            var row5 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 5);
            var row6 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 6);
            var row7 = Rows256.Encipher(ref plain, ref page, ref pattern, word, 7);
            Ahead.Group(ref page);
            Rows256.StoreCrcs(ref page, Crcs(row0, row1, row2, row3, row4, row5, row6, row7, ref matrices, zeros));
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            page = ref Unsafe.Add(ref page, GroupSize);
            plain = ref Unsafe.Add(ref plain, GroupData);
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply256(source, destination, walk);

    private static ulong[] MakeMatrices()
    {
        var matrices = new ulong[2 * FlashPages.DataSize];
        for (int i = 0; i < matrices.Length; i++)
        {
            int vector = i / 8;
            int lane = i / 2 % 2;
            matrices[i] = GfniMatrices.At(lane * 16 + vector * 2 + i % 2, firstBit: i % 8 < 4 ? 8 : 0);
        }
        return matrices;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllValid(ref byte pages, ref ulong matrices, Vector128<byte> zeros) => Rows256.StoredCrcs(ref pages) == Crcs(
        Rows256.Stored(ref pages, 0), Rows256.Stored(ref pages, 1), Rows256.Stored(ref pages, 2), Rows256.Stored(ref pages, 3),
        Rows256.Stored(ref pages, 4), Rows256.Stored(ref pages, 5), Rows256.Stored(ref pages, 6), Rows256.Stored(ref pages, 7),
        ref matrices, zeros);

    /// <summary>The CRCs of eight rows, each as it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Crcs(Vector256<byte> row0, Vector256<byte> row1, Vector256<byte> row2, Vector256<byte> row3,
        Vector256<byte> row4, Vector256<byte> row5, Vector256<byte> row6, Vector256<byte> row7, ref ulong matrices, Vector128<byte> zeros)
    {
        // Halves of pages 0 to 3 and 4 to 7: "first" are the positions 0 to 7 of each lane, "last" 8 to 15.
        var first01 = Avx2.UnpackLow(row0, row1).AsUInt16();
        var first23 = Avx2.UnpackLow(row2, row3).AsUInt16();
        var first45 = Avx2.UnpackLow(row4, row5).AsUInt16();
        var first67 = Avx2.UnpackLow(row6, row7).AsUInt16();
        var last01 = Avx2.UnpackHigh(row0, row1).AsUInt16();
        var last23 = Avx2.UnpackHigh(row2, row3).AsUInt16();
        var last45 = Avx2.UnpackHigh(row4, row5).AsUInt16();
        var last67 = Avx2.UnpackHigh(row6, row7).AsUInt16();
        var high = Vector256<byte>.Zero;
        var low = Vector256<byte>.Zero;
        AddFour(ref high, ref low, Avx2.UnpackLow(first01, first23), Avx2.UnpackLow(first45, first67), ref matrices, 0);
        AddFour(ref high, ref low, Avx2.UnpackHigh(first01, first23), Avx2.UnpackHigh(first45, first67), ref matrices, 2);
        AddFour(ref high, ref low, Avx2.UnpackLow(last01, last23), Avx2.UnpackLow(last45, last67), ref matrices, 4);
        AddFour(ref high, ref low, Avx2.UnpackHigh(last01, last23), Avx2.UnpackHigh(last45, last67), ref matrices, 6);

        var both = Avx2.UnpackLow(high, low) ^ Avx2.UnpackHigh(high, low);
        return both.GetLower() ^ both.GetUpper() ^ zeros;
    }

    /// <summary>Adds the positions of two transposed vectors, number <paramref name="vector"/> and the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(ref Vector256<byte> high, ref Vector256<byte> low, Vector256<ushort> pages0123, Vector256<ushort> pages4567,
        ref ulong matrices, int vector)
    {
        var even = Avx2.UnpackLow(pages0123.AsUInt32(), pages4567.AsUInt32()).AsByte();
        var odd = Avx2.UnpackHigh(pages0123.AsUInt32(), pages4567.AsUInt32()).AsByte();
        high ^= Gfni.V256.GaloisFieldAffineTransform(even, Vector256.LoadUnsafe(ref matrices, (nuint)vector * 8).AsByte(), 0);
        low ^= Gfni.V256.GaloisFieldAffineTransform(even, Vector256.LoadUnsafe(ref matrices, (nuint)vector * 8 + 4).AsByte(), 0);
        high ^= Gfni.V256.GaloisFieldAffineTransform(odd, Vector256.LoadUnsafe(ref matrices, (nuint)vector * 8 + 8).AsByte(), 0);
        low ^= Gfni.V256.GaloisFieldAffineTransform(odd, Vector256.LoadUnsafe(ref matrices, (nuint)vector * 8 + 12).AsByte(), 0);
    }
}
#endif
