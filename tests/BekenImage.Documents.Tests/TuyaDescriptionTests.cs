using System.Text;
using BekenImage.Documents.Tests.Support;
using BekenImage.Formats.Tuya;

namespace BekenImage.Documents.Tests;

/// <summary>What tools write of a Tuya device, in the shapes they have.</summary>
public class TuyaDescriptionTests
{
    private const string Pins = "6=WifiLED_n;0 7=Btn;1 26=Rel;1";

    // bk7231tools' kvstorage.read_all_values_parsed: JSON values as objects, binary ones as HEX, names sorted or not.
    public const string Storage = """
        { "gw_bi": { "uuid": "abc", "psk_key": "geheim", "ap_ssid": "SmartLife" }, "baud_cfg": {"baud": 115200}, "em_sys_env": "bk7231n",
          "tuya_seed": "HEX:00ff10", "gw_di": null, "user_param_key": {"bt1_lv": 0, "bt1_pin": 7, "crc": 3, "jv": "1.2.1", "irfunset": [[6, "02"], [7, "1e"]],
          "netled_lv": 0, "netled_pin": 6, "rl1_lv": 1, "rl1_pin": 26, "module": "CB2S"} }
        """;

    // tuya-cloudcutter.github.io, devices/*.json.
    private const string Profile = """
        { "manufacturer": "Maker", "name": "Plug v1", "key": "keyabc", "profiles": ["oem-bk7231n-plug-1.1.8"], "schemas": {"000004745p": [{"id": 1}]},
          "device_configuration": {"bt1_lv": 0, "bt1_pin": 7, "netled_lv": 0, "netled_pin": 6, "rl1_lv": 1, "rl1_pin": 26, "module": "CB2S"} }
        """;

    // BK7231GUIFlashTool, TuyaConfig.getKeysAsJSON: every value a text.
    private const string Flat = "{\r\n\t\"bt1_pin\":\"7\",\r\n\t\"bt1_lv\":\"0\",\r\n\t\"netled_pin\":\"6\",\r\n\t\"rl1_pin\":\"26\",\r\n\t\"rl1_lv\":\"1\",\r\n\t\"module\":\"CB2S\"\r\n}\r\n";

    private const string Bare = "{bt1_lv:0,bt1_pin:7,netled_pin:6,rl1_lv:1,rl1_pin:26,module:CB2S,crc:1,}";

