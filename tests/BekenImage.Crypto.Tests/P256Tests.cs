using System.Security.Cryptography;

namespace BekenImage.Crypto.Tests;

public class P256Tests
{
    // FIPS 186 example of RFC 6979, A.2.5: P-256, SHA-256, message "sample".
    private const string Key = "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6" +
        "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";

    private const string Signature = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716" +
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";

    private static readonly byte[] Message = "sample"u8.ToArray();

    public static TheoryData<string> Engines => new(
        "best",
#if !TESTING_NETSTANDARD
        "BouncyCastle",
#endif
        "platform");

    [Theory]
    [MemberData(nameof(Engines))]
    public void Verify_OfTheStandardsExample_IsTrue_AndOfAnyChangeFalse(string engine)
    {
        var chosen = Engine(engine);
        byte[] key = Convert.FromHexString(Key), signature = Convert.FromHexString(Signature);
        Assert.True(P256.Verify(key, Message, signature, chosen));
        Assert.False(P256.Verify(key, "samplf"u8, signature, chosen));
        for (int at = 0; at < signature.Length; at += 3)
        {
            signature[at] ^= 1;
            Assert.False(P256.Verify(key, Message, signature, chosen));
            signature[at] ^= 1;
        }
        for (int at = 0; at < key.Length; at += 3)
        {
            key[at] ^= 1;
            Assert.False(P256.Verify(key, Message, signature, chosen));
            key[at] ^= 1;
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Verify_OfNumbersOutOfRange_IsFalse(string engine)
    {
        byte[] key = Convert.FromHexString(Key), order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        byte[] good = Convert.FromHexString(Signature);
        foreach (byte[] bad in new[] { new byte[32], order, Enumerable.Repeat((byte)0xFF, 32).ToArray() })
        {
            Assert.False(P256.Verify(key, Message, [.. bad, .. good.AsSpan(32)], Engine(engine)));
            Assert.False(P256.Verify(key, Message, [.. good.AsSpan(0, 32), .. bad], Engine(engine)));
        }
        Assert.False(P256.Verify(key, Message, good.AsSpan(1), Engine(engine)));
        Assert.False(P256.Verify(new byte[65], Message, good, Engine(engine)));
        Assert.False(P256.Verify(key.AsSpan(1), Message, good, Engine(engine)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Verify_OfThePlatformsSignatures_IsTrueInBothForms(string engine)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] der = ecdsa.ExportSubjectPublicKeyInfo();
        for (int i = 0; i < 20; i++)
        {
            byte[] message = new byte[i];
            byte[] signature = ecdsa.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            byte[]? numbers = P256.FromDer([.. signature, .. new byte[i % 3]]);
            Assert.NotNull(numbers);
            Assert.True(P256.Verify(P256.FromSpki(der), message, numbers, Engine(engine)));
        }
    }

    [Fact]
    public void FromDer_OfAnythingElse_IsNull()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] der = ecdsa.SignData(Message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        for (int length = 0; length < der.Length; length++)
            Assert.Null(P256.FromDer(der.AsSpan(0, length)));
        var random = new Random(4);
        for (int i = 0; i < 2000; i++)
        {
            var changed = (byte[])der.Clone();
            changed[random.Next(der.Length)] = (byte)random.Next(256);
            changed[random.Next(8)] = (byte)random.Next(256);
            P256.FromDer(changed);
        }
        Assert.Null(P256.FromDer([0x30, 0x80, 0, 0]));
        Assert.True(P256.FromSpki(new byte[91]).IsEmpty);
        Assert.True(P256.FromSpki([]).IsEmpty);
    }

    private static P256Engine? Engine(string name) => name switch
    {
        "platform" => new PlatformP256(),
#if !TESTING_NETSTANDARD
        "BouncyCastle" => new BouncyCastleP256(),
#endif
        _ => null,
    };
}
