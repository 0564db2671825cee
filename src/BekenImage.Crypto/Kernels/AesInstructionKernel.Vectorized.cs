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
        : base(TUnits.Variant)
    {
        _tweakKeys = Aes128.Expand(key.TweakKey);
        _encryptionKeys = Aes128.Expand(key.DataKey);
        _decryptionKeys = Aes128.InvertSchedule(_encryptionKeys);
    }

    public override void Encrypt(ulong number, ReadOnlySpan<byte> source, Span<byte> destination) =>
        Apply<TEncryption>(_encryptionKeys, number, source, AesFlashCipher.UnitSize, destination);

    public override void Decrypt(ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination) =>
        Apply<TDecryption>(_decryptionKeys, number, source, stride, destination);

    private void Apply<TRounds>(byte[] keys, ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination)
        where TRounds : struct, IAesRounds
    {
        int units = source.Length / stride;
        int groups = units / GroupUnits;
        if (groups > 0)
            ApplyGroups<TRounds>(keys, number, source, stride, destination, groups);
        int done = groups * GroupUnits;
        if (done == units)
            return;
        var buffer = (stackalloc byte[GroupSize]);
        for (int unit = done; unit < units; unit++)
            source.Slice(unit * stride, AesFlashCipher.UnitSize).CopyTo(buffer.Slice((unit - done) * AesFlashCipher.UnitSize));
        ApplyGroups<TRounds>(keys, unchecked(number + (ulong)done * Step), buffer, AesFlashCipher.UnitSize, buffer, 1);
        buffer.Slice(0, (units - done) * AesFlashCipher.UnitSize).CopyTo(destination.Slice(done * AesFlashCipher.UnitSize));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void ApplyGroups<TRounds>(byte[] keys, ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination, int groups)
        where TRounds : struct, IAesRounds
    {
        nuint from = (nuint)stride;
        nuint to = AesFlashCipher.UnitSize;
        ref byte input = ref MemoryMarshal.GetReference(source);
        ref byte output = ref MemoryMarshal.GetReference(destination);
        ref byte dataKeys = ref MemoryMarshal.GetArrayDataReference(keys);
        ref byte tweakKeys = ref MemoryMarshal.GetArrayDataReference(_tweakKeys);
        // The tweaks of a unit's two blocks side by side, as the blocks are.
        ref byte tweaks = ref MemoryMarshal.GetReference(stackalloc byte[GroupSize]);
        var counter = Vector128.CreateScalar(number);
        var step = Vector128.CreateScalar(AesFlashCipher.TweakStep(TUnits.Variant));
        for (int left = groups; left > 0; left--)
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
            StoreTweaks(ref tweaks, 0 * AesFlashCipher.UnitSize, t0);
            StoreTweaks(ref tweaks, 1 * AesFlashCipher.UnitSize, t1);
            StoreTweaks(ref tweaks, 2 * AesFlashCipher.UnitSize, t2);
            StoreTweaks(ref tweaks, 3 * AesFlashCipher.UnitSize, t3);
            StoreTweaks(ref tweaks, 4 * AesFlashCipher.UnitSize, t4);
            StoreTweaks(ref tweaks, 5 * AesFlashCipher.UnitSize, t5);
            StoreTweaks(ref tweaks, 6 * AesFlashCipher.UnitSize, t6);
            StoreTweaks(ref tweaks, 7 * AesFlashCipher.UnitSize, t7);
            for (nuint half = 0; half < GroupSize; half += GroupSize / 2)
            {
                ref byte mask0 = ref Unsafe.Add(ref tweaks, half);
                ref byte mask1 = ref Unsafe.Add(ref mask0, to);
                ref byte mask2 = ref Unsafe.Add(ref mask0, 2 * to);
                ref byte mask3 = ref Unsafe.Add(ref mask0, 3 * to);
                LoadUnit(ref input, ref mask0, out var b0, out var b1);
                LoadUnit(ref Unsafe.Add(ref input, from), ref mask1, out var b2, out var b3);
                LoadUnit(ref Unsafe.Add(ref input, 2 * from), ref mask2, out var b4, out var b5);
                LoadUnit(ref Unsafe.Add(ref input, 3 * from), ref mask3, out var b6, out var b7);
                Rounds<TRounds>(ref dataKeys, ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6, ref b7);
                StoreUnit(ref output, ref mask0, b0, b1);
                StoreUnit(ref Unsafe.Add(ref output, to), ref mask1, b2, b3);
                StoreUnit(ref Unsafe.Add(ref output, 2 * to), ref mask2, b4, b5);
                StoreUnit(ref Unsafe.Add(ref output, 3 * to), ref mask3, b6, b7);
                input = ref Unsafe.Add(ref input, 4 * from);
                output = ref Unsafe.Add(ref output, 4 * to);
            }
        }
    }

    /// <summary>The blocks of a unit, ready for the first round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadUnit(ref byte unit, ref byte mask, out Vector128<byte> first, out Vector128<byte> second)
    {
        first = TUnits.Swap(Vector128.LoadUnsafe(ref unit)) ^ Vector128.LoadUnsafe(ref mask);
        second = TUnits.Swap(Vector128.LoadUnsafe(ref unit, BlockSize)) ^ Vector128.LoadUnsafe(ref mask, BlockSize);
    }

    /// <summary>The blocks of a unit after the last round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUnit(ref byte unit, ref byte mask, Vector128<byte> first, Vector128<byte> second)
    {
        TUnits.Swap(first ^ Vector128.LoadUnsafe(ref mask)).StoreUnsafe(ref unit);
        TUnits.Swap(second ^ Vector128.LoadUnsafe(ref mask, BlockSize)).StoreUnsafe(ref unit, BlockSize);
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
