using BekenImage.IO;

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

    [Fact]
    public void Fnv1a_PublishedVectors_AreMet()
    {
        Assert.Equal(0x811C9DC5u, Fnv1a.Compute(""u8));
        Assert.Equal(0xE40C292Cu, Fnv1a.Compute("a"u8));
        Assert.Equal(0xBF9CF968u, Fnv1a.Compute("foobar"u8));
    }
}
