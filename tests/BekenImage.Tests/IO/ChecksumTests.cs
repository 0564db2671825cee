using BekenImage.IO;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.IO;

public class ChecksumTests
{
    [Fact]
    public void Crc32_CatalogueCheckString_GivesCatalogueValue() => Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));

    [Fact]
    public void Crc32_OfTheRom_HasNoFinalXor() => Assert.Equal(0x340BC6D9u, Crc32.ComputeRom("123456789"u8));

    [Fact]
    public void Crc32_InPieces_IsThatOfTheWhole() =>
        Assert.Equal(0xCBF43926u, ~Crc32.Append(Crc32.Append(Crc32.InitialValue, "1234"u8), "56789"u8));

    [Fact]
    public void Crc32_OfAnArray_IsThatOfTheSpan()
    {
        byte[] check = "123456789"u8.ToArray();
        Assert.Equal(0xCBF43926u, Crc32.Compute(check));
        Assert.Equal(0x340BC6D9u, Crc32.ComputeRom(check));
        Assert.Equal(0x340BC6D9u, Crc32.Append(Crc32.InitialValue, check));
    }

    // The definition, one bit at a time; at every length around the blocks that special instructions take, and from any running value.
    [Fact]
    public void Crc32_OfAnyLength_IsWhatBitsGive()
    {
        byte[] bytes = SyntheticPrograms.Noise(1200, 3);
        for (int length = 0; length < bytes.Length; length += length < 300 ? 1 : 37)
        {
            uint running = (uint)length * 0x9E3779B9;
            uint expected = BitByBit(running, bytes.AsSpan(length % 7, length - length % 7));
            Assert.Equal(expected, Crc32.Append(running, bytes.AsSpan(length % 7, length - length % 7)));
            Assert.Equal(expected, Crc32.AppendByTables(running, bytes.AsSpan(length % 7, length - length % 7)));
        }
    }

    private static uint BitByBit(uint running, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            running ^= value;
            for (int bit = 0; bit < 8; bit++)
                running = (running & 1) != 0 ? running >> 1 ^ 0xEDB88320 : running >> 1;
        }
        return running;
    }

    [Fact]
    public void Fnv1a_PublishedVectors_AreMet()
    {
        Assert.Equal(0x811C9DC5u, Fnv1a.Compute(""u8));
        Assert.Equal(0xE40C292Cu, Fnv1a.Compute("a"u8));
        Assert.Equal(0xBF9CF968u, Fnv1a.Compute("foobar"u8));
    }

    // The definition, byte after byte; lengths around the blocks that are hashed in stretches, and bytes that leave carries and none.
    [Fact]
    public void Fnv1a_OfAnyLength_IsWhatByteAfterByteGives()
    {
        byte[][] kinds = [SyntheticPrograms.Noise(40000, 5), new byte[40000], [.. Enumerable.Repeat((byte)0xFF, 40000)],
            [.. Enumerable.Range(0, 40000).Select(at => (byte)(at >> 7))]];
        foreach (byte[] bytes in kinds)
        {
            foreach (int length in (int[])[0, 1, 77, 8191, 8192, 8193, 16383, 16384, 20001, 24576, 32769, 40000])
            {
                var data = bytes.AsSpan(bytes.Length - length);
                Assert.Equal(ByteByByte(data), Fnv1a.Compute(data));
            }
        }
    }

    private static uint ByteByByte(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0x811C9DC5;
        foreach (byte value in bytes)
            hash = (hash ^ value) * 0x01000193;
        return hash;
    }
}
