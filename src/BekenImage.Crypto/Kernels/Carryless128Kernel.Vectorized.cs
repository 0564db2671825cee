#if NET8_0_OR_GREATER
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace BekenImage.Crypto.Kernels;

/// <summary>128-bit vectors with carry-less multiplication: PCLMULQDQ on x86, PMULL on Arm.</summary>
/// <remarks>One page at a time: four products that are added up and two that reduce the sum (<see cref="Carryless"/>), all on one port of most processors.</remarks>
internal sealed class Carryless128Kernel : GroupKernel
{
    // Words 1 and 0 of a page (reversed, the first word is in the upper half), then 3 and 2.
    private readonly Vector128<ulong> _firstPowers = Vector128.Create(Carryless.PowerOfWord(1), Carryless.PowerOfWord(0));
    private readonly Vector128<ulong> _lastPowers = Vector128.Create(Carryless.PowerOfWord(3), Carryless.PowerOfWord(2));
    private readonly Vector128<ulong> _inverse = Vector128.CreateScalar(Carryless.InverseOfP());

    private readonly uint _zeros = PortablePage.CrcOfZeros;

    public static bool IsSupported => Pclmulqdq.IsSupported && Ssse3.IsSupported || ArmAes.IsSupported;

    public override string Name => "clmul-128";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        Vector128<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        uint zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            uint wrong = 0;
            for (int i = 0; i < GroupPages; i++)
            {
                uint crc = Crc(Vector128.LoadUnsafe(ref page), Vector128.LoadUnsafe(ref page, 16), first, last, inverse, zeros);
                wrong |= crc ^ StoredCrc(ref page);
                page = ref Unsafe.Add(ref page, FlashPages.PageSize);
            }
            if (wrong != 0)
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
        Vector128<ulong> first = _firstPowers, last = _lastPowers, inverse = _inverse;
        uint zeros = _zeros;
        for (int group = 0; group < groups; group++)
        {
            var same = Vector128.Create(word).AsByte();
            uint wrong = 0;
            for (nuint i = 0; i < GroupData; i += FlashPages.DataSize)
            {
                var front = Vector128.LoadUnsafe(ref page);
                var back = Vector128.LoadUnsafe(ref page, 16);
                (front ^ Vector128.LoadUnsafe(ref pattern, i) ^ same).StoreUnsafe(ref plain, i);
                (back ^ Vector128.LoadUnsafe(ref pattern, i + 16) ^ same).StoreUnsafe(ref plain, i + 16);
                wrong |= Crc(front, back, first, last, inverse, zeros) ^ StoredCrc(ref page);
                page = ref Unsafe.Add(ref page, FlashPages.PageSize);
            }
            if (wrong != 0)
                return group;
            plain = ref Unsafe.Add(ref plain, GroupData);
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
        uint zeros = _zeros;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var same = Vector128.Create(word).AsByte();
            for (nuint i = 0; i < GroupData; i += FlashPages.DataSize)
            {
                var front = Vector128.LoadUnsafe(ref plain, i) ^ Vector128.LoadUnsafe(ref pattern, i) ^ same;
                var back = Vector128.LoadUnsafe(ref plain, i + 16) ^ Vector128.LoadUnsafe(ref pattern, i + 16) ^ same;
                front.StoreUnsafe(ref page);
                back.StoreUnsafe(ref page, 16);
                ushort crc = BinaryPrimitives.ReverseEndianness((ushort)Crc(front, back, first, last, inverse, zeros));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref page, FlashPages.DataSize), crc);
                page = ref Unsafe.Add(ref page, FlashPages.PageSize);
            }
            plain = ref Unsafe.Add(ref plain, GroupData);
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply128(source, destination, walk);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StoredCrc(ref byte page) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref page, FlashPages.DataSize)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Crc(Vector128<byte> front, Vector128<byte> back, Vector128<ulong> first, Vector128<ulong> last,
        Vector128<ulong> inverse, uint zeros)
    {
        var reverse = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        var words01 = Vector128.Shuffle(front, reverse).AsUInt64();
        var words23 = Vector128.Shuffle(back, reverse).AsUInt64();
        var sum = MultiplyUpper(words01, first) ^ MultiplyLower(words01, first) ^ MultiplyUpper(words23, last) ^ MultiplyLower(words23, last);
        var quotient = MultiplyLower(sum, inverse);
        var product = MultiplyLower(quotient, Vector128.CreateScalar(Carryless.P));
        return (uint)(sum ^ product).GetElement(1) ^ zeros;
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
