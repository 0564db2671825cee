#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>The few 128-bit shuffles of two sources that x86 and Arm both do in one instruction, under one name.</summary>
internal static class Zip128
{
    public static bool IsSupported => Sse41.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>The lower 64 bits of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Lower(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    /// <summary>The upper 64 bits of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Upper(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);

    /// <summary>Of each 64 bits the lower 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> LowerHalves(Vector128<ulong> left, Vector128<ulong> right) => Sse.IsSupported
        ? Sse.Shuffle(left.AsSingle(), right.AsSingle(), 0b10_00_10_00).AsUInt32()
        : AdvSimd.Arm64.UnzipEven(left.AsUInt32(), right.AsUInt32());

    /// <summary>Of each 64 bits the upper 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> UpperHalves(Vector128<ulong> left, Vector128<ulong> right) => Sse.IsSupported
        ? Sse.Shuffle(left.AsSingle(), right.AsSingle(), 0b11_01_11_01).AsUInt32()
        : AdvSimd.Arm64.UnzipOdd(left.AsUInt32(), right.AsUInt32());
}
#endif
