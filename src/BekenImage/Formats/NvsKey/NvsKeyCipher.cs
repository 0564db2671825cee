using System.Buffers.Binary;
using BekenImage.Crypto;

namespace BekenImage.Formats.NvsKey;

/// <summary>AES-256 in XTS mode (IEEE 1619) over units of two blocks. Source: FORMAT.md, section 2.</summary>
internal static class NvsKeyCipher
{
    private const int BlockSize = AesEngine.BlockSize;
    private const int HalfKey = NvsKeyRecord.KeySize / 2;

    public static byte[] Process(byte[] key, ReadOnlySpan<byte> source, long firstUnit, bool encrypt)
    {
        if (source.Length % BlockSize != 0)
            throw new ArgumentException("What is enciphered has whole blocks of 16 bytes.", nameof(source));
        if (firstUnit < 0)
            throw new ArgumentOutOfRangeException(nameof(firstUnit));
        using var data = AesEngine.Best.OpenBlocks(key.AsSpan(0, HalfKey).ToArray());
        using var number = AesEngine.Best.OpenBlocks(key.AsSpan(HalfKey).ToArray());
        byte[] bytes = source.ToArray();
        byte[] tweaks = Tweaks(number, bytes.Length, firstUnit);
        Mix(bytes, tweaks);
        if (encrypt)
            data.Encrypt(bytes, bytes);
        else
            data.Decrypt(bytes, bytes);
        Mix(bytes, tweaks);
        return bytes;
    }

    private static byte[] Tweaks(AesBlocks number, int length, long firstUnit)
    {
        var tweaks = new byte[length];
        for (int at = 0; at < length; at += NvsKeyRecord.UnitSize)
        {
            var first = tweaks.AsSpan(at, BlockSize);
            BinaryPrimitives.WriteInt64LittleEndian(first, firstUnit + at / NvsKeyRecord.UnitSize);
            number.Encrypt(first, first);
            if (at + BlockSize < length)
                Double(first, tweaks.AsSpan(at + BlockSize, BlockSize));
        }
        return tweaks;
    }

    // Times x in GF(2^128), little-endian; the reduction is 0x87 into the first byte.
    private static void Double(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int carry = 0;
        for (int i = 0; i < BlockSize; i++)
        {
            target[i] = (byte)(source[i] << 1 & 0xFF | carry);
            carry = source[i] >> 7;
        }
        if (carry != 0)
            target[0] ^= 0x87;
    }

    private static void Mix(byte[] bytes, byte[] tweaks)
    {
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] ^= tweaks[i];
    }
}