    [Theory]
    [InlineData(Storage)]
    [InlineData(Profile)]
    [InlineData(Flat)]
    [InlineData(Bare)]
    [InlineData("{\"user_param_key\": \"" + Bare + "\"}")]
    [InlineData("{\"device\": " + Profile + ", \"profile\": {\"firmware\": {\"chip\": \"BK7231N\"}}}")]
    public void ParseTuyaDescription_InEveryShape_GivesTheSameWiring(string text)
    {
        var description = InputDocuments.ParseTuyaDescription(text);
        Assert.Equal(Pins, string.Join(" ", description.Wiring.Pins.Select(pin => pin.Gpio + "=" + pin)));
        Assert.Equal("BK7231N", description.Wiring.Chip);
        var template = InputDocuments.ParseTemplate(DeviceTemplates.FromTuyaDescription(description));
        Assert.Equal(("CB2S", "BK7231N"), (template.Board, template.Chip));
        Assert.Equal(text == Profile ? ("Maker", "Plug v1") : template.Vendor == "Maker" ? ("Maker", "Plug v1") : ("Tuya", ""), (template.Vendor, template.Name));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void EveryDocument_SavedByWindowsPrograms_IsRead(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] Save(string text) => [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.ReplaceLineEndings("\r\n"))];
        Assert.True(InputDocuments.IsJson(Save(Storage)));
        Assert.Equal(Pins, string.Join(" ", InputDocuments.ParseTuyaDescription(Save(Storage)).Wiring.Pins.Select(pin => pin.Gpio + "=" + pin)));
        Assert.Equal(Pins, string.Join(" ", InputDocuments.ParseTuyaDescription(Save(Bare)).Wiring.Pins.Select(pin => pin.Gpio + "=" + pin)));
        Assert.Equal("Rel;1", InputDocuments.ParseTemplate(Save("{\"vendor\":\"é\",\r\n\"pins\":{\"6\":\"Rel;1\"}}")).Pins[0].ToString());
        Assert.Equal("é", InputDocuments.ParseObkConfig(Save("{\"vendor\":\"é\",\"pins\":{}}")).Template!.Vendor);
        Assert.Equal(
            InputDocuments.ParsePartitionTable(InputDocumentsTests.PartitionTable).Select(entry => entry.Name),
            InputDocuments.ParsePartitionTable(Save(InputDocumentsTests.PartitionTable)).Select(entry => entry.Name));
        Assert.Equal(
            InputDocuments.ParsePackager(InputDocumentsTests.Packager).Select(section => section.Firmware),
            InputDocuments.ParsePackager(Save(InputDocumentsTests.Packager)).Select(section => section.Firmware));
        string manifest = ImageDocuments.Split(ImageSplitter.Split(Samples.TuyaN), "x");
        Assert.Equal(InputDocuments.ParseSplitManifest(manifest).Files.Count, InputDocuments.ParseSplitManifest(Save(manifest)).Files.Count);
        Assert.Equal("bk7231n", InputDocuments.ParseTuyaValues(Save("{\"values\":[{\"name\":\"em_sys_env\",\"text\":\"bk7231n\"}]}"))[0].Text);
    }

    [Fact]
    public void ADamagedUtf16Document_IsNoJson_InOneSentence()
    {
        byte[] whole = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"a\":\"b\"}")];
        Assert.Throws<BekenImageException>(() => InputDocuments.ParseObkConfig(whole.AsSpan(0, whole.Length - 1)));
        Assert.Contains("UTF-16", Assert.Throws<BekenImageException>(() => InputDocuments.ParseObkConfig([0xFF, 0xFE, 0x00, 0xD8])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ParseTuyaDescription_OfStorage_KeepsEveryValue()
    {
        var description = InputDocuments.ParseTuyaDescription(Storage);
        Assert.Equal(["gw_bi", "baud_cfg", "em_sys_env", "tuya_seed", "gw_di", "user_param_key"], description.Values.Select(value => value.Name));
        Assert.Equal([0x00, 0xFF, 0x10], description.Find("tuya_seed")!.Data.ToArray());
        Assert.Equal("{\"baud\":115200}", description.Find("baud_cfg")!.Text);
        Assert.Equal("1.2.1", description.UserParameters!["jv"]);
        Assert.Equal("[[6,02],[7,1e]]", description.UserParameters["irfunset"]);
        Assert.DoesNotContain("geheim", ImageDocuments.TuyaDescription(description, "x"), StringComparison.Ordinal);
        Assert.Contains("geheim", ImageDocuments.TuyaDescription(description, "x", showSecrets: true), StringComparison.Ordinal);
    }

    [Fact]
    public void ParseTuyaDescription_OfATuyaMcuDevice_StartsItsDriver() => Assert.Equal(
        ["startDriver TuyaMCU", "tuyaMcu_setBaudRate 115200"],
        InputDocuments.ParseTuyaDescription("{\"gw_di\":{\"id\":\"x\"},\"baud_cfg\":{\"baud\":115200}}").Wiring.StartupCommands);

    [Theory]
    [InlineData("{}", FindingCode.TuyaNothingToWrite)]
    [InlineData("{\"vendor\":\"x\"}", FindingCode.TuyaNothingToWrite)]
    [InlineData("{\"user_param_key\":\"x\"}", FindingCode.TuyaUserParamInvalid)]
    [InlineData("{\"device_configuration\":{\"a:b\":1}}", FindingCode.TuyaUserParamInvalid)]
    [InlineData("{\"a\":{\"user_param_key\":{\"rl1_pin\":1}},\"b\":{\"user_param_key\":{\"rl1_pin\":2}}}", FindingCode.WrongKind)]
    [InlineData("{rl1_pin:6", FindingCode.WrongKind)]
    [InlineData("{\"user_param_key\":{\"rl1_pin\":6}", FindingCode.WrongKind)]
    [InlineData("[1]", FindingCode.WrongKind)]
    public void ParseTuyaDescription_OfWhatIsNone_IsRefused(string text, FindingCode code) =>
        Assert.Equal(code, Assert.Throws<BekenImageException>(() => InputDocuments.ParseTuyaDescription(text)).Code);

    [Fact]
    public void ParseTuyaDescription_OfOurOwnDocument_ReadsItsValues()
    {
        var description = InputDocuments.ParseTuyaDescription(ImageDocuments.TuyaValues(Samples.Wired, "x", showSecrets: true));
        Assert.Equal(Samples.Wired.TuyaStorage!.Values.Select(value => value.Name), description.Values.Select(value => value.Name));
        Assert.Equal(TuyaTemplate.WiringOf(Samples.Wired).Pins.Select(pin => pin.ToString()), description.Wiring.Pins.Select(pin => pin.ToString()));
    }
}
