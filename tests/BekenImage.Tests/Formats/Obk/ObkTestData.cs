using System.Buffers.Binary;
using System.Text;

namespace BekenImage.Tests.Formats.Obk;

/// <summary>Synthetic configurations: zeros, ident, version, what the caller writes, and a checksum that is computed bit by bit here.</summary>
internal static class ObkTestData
{
    public static byte[] Minimal(int version = 5, string startupCommand = "", Action<byte[]>? change = null)
    {
        var bytes = new byte[version <= 3 ? 2016 : 3584];
        "CFG"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), version);
        Encoding.ASCII.GetBytes(startupCommand).CopyTo(bytes, 0x5E0);
        change?.Invoke(bytes);
        bytes[3] = SignedCrc8(bytes.AsSpan(4));
        return bytes;
    }

    public static byte[] Sector(byte[] config) => [.. config, .. Enumerable.Repeat((byte)0xFF, 4096 - config.Length)];

    /// <summary>The vendor's loop with its signed running value.</summary>
    public static byte SignedCrc8(ReadOnlySpan<byte> data)
    {
        sbyte crc = 0;
        foreach (byte value in data)
        {
            byte rest = value;
            for (int bit = 8; bit > 0; bit--)
            {
                int sum = (crc ^ rest) & 1;
                crc = (sbyte)(crc >> 1);
                if (sum != 0)
                    crc = unchecked((sbyte)(crc ^ 0x8C));
                rest >>= 1;
            }
        }
        return unchecked((byte)crc);
    }
}
