#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BekenImage.Crypto.Kernels;

/// <summary>What the variants do differently, on vectors.</summary>
internal interface IAesUnits
{
    static abstract AesFlashVariant Variant { get; }

    /// <summary>The block that holds a number, given in the lower half.</summary>
    static abstract Vector128<byte> NumberBlock(Vector128<ulong> number);

    /// <summary>A block of text between the order of flash and that of the cipher.</summary>
    static abstract Vector128<byte> Swap(Vector128<byte> text);

    /// <summary>A tweak times x.</summary>
    static abstract Vector128<byte> Double(Vector128<byte> tweak);
}

/// <summary>Variant W: all numbers are big-endian, and so are the words of the text.</summary>
internal readonly struct WordSwappedUnits : IAesUnits
{
    public static AesFlashVariant Variant => AesFlashVariant.WordSwapped;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> NumberBlock(Vector128<ulong> number) => Reverse(number.AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Swap(Vector128<byte> text) =>
        Vector128.Shuffle(text, Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Double(Vector128<byte> tweak) => Reverse(StandardUnits.Double(Reverse(tweak)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Reverse(Vector128<byte> block) =>
        Vector128.Shuffle(block, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}

/// <summary>Variant S: little-endian, as the processor is.</summary>
internal readonly struct StandardUnits : IAesUnits
{
    public static AesFlashVariant Variant => AesFlashVariant.Standard;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> NumberBlock(Vector128<ulong> number) => number.AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Swap(Vector128<byte> text) => text;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Double(Vector128<byte> tweak)
    {
        // Each half doubles by itself; the upper bit of the lower half goes to the upper half, that of the upper half is reduced into the
        // lower.
        var signs = Vector128.ShiftRightArithmetic(tweak.AsInt32(), 31);
        var carries = Vector128.Shuffle(signs, Vector128.Create(3, 0, 1, 0)) & Vector128.Create(AesFlashCipher.Reduction, 0, 1, 0);
        return (Vector128.ShiftLeft(tweak.AsUInt64(), 1) ^ carries.AsUInt64()).AsByte();
    }
}
#endif
