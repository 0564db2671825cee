#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BekenImage.Crypto.Kernels;

/// <summary>128-bit vectors with carry-less multiplication: PCLMULQDQ on x86, PMULL on Arm.</summary>
internal sealed class CarrylessKernel : GroupKernel
{
    private readonly CarrylessCrc _crc = CarrylessCrc.Create();

    public static bool IsSupported => CarrylessCrc.IsSupported;

    public override string Name => "clmul-128";

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        int groups = pages.Length / GroupSize;
        var crc = _crc;
        for (int group = 0; group < groups; group++)
        {
            uint wrong = 0;
            for (int i = 0; i < GroupPages; i++)
            {
                wrong |= crc.Compute(Vector128.LoadUnsafe(ref page), Vector128.LoadUnsafe(ref page, 16)) ^ CarrylessCrc.Read(ref page);
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
        var crc = _crc;
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
                wrong |= crc.Compute(front, back) ^ CarrylessCrc.Read(ref page);
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
        var crc = _crc;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            var same = Vector128.Create(word).AsByte();
            for (nuint i = 0; i < GroupData; i += FlashPages.DataSize)
            {
                var front = Vector128.LoadUnsafe(ref plain, i) ^ Vector128.LoadUnsafe(ref pattern, i) ^ same;
                var back = Vector128.LoadUnsafe(ref plain, i + 16) ^ Vector128.LoadUnsafe(ref pattern, i + 16) ^ same;
                front.StoreUnsafe(ref page);
                back.StoreUnsafe(ref page, 16);
                CarrylessCrc.Write(ref page, crc.Compute(front, back));
                page = ref Unsafe.Add(ref page, FlashPages.PageSize);
            }
            plain = ref Unsafe.Add(ref plain, GroupData);
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk) =>
        VectorCipher.Apply128(source, destination, walk);
}
#endif
