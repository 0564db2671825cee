#if NET10_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// 256-bit vectors with carry-less multiplication (VPCLMULQDQ): in each lane a page, as <see cref="Carryless128Kernel"/> does it.
/// </summary>
/// <remarks>
/// Five products for two pages, all on one port: what else there is must keep off it. So halves of pages are put side by side while they
/// are loaded, which costs no shuffle, and CRCs are gathered by blends of 32 bits.
/// </remarks>
internal sealed class Carryless256Kernel : GroupKernel
{
    private const int HalfPage = FlashPages.DataSize / 2;

    // Words 1 and 0 of a page (reversed, the first word is in the upper half), then 3 and 2.
    private readonly Vector256<ulong> _firstPowers = Twice(Carryless.PowerOfWord(1), Carryless.PowerOfWord(0));
    private readonly Vector256<ulong> _lastPowers = Twice(Carryless.PowerOfWord(3), Carryless.PowerOfWord(2));
    private readonly Vector256<ulong> _inverse = Twice(Carryless.InverseOfP(), 0);
    private readonly Vector256<byte> _reverse = Lanes(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    private readonly Vector256<uint> _zeros = Vector256.Create((uint)PortablePage.CrcOfZeros);

    public static bool IsSupported => Pclmulqdq.V256.IsSupported && Avx2.IsSupported;

    public override string Name => "clmul-256";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        Vector256<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        var reverse = _reverse;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            if (!AreStored(ref page, Crcs(ref page, first, last, inverse, reverse, zeros)))
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
        uint word = walk.Word;
        uint number = walk.Number;
        Vector256<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        var reverse = _reverse;
        var zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            if (!AreStored(ref page, Crcs(ref page, first, last, inverse, reverse, zeros)))
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
        Vector256<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        var reverse = _reverse;
        var zeros = _zeros;
        // Of each lane of 32-bit results the lower half, big-endian, side by side.
        var toStored = Lanes(1, 0, 5, 4, 9, 8, 13, 12, 255, 255, 255, 255, 255, 255, 255, 255);
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var (sum01, quotient01) = EncipherTwo(ref plain, ref page, ref pattern, word, 0, first, last, inverse, reverse);
            var (sum23, quotient23) = EncipherTwo(ref plain, ref page, ref pattern, word, 2, first, last, inverse, reverse);
            var (sum45, quotient45) = EncipherTwo(ref plain, ref page, ref pattern, word, 4, first, last, inverse, reverse);
            var (sum67, quotient67) = EncipherTwo(ref plain, ref page, ref pattern, word, 6, first, last, inverse, reverse);
            var joined = Join(sum01, sum23, sum45, sum67, quotient01, quotient23, quotient45, quotient67, zeros);
            var crcs = Avx2.Shuffle(joined.AsByte(), toStored).AsUInt64();
            StoreFour(ref page, crcs.ToScalar());
            StoreFour(ref Unsafe.Add(ref page, FlashPages.PageSize), crcs.GetUpper().ToScalar());
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            page = ref Unsafe.Add(ref page, GroupSize);
            plain = ref Unsafe.Add(ref plain, GroupData);
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply256(source, destination, walk);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Sum, Vector256<ulong> Quotient) EncipherTwo(
        ref byte plain, ref byte pages, ref uint pattern, uint word, int page,
        Vector256<ulong> first, Vector256<ulong> last, Vector256<ulong> inverse, Vector256<byte> reverse)
    {
        var row0 = Rows256.Encipher(ref plain, ref pages, ref pattern, word, page);
        var row1 = Rows256.Encipher(ref plain, ref pages, ref pattern, word, page + 1);
        return Divide(Avx2.Permute2x128(row0, row1, 0x20), Avx2.Permute2x128(row0, row1, 0x31), first, last, inverse, reverse);
    }

