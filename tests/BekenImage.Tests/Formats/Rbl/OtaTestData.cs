using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using BekenImage.Formats.Rbl;

namespace BekenImage.Tests.Formats.Rbl;

/// <summary>Firmware-like bytes, and headers made by hand from the format's table, independent of the writer.</summary>
internal static class OtaTestData
{
    public static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Text with repetitions near and far, short and long, and stretches of one byte.</summary>
    public static byte[] Compressible(int length, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            switch (random.Next(4))
            {
                case 0:
                    text.Append(CultureInfo.InvariantCulture, $"call_{random.Next(40):x4}(");
                    break;
                case 1:
                    text.Append((char)random.Next(256), random.Next(1, 700));
                    break;
                case 2 when text.Length > 0:
                    int at = random.Next(text.Length);
                    text.Append(text.ToString(at, Math.Min(text.Length - at, random.Next(1, 300))));
                    break;
                default:
                    text.Append((char)random.Next(256)).Append((char)random.Next(256));
                    break;
            }
        }
        return Encoding.Latin1.GetBytes(text.ToString(0, length));
    }

    /// <summary>A package with right checksums around any payload.</summary>
    public static byte[] Package(uint algorithm, byte[] payload, int rawSize, uint hash)
    {
        var bytes = new byte[96 + payload.Length];
        "RBL\0"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x04), algorithm);
        "app"u8.CopyTo(bytes.AsSpan(0x0C));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x4C), Crc32(payload));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x50), hash);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x54), rawSize);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x58), payload.Length);
        FixHeader(bytes);
        payload.CopyTo(bytes, 96);
        return bytes;
    }

    public static byte[] Package(uint algorithm, byte[] payload, byte[] firmware) => Package(algorithm, payload, firmware.Length, Fnv(firmware));

    public static void FixHeader(byte[] package) =>
        BinaryPrimitives.WriteUInt32LittleEndian(package.AsSpan(0x5C), Crc32(package.AsSpan(0, 0x5C)));

    /// <summary>The plain definition, bit by bit.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    public static uint Fnv(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0x811C9DC5;
        foreach (byte value in bytes)
            hash = unchecked((hash ^ value) * 0x01000193);
        return hash;
    }

    public static byte[] Padded(byte[] bytes)
    {
        int count = 16 - bytes.Length % 16;
        return [.. bytes, .. Enumerable.Repeat((byte)count, count)];
    }

    public static OtaPackage Read(byte[] bytes)
    {
        Assert.True(OtaPackage.TryRead(bytes, out var package));
        return package!;
    }

    /// <summary>The code of the error that keeps a package closed.</summary>
    public static FindingCode Refusal(byte[] bytes, OtaUnpackOptions? options = null)
    {
        var package = Read(bytes);
        Assert.False(package.TryUnpack(options, out byte[]? firmware, out var findings));
        Assert.Null(firmware);
        var error = Assert.Single(findings, finding => finding.Severity == FindingSeverity.Error);
        var thrown = Assert.Throws<BekenImageException>(() => package.Unpack(options));
        Assert.Equal(error.Code, thrown.Code);
        return error.Code;
    }
}
