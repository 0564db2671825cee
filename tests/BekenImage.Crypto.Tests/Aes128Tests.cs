using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

public class Aes128Tests
{
    // FIPS-197, appendix B and C.1.
    [Theory]
    [InlineData("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32")]
    [InlineData("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a")]
    public void Crypt_OfTheStandardsExamples_GivesTheirBlocks(string key, string plain, string encrypted)
    {
        var aes = new Aes128(Convert.FromHexString(key));
        var block = Convert.FromHexString(plain);
        aes.Encrypt(block, block);
        Assert.Equal(encrypted, Convert.ToHexStringLower(block));
        aes.Decrypt(block, block);
        Assert.Equal(plain, Convert.ToHexStringLower(block));
    }

    // FIPS-197, appendix A.1: the last round key.
    [Fact]
    public void Expand_OfTheStandardsExample_EndsWithItsWords()
    {
        byte[] schedule = Aes128.Expand(Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c"));
        Assert.Equal("d014f9a8c9ee2589e13f0cc8b6630ca6", Convert.ToHexStringLower(schedule.AsSpan(160)));
    }

    [Fact]
    public void Crypt_OfRandomBlocks_IsTheReferencesResult()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] key = RandomInput.Bytes(random, 16), block = RandomInput.Bytes(random, 16), result = new byte[16];
            var aes = new Aes128(key);
            aes.Encrypt(block, result);
            Assert.Equal(BouncyCastleReference.Ecb(true, key, block), result);
            aes.Decrypt(block, result);
            Assert.Equal(BouncyCastleReference.Ecb(false, key, block), result);
        }
    }
}
