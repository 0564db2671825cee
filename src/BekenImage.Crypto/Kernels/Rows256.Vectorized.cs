#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BekenImage.Crypto.Kernels;

/// <summary>Moving a group's eight pages between memory and 256-bit vectors, one page's data in a vector. All addresses are unaligned.</summary>
internal static class Rows256
{
    /// <summary>The data of a page as it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Stored(ref byte pages, int page) => Vector256.LoadUnsafe(ref pages, (nuint)(page * FlashPages.PageSize));

    /// <summary>
    /// The stored CRCs of eight pages side by side. Load k is placed so that word k of it is the CRC of page k; the last ends where the
    /// group ends.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> StoredCrcs(ref byte pages)
    {
        var crcs = WithCrcAt(ref pages, 0);
        crcs = Sse41.Blend(crcs, WithCrcAt(ref pages, 1), 1 << 1);
        crcs = Sse41.Blend(crcs, WithCrcAt(ref pages, 2), 1 << 2);
        crcs = Sse41.Blend(crcs, WithCrcAt(ref pages, 3), 1 << 3);
        crcs = Sse41.Blend(crcs, WithCrcAt(ref pages, 4), 1 << 4);
        crcs = Sse41.Blend(crcs, WithCrcAt(ref pages, 5), 1 << 5);
        crcs = Sse41.Blend(crcs, WithCrcAt(ref pages, 6), 1 << 6);
        return Sse41.Blend(crcs, WithCrcAt(ref pages, 7), 1 << 7).AsByte();
    }

    /// <summary>
    /// True when the stored CRCs of eight pages are these. Gathered by the integer units, for loops of 512 bits: with those in flight one of
    /// the three vector ports is closed, but open to integers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreStored(ref byte pages, Vector128<byte> crcs) =>
        ((FourStored(ref pages, 0) ^ crcs.AsUInt64().ToScalar()) | (FourStored(ref pages, 4) ^ crcs.AsUInt64().GetElement(1))) == 0;

    /// <summary>Writes eight CRCs, as they are stored, behind their pages' data. Shifting them out of two integers leaves the vector ports alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCrcs(ref byte pages, Vector128<byte> crcs)
    {
        ulong first = crcs.AsUInt64().ToScalar();
        ulong last = crcs.AsUInt64().GetElement(1);
        StoreCrc(ref pages, 0, first);
        StoreCrc(ref pages, 1, first >> 16);
        StoreCrc(ref pages, 2, first >> 32);
        StoreCrc(ref pages, 3, first >> 48);
        StoreCrc(ref pages, 4, last);
        StoreCrc(ref pages, 5, last >> 16);
        StoreCrc(ref pages, 6, last >> 32);
        StoreCrc(ref pages, 7, last >> 48);
    }

    /// <summary>Writes the deciphered data of eight pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Decipher(ref byte pages, ref byte plain, ref uint pattern, uint word)
    {
        var same = Vector256.Create(word).AsByte();
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 0) ^ same, 0);
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 1) ^ same, 1);
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 2) ^ same, 2);
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 3) ^ same, 3);
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 4) ^ same, 4);
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 5) ^ same, 5);
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 6) ^ same, 6);
        DecipherPage(ref pages, ref plain, Pattern(ref pattern, 7) ^ same, 7);
    }

    /// <summary>Writes the deciphered data of one page and returns it as it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Decipher(ref byte pages, ref byte plain, ref uint pattern, uint word, int page)
    {
        var row = Stored(ref pages, page);
        (row ^ (Pattern(ref pattern, page) ^ Vector256.Create(word).AsByte())).StoreUnsafe(ref plain, (nuint)(page * FlashPages.DataSize));
        return row;
    }

    /// <summary>Enciphers the data of one page, writes it to its place and returns it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Encipher(ref byte plain, ref byte pages, ref uint pattern, uint word, int page)
    {
        var row = Vector256.LoadUnsafe(ref plain, (nuint)(page * FlashPages.DataSize)) ^ Pattern(ref pattern, page) ^ Vector256.Create(word).AsByte();
        row.StoreUnsafe(ref pages, (nuint)(page * FlashPages.PageSize));
        return row;
    }

    /// <summary>Writes the data of one page XORed with its keystream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DecipherPage(ref byte pages, ref byte plain, Vector256<byte> keystream, int page) =>
        (Stored(ref pages, page) ^ keystream).StoreUnsafe(ref plain, (nuint)(page * FlashPages.DataSize));

    /// <summary>The pattern of one page of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Pattern(ref uint pattern, int page) =>
        Vector256.LoadUnsafe(ref pattern, (nuint)(page * Vector256<uint>.Count)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FourStored(ref byte pages, int page) => Stored16(ref pages, page) | Stored16(ref pages, page + 1) << 16 |
        Stored16(ref pages, page + 2) << 32 | Stored16(ref pages, page + 3) << 48;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Stored16(ref byte pages, int page) =>
        Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pages, page * FlashPages.PageSize + FlashPages.DataSize));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> WithCrcAt(ref byte pages, int word) =>
        Vector128.LoadUnsafe(ref pages, (nuint)(word * FlashPages.PageSize + FlashPages.DataSize - word * sizeof(ushort))).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreCrc(ref byte pages, int page, ulong crc) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref pages, page * FlashPages.PageSize + FlashPages.DataSize), (ushort)crc);
}
#endif
