#if NET8_0_OR_GREATER
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace BekenImage.Crypto.Kernels;

/// <summary>The CRC of a page by carry-less multiplication. A loop takes a copy of it, whose four fields stay in registers.</summary>
/// <remarks>
/// A page is w0 x^192 + w1 x^128 + w2 x^64 + w3. Each word is multiplied by its power of x modulo P, times x^16 because a CRC is the remainder of
/// the message with 16 zero bits behind it, times x^64 because the sum (80 bits) is then reduced as Montgomery does: m = lower half / P
/// modulo x^64, and sum + m P has a lower half of zero and in its upper half the sum / x^64, less than x^16.
/// </remarks>
internal readonly struct CarrylessCrc
{
    private const int Degree = 16;
    private const ulong P = 1u << Degree | Crc16Cms.Polynomial;

    // Words 1 and 0 of a page (reversed, the first word is in the upper half), then 3 and 2.
    private readonly Vector128<ulong> _firstPowers;
    private readonly Vector128<ulong> _lastPowers;
    private readonly Vector128<ulong> _inverse;

    private readonly uint _zeros;

    private CarrylessCrc(Vector128<ulong> firstPowers, Vector128<ulong> lastPowers, Vector128<ulong> inverse, uint zeros)
    {
        _firstPowers = firstPowers;
        _lastPowers = lastPowers;
        _inverse = inverse;
        _zeros = zeros;
    }

    public static bool IsSupported => Pclmulqdq.IsSupported && Ssse3.IsSupported || ArmAes.IsSupported;

    public static CarrylessCrc Create() => new(
        Vector128.Create(PowerOfX(128 + 80), PowerOfX(192 + 80)),
        Vector128.Create(PowerOfX(80), PowerOfX(64 + 80)),
        Vector128.CreateScalar(InverseOfP()),
        PortablePage.CrcOfZeros);

    /// <summary>The CRC that a page holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read(ref byte page) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref page, FlashPages.DataSize)));

    /// <summary>Puts a CRC behind the data of a page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte page, uint crc) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref page, FlashPages.DataSize), BinaryPrimitives.ReverseEndianness((ushort)crc));

    /// <summary>The CRC of the 32 bytes in two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Compute(Vector128<byte> front, Vector128<byte> back)
    {
        var reverse = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        var words01 = Vector128.Shuffle(front, reverse).AsUInt64();
        var words23 = Vector128.Shuffle(back, reverse).AsUInt64();
        var sum = MultiplyUpper(words01, _firstPowers) ^ MultiplyLower(words01, _firstPowers) ^
            MultiplyUpper(words23, _lastPowers) ^ MultiplyLower(words23, _lastPowers);
        var quotient = MultiplyLower(sum, _inverse);
        var product = MultiplyLower(quotient, Vector128.CreateScalar(P));
        return (uint)(sum ^ product).GetElement(1) ^ _zeros;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLower(Vector128<ulong> left, Vector128<ulong> right) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(left, right, 0x00)
        : ArmAes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyUpper(Vector128<ulong> left, Vector128<ulong> right) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(left, right, 0x11)
        : ArmAes.PolynomialMultiplyWideningUpper(left, right);

    /// <summary>x^n modulo P.</summary>
    private static ulong PowerOfX(int n)
    {
        ulong power = 1;
        for (; n > 0; n--)
        {
            power <<= 1;
            if (power >> Degree != 0)
                power ^= P;
        }
        return power;
    }

    /// <summary>1 / P modulo x^64: the bits that make the product with P one, from the lowest on.</summary>
    private static ulong InverseOfP()
    {
        ulong inverse = 0;
        ulong left = 1;
        for (int bit = 0; bit < 64; bit++)
        {
            if ((left >> bit & 1) == 0)
                continue;
            inverse |= 1ul << bit;
            left ^= P << bit;
        }
        return inverse;
    }
}
#endif
