using System.Security.Cryptography;
using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

public class AesEcb128Tests
{
    // FIPS-197, appendix C.1.
    [Fact]
    public void Encrypt_OfTheStandardsExample_GivesItsCiphertext()
    {
        var cipher = new AesEcb128(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));
        byte[] block = Convert.FromHexString("00112233445566778899aabbccddeeff");
        cipher.Encrypt(block, block);
        Assert.Equal("69c4e0d86a7b0430d8cdb78070b4c55a", Convert.ToHexStringLower(block));
        cipher.Decrypt(block, block);
        Assert.Equal("00112233445566778899aabbccddeeff", Convert.ToHexStringLower(block));
    }

    [Fact]
    public void Encrypt_OfManyBlocks_IsThePlatformsResult()
    {
        byte[] data = new byte[4096], result = new byte[4100];
        new Random(1).NextBytes(data);
        using var aes = Aes.Create();
        aes.Key = data.AsSpan(5, 16).ToArray();
        var cipher = new AesEcb128(aes.Key);
        cipher.Encrypt(data, result);
        Assert.Equal(aes.EncryptEcb(data, PaddingMode.None), result.AsSpan(0, 4096).ToArray());
        Assert.Equal(0, result[4096]);
        cipher.Decrypt(data, result);
        Assert.Equal(aes.DecryptEcb(data, PaddingMode.None), result.AsSpan(0, 4096).ToArray());
    }

    [Fact]
    public void Crypt_OfPartialBlocksOrIntoTooLittle_WritesNothing()
    {
        var cipher = new AesEcb128(new byte[16]);
        byte[] target = new byte[16];
        Assert.Throws<ArgumentException>(() => cipher.Encrypt(new byte[15], target));
        Assert.Throws<ArgumentException>(() => cipher.Decrypt(new byte[32], target));
        Assert.All(target, value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(() => new AesEcb128(new byte[24]));
    }
}
