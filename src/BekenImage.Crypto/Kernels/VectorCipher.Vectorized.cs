#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// The cipher alone, in groups of 256 bytes: source ^ pattern ^ word of the group. The pattern stays in registers where there are enough
/// (four of 512 bits, eight of 256). Each group is read before it is written, so source and destination may be the same memory.
/// </summary>
internal static class VectorCipher
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply512(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        var pattern0 = Vector512.LoadUnsafe(ref pattern, 0).AsByte();
        var pattern1 = Vector512.LoadUnsafe(ref pattern, 16).AsByte();
        var pattern2 = Vector512.LoadUnsafe(ref pattern, 32).AsByte();
        var pattern3 = Vector512.LoadUnsafe(ref pattern, 48).AsByte();
        uint word = walk.Word;
        uint number = walk.Number;
        for (int left = source.Length >> 8; left > 0; left--)
        {
            var same = Vector512.Create(word).AsByte();
            var data0 = Vector512.LoadUnsafe(ref from, 0) ^ pattern0 ^ same;
            var data1 = Vector512.LoadUnsafe(ref from, 64) ^ pattern1 ^ same;
            var data2 = Vector512.LoadUnsafe(ref from, 128) ^ pattern2 ^ same;
            var data3 = Vector512.LoadUnsafe(ref from, 192) ^ pattern3 ^ same;
            data0.StoreUnsafe(ref to, 0);
            data1.StoreUnsafe(ref to, 64);
            data2.StoreUnsafe(ref to, 128);
            data3.StoreUnsafe(ref to, 192);
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            from = ref Unsafe.Add(ref from, 256);
            to = ref Unsafe.Add(ref to, 256);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply256(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        ref uint pattern = ref MemoryMarshal.GetReference(walk.Pattern);
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        var pattern0 = Vector256.LoadUnsafe(ref pattern, 0).AsByte();
        var pattern1 = Vector256.LoadUnsafe(ref pattern, 8).AsByte();
        var pattern2 = Vector256.LoadUnsafe(ref pattern, 16).AsByte();
        var pattern3 = Vector256.LoadUnsafe(ref pattern, 24).AsByte();
        var pattern4 = Vector256.LoadUnsafe(ref pattern, 32).AsByte();
        var pattern5 = Vector256.LoadUnsafe(ref pattern, 40).AsByte();
        var pattern6 = Vector256.LoadUnsafe(ref pattern, 48).AsByte();
        var pattern7 = Vector256.LoadUnsafe(ref pattern, 56).AsByte();
        uint word = walk.Word;
        uint number = walk.Number;
        for (int left = source.Length >> 8; left > 0; left--)
        {
            var same = Vector256.Create(word).AsByte();
            (Vector256.LoadUnsafe(ref from, 0) ^ pattern0 ^ same).StoreUnsafe(ref to, 0);
            (Vector256.LoadUnsafe(ref from, 32) ^ pattern1 ^ same).StoreUnsafe(ref to, 32);
            (Vector256.LoadUnsafe(ref from, 64) ^ pattern2 ^ same).StoreUnsafe(ref to, 64);
            (Vector256.LoadUnsafe(ref from, 96) ^ pattern3 ^ same).StoreUnsafe(ref to, 96);
            (Vector256.LoadUnsafe(ref from, 128) ^ pattern4 ^ same).StoreUnsafe(ref to, 128);
            (Vector256.LoadUnsafe(ref from, 160) ^ pattern5 ^ same).StoreUnsafe(ref to, 160);
            (Vector256.LoadUnsafe(ref from, 192) ^ pattern6 ^ same).StoreUnsafe(ref to, 192);
            (Vector256.LoadUnsafe(ref from, 224) ^ pattern7 ^ same).StoreUnsafe(ref to, 224);
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            from = ref Unsafe.Add(ref from, 256);
            to = ref Unsafe.Add(ref to, 256);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply128(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        ref byte pattern = ref Unsafe.As<uint, byte>(ref MemoryMarshal.GetReference(walk.Pattern));
        ref uint steps = ref MemoryMarshal.GetReference(walk.Steps);
        uint word = walk.Word;
        uint number = walk.Number;
        for (int left = source.Length >> 8; left > 0; left--)
        {
            var same = Vector128.Create(word).AsByte();
            for (nuint i = 0; i < 256; i += 64)
            {
                (Vector128.LoadUnsafe(ref from, i) ^ Vector128.LoadUnsafe(ref pattern, i) ^ same).StoreUnsafe(ref to, i);
                (Vector128.LoadUnsafe(ref from, i + 16) ^ Vector128.LoadUnsafe(ref pattern, i + 16) ^ same).StoreUnsafe(ref to, i + 16);
                (Vector128.LoadUnsafe(ref from, i + 32) ^ Vector128.LoadUnsafe(ref pattern, i + 32) ^ same).StoreUnsafe(ref to, i + 32);
                (Vector128.LoadUnsafe(ref from, i + 48) ^ Vector128.LoadUnsafe(ref pattern, i + 48) ^ same).StoreUnsafe(ref to, i + 48);
            }
            word ^= Unsafe.Add(ref steps, BitOperations.TrailingZeroCount(++number));
            from = ref Unsafe.Add(ref from, 256);
            to = ref Unsafe.Add(ref to, 256);
        }
    }
}
#endif
