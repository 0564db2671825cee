#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace BekenImage.Crypto.Kernels;

/// <summary>128-bit vectors with carry-less multiplication: PCLMULQDQ on x86, PMULL on Arm.</summary>
/// <remarks>
/// Five products a page (<see cref="Carryless"/>), all on one port of most processors. The last step of the reduction needs no product, and
/// is taken for four pages at once, as is the comparison: taking each CRC out of its vector would cost that port another operation a page.
/// </remarks>
internal sealed class Carryless128Kernel : GroupKernel
{
    private const int BatchPages = 4;
    private const int BatchSize = BatchPages * FlashPages.PageSize;
    private const int BatchData = BatchPages * FlashPages.DataSize;

    private static readonly string OwnName = ArmAes.IsSupported ? "pmull-128" : "clmul-128";

    // Words 1 and 0 of a page (reversed, the first word is in the upper half), then 3 and 2.
    private readonly Vector128<ulong> _firstPowers = Vector128.Create(Carryless.PowerOfWord(1), Carryless.PowerOfWord(0));
    private readonly Vector128<ulong> _lastPowers = Vector128.Create(Carryless.PowerOfWord(3), Carryless.PowerOfWord(2));
    private readonly Vector128<ulong> _inverse = Vector128.CreateScalar(Carryless.InverseOfP());
    private readonly Vector128<uint> _zeros = Vector128.Create((uint)PortablePage.CrcOfZeros);

    public static bool IsSupported => (Pclmulqdq.IsSupported || ArmAes.IsSupported) && Zip128.IsSupported;

