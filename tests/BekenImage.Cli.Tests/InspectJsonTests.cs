using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>The document of <c>inspect --json</c>: every member of the contract's section 3, with its type, on every kind of image.</summary>
public sealed class InspectJsonTests
{
    private static readonly string[] Kinds = ["dump", "qio", "ua", "app", "bootloader", "ota", "ug", "piece", "unknown"];
    private static readonly string[] Chips = ["BK7231T", "BK7231N", "BK7231M", "BK7231U", "BK7231Q", "BL2028N", "BK7238", "BK7252", "BK7252N"];
    private static readonly string[] Flavors = ["tuya", "openbeken", "beken-freertos", "libretiny", "unknown"];

    [Theory]
    [InlineData("tuya-n", "dump", "BK7231N", "tuya", "tuya")]
    [InlineData("tuya-t", "dump", "BK7231T", "tuya", "tuya")]
    [InlineData("dreo", "dump", "BL2028N", "beken-freertos", "zero")]
    [InlineData("obk-device", "dump", "BK7231N", "openbeken", "tuya")]
    [InlineData("obk-n", "qio", "BK7231N", "openbeken", "tuya")]
    [InlineData("obk-m", "qio", "BK7231M", "openbeken", "zero")]
    [InlineData("obk-t", "qio", "BK7231T", "openbeken", "tuya")]
    [InlineData("ua", "ua", null, "openbeken", "tuya")]
    [InlineData("plain", "app", null, "openbeken", "zero")]
    [InlineData("pages", "app", null, "openbeken", "tuya")]
    [InlineData("rotated", "dump", "BK7231N", "tuya", "tuya")]
    [InlineData("text", "unknown", null, "unknown", "unknown")]
    [InlineData("one", "unknown", null, "unknown", "unknown")]
    [InlineData("blank", "unknown", null, "unknown", "unknown")]
    public void EveryMember_IsThereWithItsType(string which, string kind, string? chip, string flavor, string key)
    {
        using var folder = new TestFolder();
        byte[] image = Image(which);
        string path = folder.Write("image.bin", image);
        var result = Tool.Run("info", path, "--json").Succeeds();
        Assert.Empty(result.Error);
        AssertShape(result.Json);
        Assert.Equal(path, result.Json.GetProperty("file").GetString());
        Assert.Equal(image.Length, result.Json.GetProperty("length").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image)), result.Json.GetProperty("sha256").GetString());
        Assert.Equal(kind, result.Json.GetProperty("kind").GetString());
        if (chip is not null)
            Assert.Equal(chip, result.Json.GetProperty("chip").GetString());
        Assert.Equal(flavor, result.Json.GetProperty("flavor").GetString());
        Assert.Equal(key, result.Json.GetProperty("key").GetProperty("name").GetString());
        Assert.Equal(which == "rotated" ? 0x11000 : 0, result.Json.GetProperty("rotation").GetInt32());
        var text = Tool.Run("inspect", path).Succeeds();
        TerminalAssert.IsHarmless(text);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(image)), text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Dump_SaysWhatItWasMadeOf()
    {
        using var folder = new TestFolder();
        var json = Tool.Run("inspect", "--json", folder.Write("image.bin", Samples.ObkDevice)).Json;
        Assert.Equal(["510fb093", "a3cbeadc", "5993a17e", "c7adeb03"], json.GetProperty("key").GetProperty("coefficients").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("vectors", json.GetProperty("key").GetProperty("source").GetString());
        var app = json.GetProperty("partitions").EnumerateArray().Single(partition => partition.GetProperty("name").GetString() == "app");
        Assert.Equal((69632, 1150832), (app.GetProperty("offset").GetInt32(), app.GetProperty("length").GetInt32()));
        Assert.True(app.GetProperty("striped").GetBoolean() && app.GetProperty("encrypted").GetBoolean());
        Assert.Equal((0x9A75 + 31) / 32, app.GetProperty("pages").GetProperty("leadingValid").GetInt32());
        Assert.Equal((0x9A75 + 31) / 32 + 3, app.GetProperty("pages").GetProperty("valid").GetInt32());
        Assert.Equal("fal", app.GetProperty("source").GetString());
        Assert.Equal(["bootloader", "app", "download"], json.GetProperty("fal").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        Assert.Equal([0, 0x10000, 0x12A000], json.GetProperty("fal").EnumerateArray().Select(entry => entry.GetProperty("offset").GetInt32()));
        Assert.All(json.GetProperty("fal").EnumerateArray(), entry => Assert.Equal(JsonValueKind.Null, entry.GetProperty("crcOk").ValueKind));
        var header = json.GetProperty("containers").EnumerateArray().Single(container => container.GetProperty("name").GetString() == "app");
        Assert.Equal(0x129F70 - 102, header.GetProperty("offset").GetInt32());
        Assert.Equal("2023-11-14T22:13:20Z", header.GetProperty("timestamp").GetString());
        Assert.True(header.GetProperty("payloadCrcOk").GetBoolean() && header.GetProperty("hashOk").GetBoolean());
        Assert.Equal("02:01:02:03:04:05", json.GetProperty("rf").GetProperty("mac").GetString());
        Assert.True(json.GetProperty("rf").GetProperty("calibrated").GetBoolean());
        Assert.Equal(0x1D1000, json.GetProperty("obkConfig").GetProperty("offset").GetInt32());
        Assert.Equal("backlog led_enableAll 1", json.GetProperty("obkConfig").GetProperty("startupCommand").GetString());
        Assert.Equal("1.17.100", json.GetProperty("appVersion").GetString());
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Corpus_AgreesWithTheManifest(string file)
    {
        var facts = Corpus.Manifest(file);
        var json = Tool.Run("inspect", "--json", Corpus.PathOf(file)).Succeeds().Json;
        AssertShape(json);
        Assert.Equal(facts.GetProperty("length").GetInt32(), json.GetProperty("length").GetInt32());
        Assert.Equal(facts.GetProperty("sha256").GetString(), json.GetProperty("sha256").GetString());
        Assert.Equal(facts.GetProperty("rotation").GetInt32(), json.GetProperty("rotation").GetInt32());
        foreach (string name in new[] { "bootloader", "app" })
        {
            if (!facts.TryGetProperty(name, out var program))
                continue;
            var partition = json.GetProperty("partitions").EnumerateArray().Single(candidate => candidate.GetProperty("name").GetString() == name);
            Assert.Equal(program.GetProperty("offset").GetInt32(), partition.GetProperty("offset").GetInt32());
            Assert.Equal(program.GetProperty("validPages").GetInt32(), partition.GetProperty("pages").GetProperty("leadingValid").GetInt32());
            string key = program.GetProperty("key").GetString() is "none" ? "zero" : program.GetProperty("key").GetString()!;
            Assert.Equal(key != "zero", partition.GetProperty("encrypted").GetBoolean());
            if (name == "app")
                Assert.Equal(key, json.GetProperty("key").GetProperty("name").GetString());
        }
        AssertSame(facts.GetProperty("fal"), json.GetProperty("fal"), "name", "flash", "offset", "length", "crcOk");
        foreach (var header in facts.GetProperty("containers").EnumerateArray())
        {
            var found = json.GetProperty("containers").EnumerateArray().Single(candidate => candidate.GetProperty("offset").GetInt64() == header.GetProperty("offset").GetInt64());
            AssertSameObject(header, found, "name", "version", "rawSize", "packageSize");
            Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(header.GetProperty("timestamp").GetInt64()).UtcDateTime, found.GetProperty("timestamp").GetDateTime());
        }
        var tables = facts.GetProperty("rf").EnumerateArray().ToArray();
        Assert.Equal(tables.Length > 0, json.GetProperty("rf").ValueKind == JsonValueKind.Object);
        if (tables.Length > 0)
            AssertSameObject(tables[0], json.GetProperty("rf"), "offset", "length", "mac");
        var configs = facts.GetProperty("obkConfig").EnumerateArray().ToArray();
        Assert.Equal(configs.Length > 0, json.GetProperty("obkConfig").ValueKind == JsonValueKind.Object);
        if (configs.Length > 0)
            AssertSameObject(configs[0], json.GetProperty("obkConfig"), "offset", "version", "crcOk", "startupCommand");
    }

    [Fact]
    public void FailOn_MovesTheLine()
    {
        using var folder = new TestFolder();
        byte[] image = Samples.TuyaN;
        image[0x11000 + 34 * 5] ^= 1;
        string path = folder.Write("bad-page.bin", image);
        var findings = Tool.Run("inspect", "--json", path).Json.GetProperty("findings").EnumerateArray().ToArray();
        Assert.Contains(findings, finding => finding.GetProperty("code").GetString() == "BKI1003" && finding.GetProperty("offset").GetInt32() == 0x11000 + 34 * 5);
        Assert.Equal(0, Tool.Run("inspect", path).ExitCode);
        Assert.Equal(0, Tool.Run("inspect", path, "--fail-on", "never").ExitCode);
        Assert.Equal(1, Tool.Run("inspect", path, "--fail-on", "WARNING").ExitCode);
        bool isError = findings.Any(finding => finding.GetProperty("severity").GetString() == "error");
        Assert.Equal(isError ? 1 : 0, Tool.Run("inspect", path, "--fail-on", "error").ExitCode);
        Assert.Equal(1, Tool.Run("verify", path).ExitCode);
        Assert.Equal(0, Tool.Run("verify", path, "--fail-on", "never").ExitCode);
    }

    [Fact]
    public void Verify_Json_HasItsMembers()
    {
        using var folder = new TestFolder();
        var json = Tool.Run("verify", "--json", folder.Write("a.bin", Samples.TuyaN)).Succeeds().Json;
        AssertVerify(json);
        Assert.True(json.GetProperty("boots").GetBoolean() && json.GetProperty("bootloaderAccepts").GetBoolean() && json.GetProperty("backup").GetBoolean());
        var qio = Tool.Run("verify", "--json", folder.Write("b.bin", Samples.ObkN)).Succeeds().Json;
        AssertVerify(qio);
        Assert.Equal(JsonValueKind.Null, qio.GetProperty("backup").ValueKind);
        byte[] moved = Samples.TuyaN;
        moved.AsSpan(0x129F70 - 102, 102).Fill(0xFF);
        string noHeader = folder.Write("c.bin", moved);
        Assert.Equal(0, Tool.Run("verify", noHeader).ExitCode);
        Assert.Equal(1, Tool.Run("verify", noHeader, "--strict").ExitCode);
        Assert.Equal(1, Tool.Run("verify", noHeader, "--fail-on", "warning").ExitCode);
        Assert.Contains(Tool.Run("verify", "--json", noHeader).Json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("status").GetString() == "warn");
    }

    internal static void AssertVerify(JsonElement json)
    {
        Assert.Contains(json.GetProperty("boots").ValueKind, new[] { JsonValueKind.True, JsonValueKind.False });
        AssertBooleanOrNull(json.GetProperty("bootloaderAccepts"));
        AssertBooleanOrNull(json.GetProperty("backup"));
        Assert.NotEmpty(json.GetProperty("checks").EnumerateArray());
        foreach (var check in json.GetProperty("checks").EnumerateArray())
        {
            Assert.Matches("^BKI[0-9]{4}$", check.GetProperty("code").GetString()!);
            Assert.NotEmpty(check.GetProperty("name").GetString()!);
            Assert.Contains(check.GetProperty("status").GetString(), new[] { "pass", "warn", "fail", "skipped" });
            Assert.Contains(check.GetProperty("offset").ValueKind, new[] { JsonValueKind.Number, JsonValueKind.Null });
            Assert.NotEmpty(check.GetProperty("message").GetString()!);
        }
    }

    internal static void AssertFindings(JsonElement findings)
    {
        foreach (var finding in findings.EnumerateArray())
        {
            Assert.Contains(finding.GetProperty("severity").GetString(), new[] { "info", "warning", "error" });
            Assert.Matches("^BKI[0-9]{4}$", finding.GetProperty("code").GetString()!);
            Assert.Contains(finding.GetProperty("offset").ValueKind, new[] { JsonValueKind.Number, JsonValueKind.Null });
            AssertTextOrNull(finding.GetProperty("partition"));
            Assert.NotEmpty(finding.GetProperty("message").GetString()!);
        }
    }

    private static void AssertShape(JsonElement json)
    {
        Assert.Equal(["schema", "verb"], json.EnumerateObject().Take(2).Select(member => member.Name));
        Assert.Equal(1, json.GetProperty("schema").GetInt32());
        Assert.Equal("inspect", json.GetProperty("verb").GetString());
        Assert.Contains(json.GetProperty("kind").GetString(), Kinds);
        Assert.True(json.GetProperty("chip").ValueKind == JsonValueKind.Null || Chips.Contains(json.GetProperty("chip").GetString()));
        Assert.Contains(json.GetProperty("flavor").GetString(), Flavors);
        AssertTextOrNull(json.GetProperty("bootVersion"));
        AssertTextOrNull(json.GetProperty("appVersion"));
        long length = json.GetProperty("length").GetInt64();
        Assert.InRange(json.GetProperty("rotation").GetInt64(), 0, length - 1);
        var key = json.GetProperty("key");
        bool unknown = key.GetProperty("name").GetString() == "unknown";
        Assert.Contains(key.GetProperty("name").GetString(), new[] { "zero", "tuya", "uascent", "custom", "unknown" });
        Assert.Equal(unknown, key.GetProperty("coefficients").ValueKind == JsonValueKind.Null);
        Assert.Equal(unknown, key.GetProperty("source").ValueKind == JsonValueKind.Null);
        if (!unknown)
        {
            Assert.Equal(4, key.GetProperty("coefficients").GetArrayLength());
            Assert.All(key.GetProperty("coefficients").EnumerateArray(), word => Assert.Matches("^[0-9a-f]{8}$", word.GetString()!));
            Assert.Contains(key.GetProperty("source").GetString(), new[] { "given", "vectors", "bootloader", "recovered" });
        }
        var names = json.GetProperty("partitions").EnumerateArray().Select(partition => partition.GetProperty("name").GetString()).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        foreach (var partition in json.GetProperty("partitions").EnumerateArray())
        {
            Assert.InRange(partition.GetProperty("offset").GetInt64() + partition.GetProperty("length").GetInt64(), 1, length);
            bool striped = partition.GetProperty("striped").GetBoolean();
            Assert.False(partition.GetProperty("encrypted").GetBoolean() && !striped && json.GetProperty("kind").GetString() == "dump");
            Assert.Equal(striped, partition.GetProperty("pages").ValueKind == JsonValueKind.Object);
            if (striped)
                Assert.All(new[] { "valid", "erased", "bad", "leadingValid" }, name => Assert.True(partition.GetProperty("pages").GetProperty(name).GetInt32() >= 0));
            Assert.Contains(partition.GetProperty("source").GetString(), new[] { "fal", "layout", "scan" });
        }
        foreach (var entry in json.GetProperty("fal").EnumerateArray())
        {
            Assert.NotNull(entry.GetProperty("name").GetString());
            Assert.NotNull(entry.GetProperty("flash").GetString());
            Assert.True(entry.GetProperty("offset").GetInt64() >= 0 && entry.GetProperty("length").GetInt64() >= 0);
            AssertBooleanOrNull(entry.GetProperty("crcOk"));
        }
        foreach (var container in json.GetProperty("containers").EnumerateArray())
        {
            Assert.InRange(container.GetProperty("offset").GetInt64(), 0, length);
            AssertTextOrNull(container.GetProperty("partition"));
            Assert.All(new[] { "name", "version" }, name => Assert.NotNull(container.GetProperty(name).GetString()));
            Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", container.GetProperty("timestamp").GetString()!);
            Assert.Contains(container.GetProperty("compression").GetString(), new[] { "none", "gzip", "quicklz", "fastlz", "lzma", "unknown" });
            Assert.Contains(container.GetProperty("encryption").GetString(), new[] { "none", "xor", "aes256", "unknown" });
            Assert.True(container.GetProperty("rawSize").GetInt64() >= 0 && container.GetProperty("packageSize").GetInt64() >= 0);
            Assert.Contains(container.GetProperty("headerCrcOk").ValueKind, new[] { JsonValueKind.True, JsonValueKind.False });
            AssertBooleanOrNull(container.GetProperty("payloadCrcOk"));
            AssertBooleanOrNull(container.GetProperty("hashOk"));
        }
        foreach (var table in json.GetProperty("rfTables").EnumerateArray().Concat(json.GetProperty("rf") is { ValueKind: JsonValueKind.Object } rf ? [rf] : []))
        {
            Assert.True(table.GetProperty("offset").GetInt64() >= 0 && table.GetProperty("length").GetInt64() > 0 && table.GetProperty("items").GetInt32() > 0);
            AssertTextOrNull(table.GetProperty("mac"));
            Assert.Contains(table.GetProperty("calibrated").ValueKind, new[] { JsonValueKind.True, JsonValueKind.False });
        }
        Assert.All(new[] { "rf", "obkConfig", "tuyaStorage", "littleFs" }, name => Assert.Contains(json.GetProperty(name).ValueKind, new[] { JsonValueKind.Object, JsonValueKind.Null }));
        AssertFindings(json.GetProperty("findings"));
    }

    private static void AssertTextOrNull(JsonElement json) => Assert.Contains(json.ValueKind, new[] { JsonValueKind.String, JsonValueKind.Null });

    private static void AssertBooleanOrNull(JsonElement json) => Assert.Contains(json.ValueKind, new[] { JsonValueKind.True, JsonValueKind.False, JsonValueKind.Null });

    private static void AssertSame(JsonElement expected, JsonElement actual, params string[] members)
    {
        Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
        foreach (var (one, other) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
            AssertSameObject(one, other, members);
    }

    private static void AssertSameObject(JsonElement expected, JsonElement actual, params string[] members) =>
        Assert.All(members, member => Assert.Equal(expected.GetProperty(member).GetRawText(), actual.GetProperty(member).GetRawText()));

    private static byte[] Image(string which) => which switch
    {
        "tuya-n" => Samples.TuyaN, "tuya-t" => Samples.TuyaT, "dreo" => Samples.Dreo, "obk-device" => Samples.ObkDevice, "obk-n" => Samples.ObkN, "obk-m" => Samples.ObkM,
        "obk-t" => Samples.ObkT, "ua" => Samples.ObkNUa, "plain" => Samples.PlainApp, "pages" => SyntheticImage.ObkNFirmware().AppPages(), "rotated" => Samples.Rotated,
        "text" => "Dear friend,\n"u8.ToArray(), "one" => [0x42], "blank" => Samples.Blank(0x200000), _ => throw new ArgumentException(which),
    };
}
