using System.Text.Json;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

public class TuyaVerbTests
{
    private const string Plug = "BK7231N_LSPA9_Clone_First.bin";

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Inspect_OfACorpusImage_ListsTheManifestsValues(string file)
    {
        using var verbs = new TestFolder();
        verbs.Do("inspect", Corpus.PathOf(file), "--json");
        var storage = verbs.Json.GetProperty("tuyaStorage");
        if (!Corpus.Manifest(file).TryGetProperty("tuyaStorage", out var expected) || expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(JsonValueKind.Null, storage.ValueKind);
            return;
        }
        Assert.Equal(expected.GetProperty("offset").GetInt64(), storage.GetProperty("offset").GetInt64());
        Assert.Equal(expected.GetProperty("blocks").GetInt64(), storage.GetProperty("blocks").GetInt64());
        string[] Lines(IEnumerable<(string Name, JsonElement Value)> values) => values
            .Select(value => $"{value.Name} {value.Value.GetProperty("length")} {value.Value.GetProperty("sumOk")} {value.Value.GetProperty("sha256")}")
            .Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(
            Lines(expected.GetProperty("values").EnumerateObject().Select(value => (value.Name, value.Value))),
            Lines(storage.GetProperty("values").EnumerateArray().Select(value => (value.GetProperty("name").GetString()!, value))));
    }

    [Fact]
    public void Show_AsObk_IsTheTemplateUsersPublishForThisPlug()
    {
        using var verbs = new TestFolder();
        // Worked example of the format's description, section 7.
        const string pins = """{"6":"BL0937CF1;0","7":"BL0937CF;0","8":"WifiLED_n;0","10":"Btn;1","24":"BL0937SEL;0","26":"Rel;1"}""";
        var template = JsonDocument.Parse(verbs.Do("tuya", "show", Corpus.PathOf(Plug), "--as-obk")).RootElement;
        Assert.Equal(pins, JsonSerializer.Serialize(template.GetProperty("pins")));
        Assert.Equal(("BK7231N", "CB2S"), (template.GetProperty("chip").GetString(), template.GetProperty("board").GetString()));
        string file = verbs.Write("template.json", verbs.Output);
        verbs.Do("combine", Corpus.PathOf(Plug), Corpus.PathOf("OpenBK7231N_QIO_1.18.300.bin"), "--obk-config", file, "-o", verbs["out.bin"]);
        verbs.Do("obk", "show", verbs["out.bin"], "--json");
        Assert.Equal(pins, JsonSerializer.Serialize(verbs.Json.GetProperty("pins")));
        verbs.Do("tuya", "show", Corpus.PathOf(Plug), "--json");
        Assert.Equal(pins, JsonSerializer.Serialize(verbs.Json.GetProperty("wiring").GetProperty("pins")));
    }

    [Fact]
    public void Get_MasksSecretsUnlessAsked()
    {
        using var verbs = new TestFolder();
        Assert.Equal("bk7231n", verbs.Do("tuya", "get", Corpus.PathOf(Plug), "em_sys_env").Trim());
        Assert.Contains("\"auth_key\":\"********\"", verbs.Do("tuya", "get", Corpus.PathOf(Plug), "gw_bi"), StringComparison.Ordinal);
        Assert.Contains("--show-secrets", verbs.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("***", verbs.Do("tuya", "get", Corpus.PathOf(Plug), "gw_bi", "--show-secrets"), StringComparison.Ordinal);
        Assert.StartsWith("{", verbs.Do("tuya", "get", Corpus.PathOf(Plug), "user_param_key"), StringComparison.Ordinal);
        Assert.Equal(3, verbs.Run("tuya", "get", Corpus.PathOf(Plug), "no_such"));
    }

    [Fact]
    public void Set_ChangesOneValue_AlsoInARotatedDump()
    {
        using var verbs = new TestFolder();
        string image = Corpus.PathOf("BK7231T_Tuya_LED_Moon_rotated.bin");
        verbs.Do("tuya", "set", image, "gw_di", "changed", "-o", verbs["set.bin"]);
        Assert.Equal("changed", verbs.Do("tuya", "get", verbs["set.bin"], "gw_di").Trim());
        var before = Values(verbs, image);
        var after = Values(verbs, verbs["set.bin"]);
        Assert.Equal(["gw_di"], before.Keys.Where(name => before[name] != after[name]));
        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal(3, verbs.Run("tuya", "set", image, "user_param_key", "no braces", "-o", verbs["no.bin"]));
    }

    [Fact]
    public void Extract_GivenBackToPut_GivesTheSameBytes_AndChangesWhatWasEdited()
    {
        using var verbs = new TestFolder();
        verbs.Do("extract", Corpus.PathOf(Plug), "tuya", "-o", verbs["tuya.json"]);
        Assert.Contains("secrets", verbs.Error, StringComparison.Ordinal);
        verbs.Do("put", Corpus.PathOf(Plug), "tuya", verbs["tuya.json"], "-o", verbs["same.bin"]);
        BytesAssert.Equal(Corpus.Read(Plug), verbs.Read("same.bin"));
        string edited = File.ReadAllText(verbs["tuya.json"]).Replace("\"text\": \"bk7231n\"", "\"text\": \"bk7231t\"", StringComparison.Ordinal);
        verbs.Do("put", Corpus.PathOf(Plug), "tuya", verbs.Write("edited.json", edited), "-o", verbs["edited.bin"]);
        Assert.Equal("bk7231t", verbs.Do("tuya", "get", verbs["edited.bin"], "em_sys_env").Trim());
        Assert.Equal(3, verbs.Run("put", Corpus.PathOf(Plug), "tuya", verbs.Write("wrong.json", "{}"), "-o", verbs["no.bin"]));
    }

    [Fact]
    public void Extract_RawAreasOfEveryDump_AreTheirSectors()
    {
        using var verbs = new TestFolder();
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Corpus.PathOf(Plug))!, "B*.bin"))
        {
            if (FlashImage.Load(file).Rf is not { } table)
                continue;
            verbs.Do("extract", file, "rf", "-o", verbs["rf.bin"], "--force");
            BytesAssert.Equal(table.Bytes.Span, verbs.Read("rf.bin").AsSpan(0, table.UsedSize));
            verbs.Do("extract", file, "net", "-o", verbs["net.bin"], "--force");
            Assert.Equal(4096, verbs.Read("net.bin").Length);
        }
    }

    [Fact]
    public void Verbs_OnAnImageWithoutTuya_AreExit3()
    {
        using var verbs = new TestFolder();
        string factory = verbs.Write("factory.bin", SyntheticDevice.FactoryDump());
        Assert.Equal(3, verbs.Run("tuya", "show", factory));
        Assert.Equal(3, verbs.Run("tuya", "get", factory, "a"));
        Assert.Equal(3, verbs.Run("tuya", "set", factory, "a", "b", "-o", verbs["no.bin"]));
        Assert.Equal(3, verbs.Run("extract", factory, "tuya", "-o", verbs["no.bin"]));
    }

    private static Dictionary<string, string> Values(TestFolder verbs, string image)
    {
        verbs.Do("inspect", image, "--json");
        return verbs.Json.GetProperty("tuyaStorage").GetProperty("values").EnumerateArray()
            .ToDictionary(value => value.GetProperty("name").GetString()!, value => value.GetRawText());
    }
}
