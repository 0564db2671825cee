using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

public sealed class SplitMergeTests
{
    public static TheoryData<string> Kinds => new("tuya-n", "tuya-t", "dreo", "obk-device", "obk-n", "obk-m", "obk-t", "ua", "plain", "rotated", "text", "one", "blank", "odd tail", "doubled");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Untouched_GivesTheInputBack(string kind)
    {
        using var folder = new TestFolder();
        byte[] image = Image(kind);
        var split = Tool.Run("split", folder.Write("in.bin", image), "-o", folder["parts"]).Succeeds();
        TerminalAssert.IsHarmless(split);
        AssertManifest(folder["parts"], image);
        Tool.Run("merge", folder["parts"], "-o", folder["out.bin"]).Succeeds();
        BytesAssert.Equal(image, folder.Read("out.bin"));
        Assert.Equal(image, folder.Read("in.bin"));
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Corpus_Untouched_GivesTheInputBackAndThePlainProgramsOfTheManifest(string file)
    {
        string path = Corpus.PathOf(file);
        using var folder = new TestFolder();
        Tool.Run("split", path, "-o", folder["parts"]).Succeeds();
        Tool.Run("join", folder["parts"], "-o", folder["out.bin"]).Succeeds();
        BytesAssert.Equal(File.ReadAllBytes(path), folder.Read("out.bin"));
        foreach (string program in new[] { "bootloader", "app" })
        {
            if (!Corpus.Manifest(file).TryGetProperty(program, out var facts) || !facts.TryGetProperty("plainSha256", out _))
                continue;
            byte[] plain = folder.Read($"parts/{program}.bin");
            int compared = facts.GetProperty("comparedBytes").GetInt32();
            Assert.Equal(facts.GetProperty("plainSha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(plain.AsSpan(0, compared))));
        }
    }

    [Fact]
    public void EditedApp_IsEncryptedPagedAndDescribedAnew()
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        byte[] app = folder.Read("parts/app.bin");
        byte[] expected = SyntheticImage.TuyaNDevice().App;
        BytesAssert.Equal(expected, app.AsSpan(0, expected.Length));
        app[0x300] ^= 0x55;
        folder.Write("parts/app.bin", app);
        Merge(folder).Succeeds();
        var boot = BootSimulator.Run(folder.Read("out.bin"), SyntheticKey.Tuya);
        boot.AssertBoots();
        Assert.Equal(app.AsSpan(0, expected.Length).ToArray(), boot.App);
        Assert.Equal("1.00", boot.Version);
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0, 0x11000), folder.Read("out.bin").AsSpan(0, 0x11000));
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0x12A000), folder.Read("out.bin").AsSpan(0x12A000));
    }

    [Fact]
    public void EditedApp_OfAnotherLength_IsTheNewRawSize()
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        byte[] app = SyntheticPrograms.App(0x20001, SyntheticImage.TuyaN, seed: 8);
        folder.Write("parts/app.bin", app);
        Merge(folder).Succeeds();
        var boot = BootSimulator.Run(folder.Read("out.bin"), SyntheticKey.Tuya);
        boot.AssertBoots();
        Assert.Equal(app, boot.App);
    }

    [Fact]
    public void EditedApp_ThatIsTooLarge_IsRefusedWithBothSizes()
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        folder.Write("parts/app.bin", new byte[0x110000]);
        var result = Merge(folder).Fails(4, "BKI9002", "0x121000");
        Assert.Contains("0x118f0a", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["out.bin"]));
    }

    [Fact]
    public void EditedRawFile_ReplacesItsBytesOnly()
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        byte[] rf = folder.Read("parts/rf.raw.bin");
        rf[0xFFF] = 0;
        folder.Write("parts/rf.raw.bin", rf);
        Merge(folder).Succeeds();
        byte[] expected = Samples.TuyaN;
        expected[0x1D0FFF] = 0;
        BytesAssert.Equal(expected, folder.Read("out.bin"));
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData("longer")]
    [InlineData("empty")]
    [InlineData("missing")]
    public void RawFile_OfAnotherLengthOrMissing_Is3(string what)
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        byte[] rf = folder.Read("parts/rf.raw.bin");
        if (what == "missing")
            File.Delete(folder["parts/rf.raw.bin"]);
        else
            folder.Write("parts/rf.raw.bin", what switch { "shorter" => rf[..^1], "longer" => [.. rf, 0], _ => [] });
        var result = Merge(folder);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("rf.raw.bin", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["out.bin"]));
    }

    [Fact]
    public void MissingPlainFile_IsNoEdit()
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        File.Delete(folder["parts/app.bin"]);
        Merge(folder).Succeeds();
        BytesAssert.Equal(Samples.TuyaN, folder.Read("out.bin"));
    }

    [Fact]
    public void BothFilesEdited_Is3AndNamesThem()
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        foreach (string name in new[] { "app.bin", "app.raw.bin" })
        {
            byte[] bytes = folder.Read("parts/" + name);
            bytes[0x200] ^= 1;
            folder.Write("parts/" + name, bytes);
        }
        var result = Merge(folder);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("both app.bin and app.raw.bin", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyUnknown_WritesRawFilesAndWarns()
    {
        using var folder = new TestFolder();
        byte[] image = new SyntheticImage { Key = new SyntheticKey("other", 0x01234567, 0x89ABCDEF, 0x76543210, 0x12340000) }.WithRf(0x1D0000).Dump();
        folder.Write("in.bin", image);
        var given = Tool.Run("split", folder["in.bin"], "-o", folder["with"], "--key", "01234567 89abcdef 76543210 12340000").Succeeds();
        Assert.True(File.Exists(folder["with/app.bin"]));
        var blind = Tool.Run("split", folder["in.bin"], "-o", folder["blind"], "--key", "tuya").Succeeds();
        Assert.True(File.Exists(folder["blind/app.raw.bin"]));
        Tool.Run("merge", folder["with"], "-o", folder["out.bin"]).Succeeds();
        BytesAssert.Equal(image, folder.Read("out.bin"));
        TerminalAssert.IsHarmless(given);
        TerminalAssert.IsHarmless(blind);
    }

    // ---- hostile names and manifests ---------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("../../x")]
    [InlineData("..")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData("COM1")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:evil")]
    [InlineData("/etc/passwd")]
    [InlineData("a:b")]
    [InlineData("trailing. ")]
    [InlineData("manifest.json")]
    [InlineData("manifest")]
    [InlineData("gap-0x129f70")]
    [InlineData("[red]x[/]")]
    [InlineData("twenty-four-characters-x")]
    public void PartitionNames_NeverBecomePaths(string name)
    {
        using var folder = new TestFolder();
        byte[] image = Samples.WithTable(
            PlainFormats.FalEntry(name, "beken_onchip", 0x140000, 0x10000, false), PlainFormats.FalEntry(name.ToUpperInvariant(), "beken_onchip", 0x150000, 0x10000, true),
            PlainFormats.FalEntry(name, "beken_onchip", 0x160000, 0x10000, false), Samples.FalBootloader, Samples.FalApp);
        Directory.CreateDirectory(folder["a"]);
        Directory.CreateDirectory(folder["a/b"]);
        folder.Write("a/b/in.bin", image);
        var result = Tool.Run("split", folder["a/b/in.bin"], "-o", folder["a/b/parts"]).Succeeds();
        TerminalAssert.IsHarmless(result);
        Assert.Equal(["a"], folder.Names);
        Assert.Equal(["in.bin", "parts"], Directory.EnumerateFileSystemEntries(folder["a/b"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        AssertManifest(folder["a/b/parts"], image);
        Tool.Run("merge", folder["a/b/parts"], "-o", folder["out.bin"]).Succeeds();
        BytesAssert.Equal(image, folder.Read("out.bin"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"length\":1,\"rotation\":0,\"sha256\":null,\"files\":{}}")]
    [InlineData("{\"length\":1,\"rotation\":0,\"sha256\":\"\",\"files\":[]}")]
    [InlineData("{\"length\":1,\"rotation\":0,\"sha256\":\"\",\"files\":[1,null]}")]
    [InlineData("{\"length\":0,\"rotation\":0,\"sha256\":\"\",\"files\":[]}")]
    [InlineData("{\"length\":-1,\"rotation\":0,\"sha256\":\"\",\"files\":[]}")]
    [InlineData("{\"length\":99999999999,\"rotation\":0,\"sha256\":\"\",\"files\":[]}")]
    [InlineData("{\"length\":1e400,\"rotation\":0,\"sha256\":\"\",\"files\":[]}")]
    [InlineData("{\"length\":1,\"rotation\":99999999999,\"sha256\":\"\",\"files\":[]}")]
    [InlineData("deep")]
    public void Manifest_ThatIsNone_Is3(string text)
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["parts"]);
        folder.Write("parts/manifest.json", Encoding.UTF8.GetBytes(text == "deep" ? new string('[', 100_000) : text));
        var result = Merge(folder);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("BKI8008", result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(["parts"], folder.Names);
    }

    [Theory]
    [InlineData("name", "../../secret")]
    [InlineData("name", "/etc/hostname")]
    [InlineData("name", "..")]
    [InlineData("name", "")]
    [InlineData("name", "a\u0000b")]
    [InlineData("name", "C:\\x")]
    [InlineData("name", null)]
    [InlineData("offset", -1)]
    [InlineData("offset", 5)]
    [InlineData("offset", long.MaxValue)]
    [InlineData("length", -1)]
    [InlineData("length", 7)]
    [InlineData("length", long.MaxValue)]
    [InlineData("length", "7")]
    [InlineData("sha256", null)]
    [InlineData("role", "hidden")]
    [InlineData("role", 3)]
    [InlineData("partition", 3)]
    [InlineData("fileLength", "x")]
    public void Manifest_WithAHostileEntry_Is3(string field, object? value) => HostileEntry("raw", field, value);

    [Theory]
    [InlineData("key", "nokey")]
    [InlineData("key", null)]
    [InlineData("logicalOffset", -1)]
    [InlineData("logicalOffset", long.MaxValue)]
    [InlineData("partitionOffset", -1)]
    [InlineData("partitionOffset", 0)]
    [InlineData("partitionLength", long.MaxValue)]
    [InlineData("partitionLength", -1)]
    [InlineData("headerOffset", -1)]
    [InlineData("headerOffset", long.MaxValue)]
    [InlineData("headerOffset", "x")]
    [InlineData("name", "../app.raw.bin")]
    [InlineData("length", long.MaxValue)]
    public void Manifest_WithAHostilePlainEntry_Is3(string field, object? value) => HostileEntry("plain", field, value);

    [Theory]
    [InlineData("name")]
    [InlineData("role")]
    [InlineData("partition")]
    [InlineData("offset")]
    [InlineData("length")]
    [InlineData("fileLength")]
    [InlineData("sha256")]
    public void Manifest_WithoutAField_Is3(string field)
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        Edit(folder, root => root["files"]![0]!.AsObject().Remove(field));
        Assert.Equal(3, Merge(folder).ExitCode);
    }

    [Fact]
    public void Manifest_ThatNamesOneFileTwice_Is3()
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        Edit(folder, root => root["files"]!.AsArray().Add(root["files"]![0]!.DeepClone()));
        Assert.Equal(3, Merge(folder).ExitCode);
    }

    private static void HostileEntry(string role, string field, object? value)
    {
        using var folder = new TestFolder();
        Split(folder, Samples.TuyaN);
        folder.Write("secret", "secret"u8.ToArray());
        byte[] app = folder.Read("parts/app.bin");
        app[0x300] ^= 1;
        folder.Write("parts/app.bin", app);
        Edit(folder, root =>
        {
            var entry = root["files"]!.AsArray().Last(file => (string?)file!["role"] == role && (role == "raw" || (string?)file["partition"] == "app"))!;
            entry[field] = value switch { null => null, string text => JsonValue.Create(text), long number => JsonValue.Create(number), int number => JsonValue.Create(number), _ => throw new InvalidOperationException() };
        });
        var result = Merge(folder);
        Assert.True(result.ExitCode == 3, $"exit {result.ExitCode}: {result.Error}");
        Assert.Matches("^bekenimage: .*BKI[0-9]{4}: ", result.ErrorLine);
        TerminalAssert.IsHarmless(result);
        Assert.False(File.Exists(folder["out.bin"]));
    }

    [Fact]
    public void Json_IsTheManifest()
    {
        using var folder = new TestFolder();
        var result = Tool.Run("split", folder.Write("in.bin", Samples.TuyaN), "-o", folder["parts"], "--json").Succeeds();
        Assert.Equal("split", result.Json.GetProperty("verb").GetString());
        Assert.Equal(1, result.Json.GetProperty("schema").GetInt32());
        Assert.Equal(JsonValueKind.Array, result.Json.GetProperty("findings").ValueKind);
        Assert.Equal(result.Output.Trim(), File.ReadAllText(folder["parts/manifest.json"]).Trim());
    }

    // ---- helpers -----------------------------------------------------------------------------------------------------------------

    private static byte[] Image(string kind) => kind switch
    {
        "tuya-n" => Samples.TuyaN, "tuya-t" => Samples.TuyaT, "dreo" => Samples.Dreo, "obk-device" => Samples.ObkDevice, "obk-n" => Samples.ObkN,
        "obk-m" => Samples.ObkM, "obk-t" => Samples.ObkT, "ua" => Samples.ObkNUa, "plain" => Samples.PlainApp, "rotated" => Samples.Rotated,
        "text" => "hello"u8.ToArray(), "one" => [0x42], "blank" => Samples.Blank(0x200000), "odd tail" => [.. Samples.TuyaN, 1, 2, 3],
        "doubled" => [.. Samples.TuyaN, .. Samples.TuyaN], _ => throw new ArgumentException(kind),
    };

    private static void Split(TestFolder folder, byte[] image) => Tool.Run("split", folder.Write("in.bin", image), "-o", folder["parts"]).Succeeds();

    private static ToolResult Merge(TestFolder folder) => Tool.Run("merge", folder["parts"], "-o", folder["out.bin"]);

    private static void Edit(TestFolder folder, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(folder.Read("parts/manifest.json"))!;
        change(root);
        folder.Write("parts/manifest.json", Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    // Every file is named and hashed, names are harmless, and the raw ones cover the image once.
    private static void AssertManifest(string parts, byte[] image)
    {
        var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(parts, "manifest.json"))).RootElement;
        var files = manifest.GetProperty("files").EnumerateArray().ToArray();
        string[] names = files.Select(file => file.GetProperty("name").GetString()!).ToArray();
        Assert.Equal(names.Append("manifest.json").Order(StringComparer.Ordinal), Directory.EnumerateFileSystemEntries(parts).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(names.Length, names.Append("manifest.json").Distinct(StringComparer.OrdinalIgnoreCase).Count() - 1);
        Assert.All(names, name => Assert.Matches("^[A-Za-z0-9_-][A-Za-z0-9._-]*$", name));
        Assert.All(names, name => Assert.DoesNotMatch("(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)", name));
        Assert.Equal(image.Length, manifest.GetProperty("length").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image)), manifest.GetProperty("sha256").GetString());
        long at = 0;
        foreach (var file in files.Where(file => file.GetProperty("role").GetString() == "raw"))
        {
            Assert.Equal(at, file.GetProperty("offset").GetInt64());
            at += file.GetProperty("length").GetInt64();
        }
        Assert.Equal(image.Length, at);
        Assert.All(files, file => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(parts, file.GetProperty("name").GetString()!)))), file.GetProperty("sha256").GetString()));
    }
}
