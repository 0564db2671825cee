using System.Text;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary><c>--key</c>: an AES key in every form and file, which never comes out again where it was not asked for.</summary>
public sealed class GivenKeyTests
{
    private const string Key = "3ac1f07762d95b8e14a06dc7be3915f2908b4c6ed15720af3bfe86c4720d19e5";
    private const string OtherKey = "0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0";

    private static readonly Lazy<byte[]> Made = new(() => SyntheticArmino.Linear(
        Convert.FromHexString(Key), (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236)), (SyntheticArmino.AppOffset, SyntheticArmino.Program(0x8000, 0x10000, 5))));

    private static byte[] Image => Made.Value;

    public static TheoryData<string> Forms => new(
        Key, Key.ToUpperInvariant(), "0x" + Key[..32] + " 0x" + Key[32..], string.Join(':', Key.Chunk(2).Select(pair => new string(pair))),
        Convert.ToBase64String(Convert.FromHexString(Key)), Scrambled(Key), "abcd" + Scrambled(Key));

    public static TheoryData<string, byte[]> KeyFiles => new()
    {
        { "flash_aes_key.json", Text("{\n    \"content\": \"" + Key + "\",\n    \"byte_lenth\": 32\n}") },
        { "key_content.json", Text("\uFEFF{\"key_content\": {\"Flash Aes key\": {\"content\": \"" + Key + "\", \"byte_lenth\": 32}}}") },
        { "security.csv", Text("Field,Value\r\nflash_crc_en,TRUE\r\nflash_aes_type,FIXED\r\nflash_aes_key," + Key + "\r\nimg_sign_key_type,ec256\r\n") },
        { "auto_partitions.csv", Text("FLASH_CAPACITY=4M\nFLASH_AES_ENABLE=TRUE\nFLASH_AES_KEY=" + Scrambled(Key) + "\nName,Offset,Size\n") },
        { "key.txt", Text(Key + "\n") },
        { "key-utf16.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Key + "\r\n")] },
        { "flash_aes_key-utf16.json", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\r\n  \"content\": \"" + Key + "\"\r\n}")] },
        { "flash_aes_key-utf16be.json", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("{\"content\": \"" + Key + "\"}")] },
        { "flash_aes_key-unmarked.json", Encoding.Unicode.GetBytes("{\"content\": \"" + Key + "\"}") },
        { "otp.bin", Otp(Key) },
        { "otp-short.bin", Otp(Key)[..0x80] },
        { "otp-reversed.bin", Otp(string.Concat(Key.Chunk(8).Select(word => $"{word[6]}{word[7]}{word[4]}{word[5]}{word[2]}{word[3]}{word[0]}{word[1]}"))) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Key_InEveryForm_OpensTheImage(string text)
    {
        using var verbs = new TestFolder();
        AssertOpens(verbs, text);
    }

    [Theory]
    [MemberData(nameof(KeyFiles))]
    public void Key_InAFile_OpensTheImage(string name, byte[] content)
    {
        using var verbs = new TestFolder();
        AssertOpens(verbs, verbs.Write(name, content));
    }

    [Fact]
    public void Key_OfPublishedImages_IsReadFromTheirFile()
    {
        using var verbs = new TestFolder();
        string keys = Corpus.PathOf("armino/BK7236_published_keys.json");
        byte[] plain = SyntheticPrograms.Noise(64, 4);
        verbs.Do("encrypt", verbs.Write("in.bin", plain), "-o", verbs["file.bin"], "--key", keys, "--address", "0");
        verbs.Do("encrypt", verbs["in.bin"], "-o", verbs["name.bin"], "--key", "beken-utils", "--address", "0");
        BytesAssert.Equal(verbs.Read("name.bin"), verbs.Read("file.bin"));
    }

    [Fact]
    public void File_WithoutAFlashKey_IsSaid_AndServesNoCipher()
    {
        using var verbs = new TestFolder();
        byte[] otp = Otp(Key);
        otp.AsSpan(0x60, 32).Clear();
        string file = verbs.Write("otp.bin", otp), image = verbs.Write("image.bin", Image);
        verbs.Do("inspect", image, "--key", file);
        Assert.Contains("no flash key in it", verbs.Error, StringComparison.Ordinal);
        Tool.Run("encrypt", image, "-o", verbs["out.bin"], "--key", file, "--address", "0").Fails(3, "BKI1009", "no flash key");
        verbs.Do("encrypt", image, "-o", verbs["out.bin"], "--key", verbs.Write("whole.bin", Otp(Key)), "--address", "0");
        Assert.Contains("never proven", verbs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownKey_IsAskedFor_WithTheFormsOfTheNewerChips()
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image);
        verbs.Run("verify", image);
        Assert.Contains("the AES key or a file with it", verbs.Output, StringComparison.Ordinal);
        verbs.Do("split", image, "-o", verbs["parts"]);
        Assert.Contains("the AES key or a file with it", verbs.Output, StringComparison.Ordinal);
        Tool.Run("extract", image, "app", "-o", verbs["app.bin"]).Fails(3, "BKI1001", "the AES key or a file with it");
    }

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("empty.bin")]
    [InlineData("short.bin")]
    [InlineData("image.bin")]
    public void File_WithoutAnyKey_IsBadInput(string name)
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image);
        verbs.Write("readme.txt", "flash_aes_key,\nnothing of the kind, long enough to be an OTP dump " + new string('x', 200));
        verbs.Write("empty.bin", []);
        verbs.Write("short.bin", new byte[0x7F]);
        var result = Tool.Run("inspect", image, "--json", "--key", verbs[name]);
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith($"bekenimage: {verbs[name]}: BKI", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.True(result.Json.TryGetProperty("error", out _));
    }

    [Fact]
    public void File_ThatIsNotThere_IsWrongUsage_AndTheFormsAreNamed()
    {
        using var verbs = new TestFolder();
        Assert.Equal(2, verbs.Run("inspect", verbs.Write("image.bin", Image), "--key", verbs["none.json"]));
        foreach (string form in new[] { "four hex words", "64 hex digits", "flash_aes_key.json", "OTP dump", "none.json" })
            Assert.Contains(form, verbs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFile_IsNotWrittenOver()
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image), key = verbs.Write("key.txt", Key);
        string[][] lines =
        [
            ["encrypt", image, "--address", "0"], ["decrypt", image, "--address", "0"], ["extract", image, "app"], ["put", image, "app", image], ["normalize", image],
        ];
        foreach (string[] line in lines)
        {
            Assert.True(verbs.Run([.. line, "-o", key, "--force", "--key", key]) == 4, string.Join(' ', line) + ": " + verbs.Error);
            Assert.Equal(Key, File.ReadAllText(key));
        }
    }

    [Theory]
    [InlineData("auto", "custom", "aes-xts")]
    [InlineData("aes", "custom", "aes-xts")]
    [InlineData("aes-standard", "unknown", null)]
    public void Cipher_SaysHowTheKeyIsApplied(string cipher, string name, string? found)
    {
        using var verbs = new TestFolder();
        verbs.Do("inspect", verbs.Write("image.bin", Image), "--json", "--key", Key, "--cipher", cipher);
        var key = verbs.Json.GetProperty("key");
        Assert.Equal((name, found), (key.GetProperty("name").GetString(), key.GetProperty("cipher").GetString()));
    }

    [Theory]
    [InlineData("inspect IMAGE --key KEY --cipher coefficients", "exclude|does not go")]
    [InlineData("verify IMAGE --key zero --cipher aes", "do not go")]
    [InlineData("split IMAGE -o OUT --key tuya --cipher aes-standard", "do not go")]
    [InlineData("extract IMAGE app -o OUT --cipher coefficients", "no effect")]
    [InlineData("put IMAGE app IMAGE -o OUT --key KEY --cipher xts", "--cipher is auto")]
    [InlineData("rekey IMAGE --to KEY -o OUT", "coefficients of the older chips")]
    [InlineData("build ua --chip BK7231N --app IMAGE --key KEY -o OUT", "coefficients of the older chips")]
    [InlineData("lint IMAGE --chip BK7231N --key KEY", "--against")]
    public void Key_OfTheOtherKind_IsWrongUsage(string line, string says)
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image);
        string[] words = line.Split(' ').Select(word => word switch { "IMAGE" => image, "KEY" => Key, "OUT" => verbs["out"], _ => word }).ToArray();
        Assert.True(verbs.Run(words) == 2, verbs.Error + verbs.Output);
        Assert.Matches(says, verbs.Error);
        Assert.DoesNotContain(Key, verbs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rekey_OfANewerChipsImage_IsRefusedByName()
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image);
        Tool.Run("rekey", image, "--to", "tuya", "--key", Key, "-o", verbs["out.bin"]).Fails(4, "BKI9015", "BK7236-family image");
    }

    [Fact]
    public void Inspect_ShowsAnAesKey_OnlyWhenAsked()
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image);
        string hidden = verbs.Do("inspect", image, "--key", Key);
        Assert.Contains("custom (aes-xts 3ac1…), from given", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, hidden, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"custom (aes-xts {Key}), from given", verbs.Do("inspect", image, "--key", Key, "--show-secrets"), StringComparison.Ordinal);
        verbs.Do("inspect", image, "--key", Key, "--json");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, verbs.Json.GetProperty("key").GetProperty("hex").ValueKind);
        verbs.Do("inspect", image, "--key", Key, "--json", "--show-secrets");
        Assert.Equal(Key, verbs.Json.GetProperty("key").GetProperty("hex").GetString());
    }

    [Fact]
    public void Split_KeepsTheKeyInItsManifest_SaysSo_AndPrintsItOnlyWhenAsked()
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image);
        string printed = verbs.Do("split", image, "-o", verbs["parts"], "--key", Key, "--json");
        Assert.DoesNotContain(Key, printed, StringComparison.Ordinal);
        Assert.Contains("manifest.json: holds the AES key", verbs.Error, StringComparison.Ordinal);
        Assert.Contains(Key, File.ReadAllText(Path.Combine(verbs["parts"], "manifest.json")), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, verbs.Do("split", image, "-o", verbs["more"], "--key", Key), StringComparison.Ordinal);
        Assert.Contains(Key, verbs.Do("split", image, "-o", verbs["asked"], "--key", Key, "--json", "--show-secrets"), StringComparison.Ordinal);
        verbs.Do("merge", verbs["parts"], "-o", verbs["joined.bin"]);
        BytesAssert.Equal(Image, verbs.Read("joined.bin"));
    }

    [Fact]
    public void NoVerb_PrintsAGivenKey()
    {
        using var verbs = new TestFolder();
        string image = verbs.Write("image.bin", Image), old = verbs.Write("old.bin", Samples.TuyaN), firmware = verbs.Write("obk.bin", Samples.ObkN), output = verbs["out"];
        string[][] lines =
        [
            ["inspect", image], ["verify", image], ["extract", image, "app", "-o", output], ["put", image, "app", firmware, "-o", output], ["fal", "show", image],
            ["fs", "list", image], ["fs", "extract", image, "-o", output], ["tuya", "show", image], ["tuya", "list", image], ["normalize", image, "-o", output],
            ["combine", image, firmware, "-o", output], ["lint", firmware, "--against", image], ["split", image, "-o", output],
        ];
        foreach (string[] line in lines)
        {
            foreach (string key in new[] { Key, OtherKey })
            {
                foreach (string[] inputs in new[] { line, line.Select(word => word == image ? old : word).ToArray() })
                {
                    foreach (string[] more in new string[][] { [], ["--json"] })
                    {
                        verbs.Run([.. inputs, "--key", key, .. more]);
                        Assert.True(verbs.Last.ExitCode is >= 0 and <= 4, string.Join(' ', inputs) + ": " + verbs.Error);
                        Assert.False(Tells(verbs.Output + verbs.Error, key), string.Join(' ', inputs) + ": " + verbs.Error + verbs.Output);
                        if (Directory.Exists(output))
                            Directory.Delete(output, recursive: true);
                        File.Delete(output);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("A digit too few")]
    [InlineData("A wrong digit")]
    [InlineData("A sign that is none")]
    [InlineData("Letters with a digit")]
    [InlineData("Groups")]
    [InlineData("Words without quotes")]
    public void MistypedKey_IsNotPrintedWhole(string how)
    {
        string[] typed = how switch
        {
            "A digit too few" => [Key[1..]],
            "A wrong digit" => [Key[..20] + "O" + Key[21..]],
            "A sign that is none" => [Key + ";"],
            "Letters with a digit" => [Scrambled(Key)[..127] + "1"],
            "Groups" => [string.Join(' ', Key.Chunk(8).Select(word => new string(word)).Skip(1))],
            _ => Key.Chunk(8).Select(word => new string(word)).ToArray(),
        };
        using var verbs = new TestFolder();
        Assert.Equal(2, verbs.Run(["split", verbs.Write("image.bin", Image), "-o", verbs["out"], "--key", .. typed]));
        Assert.DoesNotContain(Key[8..24], verbs.Error.Replace(" ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(Key[24..32], verbs.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Scrambled(Key)[20..40], verbs.Error, StringComparison.Ordinal);
    }

    private static bool Tells(string text, string key) => text.Contains(key, StringComparison.OrdinalIgnoreCase) || text.Contains(key[32..], StringComparison.OrdinalIgnoreCase);

    private static void AssertOpens(TestFolder verbs, string key)
    {
        string image = verbs.Write("image.bin", Image);
        verbs.Do("inspect", image, "--json", "--key", key);
        Assert.Equal("given", verbs.Json.GetProperty("key").GetProperty("source").GetString());
        verbs.Do("extract", image, "app", "-o", verbs["app.bin"], "--key", key);
        BytesAssert.Equal(SyntheticArmino.Program(0x8000, 0x10000, 5), verbs.Read("app.bin").AsSpan(0, 0x8000));
    }

    private static byte[] Otp(string key)
    {
        byte[] otp = new byte[0x400];
        Convert.FromHexString(key).CopyTo(otp, 0x60);
        for (int i = 0; i < 64; i++)
            otp[0x128 + i] = (byte)(0x80 + i);
        return otp;
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    // The notes' text (armino.md, 2.3), the other way round.
    private static string Scrambled(string digits)
    {
        var letters = new System.Text.StringBuilder();
        int k = 914;
        foreach (char digit in digits)
        {
            int cipher = digit ^ (k >> 8);
            letters.Append((char)('a' + cipher / 26)).Append((char)('a' + cipher % 26));
            k += cipher;
        }
        return letters.ToString();
    }
}
