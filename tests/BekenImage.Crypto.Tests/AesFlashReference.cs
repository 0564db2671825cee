using System.Numerics;
using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>
/// The AES flash cipher once more, from the format notes: tweaks are whole numbers, the blocks are BouncyCastle's, and nothing is the
/// library's.
/// </summary>
internal static class AesFlashReference
{
    private static readonly BigInteger Limit = BigInteger.One << 128;

    public static byte[] Apply(bool encrypt, byte[] key, AesFlashVariant variant, ulong address, ReadOnlySpan<byte> data)
    {
        bool swapped = variant == AesFlashVariant.WordSwapped;
        int units = data.Length / 32;
        var numbers = Enumerable.Range(0, units).SelectMany(unit =>
            Block(swapped ? ((BigInteger)address + 32 * unit) % (BigInteger.One << 64) : address / 32 + (ulong)unit, swapped)).ToArray();
        var masks = BouncyCastleReference.Ecb(true, key[16..], numbers).Chunk(16).SelectMany(tweak => Both(tweak, swapped)).ToArray();
        byte[] text = swapped ? Swap(data.ToArray()) : data.ToArray();
        byte[] result = Xor(BouncyCastleReference.Ecb(encrypt, key[..16], Xor(text, masks)), masks);
        return swapped ? Swap(result) : result;
    }

    public static byte[] EncodePages(byte[] key, AesFlashVariant variant, ulong address, ReadOnlySpan<byte> data) =>
        PlainReference.Encode(Apply(true, key, variant, address, data), BekenKey.Zero, 0);

    public static (byte[] Data, PageScan Scan) DecodePages(byte[] key, AesFlashVariant variant, ulong address, ReadOnlySpan<byte> pages)
    {
        var (stored, scan) = PlainReference.Decode(pages, BekenKey.Zero, 0);
        byte[] data = Apply(false, key, variant, address, stored);
        for (int unit = 0; unit < stored.Length / 32; unit++)
        {
            if (pages.Slice(unit * 34, 34).IndexOfAnyExcept((byte)0xFF) < 0)
                data.AsSpan(unit * 32, 32).Fill(0xFF);
        }
        return (data, scan);
    }

    private static byte[] Both(byte[] tweak, bool bigEndian)
    {
        var twice = new BigInteger(tweak, isUnsigned: true, isBigEndian: bigEndian) * 2;
        return [.. tweak, .. Block(twice < Limit ? twice : twice - Limit ^ 0x87, bigEndian)];
    }

    private static byte[] Block(BigInteger number, bool bigEndian)
    {
        byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: bigEndian);
        var rest = new byte[16 - digits.Length];
        return bigEndian ? [.. rest, .. digits] : [.. digits, .. rest];
    }

    private static byte[] Swap(byte[] text) => text.Chunk(4).SelectMany(word => word.Reverse()).ToArray();

    private static byte[] Xor(byte[] left, byte[] right) => left.Zip(right, (a, b) => (byte)(a ^ b)).ToArray();
}