    public override string Name => OwnName;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        Vector128<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            ref byte second = ref Unsafe.Add(ref page, BatchSize);
            var wrong = Rows128.Differences(ref page, Crcs(ref page, first, last, inverse, zeros)) |
                        Rows128.Differences(ref second, Crcs(ref second, first, last, inverse, zeros));
            if (Rows128.IsAny(wrong))
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
        ref byte pattern = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(walk.Pattern));
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        int groups = pages.Length / GroupSize;
        uint word = walk.Word;
        uint number = walk.Number;
        Vector128<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            var same = Vector128.Create(word).AsByte();
            var wrong = Vector128<uint>.Zero;
            for (int i = 0; i < GroupData; i += BatchData)
            {
                ref byte keystream = ref Unsafe.Add(ref pattern, i);
                var (sum0, quotient0) = DecipherPage(ref page, ref plain, ref keystream, same, 0, first, last, inverse);
                var (sum1, quotient1) = DecipherPage(ref page, ref plain, ref keystream, same, 1, first, last, inverse);
                var (sum2, quotient2) = DecipherPage(ref page, ref plain, ref keystream, same, 2, first, last, inverse);
                var (sum3, quotient3) = DecipherPage(ref page, ref plain, ref keystream, same, 3, first, last, inverse);
                wrong |= Rows128.Differences(ref page, Join(sum0, sum1, sum2, sum3, quotient0, quotient1, quotient2, quotient3, zeros));
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
        Vector128<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        var zeros = _zeros;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var same = Vector128.Create(word).AsByte();
            for (int i = 0; i < GroupData; i += BatchData)
            {
                ref byte keystream = ref Unsafe.Add(ref pattern, i);
                var (sum0, quotient0) = EncipherPage(ref plain, ref page, ref keystream, same, 0, first, last, inverse);
                var (sum1, quotient1) = EncipherPage(ref plain, ref page, ref keystream, same, 1, first, last, inverse);
                var (sum2, quotient2) = EncipherPage(ref plain, ref page, ref keystream, same, 2, first, last, inverse);
                var (sum3, quotient3) = EncipherPage(ref plain, ref page, ref keystream, same, 3, first, last, inverse);
                Rows128.StoreCrcs(ref page, Join(sum0, sum1, sum2, sum3, quotient0, quotient1, quotient2, quotient3, zeros));
                page = ref Unsafe.Add(ref page, BatchSize);
                plain = ref Unsafe.Add(ref plain, BatchData);
            }
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply128(source, destination, walk);

    /// <summary>The CRCs of four pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Crcs(
        ref byte pages, Vector128<ulong> first, Vector128<ulong> last, Vector128<ulong> inverse, Vector128<uint> zeros)
    {
        var (sum0, quotient0) = Divide(Rows128.Stored(ref pages, 0, 0), Rows128.Stored(ref pages, 0, 1), first, last, inverse);
        var (sum1, quotient1) = Divide(Rows128.Stored(ref pages, 1, 0), Rows128.Stored(ref pages, 1, 1), first, last, inverse);
        var (sum2, quotient2) = Divide(Rows128.Stored(ref pages, 2, 0), Rows128.Stored(ref pages, 2, 1), first, last, inverse);
        var (sum3, quotient3) = Divide(Rows128.Stored(ref pages, 3, 0), Rows128.Stored(ref pages, 3, 1), first, last, inverse);
        return Join(sum0, sum1, sum2, sum3, quotient0, quotient1, quotient2, quotient3, zeros);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ulong> Sum, Vector128<ulong> Quotient) DecipherPage(ref byte pages, ref byte plain, ref byte pattern,
        Vector128<byte> same, int page, Vector128<ulong> first, Vector128<ulong> last, Vector128<ulong> inverse) => Divide(
        Rows128.Decipher(ref pages, ref plain, ref pattern, same, page, 0),
        Rows128.Decipher(ref pages, ref plain, ref pattern, same, page, 1), first, last, inverse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ulong> Sum, Vector128<ulong> Quotient) EncipherPage(ref byte plain, ref byte pages, ref byte pattern,
        Vector128<byte> same, int page, Vector128<ulong> first, Vector128<ulong> last, Vector128<ulong> inverse) => Divide(
        Rows128.Encipher(ref plain, ref pages, ref pattern, same, page, 0),
        Rows128.Encipher(ref plain, ref pages, ref pattern, same, page, 1), first, last, inverse);

    /// <summary>Of a page, given by its halves: the sum of products, whose upper word is used, and in the lower the quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ulong> Sum, Vector128<ulong> Quotient) Divide(
        Vector128<byte> front, Vector128<byte> back, Vector128<ulong> first, Vector128<ulong> last, Vector128<ulong> inverse)
    {
        var reverse = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        var words01 = Vector128.Shuffle(front, reverse).AsUInt64();
        var words23 = Vector128.Shuffle(back, reverse).AsUInt64();
        var sum = MultiplyUpper(words01, first) ^ MultiplyLower(words01, first) ^
                  MultiplyUpper(words23, last) ^ MultiplyLower(words23, last);
        return (sum, MultiplyLower(sum, inverse));
    }

    /// <summary>sum + quotient P of four pages, with three shifts instead of four products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Join(
        Vector128<ulong> sum0, Vector128<ulong> sum1, Vector128<ulong> sum2, Vector128<ulong> sum3, Vector128<ulong> quotient0,
        Vector128<ulong> quotient1, Vector128<ulong> quotient2, Vector128<ulong> quotient3, Vector128<uint> zeros)
    {
        var upper = Zip128.LowerHalves(Zip128.Upper(sum0, sum1), Zip128.Upper(sum2, sum3));
        var quotient = Zip128.UpperHalves(Zip128.Lower(quotient0, quotient1), Zip128.Lower(quotient2, quotient3));
        return upper ^ quotient >>> 16 ^ quotient >>> 17 ^ quotient >>> 30 ^ zeros;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLower(Vector128<ulong> left, Vector128<ulong> right) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(left, right, 0x00)
        : ArmAes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyUpper(Vector128<ulong> left, Vector128<ulong> right) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(left, right, 0x11)
        : ArmAes.PolynomialMultiplyWideningUpper(left, right);
}
#endif
