using BekenImage.IO;
using System.Text;
using System.Text.Json;
using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Tuya.TuyaImages;

namespace BekenImage.Tests.Formats.Tuya;

public class TuyaSanitizerTests
{
    // Names of the members that hold secrets, written down here a second time, from the values of section 6.6.
    private static readonly string[] SecretMembers =
        ["uuid", "psk_key", "auth_key", "ap_passwd", "fac_pin", "psk30_key", "pin", "ssid", "passwd", "token", "reg_key", "key", "lckey", "psk21_key", "pwsd"];

    public static TheoryData<string> CorpusFiles => Corpus.Files;

    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void Sanitize_OfCorpusImage_LeavesNoSecretAndEverythingReadable(string file)
    {
        byte[] image = ReadUnrotated(file);
        var before = TuyaReader.Read(image);
        byte[] clean = Apply(image, TuyaSanitizer.Sanitize(image).Sectors);
        var findings = new List<Finding>();
        var after = TuyaReader.Read(clean, findings);
        Assert.Empty(findings);
        if (before.Storage is null)
        {
            BytesAssert.Equal(image, clean);
            return;
        }
        Assert.Equal((before.Storage.Offset, before.Storage.Blocks), (after.Storage!.Offset, after.Storage.Blocks));
        Assert.Equal(before.Storage.Values.Select(value => (value.Name, value.Data.Length, value.SumOk)), after.Storage.Values.Select(value => (value.Name, value.Data.Length, value.SumOk)));
        Assert.Equal(before.ProtectedBlocks.Select(block => block.Entries.Count), after.ProtectedBlocks.Select(block => block.Entries.Count));
        Assert.Equal(before.FileSystem?.Files.Select(entry => (entry.Name, entry.Length)), after.FileSystem?.Files.Select(entry => (entry.Name, entry.Length)));
        foreach (string name in new[] { "gw_di", "user_param_key", "em_sys_env", "baud_cfg", "timer_arr" })
            Assert.Equal(before.Storage.Find(name)?.Text, after.Storage.Find(name)?.Text);
        foreach (string name in new[] { "gw_bi", "gw_wsm", "gw_ai" })
            JsonDocument.Parse(after.Storage.Find(name)!.Text!).Dispose();

        var secrets = before.Storage.Values.SelectMany(Secrets).Concat(OldSecrets(before.Storage)).Distinct().ToList();
        Assert.NotEmpty(secrets);
        byte[] everything = [.. clean, .. after.Storage.AllBlocks.SelectMany(block => block.Plain.ToArray()), .. after.ProtectedBlocks.SelectMany(Deciphered(clean))];
        foreach (string secret in secrets.Where(secret => secret.Length >= 4))
            Assert.True(everything.AsSpan().IndexOf(Encoding.Latin1.GetBytes(secret)) < 0, "A secret is still there.");
    }

    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void Sanitize_OfASanitizedImage_ChangesNothing(string file)
    {
        byte[] image = ReadUnrotated(file);
        byte[] clean = Apply(image, TuyaSanitizer.Sanitize(image).Sectors);
        Assert.Empty(TuyaSanitizer.Sanitize(clean).Sectors);
    }

    [Fact]
    public void Sanitize_OfOldCopiesFreePagesSlackAndDamagedBlocks_EmptiesThem()
    {
        byte[] value = Text("{\"ssid\":\"MyHomeNetwork\",\"passwd\":\"correct horse\"}");
        byte[] Copy(uint generation) => Block(2, generation).Index(1, "gw_wsm", value, (2, 5, 5)).Data(5, [.. value, .. Text("slack-slack-slack")])
            .Data(9, Text("\"passwd\":\"free page secret\"")).Data(1, Block(2, 0).Index(1, "gw_wsm", value, (2, 5, 5)).AsSpan(128, 40)).Data(30, Text("and one more"));
        byte[] image = Chip(Copy(3), Copy(5), Copy(4), Copy(6), Block(1, 1));
        image[KeyOffset + 4 * Sector + 16 + 2000] ^= 1;
        byte[] clean = Apply(image, TuyaSanitizer.Sanitize(image).Sectors);
        var after = TuyaReader.Read(clean).Storage!;
        Assert.Equal(4, after.Blocks);
        Assert.Equal("{\"ssid\":\"0000000000000\",\"passwd\":\"0000000000000\"}", Assert.Single(after.Values).Text);
        string plain = string.Concat(after.AllBlocks.Select(block => Encoding.Latin1.GetString(block.Plain.Span)));
        foreach (string secret in new[] { "MyHome", "horse", "slack", "free page", "one more" })
            Assert.DoesNotContain(secret, plain);
        Assert.True(ByteRuns.IsErased(clean.AsSpan(KeyOffset + 4 * Sector, Sector)));
    }

