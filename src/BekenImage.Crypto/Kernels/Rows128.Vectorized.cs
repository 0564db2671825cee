#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>Moving pages between memory and 128-bit vectors, half a page's data in a vector; CRCs of four pages, one in 32 bits.</summary>
internal static class Rows128
{
    private const int HalfPage = FlashPages.DataSize / 2;

    /// <summary>Half of a page's data as it is stored: 0 for the front, 1 for the back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Stored(ref byte pages, int page, int half) =>
        Vector128.LoadUnsafe(ref pages, (nuint)(page * FlashPages.PageSize + half * HalfPage));

    /// <summary>Writes the deciphered half of a page and returns it as it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Decipher(ref byte pages, ref byte plain, ref byte pattern, Vector128<byte> same, int page, int half)
    {
        var row = Stored(ref pages, page, half);
        nuint place = (nuint)(page * FlashPages.DataSize + half * HalfPage);
        (row ^ (Vector128.LoadUnsafe(ref pattern, place) ^ same)).StoreUnsafe(ref plain, place);
        return row;
    }

    /// <summary>Enciphers half of a page, writes it to its place and returns it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encipher(ref byte plain, ref byte pages, ref byte pattern, Vector128<byte> same, int page, int half)
    {
        nuint place = (nuint)(page * FlashPages.DataSize + half * HalfPage);
        var row = Vector128.LoadUnsafe(ref plain, place) ^ (Vector128.LoadUnsafe(ref pattern, place) ^ same);
        row.StoreUnsafe(ref pages, (nuint)(page * FlashPages.PageSize + half * HalfPage));
        return row;
    }

    /// <summary>Not zero in the upper 16 of 32 bits where the CRC that is stored is another one; the lower 16 mean nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Differences(ref byte pages, Vector128<uint> crcs)
    {
        // To the upper half of 32 bits, big-endian; the lower half of what is stored is the page's last data.
        var places = Vector128.Create((byte)255, 255, 1, 0, 255, 255, 5, 4, 255, 255, 9, 8, 255, 255, 13, 12);
        return Vector128.Shuffle(crcs.AsByte(), places).AsUInt32() ^ Ends(ref pages);
    }

    /// <summary>True when one of some <see cref="Differences"/>, ORed together, is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAny(Vector128<uint> differences) => (differences & Vector128.Create(0xFFFF_0000u)) != Vector128<uint>.Zero;

    /// <summary>Writes the CRCs of four pages behind their data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCrcs(ref byte pages, Vector128<uint> crcs)
    {
        var stored = Vector128.Shuffle(
            crcs.AsByte(), Vector128.Create((byte)1, 0, 5, 4, 9, 8, 13, 12, 255, 255, 255, 255, 255, 255, 255, 255)).AsUInt64().ToScalar();
        StoreCrc(ref pages, 0, stored);
        StoreCrc(ref pages, 1, stored >> 16);
        StoreCrc(ref pages, 2, stored >> 32);
        StoreCrc(ref pages, 3, stored >> 48);
    }

    /// <summary>The last 32 bits of four pages. Load k is placed so that element k of it is the end of page k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Ends(ref byte pages)
    {
        if (AdvSimd.Arm64.IsSupported)
        {
            var first = AdvSimd.Arm64.InsertSelectedScalar(WithEndAt(ref pages, 0), 1, WithEndAt(ref pages, 1), 1);
            var last = AdvSimd.Arm64.InsertSelectedScalar(WithEndAt(ref pages, 2), 3, WithEndAt(ref pages, 3), 3);
            return AdvSimd.Arm64.InsertSelectedScalar(first.AsUInt64(), 1, last.AsUInt64(), 1).AsUInt32();
        }
        var ends = WithEndAt(ref pages, 0).AsUInt16();
        ends = Sse41.Blend(ends, WithEndAt(ref pages, 1).AsUInt16(), 0b11 << 2);
        ends = Sse41.Blend(ends, WithEndAt(ref pages, 2).AsUInt16(), 0b11 << 4);
        return Sse41.Blend(ends, WithEndAt(ref pages, 3).AsUInt16(), 0b11 << 6).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> WithEndAt(ref byte pages, int page) =>
        Vector128.LoadUnsafe(ref pages, (nuint)((page + 1) * FlashPages.PageSize - (page + 1) * sizeof(uint))).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreCrc(ref byte pages, int page, ulong crc) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref pages, page * FlashPages.PageSize + FlashPages.DataSize), (ushort)crc);
}
#endif
