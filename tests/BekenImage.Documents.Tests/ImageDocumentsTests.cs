using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.Documents.Tests.Json;
using BekenImage.Documents.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Documents.Tests;

public sealed class ImageDocumentsTests
{
    // Of OpenBeken's configuration passwords are masked; network and login are what a user looks for.
    private static readonly string[] Shown = ["HomeNetwork-C", "broker login"];

    [Fact]
    public void Inspect_OfASyntheticDevice_SaysWhatItWasMadeOf()
    {
        byte[] bytes = SyntheticImage.TuyaNDevice().Dump();
        var json = Parse(ImageDocuments.Inspect(Samples.TuyaN, "a \"b\".bin"));
        Assert.Equal(
            ["schema", "verb", "file", "length", "sha256", "kind", "stored", "member", "members", "chip", "flavor", "bootVersion", "appVersion", "rotation",
                "physicalBase", "key", "partitions", "fal",
                "secureBoot", "secureTable", "containers", "rf", "rfTables", "obkConfig", "tuyaStorage", "littleFs", "fastConnect", "flashVars", "findings"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, "inspect", "a \"b\".bin"), (json.GetProperty("schema").GetInt32(), Text(json, "verb"), Text(json, "file")));
        Assert.Equal(bytes.Length, json.GetProperty("length").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Text(json, "sha256"));
        Assert.Equal(("dump", "BK7231N", "tuya"), (Text(json, "kind"), Text(json, "chip"), Text(json, "flavor")));
        Assert.Equal(("tuya", "510fb093"), (Text(json.GetProperty("key"), "name"),
            json.GetProperty("key").GetProperty("coefficients")[0].GetString()));
        Assert.Equal("02:01:02:03:04:05", Text(json.GetProperty("rf"), "mac"));
        Assert.Equal("2023-11-14T22:13:20Z", json.GetProperty("containers").EnumerateArray()
            .Select(item => Text(item, "timestamp")).Last());
        Assert.Equal(
            ["bootloader 0 69632", "app 69632 1150832"],
            json.GetProperty("partitions").EnumerateArray().Take(2).Select(item =>
                $"{Text(item, "name")} {item.GetProperty("offset")} {item.GetProperty("length")}"));
    }

    [Fact]
    public void Inspect_NotIndented_IsTheSameOnOneLine()
    {
        string line = ImageDocuments.Inspect(Samples.ObkDevice, "x", showSecrets: false, indented: false);
        Assert.DoesNotContain('\n', line);
        Assert.True(JsonElement.DeepEquals(Parse(ImageDocuments.Inspect(Samples.ObkDevice, "x")), Parse(line)));
    }

