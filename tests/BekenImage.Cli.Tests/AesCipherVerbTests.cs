using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary><c>encrypt</c> and <c>decrypt</c> under AES keys.</summary>
public sealed class AesCipherVerbTests
{
    private const string Key = "3ac1f07762d95b8e14a06dc7be3915f2908b4c6ed15720af3bfe86c4720d19e5";

    // IEEE 1619-2007, annex B, vector 1: a unit of 32 zero bytes, number 0, under zero keys.
    private const string IeeeVector1 = "917CF69EBD68B2EC9B9FE9A3EADDA692CD43D2F59598ED858C02C2652FBF922E";

    [Theory]
    [InlineData("aes", "aes")]
    [InlineData("aes-standard", "aes-standard")]
    public void EncryptAndDecrypt_OfEveryVector_GiveTheVendorsBytes(string folder, string cipher)
    {
        string root = ArminoVectors(folder);
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "index.json")));
        int count = 0;
        foreach (var vector in index.RootElement.EnumerateArray())
        {
            string Text(string name) => vector.GetProperty(name).GetString()!;
            byte[] input = File.ReadAllBytes(Path.Combine(root, Text("input")));
            byte[] output = File.ReadAllBytes(Path.Combine(root, Text("output")));
            string[] options = ["--key", Text("key"), "--address", vector.GetProperty("address").GetInt64().ToString(), "--cipher", cipher];
            AssertBothWays(input, output, options);
            if (vector.TryGetProperty("pages", out var pages))
                AssertBothWays(input, File.ReadAllBytes(Path.Combine(root, pages.GetString()!)), [.. options, "--crc"]);
            count++;
        }
        Assert.Equal(folder == "aes" ? 46 : 18, count);
    }

    [Fact]
    public void Encrypt_UnderEitherLineOfTheScrambledKey_GivesTheVendorsBytes()
    {
        string root = ArminoVectors("keyscramble");
        using var verbs = new TestFolder();
        foreach (string key in File.ReadAllLines(Path.Combine(root, "scrambled.txt")).Where(line => line.Length > 0))
        {
            string[] options = ["--key", key.Trim(), "--address", "0x10000", "--force"];
            verbs.Do(["encrypt", Path.Combine(root, "in256.bin"), "-o", verbs["out.bin"], .. options]);
            BytesAssert.Equal(File.ReadAllBytes(Path.Combine(root, "o.bin")), verbs.Read("out.bin"));
            verbs.Do(["encrypt", Path.Combine(root, "in256.bin"), "-o", verbs["out.bin"], "--crc", .. options]);
            BytesAssert.Equal(File.ReadAllBytes(Path.Combine(root, "o_crc.bin")), verbs.Read("out.bin"));
        }
    }

    [Theory]
    [InlineData(64, "0")]
    [InlineData(100, "0x10")]
    [InlineData(256, "0xffffe0")]
    [InlineData(31, "0x2010000")]
    public void EncryptAndDecrypt_UnderAnAesKey_GoByItsForm(int length, string address)
    {
        byte[] input = SyntheticPrograms.Noise(length, 7);
        byte[] expected = SyntheticArmino.Encrypt(Convert.FromHexString(Key), Number(address), Padded(input));
        AssertBothWays(input, expected, ["--key", Key, "--address", address]);
        AssertBothWays(input, expected, ["--key", Key, "--address", address, "--cipher", "auto"]);
        AssertBothWays(input, SyntheticArmino.Pages(expected), ["--key", Key, "--address", address, "--crc", "--cipher", "aes"]);
    }

    [Fact]
    public void Encrypt_AsTheStandardSays_GivesItsVector() =>
        AssertBothWays(new byte[32], Convert.FromHexString(IeeeVector1), ["--key", new string('0', 64), "--address", "0", "--cipher", "aes-standard"]);

    [Fact]
    public void Decrypt_OfAPartOfAUnit_FillsItAndSaysSo()
    {
        using var verbs = new TestFolder();
        byte[] whole = SyntheticArmino.Encrypt(Convert.FromHexString(Key), 0, SyntheticPrograms.Noise(64, 3));
        verbs.Do("decrypt", verbs.Write("in.bin", whole[..40]), "-o", verbs["out.bin"], "--key", Key, "--address", "0");
        Assert.Equal(64, verbs.Read("out.bin").Length);
        BytesAssert.Equal(SyntheticPrograms.Noise(64, 3).AsSpan(0, 32), verbs.Read("out.bin").AsSpan(0, 32));
        Assert.Contains("last 8 bytes", verbs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Decrypt_OfPagesWithAWrongCrc_WritesNothing()
    {
        using var verbs = new TestFolder();
        byte[] pages = SyntheticArmino.Pages(SyntheticArmino.Encrypt(Convert.FromHexString(Key), 0, new byte[96]));
        pages[40] ^= 1;
        Tool.Run("decrypt", verbs.Write("in.bin", pages), "-o", verbs["out.bin"], "--key", Key, "--address", "0", "--crc").Fails(3, "BKI1003", "the first is page 1");
        Assert.False(File.Exists(verbs["out.bin"]));
    }

    [Fact]
    public void Decrypt_OfErasedPages_LeavesThemErased()
    {
        using var verbs = new TestFolder();
        verbs.Do("decrypt", verbs.Write("in.bin", Samples.Blank(68)), "-o", verbs["out.bin"], "--key", Key, "--address", "0", "--crc");
        BytesAssert.Equal(Samples.Blank(64), verbs.Read("out.bin"));
        Assert.Contains("2 erased pages", verbs.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("encrypt", Key, "coefficients", "")]
    [InlineData("decrypt", Key, "coefficients", "")]
    [InlineData("encrypt", "tuya", "aes", "")]
    [InlineData("decrypt", "510fb093,a3cbeadc,5993a17e,c7adeb03", "aes-standard", "")]
    [InlineData("encrypt", Key, "des", "")]
    [InlineData("encrypt", Key, "aes", "--vendor")]
    public void Cipher_ThatTheKeyIsNotFor_IsWrongUsage(string verb, string key, string cipher, string more)
    {
        using var verbs = new TestFolder();
        string[] line = [verb, verbs.Write("in.bin", new byte[64]), "-o", verbs["out.bin"], "--key", key, "--address", "0", "--cipher", cipher];
        Assert.Equal(2, verbs.Run(more.Length == 0 ? line : [.. line, more]));
        Assert.DoesNotContain(Key, verbs.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(verbs["out.bin"]));
    }

    [Fact]
    public void Coefficients_StayWhatTheyWere_WithTheirCipherNamed()
    {
        using var verbs = new TestFolder();
        string input = verbs.Write("in.bin", SyntheticPrograms.Noise(45, 2));
        verbs.Do("encrypt", input, "-o", verbs["a.bin"], "--key", "tuya", "--address", "0x10000");
        verbs.Do("encrypt", input, "-o", verbs["b.bin"], "--key", "UQ+wk6PL6txZk6F+x63rAw==", "--address", "0x10000", "--cipher", "coefficients");
        Assert.Equal(45, verbs.Read("a.bin").Length);
        BytesAssert.Equal(verbs.Read("a.bin"), verbs.Read("b.bin"));
    }

    private static void AssertBothWays(byte[] plain, byte[] stored, string[] options)
    {
        using var verbs = new TestFolder();
        verbs.Do(["encrypt", verbs.Write("plain.bin", plain), "-o", verbs["stored.bin"], .. options]);
        BytesAssert.Equal(stored, verbs.Read("stored.bin"));
        verbs.Do(["decrypt", verbs["stored.bin"], "-o", verbs["back.bin"], .. options]);
        BytesAssert.Equal(Padded(plain), verbs.Read("back.bin"));
    }

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. Samples.Blank((32 - bytes.Length % 32) % 32)];

    private static long Number(string text) => text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt64(text, 16) : long.Parse(text);

    private static string ArminoVectors(string folder)
    {
        Assert.SkipWhen(Corpus.VectorFolder is null, "The vectors of the vendor's programs are not here.");
        return Path.Combine(Corpus.VectorFolder!, "armino", folder);
    }
}
