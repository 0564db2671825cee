using BekenImage.Crypto;
using CsCheck;

namespace BekenImage.Tests.Crypto;

public class AesCbc256Tests
{
    public static TheoryData<string> Engines => AesEngines.Names;

    // NIST SP 800-38A, F.2.5 and F.2.6: all four blocks.
    [Theory]
    [MemberData(nameof(Engines))]
    public void Crypt_OfTheStandardsExample_GivesItsText(string engine)
    {
        byte[] key = Convert.FromHexString("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        byte[] iv = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");
        byte[] plain = Convert.FromHexString(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
            "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        byte[] encrypted = AesCbc256.Encrypt(key, iv, plain, AesEngines.Named(engine));
        Assert.Equal(
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d" +
            "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b", Convert.ToHexStringLower(encrypted));
        Assert.Equal(plain, AesCbc256.Decrypt(key, iv, encrypted, AesEngines.Named(engine)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Crypt_OfRandomBlocks_IsTheReferencesResult(string engine) =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[16], Gen.Int[0, 300].SelectMany(blocks => Gen.Byte.Array[blocks * 16])).Sample((key, iv, data) =>
        {
            Assert.Equal(BouncyCastleReference.Cbc(true, key, iv, data), AesCbc256.Encrypt(key, iv, data, AesEngines.Named(engine)));
            Assert.Equal(BouncyCastleReference.Cbc(false, key, iv, data), AesCbc256.Decrypt(key, iv, data, AesEngines.Named(engine)));
        }, iter: 200);

    [Fact]
    public void Crypt_WithoutAnEngine_TakesThePlatforms()
    {
        Assert.IsType<PlatformAes>(AesEngine.Best);
        byte[] key = new byte[32], iv = new byte[16], data = new byte[48];
        Assert.Equal(BouncyCastleReference.Cbc(true, key, iv, data), AesCbc256.Encrypt(key, iv, data));
        Assert.Equal(BouncyCastleReference.Cbc(false, key, iv, data), AesCbc256.Decrypt(key, iv, data));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Crypt_OfWrongLengths_Throws(string name)
    {
        var engine = AesEngines.Named(name);
        Assert.Equal("key", Assert.Throws<ArgumentException>(() => AesCbc256.Encrypt(new byte[16], new byte[16], new byte[16], engine)).ParamName);
        Assert.Equal("iv", Assert.Throws<ArgumentException>(() => AesCbc256.Encrypt(new byte[32], new byte[15], new byte[16], engine)).ParamName);
        Assert.Throws<ArgumentException>(() => AesCbc256.Decrypt(new byte[32], new byte[16], new byte[17], engine));
        Assert.Empty(AesCbc256.Decrypt(new byte[32], new byte[16], [], engine));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Decrypt_LeavesItsInputsAlone(string engine)
    {
        byte[] key = new byte[32], iv = new byte[16], data = new byte[64];
        AesCbc256.Decrypt(key, iv, data, AesEngines.Named(engine));
        Assert.All(key.Concat(iv).Concat(data), value => Assert.Equal(0, value));
    }
}