    [Fact]
    public void Documents_OfAChipFullOfSecrets_ShowThemOnlyWhenAsked()
    {
        foreach (string json in new[] { ImageDocuments.Inspect(Samples.Secrets, "x"), ImageDocuments.Tuya(Samples.Secrets, "x") })
        {
            Assert.All(DataImages.Secrets.Except(Shown), secret => Assert.DoesNotContain(secret, json, StringComparison.Ordinal));
            Assert.Contains(SecretMask.Text, json, StringComparison.Ordinal);
        }
        Assert.Contains("HomeNetwork-A", ImageDocuments.Inspect(Samples.Secrets, "x", showSecrets: true), StringComparison.Ordinal);
        string shown = ImageDocuments.Tuya(Samples.Secrets, "x", showSecrets: true);
        Assert.Contains("pass phrase D", shown, StringComparison.Ordinal);
        Assert.Contains("\\\"uuid\\\":\\\"abcdef0123456789\\\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretMask.Text, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_WithHostileText_SteerNoTerminal()
    {
        const string hostile = "\u001b]52;c;ZXZpbA==\u0007\u202e\u2028\u009b1m";
        var image = FlashImage.Parse(new SyntheticImage { AppName = "a\u001b[2Jb", AppVersion = "\u001b]0;owned\u0007\rok" }
            .WithRf(0x1D0000).WithConfig(0x1D1000, "echo \u001b[31m\u007f").Dump());
        foreach (var (schema, json) in Samples.DocumentsOf(image))
            JsonWriterTests.AssertHarmless(json);
        string inspected = ImageDocuments.Inspect(image, hostile);
        JsonWriterTests.AssertHarmless(inspected);
        Assert.Equal(hostile, Text(Parse(inspected), "file"));
        Assert.Contains(Parse(inspected).GetProperty("containers").EnumerateArray(), container => Text(container, "name") == "a\u001b[2Jb");
    }

    [Fact]
    public void Combine_OfAPlan_NamesInputsRegionsAndAnswers()
    {
        var plan = Samples.Combined(new CombineOptions { FactoryName = "dump.bin" });
        var json = Parse(ImageDocuments.Combine(plan, "out.bin"));
        byte[] image = plan.ToArray();
        Assert.Equal(("combine", "convert", "out.bin"), (Text(json, "verb"), Text(json, "mode"), Text(json, "output")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image)), Text(json, "sha256"));
        Assert.Equal(["dump.bin", "firmware"], json.GetProperty("inputs").EnumerateArray().Select(input => Text(input, "file")));
        long end = 0;
        foreach (var region in json.GetProperty("regions").EnumerateArray())
        {
            Assert.Equal(end, region.GetProperty("offset").GetInt64());
            end += region.GetProperty("length").GetInt64();
        }
        Assert.Equal(image.Length, end);
        Assert.True(json.GetProperty("verify").GetProperty("boots").GetBoolean());
        Assert.True(json.GetProperty("lint").GetProperty("runs").GetBoolean());
    }

    [Fact]
    public void Combine_OfARefusedPlan_ThrowsTheRefusal()
    {
        var plan = new ImageCombiner(Samples.Garbage, Samples.Garbage).Plan();
        Assert.ThrowsAny<BekenImageException>(() =>
            ImageDocuments.Combine(plan, "out.bin"));
    }

    [Fact]
    public void Documents_OfWhatIsNotThere_AreASentence()
    {
        Action[] asked =
        [
            () => ImageDocuments.PartitionTable(Samples.Garbage, "x"), () => ImageDocuments.RfTables(Samples.Garbage, "x"),
            () => ImageDocuments.ObkConfig(Samples.Garbage, "x"), () => ImageDocuments.ObkTemplate(Samples.Garbage, "x"),
            () => ImageDocuments.Tuya(Samples.Garbage, "x"), () => ImageDocuments.TuyaAsObk(Samples.Garbage, "x"),
            () => ImageDocuments.TuyaValues(Samples.Garbage, "x"), () => ImageDocuments.LittleFs(Samples.Garbage, "x"),
            () => ImageDocuments.UpdatePackage(Samples.Garbage, "x"),
            () => DeviceTemplates.FromTuya(Samples.Garbage), () => DeviceTemplates.FromConfig(Samples.Garbage),
        ];
        foreach (var ask in asked)
            Assert.StartsWith("there is no", Assert.Throws<BekenImageException>(ask).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => ImageDocuments.Inspect(null!, "x"));
    }

    [Fact]
    public void FromTuya_OfAWiredDevice_IsTheTemplateByTheRules()
    {
        // Expected by the rules of the Tuya format notes, section 7, worked out by hand from the text.
        var json = Parse(DeviceTemplates.FromTuya(Samples.Wired));
        Assert.Equal(
            ["vendor", "bDetailed", "name", "model", "chip", "board", "flags", "keywords", "pins", "command", "image", "wiki"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Tuya", "BK7231N", "CBU", "1024"), (Text(json, "vendor"), Text(json, "chip"), Text(json, "board"),
            Text(json, "flags")));
        Assert.Equal("""{"5":"Rel;1","10":"Btn;1","24":"SM2135CLK;0","26":"SM2135DAT;0"}""",
            JsonSerializer.Serialize(json.GetProperty("pins")));
        Assert.Equal("backlog SM2135_Current 3 4; LED_Map 2 0 1 -1 -1", Text(json, "command"));
        var document = Parse(ImageDocuments.TuyaAsObk(Samples.Wired, "x"));
        Assert.True(json.EnumerateObject().All(member => JsonElement.DeepEquals(member.Value, document.GetProperty(member.Name))));
    }

    [Fact]
    public void Tuya_OfAWiredDevice_MasksTheSecretFieldsOnly()
    {
        string Fields(string json) => string.Join(",", Parse(json).GetProperty("userParameters").GetProperty("fields").EnumerateArray()
            .Where(field => Text(field, "name") is "auth_key" or "module").Select(field => Text(field, "value")));
        Assert.Equal("CBU," + SecretMask.Text, Fields(ImageDocuments.Tuya(Samples.Wired, "x")));
        Assert.Equal("CBU,abcdef", Fields(ImageDocuments.Tuya(Samples.Wired, "x", showSecrets: true)));
    }

    [Theory]
    [InlineData("logseq_1")]
    [InlineData("wifi_log")]
    [InlineData("tuya_seed")]
    public void Tuya_OfAWholeSecret_ShowsNothingOfIt(string name)
    {
        byte[] text = TuyaImages.Text("joined HomeNet");
        byte[] bytes = [0, 1, 2, 0xFE, 0xFF];
        var image = FlashImage.Parse(TuyaImages.Chip(TuyaImages.Block(0, 1)
            .Index(1, name, text, (0, 2, 2)).Data(2, text).Index(3, name + "2_log", bytes, (0, 4, 4)).Data(4, bytes)));
        var values = Parse(ImageDocuments.Tuya(image, "x")).GetProperty("tuyaStorage").GetProperty("values");
        Assert.Equal(2, values.GetArrayLength());
        Assert.Equal((SecretMask.Text, SecretMask.Text), (Text(values[0], "text"), Text(values[1], "hex")));
        values = Parse(ImageDocuments.TuyaValues(image, "x", showSecrets: true)).GetProperty("values");
        Assert.Equal(("joined HomeNet", "000102feff"), (Text(values[0], "text"), Text(values[1], "hex")));
    }

    [Fact]
    public void FromTuya_OfAPublishedDevice_IsTheTemplateUsersPublish()
    {
        // Worked example of the format's description, section 7.
        const string pins = """{"6":"BL0937CF1;0","7":"BL0937CF;0","8":"WifiLED_n;0","10":"Btn;1","24":"BL0937SEL;0","26":"Rel;1"}""";
        var json = Parse(DeviceTemplates.FromTuya(FlashImage.Parse(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"))));
        Assert.Equal(pins, JsonSerializer.Serialize(json.GetProperty("pins")));
        Assert.Equal(("BK7231N", "CB2S"), (Text(json, "chip"), Text(json, "board")));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