    /// <summary>The CRCs of eight pages, one in 32 bits: those of the pages 0 2 4 6 in the lower lane, 1 3 5 7 in the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Crcs(ref byte pages, Vector256<ulong> first, Vector256<ulong> last, Vector256<ulong> inverse,
        Vector256<byte> reverse, Vector256<uint> zeros)
    {
        var (sum01, quotient01) = DivideStored(ref pages, 0, first, last, inverse, reverse);
        var (sum23, quotient23) = DivideStored(ref pages, 2, first, last, inverse, reverse);
        var (sum45, quotient45) = DivideStored(ref pages, 4, first, last, inverse, reverse);
        var (sum67, quotient67) = DivideStored(ref pages, 6, first, last, inverse, reverse);
        return Join(sum01, sum23, sum45, sum67, quotient01, quotient23, quotient45, quotient67, zeros);
    }

    /// <summary>sum + quotient P of eight pages, with three shifts instead of four products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Join(
        Vector256<ulong> sum01, Vector256<ulong> sum23, Vector256<ulong> sum45, Vector256<ulong> sum67, Vector256<ulong> quotient01,
        Vector256<ulong> quotient23, Vector256<ulong> quotient45, Vector256<ulong> quotient67, Vector256<uint> zeros)
    {
        var upper = Avx.Shuffle(
            Avx2.UnpackHigh(sum01, sum23).AsSingle(), Avx2.UnpackHigh(sum45, sum67).AsSingle(), 0b10_00_10_00).AsUInt32();
        var quotient = Avx.Shuffle(
            Avx2.UnpackLow(quotient01, quotient23).AsSingle(), Avx2.UnpackLow(quotient45, quotient67).AsSingle(), 0b11_01_11_01).AsUInt32();
        return upper ^ quotient >>> 16 ^ quotient >>> 17 ^ quotient >>> 30 ^ zeros;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Sum, Vector256<ulong> Quotient) DivideStored(
        ref byte pages, int page, Vector256<ulong> first, Vector256<ulong> last, Vector256<ulong> inverse, Vector256<byte> reverse)
    {
        int start = page * FlashPages.PageSize;
        return Divide(Halves(ref pages, start), Halves(ref pages, start + HalfPage), first, last, inverse, reverse);
    }

    /// <summary>Of two pages, given by their halves: sums of products (upper words) and quotients (lower words).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Sum, Vector256<ulong> Quotient) Divide(Vector256<byte> front, Vector256<byte> back,
        Vector256<ulong> first, Vector256<ulong> last, Vector256<ulong> inverse, Vector256<byte> reverse)
    {
        var words01 = Avx2.Shuffle(front, reverse).AsUInt64();
        var words23 = Avx2.Shuffle(back, reverse).AsUInt64();
        var sum = Pclmulqdq.V256.CarrylessMultiply(words01, first, 0x00) ^ Pclmulqdq.V256.CarrylessMultiply(words01, first, 0x11) ^
                  Pclmulqdq.V256.CarrylessMultiply(words23, last, 0x00) ^ Pclmulqdq.V256.CarrylessMultiply(words23, last, 0x11);
        return (sum, Pclmulqdq.V256.CarrylessMultiply(sum, inverse, 0x00));
    }

    /// <summary>16 bytes of one page and the same of the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Halves(ref byte pages, int offset) => Avx2.InsertVector128(
        Vector128.LoadUnsafe(ref pages, (nuint)offset).ToVector256Unsafe(),
        Vector128.LoadUnsafe(ref pages, (nuint)(offset + FlashPages.PageSize)), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreStored(ref byte pages, Vector256<uint> crcs)
    {
        // To the upper half of 32 bits, big-endian; the lower half of what is stored is the page's last data.
        var placed = Avx2.Shuffle(crcs.AsByte(), Lanes(255, 255, 1, 0, 255, 255, 5, 4, 255, 255, 9, 8, 255, 255, 13, 12)).AsUInt32();
        var stored = Avx2.InsertVector128(Ends(ref pages, 0).ToVector256Unsafe(), Ends(ref pages, 1), 1);
        return ((placed ^ stored) & Vector256.Create(0xFFFF_0000u)) == Vector256<uint>.Zero;
    }

    /// <summary>The last 32 bits of every second page. Load k is placed so that element k of it is the end of that page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Ends(ref byte pages, int page)
    {
        var ends = WithEndAt(ref pages, page, 0);
        ends = Avx2.Blend(ends, WithEndAt(ref pages, page, 1), 1 << 1);
        ends = Avx2.Blend(ends, WithEndAt(ref pages, page, 2), 1 << 2);
        return Avx2.Blend(ends, WithEndAt(ref pages, page, 3), 1 << 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> WithEndAt(ref byte pages, int page, int element)
    {
        int end = (page + 2 * element + 1) * FlashPages.PageSize;
        return Vector128.LoadUnsafe(ref pages, (nuint)(end - (element + 1) * sizeof(uint))).AsUInt32();
    }

    /// <summary>Writes the CRCs of every second page, as they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(ref byte pages, ulong crcs)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref pages, FlashPages.DataSize), (ushort)crcs);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref pages, 2 * FlashPages.PageSize + FlashPages.DataSize), (ushort)(crcs >> 16));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref pages, 4 * FlashPages.PageSize + FlashPages.DataSize), (ushort)(crcs >> 32));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref pages, 6 * FlashPages.PageSize + FlashPages.DataSize), (ushort)(crcs >> 48));
    }

    private static Vector256<ulong> Twice(ulong lower, ulong upper) => Vector256.Create(lower, upper, lower, upper);

    private static Vector256<byte> Lanes(byte b0, byte b1, byte b2, byte b3, byte b4, byte b5, byte b6, byte b7,
        byte b8, byte b9, byte b10, byte b11, byte b12, byte b13, byte b14, byte b15)
    {
        var lane = Vector128.Create(b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15);
        return Vector256.Create(lane, lane);
    }
}
#endif
