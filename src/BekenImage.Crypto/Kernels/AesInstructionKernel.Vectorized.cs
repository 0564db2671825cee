#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BekenImage.Crypto.Kernels;

/// <summary>The processor's AES instructions, eight blocks in flight: a round takes three or four cycles, two can start in each.</summary>
/// <remarks>
/// A group is eight units: first the tweaks of all eight, then twice the eight blocks of four units. Tweaks wait on the stack, since
/// sixteen of them and eight blocks would not fit the registers. A rest of less than a group is done as a group in a buffer.
/// </remarks>
internal sealed class AesInstructionKernel<TEncryption, TDecryption, TUnits> : AesFlashKernel
    where TEncryption : struct, IAesRounds
    where TDecryption : struct, IAesRounds
    where TUnits : struct, IAesUnits
{
    private const int GroupUnits = 8;
    private const int GroupSize = GroupUnits * AesFlashCipher.UnitSize;
    private const nuint BlockSize = Aes128.BlockSize;
    private const nuint LastRound = Aes128.Rounds * BlockSize;

    private readonly byte[] _tweakKeys;
    private readonly byte[] _encryptionKeys;
    private readonly byte[] _decryptionKeys;

    public AesInstructionKernel(AesFlashKey key)
    {
        _tweakKeys = Aes128.Expand(key.TweakKey);
        _encryptionKeys = Aes128.Expand(key.DataKey);
        _decryptionKeys = Aes128.InvertSchedule(_encryptionKeys);
    }

    public override void Encrypt(ulong address, ReadOnlySpan<byte> source, Span<byte> destination) =>
        Apply<TEncryption>(_encryptionKeys, address, source, AesFlashCipher.UnitSize, destination);

    public override void Decrypt(ulong address, ReadOnlySpan<byte> source, Span<byte> destination) =>
        Apply<TDecryption>(_decryptionKeys, address, source, AesFlashCipher.UnitSize, destination);

    private void Apply<TRounds>(byte[] keys, ulong address, ReadOnlySpan<byte> source, int stride, Span<byte> destination)
        where TRounds : struct, IAesRounds
    {
        int units = source.Length / stride;
        int groups = units / GroupUnits;
        if (groups > 0)
            ApplyGroups<TRounds>(keys, source, stride, destination, groups, AesFlashCipher.TweakNumber(TUnits.Variant, address, 0));
        int done = groups * GroupUnits;
        if (done == units)
            return;
        var rest = destination.Slice(done * AesFlashCipher.UnitSize, (units - done) * AesFlashCipher.UnitSize);
        var buffer = (stackalloc byte[GroupSize]);
        for (int unit = done; unit < units; unit++)
            source.Slice(unit * stride, AesFlashCipher.UnitSize).CopyTo(buffer.Slice((unit - done) * AesFlashCipher.UnitSize));
        ApplyGroups<TRounds>(keys, buffer, AesFlashCipher.UnitSize, buffer, 1, AesFlashCipher.TweakNumber(TUnits.Variant, address, done));
        buffer.Slice(0, rest.Length).CopyTo(rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void ApplyGroups<TRounds>(byte[] keys, ReadOnlySpan<byte> source, int stride, Span<byte> destination, int groups, ulong number)
        where TRounds : struct, IAesRounds
    {
        ref byte input = ref MemoryMarshal.GetReference(source);
        ref byte output = ref MemoryMarshal.GetReference(destination);
        ref byte dataKeys = ref MemoryMarshal.GetArrayDataReference(keys);
        ref byte tweakKeys = ref MemoryMarshal.GetArrayDataReference(_tweakKeys);
        // The tweaks of a unit's two blocks side by side, as the blocks are.
        ref byte tweaks = ref MemoryMarshal.GetReference(stackalloc byte[GroupSize]);
        var counter = Vector128.CreateScalar(number);
        var step = Vector128.CreateScalar(TUnits.Step);
        for (int group = 0; group < groups; group++)
        {
            var t0 = TUnits.NumberBlock(counter);
            var t1 = TUnits.NumberBlock(counter += step);
            var t2 = TUnits.NumberBlock(counter += step);
            var t3 = TUnits.NumberBlock(counter += step);
            var t4 = TUnits.NumberBlock(counter += step);
            var t5 = TUnits.NumberBlock(counter += step);
            var t6 = TUnits.NumberBlock(counter += step);
            var t7 = TUnits.NumberBlock(counter += step);
            counter += step;
            Rounds<TEncryption>(ref tweakKeys, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7);
            StoreTweaks(ref tweaks, 0 * 32, t0);
            StoreTweaks(ref tweaks, 1 * 32, t1);
            StoreTweaks(ref tweaks, 2 * 32, t2);
            StoreTweaks(ref tweaks, 3 * 32, t3);
            StoreTweaks(ref tweaks, 4 * 32, t4);
            StoreTweaks(ref tweaks, 5 * 32, t5);
            StoreTweaks(ref tweaks, 6 * 32, t6);
            StoreTweaks(ref tweaks, 7 * 32, t7);
            for (nuint half = 0; half < GroupSize; half += GroupSize / 2)
            {
                ref byte mask = ref Unsafe.Add(ref tweaks, half);
                nuint page = (nuint)stride;
                var b0 = TUnits.Swap(Vector128.LoadUnsafe(ref input)) ^ Vector128.LoadUnsafe(ref mask);
                var b1 = TUnits.Swap(Vector128.LoadUnsafe(ref input, BlockSize)) ^ Vector128.LoadUnsafe(ref mask, BlockSize);
                var b2 = TUnits.Swap(Vector128.LoadUnsafe(ref input, page)) ^ Vector128.LoadUnsafe(ref mask, 2 * BlockSize);
                var b3 = TUnits.Swap(Vector128.LoadUnsafe(ref input, page + BlockSize)) ^ Vector128.LoadUnsafe(ref mask, 3 * BlockSize);
                var b4 = TUnits.Swap(Vector128.LoadUnsafe(ref input, 2 * page)) ^ Vector128.LoadUnsafe(ref mask, 4 * BlockSize);
                var b5 = TUnits.Swap(Vector128.LoadUnsafe(ref input, 2 * page + BlockSize)) ^ Vector128.LoadUnsafe(ref mask, 5 * BlockSize);
                var b6 = TUnits.Swap(Vector128.LoadUnsafe(ref input, 3 * page)) ^ Vector128.LoadUnsafe(ref mask, 6 * BlockSize);
                var b7 = TUnits.Swap(Vector128.LoadUnsafe(ref input, 3 * page + BlockSize)) ^ Vector128.LoadUnsafe(ref mask, 7 * BlockSize);
                Rounds<TRounds>(ref dataKeys, ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
                TUnits.Swap(b0 ^ Vector128.LoadUnsafe(ref mask)).StoreUnsafe(ref output);
                TUnits.Swap(b1 ^ Vector128.LoadUnsafe(ref mask, BlockSize)).StoreUnsafe(ref output, BlockSize);
                TUnits.Swap(b2 ^ Vector128.LoadUnsafe(ref mask, 2 * BlockSize)).StoreUnsafe(ref output, 2 * BlockSize);
                TUnits.Swap(b3 ^ Vector128.LoadUnsafe(ref mask, 3 * BlockSize)).StoreUnsafe(ref output, 3 * BlockSize);
                TUnits.Swap(b4 ^ Vector128.LoadUnsafe(ref mask, 4 * BlockSize)).StoreUnsafe(ref output, 4 * BlockSize);
                TUnits.Swap(b5 ^ Vector128.LoadUnsafe(ref mask, 5 * BlockSize)).StoreUnsafe(ref output, 5 * BlockSize);
                TUnits.Swap(b6 ^ Vector128.LoadUnsafe(ref mask, 6 * BlockSize)).StoreUnsafe(ref output, 6 * BlockSize);
                TUnits.Swap(b7 ^ Vector128.LoadUnsafe(ref mask, 7 * BlockSize)).StoreUnsafe(ref output, 7 * BlockSize);
                input = ref Unsafe.Add(ref input, 4 * page);
                output = ref Unsafe.Add(ref output, GroupSize / 2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTweaks(ref byte tweaks, nuint offset, Vector128<byte> tweak)
    {
        tweak.StoreUnsafe(ref tweaks, offset);
        TUnits.Double(tweak).StoreUnsafe(ref tweaks, offset + BlockSize);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rounds<TRounds>(ref byte keys, ref Vector128<byte> b0, ref Vector128<byte> b1, ref Vector128<byte> b2,
        ref Vector128<byte> b3, ref Vector128<byte> b4, ref Vector128<byte> b5, ref Vector128<byte> b6, ref Vector128<byte> b7)
        where TRounds : struct, IAesRounds
    {
        var before = Vector128.LoadUnsafe(ref keys);
        b0 = TRounds.First(b0, before);
        b1 = TRounds.First(b1, before);
        b2 = TRounds.First(b2, before);
        b3 = TRounds.First(b3, before);
        b4 = TRounds.First(b4, before);
        b5 = TRounds.First(b5, before);
        b6 = TRounds.First(b6, before);
        b7 = TRounds.First(b7, before);
        Vector128<byte> key;
        for (nuint round = BlockSize; round < LastRound; round += BlockSize)
        {
            key = Vector128.LoadUnsafe(ref keys, round);
            b0 = TRounds.Middle(b0, before, key);
            b1 = TRounds.Middle(b1, before, key);
            b2 = TRounds.Middle(b2, before, key);
            b3 = TRounds.Middle(b3, before, key);
            b4 = TRounds.Middle(b4, before, key);
            b5 = TRounds.Middle(b5, before, key);
            b6 = TRounds.Middle(b6, before, key);
            b7 = TRounds.Middle(b7, before, key);
            before = key;
        }
        key = Vector128.LoadUnsafe(ref keys, LastRound);
        b0 = TRounds.Last(b0, before, key);
        b1 = TRounds.Last(b1, before, key);
        b2 = TRounds.Last(b2, before, key);
        b3 = TRounds.Last(b3, before, key);
        b4 = TRounds.Last(b4, before, key);
        b5 = TRounds.Last(b5, before, key);
        b6 = TRounds.Last(b6, before, key);
        b7 = TRounds.Last(b7, before, key);
    }
}
#endif
