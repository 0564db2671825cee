using System.Text.Json;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary><c>explain</c>, <c>chips</c>, <c>layout</c>, <c>obk roles|flags|channels</c>: what is known, whatever the image.</summary>
public sealed class ListVerbTests
{
    [Theory]
    [InlineData("BKI3005")]
    [InlineData("bki3005")]
    [InlineData("3005")]
    [InlineData("UpdateAddressesDiffer")]
    public void Explain_ACode_SaysMeaningCauseCureAndWhatToType(string asked)
    {
        string text = Tool.Run("explain", asked).Succeeds().Output;
        Assert.StartsWith("BKI3005", text, StringComparison.Ordinal);
        Assert.Contains("\ncause: ", text, StringComparison.Ordinal);
        Assert.Contains("\ncure:  ", text, StringComparison.Ordinal);
        Assert.Contains("combine: --partition-table firmware", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("striped", "striped")]
    [InlineData("QIO", "qio")]
    [InlineData("MAC 00:00:00", "MAC", "00:00:00")]
    [InlineData("BK7238", "t1")]
    public void Explain_ATerm_InOneWordOrSeveral_SaysIt(string term, params string[] words)
    {
        var json = Tool.Run(["explain", .. words, "--json"]).Succeeds().Json;
        Assert.Equal("term", json.GetProperty("kind").GetString());
        Assert.Equal(term, json.GetProperty("term").GetString());
        Assert.Equal(string.Join(' ', words), json.GetProperty("asked").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("cause").ValueKind);
        Assert.Contains(json.GetProperty("meaning").GetString()!, Tool.Run(["explain", .. words]).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_EveryCode_Answers() => Assert.All(Enum.GetValues<FindingCode>().Where(code => code != FindingCode.None), code =>
        Assert.Equal(Finding.ToText(code), Tool.Run("explain", ((int)code).ToString("D4", null), "--json").Succeeds().Json.GetProperty("term").GetString()));

    [Fact]
    public void Explain_AnUnknownWord_NamesTheNearest()
    {
        Tool.Run("explain", "strped").Fails(3, "BKI8006", "did you mean striped?");
        Tool.Run("explain", new string('z', 5000)).Fails(3, "BKI8006", "there is no explanation of 'zzz");
        var result = Tool.Run("explain", "nonsense\u001b[31m", "--json");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("BKI8006", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("\u001b", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_WithAFlavor_IsThatMap()
    {
        // OpenBK7231T_App, hal_flashConfig and our_lfs.h; bootloader 1.0.1's table.
        var layout = Assert.Single(Tool.Run("layout", "bk7231n", "OpenBeken", "--json").Succeeds().Json.GetProperty("layouts").EnumerateArray().ToArray());
        Assert.Equal("openbeken", layout.GetProperty("flavor").GetString());
        Assert.Equal(
            [("bootloader", 0, 0x11000), ("app", 0x11000, 0x118F70), ("download", 0x12A000, 0xA6000), ("littlefs", 0x1C8000, 0x8000),
                ("rf", 0x1D0000, 0x1000), ("obk-config", 0x1D1000, 0x1000), ("flash-vars", 0x1E5000, 0x8000)],
            layout.GetProperty("areas").EnumerateArray().Select(area =>
                (area.GetProperty("name").GetString()!, area.GetProperty("offset").GetInt32(), area.GetProperty("length").GetInt32())));
        string text = Tool.Run("layout", "T2", "openbeken").Succeeds().Output;
        Assert.Matches(@"littlefs +0x1c8000 +0x1d0000 +0x008000", text);
        Assert.Contains("physical", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_WithoutAFlavor_IsEveryOneThatIsKnown()
    {
        Assert.Equal(["tuya", "openbeken", "beken-freertos", "libretiny"], Flavors("BK7231T"));
        // TuyaOpen-T5AI, partitions.csv: the second core's application at 0x121000, 3400 KiB.
        Assert.Equal(["tuya"], Flavors("T5"));
        Assert.Matches(@"app1 +0x121000 +0x473000", Tool.Run("layout", "BK7258").Succeeds().Output);
    }

    [Fact]
    public void Layout_ThatIsNotKnown_IsSaidWithThoseThatAre()
    {
        Tool.Run("layout", "BK7258", "openbeken").Fails(3, "BKI3006", "known there: tuya");
        var result = Tool.Run("layout", "BK7231Q", "openbeken", "--json");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("BKI3006", result.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void Chips_AreListedWithTheirNames()
    {
        var chips = Tool.Run("chips", "--json").Succeeds().Json.GetProperty("chips").EnumerateArray().ToDictionary(chip => chip.GetProperty("name").GetString()!);
        Assert.Equal(Enum.GetNames<BekenChip>().Where(name => name != "Unknown").Order(StringComparer.Ordinal), chips.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("BK7231N", chips["BL2028N"].GetProperty("family").GetString());
        Assert.Equal("armino", chips["BK7258"].GetProperty("generation").GetString());
        Assert.Equal(0x800000, chips["BK7258"].GetProperty("flashLength").GetInt32());
        string text = Tool.Run("chips").Succeeds().Output;
        Assert.All(BekenChips.Names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    // OpenBK7231T_App, new_pins.h: IOR_Relay 1, IOR_Button_n 4, IOR_BL0937_CF 18; OBK_FLAG_MQTT_BROADCASTSELFSTATEONCONNECT 10; ChType_Humidity_div10 4.
    [Theory]
    [InlineData("roles", "roles", 1, "Rel", 99)]
    [InlineData("roles", "roles", 4, "Btn_n", 99)]
    [InlineData("roles", "roles", 18, "BL0937CF", 99)]
    [InlineData("flags", "flags", 10, "MQTT_BROADCASTSELFSTATEONCONNECT", 52)]
    [InlineData("channels", "channelTypes", 4, "Humidity_div10", 68)]
    public void Obk_Lists_AreByNumber(string verb, string list, int number, string name, int count)
    {
        var entries = Tool.Run("obk", verb, "--json").Succeeds().Json.GetProperty(list).EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, count), entries.Select(entry => entry.GetProperty("number").GetInt32()));
        Assert.Equal(name, entries[number].GetProperty("name").GetString());
        Assert.Matches($"(?m)^{number} +{name}( |$)", Tool.Run("obk", verb).Succeeds().Output);
    }

    [Fact]
    public void Answer_OfAList_GoesIntoAFileToo()
    {
        using var folder = new TestFolder();
        Tool.Run("chips", "--json", "-o", folder["chips.json"]).Succeeds();
        Assert.Equal("chips", JsonDocument.Parse(folder.Read("chips.json")).RootElement.GetProperty("verb").GetString());
    }

    private static string[] Flavors(string chip) => Tool.Run("layout", chip, "--json").Succeeds().Json.GetProperty("layouts").EnumerateArray()
        .Select(layout => layout.GetProperty("flavor").GetString()!).ToArray();
}
