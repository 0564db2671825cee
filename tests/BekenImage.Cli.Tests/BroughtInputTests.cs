using System.Text;
using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>What people bring besides dumps, and where answers go.</summary>
public class BroughtInputTests
{
    private const string Storage = """{"gw_bi":{"psk_key":"geheim"},"user_param_key":{"rl1_pin":26,"rl1_lv":1,"ctrl_pin":14,"module":"CB2S"}}""";

    private static byte[] Utf16(string text) => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.ReplaceLineEndings("\r\n"))];

    [Fact]
    public void TuyaVerbs_OnStorageJson_SavedByPowerShell_Work()
    {
        using var verbs = new TestFolder();
        string file = verbs.Write("storage.json", Utf16(Storage));
        Assert.Contains("\"26\": \"Rel;1\"", verbs.Do("tuya", "show", "--as-obk", file), StringComparison.Ordinal);
        Assert.Contains("P14: control pin, not mapped", verbs.Error, StringComparison.Ordinal);
        Assert.Contains("P14: control pin, not mapped", verbs.Do("tuya", "show", file), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", verbs.Output, StringComparison.Ordinal);
        verbs.Do("tuya", "show", file, "--as-obk", "--json");
        Assert.Equal("P14: control pin, not mapped", verbs.Json.GetProperty("unmappedPins")[0].GetProperty("text").GetString());
        Assert.Equal("{rl1_pin:26,rl1_lv:1,ctrl_pin:14,module:CB2S,}", verbs.Do("tuya", "get", file, "user_param_key").Trim());
        Assert.Contains("gw_bi", verbs.Do("tuya", "list", file), StringComparison.Ordinal);
        Assert.Equal(3, verbs.Run("tuya", "show", verbs.Write("no.json", "{\"a\":1}")));
        Assert.Equal(3, verbs.Run("tuya", "show", verbs.Write("half.json", Storage[..40])));
    }

    [Fact]
    public void NamesThatStandTwice_CountOnceAndAreSaid()
    {
        using var verbs = new TestFolder();
        string file = verbs.Write("storage.json", """{"gw_bi":{"a":1},"user_param_key":{"rl1_pin":7,"rl1_lv":1,"rl1_pin":26},"baud_cfg":1,"baud_cfg":2}""");
        string template = verbs.Do("tuya", "show", "--as-obk", file);
        Assert.Contains("\"26\": \"Rel;1\"", template, StringComparison.Ordinal);
        Assert.DoesNotContain("\"7\"", template, StringComparison.Ordinal);
        Assert.Contains("BKI8016", verbs.Error, StringComparison.Ordinal);
        Assert.Equal("2", verbs.Do("tuya", "get", file, "baud_cfg").Trim());
        verbs.Do("tuya", "show", file, "--json");
        Assert.Equal(2, verbs.Json.GetProperty("findings").GetArrayLength());
        string twice = verbs.Write("template.json", """{"vendor":"X","flags":"0","pins":{"6":"Rel;1","6":"Btn;1"},"command":""}""");
        verbs.Do("obk", "set", verbs.Write("device.bin", Samples.ObkDevice), "--from", twice, "-o", verbs["set.bin"]);
        Assert.Contains("BKI8016", verbs.Error, StringComparison.Ordinal);
        Tool.Run("obk", "set", verbs["device.bin"], "--from", verbs.Write("own.json", """{"mqttHost":"a","mqttHost":"b"}"""), "-o", verbs["no.bin"])
            .Fails(3, "BKI8008", "'mqttHost' stands twice");
    }

    [Fact]
    public void TuyaList_OfADump_NamesWhatGetGives()
    {
        using var verbs = new TestFolder();
        string dump = Corpus.PathOf("BK7231N_LSPA9_Clone_First.bin");
        verbs.Do("tuya", "list", dump, "--json");
        var values = verbs.Json.GetProperty("values").EnumerateArray().ToArray();
        Assert.Contains(values, value => value.GetProperty("place").GetString() == "storage");
        var file = values.First(value => value.GetProperty("place").GetString() == "file");
        verbs.Do("tuya", "get", dump, file.GetProperty("name").GetString()!, "--show-secrets");
        Assert.NotEmpty(verbs.Output.Trim());
    }

    [Fact]
    public void ObkSet_FromATemplateOfAnotherDialect_TakesItAndWarns()
    {
        using var verbs = new TestFolder();
        string device = verbs.Write("device.bin", Samples.ObkDevice);
        string template = verbs.Write("template.json", Utf16("""{"vendor":"X","flags":"-937425888","pins":{"6":"Relay;1","7":"Button;1","8":"Buzzer;0","9":"Btn;1,2"},"command":""}"""));
        verbs.Do("obk", "set", device, "--from", template, "-o", verbs["set.bin"]);
        Assert.Contains("BKI5012", verbs.Error, StringComparison.Ordinal);
        Assert.Contains("'Buzzer'", verbs.Error, StringComparison.Ordinal);
        Assert.Contains("BKI5013: pin 9: '1,2' is no channel of Btn", verbs.Error, StringComparison.Ordinal);
        verbs.Do("obk", "show", verbs["set.bin"], "--json");
        Assert.Equal("{\"6\":\"Rel;1\",\"7\":\"Btn;1\"}", JsonSerializer.Serialize(verbs.Json.GetProperty("pins")));
        Assert.Equal(3357541408L, verbs.Json.GetProperty("flags").GetInt64());
        verbs.Do("combine", verbs.Write("factory.bin", Samples.TuyaN), verbs.Write("obk.bin", Samples.ObkN), "--obk-config", template, "-o", verbs["out.bin"], "--json");
        Assert.Contains(verbs.Json.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "BKI5012");
    }

    [Theory]
    [InlineData("template-negative-flags.json")]
    [InlineData("template-old-roles.json")]
    [InlineData("template-underscore-roles.json")]
    public void ObkSet_FromThePublicTemplates_TakesThem(string file)
    {
        using var verbs = new TestFolder();
        verbs.Do("obk", "set", verbs.Write("device.bin", Samples.ObkDevice), "--from", Cases.PathOf(file), "-o", verbs["set.bin"]);
        Assert.DoesNotContain("BKI5012", verbs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_WithAGarbledKey_ReadsAndSaysSo_WhileSplitRefuses()
    {
        using var verbs = new TestFolder();
        string dump = verbs.Write("dump.bin", Samples.TuyaN);
        const string garbled = "12345678 9abcdef0 0f1e2d3c 4b5a6978";
        verbs.Do("inspect", dump, "--key", garbled, "--json");
        Assert.Equal(("tuya", "vectors"), (verbs.Json.GetProperty("key").GetProperty("name").GetString(), verbs.Json.GetProperty("key").GetProperty("source").GetString()));
        Assert.Contains(verbs.Json.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "BKI9007");
        Assert.Equal(3, verbs.Run("split", dump, "--key", garbled, "-o", verbs["parts"]));
        Assert.Equal(3, verbs.Run("extract", dump, "app", "--key", garbled, "-o", verbs["app.bin"]));
        Assert.Equal(4, verbs.Run("combine", dump, verbs.Write("obk.bin", Samples.ObkN), "--key", garbled, "-o", verbs["out.bin"]));
        Assert.False(Directory.Exists(verbs["parts"]));
    }

    [Theory]
    [InlineData("2023-11-14T22:13:20Z", 1700000000u)]
    [InlineData("2023-11-14T23:13:20+01:00", 1700000000u)]
    [InlineData("2023-11-14 22:13:20Z", 1700000000u)]
    [InlineData("1970-01-02", 86400u)]
    public void Timestamp_AsOurOwnOutputPrintsIt_IsTaken(string time, uint seconds)
    {
        using var verbs = new TestFolder();
        verbs.Do("ota", "pack", verbs.Write("app.bin", Samples.PlainApp), "-o", verbs["app.rbl"], "--timestamp", time);
        Assert.Equal(seconds, BitConverter.ToUInt32(verbs.Read("app.rbl"), 8));
        Assert.Equal(2, verbs.Run("ota", "pack", verbs["app.bin"], "-o", verbs["no.rbl"], "--timestamp", time + "x"));
    }

    [Theory]
    [InlineData("inspect", "--json")]
    [InlineData("verify", "--json")]
    [InlineData("fal show", "--json")]
    [InlineData("rf show", "--json")]
    [InlineData("key recover", "--json")]
    [InlineData("obk show", "--template")]
    [InlineData("obk show", "--json")]
    [InlineData("inspect", "")]
    public void Output_OfAnAnswer_IsWhatWouldBePrinted_AndWhole(string verb, string option)
    {
        using var verbs = new TestFolder();
        string device = verbs.Write("device.bin", Samples.ObkDevice);
        string[] command = [.. verb.Split(' '), device, .. option.Length == 0 ? Array.Empty<string>() : [option]];
        int printedCode = verbs.Run(command);
        string printed = verbs.Output;
        int code = verbs.Run([.. command, "-o", verbs["answer"]]);
        Assert.Equal((printedCode, string.Empty), (code, verbs.Output));
        Assert.Equal(printed, Encoding.UTF8.GetString(verbs.Read("answer")));
        Assert.Equal(4, verbs.Run([.. command, "-o", verbs["answer"]]));
        Assert.Equal(4, verbs.Run([.. command, "-o", device, "--force"]));
        verbs.Run([.. command, "-o", verbs["answer"], "--force"]);
        Assert.Equal(printed, Encoding.UTF8.GetString(verbs.Read("answer")));
        BytesAssert.Equal(Samples.ObkDevice, verbs.Read("device.bin"));
    }

    [Fact]
    public void Output_OfAVerbThatFails_IsNotWritten()
    {
        using var verbs = new TestFolder();
        Assert.Equal(3, verbs.Run("inspect", verbs["missing.bin"], "--json", "-o", verbs["a.json"]));
        Assert.Equal(3, verbs.Run("rf", "show", verbs.Write("blank.bin", Samples.Blank(4096)), "--json", "-o", verbs["a.json"]));
        Assert.Equal(["blank.bin"], verbs.Names);
    }
}
