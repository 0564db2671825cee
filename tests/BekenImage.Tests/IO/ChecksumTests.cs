using BekenImage.IO;

namespace BekenImage.Tests;

public class ChecksumTests
{
    [Fact]
    public void Crc32_CatalogueCheckString_GivesCatalogueValue() => Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));

    [Fact]
    public void Fnv1a_PublishedVectors_AreMet()
    {
        Assert.Equal(0x811C9DC5u, Fnv1a.Compute(""u8));
        Assert.Equal(0xE40C292Cu, Fnv1a.Compute("a"u8));
        Assert.Equal(0xBF9CF968u, Fnv1a.Compute("foobar"u8));
    }
}
