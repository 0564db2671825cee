using System.Text;
using System.Text.Json;
using BekenImage.Crypto;
using BekenImage.Crypto.Kernels;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

/// <summary>The outputs of the vendor's own programs, both ways, with and without pages, by every kernel.</summary>
public class AesFlashVectorTests
{
    public static TheoryData<string> Kernels => new(AesFlashKernel.Available.Select(kernel => kernel.Name));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Crypt_OfTheVendorsWordSwappedVectors_GivesTheirBytes(string kernel) =>
        Assert.Equal(46, CheckFolder("aes", AesFlashVariant.WordSwapped, kernel));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Crypt_OfTheVendorsStandardVectors_GivesTheirBytes(string kernel) =>
        Assert.Equal(18, CheckFolder("aes-standard", AesFlashVariant.Standard, kernel));

    [Fact]
    public void TryParse_OfTheVendorsScrambledKey_IsTheKeyInDigits()
    {
        string[] lines = Encoding.ASCII.GetString(Corpus.ReadVector("armino/keyscramble/scrambled.txt"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(AesFlashKey.TryParse(lines[0], out var key));
        Assert.True(AesFlashKey.TryParse(lines[1], out var scrambled));
        Assert.Equal(key, scrambled);
        Assert.Equal(lines[1], key.ToScrambled());
        // Its index does not say: the bytes are those of aes/in256_k1_sdkexample_10000.bin.
        CheckVector(new AesFlashCipher(key, AesFlashVariant.WordSwapped), 0x10000, Corpus.ReadVector("armino/keyscramble/in256.bin"),
            Corpus.ReadVector("armino/keyscramble/o.bin"), Corpus.ReadVector("armino/keyscramble/o_crc.bin"), "o.bin");
    }

    private static int CheckFolder(string folder, AesFlashVariant variant, string kernel)
    {
        using var index = JsonDocument.Parse(Corpus.ReadVector($"armino/{folder}/index.json"));
        foreach (var vector in index.RootElement.EnumerateArray())
        {
            byte[] Read(string property) => Corpus.ReadVector($"armino/{folder}/{vector.GetProperty(property).GetString()}");
            var key = new AesFlashKey(Convert.FromHexString(vector.GetProperty("key").GetString()!));
            var cipher = new AesFlashCipher(key, variant, AesFlashKernel.Available.Single(source => source.Name == kernel));
            CheckVector(cipher, vector.GetProperty("address").GetUInt64(), Read("input"), Read("output"),
                vector.TryGetProperty("pages", out _) ? Read("pages") : null, vector.GetProperty("output").GetString()!);
        }
        return index.RootElement.GetArrayLength();
    }

    private static void CheckVector(AesFlashCipher cipher, ulong address, byte[] input, byte[] output, byte[]? pages, string name)
    {
        // The vendor's programs fill up the last unit.
        byte[] plain = [.. input, .. Enumerable.Repeat((byte)0xFF, output.Length - input.Length)];
        var result = new byte[output.Length];
        cipher.Encrypt(address, plain, result);
        Assert.True(output.AsSpan().SequenceEqual(result), $"{name}: encrypted");
        cipher.Decrypt(address, result, result);
        Assert.True(plain.AsSpan().SequenceEqual(result), $"{name}: decrypted");
        if (pages is null)
            return;
        var encoded = new byte[pages.Length];
        cipher.EncodePages(address, plain, encoded);
        Assert.True(pages.AsSpan().SequenceEqual(encoded), $"{name}: encoded");
        int count = plain.Length / 32;
        Assert.Equal(new PageScan(count, 0, 0, -1, count), cipher.DecodePages(address, pages, result));
        Assert.True(plain.AsSpan().SequenceEqual(result), $"{name}: decoded");
    }
}
