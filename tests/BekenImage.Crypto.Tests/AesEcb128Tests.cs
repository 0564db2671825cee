using BekenImage.Crypto;
using CsCheck;

namespace BekenImage.Tests.Crypto;

public class AesEcb128Tests
{
    public static TheoryData<string> Engines => AesEngines.Names;

    // FIPS-197, appendix C.1.
    [Theory]
    [MemberData(nameof(Engines))]
    public void Crypt_OfTheCiphersExample_GivesItsText(string engine)
    {
        using var cipher = new AesEcb128(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), AesEngines.Named(engine));
        byte[] block = Convert.FromHexString("00112233445566778899aabbccddeeff");
        cipher.Encrypt(block, block);
        Assert.Equal("69c4e0d86a7b0430d8cdb78070b4c55a", Convert.ToHexStringLower(block));
        cipher.Decrypt(block, block);
        Assert.Equal("00112233445566778899aabbccddeeff", Convert.ToHexStringLower(block));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Engine_KeepsItsKey_WhateverBecomesOfTheCallersBytes(string engine)
    {
        byte[] key = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");
        using var blocks = AesEngines.Named(engine).OpenBlocks(key);
        Array.Clear(key);
        byte[] block = Convert.FromHexString("00112233445566778899aabbccddeeff");
        blocks.Encrypt(block, block);
        Assert.Equal("69c4e0d86a7b0430d8cdb78070b4c55a", Convert.ToHexStringLower(block));
    }

    // NIST SP 800-38A, F.1.1 and F.1.2.
    [Theory]
    [MemberData(nameof(Engines))]
    public void Crypt_OfTheModesExample_GivesItsText(string engine)
    {
        using var cipher = new AesEcb128(Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c"), AesEngines.Named(engine));
        byte[] plain = Convert.FromHexString(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
            "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        byte[] encrypted = new byte[64], back = new byte[64];
        cipher.Encrypt(plain, encrypted);
        Assert.Equal(
            "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf" +
            "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4", Convert.ToHexStringLower(encrypted));
        cipher.Decrypt(encrypted, back);
        Assert.Equal(plain, back);
    }

    // One object for many requests in both directions, as the storage's readers use it; sizes below, at and above one flash sector.
    [Theory]
    [MemberData(nameof(Engines))]
    public void Crypt_OfRandomRequestsToOneObject_IsTheReferencesResult(string engine) =>
        Gen.Select(Gen.Byte.Array[16], Gen.Select(Gen.Bool, Gen.Int[0, 600].SelectMany(blocks => Gen.Byte.Array[blocks * 16])).Array[1, 6]).Sample((key, requests) =>
        {
            using var cipher = new AesEcb128(key, AesEngines.Named(engine));
            foreach (var (encrypt, data) in requests)
            {
                byte[] result = new byte[data.Length + 4], inPlace = data.ToArray();
                Crypt(cipher, encrypt, data, result);
                Crypt(cipher, encrypt, inPlace, inPlace);
                Assert.Equal(BouncyCastleReference.Ecb(encrypt, key, data), inPlace);
                Assert.Equal(inPlace, result.AsSpan(0, data.Length).ToArray());
                Assert.All(result.Skip(data.Length), value => Assert.Equal(0, value));
            }
        }, iter: 100);

    [Fact]
    public void Crypt_WithoutAnEngine_IsTheReferencesResult()
    {
        using var cipher = new AesEcb128(new byte[16]);
        byte[] result = new byte[16];
        cipher.Encrypt(new byte[16], result);
        Assert.Equal(BouncyCastleReference.Ecb(true, new byte[16], new byte[16]), result);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Crypt_OfPartialBlocksOrIntoTooLittle_WritesNothing(string engine)
    {
        using var cipher = new AesEcb128(new byte[16], AesEngines.Named(engine));
        byte[] target = new byte[16];
        Assert.Throws<ArgumentException>(() => cipher.Encrypt(new byte[15], target));
        Assert.Throws<ArgumentException>(() => cipher.Decrypt(new byte[32], target));
        Assert.All(target, value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(() => new AesEcb128(new byte[24]));
    }

    private static void Crypt(AesEcb128 cipher, bool encrypt, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (encrypt)
            cipher.Encrypt(source, destination);
        else
            cipher.Decrypt(source, destination);
    }
}
