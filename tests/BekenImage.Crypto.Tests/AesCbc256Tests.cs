using System.Security.Cryptography;
using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

public class AesCbc256Tests
{
    // NIST SP 800-38A, F.2.5: first two blocks.
    [Fact]
    public void Encrypt_OfTheStandardsExample_GivesItsCiphertext()
    {
        byte[] key = Convert.FromHexString("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        byte[] iv = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");
        byte[] plain = Convert.FromHexString("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
        byte[] encrypted = AesCbc256.Encrypt(key, iv, plain);
        Assert.Equal("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d", Convert.ToHexStringLower(encrypted));
        Assert.Equal(plain, AesCbc256.Decrypt(key, iv, encrypted));
    }

    [Fact]
    public void Crypt_OfManyBlocks_IsThePlatformsResult()
    {
        var random = new Random(3);
        byte[] data = new byte[4096];
        random.NextBytes(data);
        using var aes = Aes.Create();
        aes.Key = data.AsSpan(7, 32).ToArray();
        byte[] iv = data.AsSpan(91, 16).ToArray();
        Assert.Equal(aes.EncryptCbc(data, iv, PaddingMode.None), AesCbc256.Encrypt(aes.Key, iv, data));
        Assert.Equal(aes.DecryptCbc(data, iv, PaddingMode.None), AesCbc256.Decrypt(aes.Key, iv, data));
    }

    [Fact]
    public void Crypt_OfWrongLengths_Throws()
    {
        Assert.Throws<ArgumentException>(() => AesCbc256.Encrypt(new byte[16], new byte[16], new byte[16]));
        Assert.Throws<ArgumentException>(() => AesCbc256.Encrypt(new byte[32], new byte[15], new byte[16]));
        Assert.Throws<ArgumentException>(() => AesCbc256.Decrypt(new byte[32], new byte[16], new byte[17]));
        Assert.Empty(AesCbc256.Decrypt(new byte[32], new byte[16], []));
    }
}