    [Fact]
    public void Sanitize_OfUfFiles_BlanksLogsSecretsAndTextLeftLying()
    {
        byte[] value = Text("{\"ssid\":\"TXlIb21lTmV0\",\"wfb64\":1}");
        byte[] image = Chip(Block(0, 1).Index(1, "gw_wsm", value, (0, 2, 2)).Data(2, value));
        byte[] log = Text("wifi | MyHomeNet | erc:0"), json = Text("{\"a\":1,\"token\":\"abcdef\",\"net\":\"MyHomeNet\"}"), loose = Text("{ssid:MyHomeNet,b:1,crc:100,}"), state = Pattern(50, 1);
        var superblock = Superblock(1, ("logseq0", log.Length, [5]), ("json", json.Length, [6]), ("oem_cfg", loose.Length, [7]), ("1", state.Length, [8]));
        superblock.CopyTo(image, 0x1D2000);
        superblock.CopyTo(image, 0x1D3000);
        log.CopyTo(image, 0x1D7000);
        json.CopyTo(image, 0x1D8000);
        loose.CopyTo(image, 0x1D9000);
        state.CopyTo(image, 0x1DA000);
        Text("an old log").CopyTo(image, 0x1DB000);
        Pattern(4096, 3).CopyTo(image, 0x1DC000);
        byte[] clean = Apply(image, TuyaSanitizer.Sanitize(image).Sectors);
        var files = TuyaReader.Read(clean).FileSystem!;
        Assert.Equal(new string(' ', log.Length), Encoding.ASCII.GetString(files.Find("logseq0")!.Data.Span));
        Assert.Equal("{\"a\":1,\"token\":\"000000\",\"net\":\"000000000\"}", Encoding.ASCII.GetString(files.Find("json")!.Data.Span));
        Assert.True(TuyaUserParameters.TryParse(files.Find("oem_cfg")!.Data.Span, out var parameters));
        Assert.True(parameters.CrcOk);
        Assert.Matches("^([0-9])\\1{8}$", parameters["ssid"]!);
        BytesAssert.Equal(state, files.Find("1")!.Data.Span);
        Assert.True(ByteRuns.IsErased(clean.AsSpan(0x1DB000, Sector)));
        BytesAssert.Equal(Pattern(4096, 3), clean.AsSpan(0x1DC000, Sector));
        BytesAssert.Equal(superblock, clean.AsSpan(0x1D2000, Sector));
    }

    [Theory]
    [InlineData("gw_bi", "{\"uuid\":\"ab\\\"c\",\"ap_ssid\":\"SmartLife\",\"pin\":12345,\"x\":{\"auth_key\":[\"a\",\"bc\"]},\"prod_test\":false}",
        "{\"uuid\":\"00000\",\"ap_ssid\":\"SmartLife\",\"pin\":0    ,\"x\":{\"auth_key\":[\"0\",\"00\"]},\"prod_test\":false}")]
    [InlineData("ble_beaconkey", "\"161EF1\"\0", "\"000000\"\0")]
    [InlineData("tuya_seed", "\u0001\u0002\u0003", "\0\0\0")]
    [InlineData("timer_arr", "{\"lastFetchTime\":0,\"cnt\":0}\0", "{\"lastFetchTime\":0,\"cnt\":0}\0")]
    [InlineData("gw_wsm", "{\"passwd\":\"cut off in the mid", "{\"passwd\":\"000000000000000000")]
    [InlineData("gw_wsm", "{\"passwd\":null,\"ssid\" : \"a\"}", "{\"passwd\":null,\"ssid\" : \"0\"}")]
    [InlineData("user_param_key", "{key:5,pin:3,rl1_pin:4,crc:1,}", "{key:5,pin:3,rl1_pin:4,crc:1,}")]
    public void Blank_OfAValue_KeepsLengthAndForm(string name, string text, string expected) =>
        Assert.Equal(expected, Encoding.Latin1.GetString(TuyaSecretText.Blank(name, Encoding.Latin1.GetBytes(text))));

