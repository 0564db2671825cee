using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

public class Crc16CmsTests
{
    [Fact]
    public void Compute_CatalogueCheckString_GivesCatalogueValue() =>
        Assert.Equal(0xAEE7, Crc16Cms.Compute("123456789"u8));

    // Pages of the format notes, section 1.1.
    [Theory]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 0x000C)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8029)]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 0x259D)]
    [InlineData("2f07b59435ff2a9b35e72a9b35ef2a9b35d72a9b35df2a9b35c72a9b35cf2a9b", 0xFE2B)]
    [InlineData("690cb59635ff2a9935e72a9935ef2a9935d72a9935df2a9935c72a9935cf2a99", 0xF507)]
    public void Compute_KnownPage_GivesItsCrc(string data, int crc) =>
        Assert.Equal(crc, Crc16Cms.Compute(Convert.FromHexString(data)));
}
