using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BekenImage.Tests.Synthetic;

/// <summary>
/// The flash cipher of BK7236 and BK7258 (beken_aes, "variant W") written from the format notes 2.1 with the platform's AES; shares nothing
/// with the library. Units of 32 bytes, their tweak the byte address as a big-endian number, words swapped before and after.
/// </summary>
internal static class SyntheticAesPages
{
    /// <summary>Enciphers or deciphers whole units.</summary>
    public static byte[] Cipher(string hexKey, long address, byte[] bytes, bool encrypt)
    {
        byte[] key = Convert.FromHexString(hexKey);
        using var data = Aes.Create();
        using var number = Aes.Create();
        data.Key = key[..16];
        number.Key = key[16..];
        int units = bytes.Length / 32;
        var addresses = new byte[units * 16];
        for (int i = 0; i < units; i++)
            BinaryPrimitives.WriteInt64BigEndian(addresses.AsSpan(16 * i + 8), address + 32 * i);
        byte[] first = number.EncryptEcb(addresses, PaddingMode.None);
        var masks = new byte[units * 32];
        for (int i = 0; i < units; i++)
        {
            var t = first.AsSpan(16 * i, 16);
            t.CopyTo(masks.AsSpan(32 * i));
            UInt128 doubled = BinaryPrimitives.ReadUInt128BigEndian(t);
            doubled = doubled << 1 ^ ((doubled >> 127) != 0 ? 0x87 : (UInt128)0);
            BinaryPrimitives.WriteUInt128BigEndian(masks.AsSpan(32 * i + 16), doubled);
        }
        byte[] result = Mix(Swap(bytes), masks);
        result = encrypt ? data.EncryptEcb(result, PaddingMode.None) : data.DecryptEcb(result, PaddingMode.None);
        return Swap(Mix(result, masks));
    }

    private static byte[] Mix(byte[] bytes, byte[] masks) => bytes.Zip(masks, (value, mask) => (byte)(value ^ mask)).ToArray();

    private static byte[] Swap(byte[] bytes)
    {
        var swapped = new byte[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
            swapped[i] = bytes[i ^ 3];
        return swapped;
    }
}