    [Theory]
    [InlineData("gw_wsm", "{\"ssid\":\"n\u00e4he\",\"pin\":77,\"md\":1}", "{\"ssid\":\"********\",\"pin\":\"********\",\"md\":1}")]
    [InlineData("tuya_seed", "abc", "********")]
    [InlineData("oem_cfg", "{passwd:abc,rl1_pin:5,}", "{passwd:********,rl1_pin:5,}")]
    public void Mask_OfAText_HidesSecretsOnly(string name, string text, string expected) => Assert.Equal(expected, TuyaSecrets.Mask(name, text));

    [Fact]
    public void Sanitize_AnyByteFlipped_NeverThrowsAndLeavesNoSecret()
    {
        byte[] value = Text("{\"passwd\":\"correct horse battery\",\"n\":\"" + new string('x', 200) + "\"}");
        byte[] piece = Piece(DataKey(), Block(0, 1).Index(1, "gw_wsm", value, (1, 2, 3)), Block(1, 1).Data(2, value));
        for (int i = 32; i < piece.Length; i += i < Sector ? 501 : 29)
        {
            byte[] damaged = piece.ToArray();
            damaged[i] ^= 0x10;
            byte[] clean = Apply(damaged, TuyaSanitizer.Sanitize(damaged).Sectors);
            for (int offset = Sector; offset < clean.Length; offset += Sector)
                Assert.True(Crypt(DataKey(), clean.AsSpan(offset, Sector).ToArray(), false).AsSpan().IndexOf("horse"u8) < 0, "A secret is still there.");
        }
    }

    [Fact]
    public void Mask_OfDeeplyNestedText_EndsAndStillKnowsWhatIsSecret()
    {
        string deep = new('[', 100_000);
        Assert.Equal("{\"passwd\":" + deep + "\"********\"", TuyaSecrets.Mask("x", "{\"passwd\":" + deep + "\"abc\""));
        Assert.Equal(deep + "\"abc\"", TuyaSecrets.Mask("x", deep + "\"abc\""));
    }

    [Fact]
    public void Sanitize_OfGarbage_ChangesNothing()
    {
        byte[] garbage = new byte[0x40000];
        new Random(3).NextBytes(garbage);
        Assert.Empty(TuyaSanitizer.Sanitize(garbage).Sectors);
        Assert.Empty(TuyaSanitizer.Sanitize([]).Sectors);
    }

    private static IEnumerable<string> Secrets(TuyaValue value)
    {
        if (value.Name is "tuya_seed" or "ble_beaconkey")
            yield return Encoding.Latin1.GetString(value.Data.Span).Trim('"', '\0');
        if (value.Text is not { } text || !text.StartsWith("{\"", StringComparison.Ordinal))
            yield break;
        using var document = JsonDocument.Parse(text);
        var members = document.RootElement.EnumerateObject().ToList();
        if (document.RootElement.TryGetProperty("ap_item", out var items))
            members.AddRange(items.EnumerateArray().SelectMany(item => item.EnumerateObject()));
        foreach (var member in members.Where(member => SecretMembers.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.String))
            yield return member.Value.GetString()!;
    }

    /// <summary>What older copies and free pages say, by a plain pattern over the deciphered blocks.</summary>
    private static IEnumerable<string> OldSecrets(TuyaStorage storage) =>
        storage.AllBlocks.SelectMany(block => System.Text.RegularExpressions.Regex.Matches(Encoding.Latin1.GetString(block.Plain.Span), "\"(\\w+)\":\"([ -!#-~]+)\"")
            .Where(match => SecretMembers.Contains(match.Groups[1].Value)).Select(match => match.Groups[2].Value));

    private static Func<TuyaProtectedBlock, IEnumerable<byte>> Deciphered(byte[] image) => block =>
    {
        byte[] outer = Crypt(MasterKey, image.AsSpan((int)block.Offset, Sector).ToArray(), false);
        byte[] key = new byte[16];
        for (int i = 0; i < 16; i++)
            key[i] = (byte)("8710"[i % 4] + "HHRRQbyemofrtytf"[i] + outer[8 + i]);
        return Crypt(key, outer.AsSpan(32).ToArray(), false);
    };
}
