using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>What used to be taken, cut or ignored without a word.</summary>
public sealed class SilentInputTests
{
    [Theory]
    [InlineData("--keep all --erase all", "--keep all and --erase all contradict each other")]
    [InlineData("--keep tuya,net --erase net", "--keep net and --erase net")]
    [InlineData("--obk-config none --keep obk-config", "--obk-config none")]
    [InlineData("--obk-config keep --erase obk-config", "--obk-config keep")]
    [InlineData("--partition-table foo", "--partition-table is keep or firmware, not 'foo'")]
    [InlineData("--rf none --mac 02:00:00:00:00:01", "--mac has no effect")]
    public void Combine_WithContradictions_IsWrongUsageInOneLine(string options, string says)
    {
        using var folder = new TestFolder();
        var result = Tool.Run(["combine", folder.Write("a.bin", Samples.TuyaN), folder.Write("b.bin", Samples.ObkN), "-o", folder["out.bin"], .. options.Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["bekenimage: try 'bekenimage combine --help'"], result.ErrorLines[1..]);
        Assert.Contains(says, result.ErrorLines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void Combine_EraseAllButOne_KeepsThatOne()
    {
        using var folder = new TestFolder();
        string device = folder.Write("a.bin", Samples.ObkDevice), firmware = folder.Write("b.bin", Samples.ObkN);
        Tool.Run("combine", device, firmware, "-o", folder["kept.bin"], "--erase", "all", "--keep", "obk-config").Succeeds();
        Assert.NotNull(FlashImage.Load(folder["kept.bin"]).ObkConfig);
        Tool.Run("combine", device, firmware, "-o", folder["none.bin"], "--keep", "all", "--erase", "obk-config").Succeeds();
        Assert.Null(FlashImage.Load(folder["none.bin"]).ObkConfig);
    }

    [Theory]
    [InlineData("app --name x", "--name")]
    [InlineData("app --app-version 1", "--app-version")]
    [InlineData("app --timestamp 1", "--timestamp")]
    [InlineData("app --headers-from in.bin", "--headers-from")]
    [InlineData("app --boot-version 1", "--boot-version")]
    [InlineData("ua --boot-version 1", "--boot-version")]
    [InlineData("ua --boot-timestamp 1", "--boot-timestamp")]
    public void Build_WithAnOptionThatDoesNothing_IsWrongUsage(string arguments, string option)
    {
        using var folder = new TestFolder();
        string app = folder.Write("app.bin", Samples.PlainApp);
        var result = Tool.Run(["build", .. arguments.Split(' '), "--chip", "BK7231N", "--key", "tuya", "--app", app, "-o", folder["out.bin"]]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(option + " has no effect", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Theory]
    [InlineData("build rbl --chip BK7231N --key tuya --app in.bin", "the first word is qio, ua, app or package, not 'rbl'")]
    [InlineData("ota pack in.bin --encrypt none --aes-key 0123456789ABCDEF0123456789ABCDEF", "--aes-key has no effect")]
    [InlineData("ota pack in.bin --encrypt none --aes-iv 0123456789ABCDEF", "--aes-iv has no effect")]
    [InlineData("extract in.bin ota --raw", "--raw has no effect")]
    [InlineData("extract in.bin app --raw --app-only", "exclude")]
    [InlineData("extract in.bin rf --app-only", "--app-only is for app")]
    public void Options_WithoutEffect_AreWrongUsage(string line, string says)
    {
        using var folder = new TestFolder();
        folder.Write("in.bin", Samples.TuyaN);
        var result = Tool.Run([.. line.Split(' ').Select(word => word == "in.bin" ? folder[word] : word), "-o", folder["out.bin"]]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(says, result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal(["in.bin"], folder.Names);
    }

    [Theory]
    [InlineData("--name", "a name of more than 16")]
    [InlineData("--app-version", "a version of more than 24 characters")]
    public void HeaderTexts_TooLong_AreRefusedNotCut(string option, string text)
    {
        using var folder = new TestFolder();
        string app = folder.Write("app.bin", Samples.PlainApp);
        Tool.Run("ota", "pack", app, option, text, "-o", folder["out.bin"]).Fails(2, "BKI2208", text);
        Tool.Run("build", "ua", "--chip", "BK7231N", "--key", "tuya", "--app", app, option, text, "-o", folder["out.bin"]).Fails(2, "BKI2208", text);
        Assert.Equal(["app.bin"], folder.Names);
    }

    [Theory]
    [InlineData("qio", "BKI2203")]
    [InlineData("dump", "BKI2203")]
    [InlineData("pages", "BKI2203")]
    [InlineData("enciphered", "BKI2204")]
    [InlineData("bootloader", "BKI2205")]
    public void OtaPack_OfWhatIsNoPlainApp_IsRefusedWithTheWayOut(string what, string code)
    {
        using var folder = new TestFolder();
        var device = SyntheticImage.ObkNFirmware();
        byte[] input = what switch
        {
            "qio" => device.Qio(), "dump" => Samples.TuyaN, "pages" => device.AppPages(), "enciphered" => device.StoredApp(), _ => device.PlainBootloader(),
        };
        string file = folder.Write("in.bin", input);
        Tool.Run("ota", "pack", file, "-o", folder["out.rbl"]).Fails(3, code, "--app-only");
        Tool.Run("ug", "pack", file, "--app-version", "1", "-o", folder["out.ug"]);
        Assert.DoesNotContain("out.rbl", folder.Names);
    }

    [Fact]
    public void UgPack_OfAQio_IsRefused()
    {
        using var folder = new TestFolder();
        Tool.Run("ug", "pack", folder.Write("in.bin", Samples.ObkN), "--app-version", "1", "-o", folder["out.ug"]).Fails(3, "BKI2104", "'ota pack'");
    }

    [Theory]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin", "BK7231N", "tuya")]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin", "BK7231M", "zero")]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", "BK7231T", "tuya")]
    [InlineData("OpenBK7238_QIO_1.18.300.bin", "BK7238", "zero")]
    public void Build_OfAnExtractedApp_GivesThePublishedImage(string file, string chip, string key)
    {
        using var folder = new TestFolder();
        string image = Corpus.PathOf(file);
        Tool.Run("extract", image, "app", "-o", folder["app.bin"]).Succeeds();
        Tool.Run("extract", image, "app", "--app-only", "-o", folder["only.bin"]).Succeeds();
        Assert.True(folder.Read("only.bin").Length < folder.Read("app.bin").Length);
        foreach (string app in new[] { "app.bin", "only.bin" })
        {
            var built = Tool.Run("build", "ua", "--chip", chip, "--key", key, "--app", folder[app], "--headers-from", image, "-o", folder["ua.bin"], "--force").Succeeds();
            byte[] ua = folder.Read("ua.bin");
            BytesAssert.Equal(Corpus.Read(file).AsSpan(0x11000, ua.Length), ua);
            Assert.Equal(app == "app.bin", built.Error.Contains("BKI2207", StringComparison.Ordinal));
        }
        var packed = Tool.Run("ota", "pack", folder["app.bin"], "-o", folder["app.rbl"]).Succeeds();
        Assert.Contains("BKI2207", packed.Error, StringComparison.Ordinal);
        Tool.Run("ota", "pack", folder["only.bin"], "-o", folder["only.rbl"]).Succeeds();
        BytesAssert.Equal(folder.Read("only.rbl"), folder.Read("app.rbl"));
    }

    [Fact]
    public void Extract_AppOnly_OfASyntheticBuild_GivesTheAppThatWentIn()
    {
        using var folder = new TestFolder();
        byte[] app = SyntheticPrograms.App(0xC020, SyntheticImage.ObkN);
        Tool.Run("build", "ua", "--chip", "BK7231N", "--key", "tuya", "--app", folder.Write("app.bin", app), "-o", folder["ua.bin"]).Succeeds();
        Tool.Run("extract", folder["ua.bin"], "app", "--app-only", "-o", folder["only.bin"]).Succeeds();
        BytesAssert.Equal(app, folder.Read("only.bin"));
    }

    [Fact]
    public void FalSet_WithPartitionsThatOverlap_IsRefused_AndItsFileNamed()
    {
        using var folder = new TestFolder();
        string table = folder.Write("table.json", """
            { "part_table": [
              { "name": "bootloader", "flash_name": "beken_onchip_crc", "offset": 0, "len": "64K" },
              { "name": "app", "flash_name": "beken_onchip_crc", "offset": "64K", "len": "1088K" },
              { "name": "download", "flash_name": "beken_onchip", "offset": "0x12A000", "len": "664K" } ] }
            """);
        var result = Tool.Run("fal", "set", folder.Write("in.bin", Samples.ObkN), "--table", table, "-o", folder["out.bin"]).Fails(4, "BKI3004", "overlap");
        Assert.StartsWith($"bekenimage: {table}: ", result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("'fal show --json'", result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void ObkSet_FromAMaskedConfiguration_KeepsAndSays_OrRefuses()
    {
        using var folder = new TestFolder();
        string device = folder.OpenBekenDevice();
        folder.Do("obk", "set", device, "wifiSsid=home", "wifiPass=correct horse", "-o", folder["set.bin"]);
        folder.Write("masked.json", folder.Do("obk", "show", folder["set.bin"], "--json"));

        var kept = Tool.Run("obk", "set", folder["set.bin"], "--from", folder["masked.json"], "-o", folder["kept.bin"]).Succeeds();
        Assert.Contains("warning: BKI5010: ", kept.Error, StringComparison.Ordinal);
        Assert.Contains("--show-secrets", kept.Error, StringComparison.Ordinal);
        BytesAssert.Equal(folder.Read("set.bin"), folder.Read("kept.bin"));
        var json = Tool.Run("obk", "set", folder["set.bin"], "--from", folder["masked.json"], "-o", folder["json.bin"], "--json").Succeeds().Json;
        Assert.Contains(json.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "BKI5010");

        var lost = Tool.Run("obk", "set", device, "--from", folder["masked.json"], "-o", folder["no.bin"]).Fails(3, "BKI5010", "--show-secrets");
        Assert.StartsWith($"bekenimage: {folder["masked.json"]}: ", lost.ErrorLine, StringComparison.Ordinal);
        lost = Tool.Run("combine", folder["factory.bin"], folder["firmware.bin"], "--obk-config", folder["masked.json"], "-o", folder["no.bin"])
            .Fails(3, "BKI5010", "--show-secrets");
        Assert.StartsWith($"bekenimage: {folder["masked.json"]}: ", lost.ErrorLine, StringComparison.Ordinal);
        Tool.Run("obk", "set", device, "--from", folder["masked.json"], "wifiPass=given by hand", "mqttPass=this too", "-o", folder["hand.bin"]).Succeeds();
        Assert.Equal("given by hand", FlashImage.Load(folder["hand.bin"]).ObkConfig!.WifiPass);
        Assert.DoesNotContain("no.bin", folder.Names);
    }

    [Fact]
    public void ObkSet_OfUnlikelyValues_WarnsInTextAndJson()
    {
        using var folder = new TestFolder();
        string device = folder.OpenBekenDevice();
        string[] values = ["pins.6=99;1", "pins.7=Btn;200", "wifiPass=short", "mqttPort=70000"];
        var text = Tool.Run(["obk", "set", device, .. values, "-o", folder["out.bin"]]).Succeeds();
        Assert.Equal(4, text.ErrorLines.Count(line => line.StartsWith("warning: BKI5011: ", StringComparison.Ordinal)));
        Assert.DoesNotContain("short", text.Error, StringComparison.Ordinal);
        var findings = Tool.Run(["obk", "set", device, .. values, "-o", folder["json.bin"], "--json"]).Succeeds().Json.GetProperty("findings");
        Assert.Equal(4, findings.GetArrayLength());

        Tool.Run("obk", "set", device, "pins.6=Relais;1", "-o", folder["no.bin"]).Fails(3, "BKI5007", "did you mean Rel");
        Tool.Run("combine", folder["factory.bin"], folder["firmware.bin"], "--set", "pins.6=Relais;1", "-o", folder["no.bin"]).Fails(3, "BKI5007", "did you mean Rel");
        string template = folder.Write("bad.json", """{ "mqttPort": "many" }""");
        foreach (string[] verb in new[] { new[] { "obk", "set", device, "--from", template }, ["combine", folder["factory.bin"], folder["firmware.bin"], "--obk-config", template] })
        {
            var refused = Tool.Run([.. verb, "-o", folder["no.bin"]]).Fails(3, "BKI5007", "mqttPort");
            Assert.StartsWith($"bekenimage: {template}: ", refused.ErrorLine, StringComparison.Ordinal);
        }
        Tool.Run("obk", "set", device, "ssid=home", "-o", folder["no.bin"]).Fails(3, "BKI5006", "did you mean wifiSsid");
        folder.Write("odd.json", """{ "mqttPort": 70000 }""");
        var combined = Tool.Run("combine", folder["factory.bin"], folder["firmware.bin"], "--obk-config", folder["odd.json"], "-o", folder["c.bin"]).Succeeds();
        Assert.Contains("BKI5011", combined.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TuyaSet_OfAMaskedValue_KeepsAndSays_OrRefuses()
    {
        string plug = Corpus.PathOf("BK7231N_LSPA9_Clone_First.bin");
        using var folder = new TestFolder();
        string masked = folder.Do("tuya", "get", plug, "gw_bi").Trim();
        var kept = Tool.Run("tuya", "set", plug, "gw_bi", masked, "-o", folder["kept.bin"]).Succeeds();
        Assert.Contains("BKI5010", kept.Error, StringComparison.Ordinal);
        BytesAssert.Equal(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"), folder.Read("kept.bin"));
        Tool.Run("tuya", "set", plug, "gw_bi", masked + " ", "-o", folder["no.bin"]).Fails(3, "BKI5010", "--show-secrets");
        Tool.Run("tuya", "set", plug, "new_value", "********", "-o", folder["no.bin"]).Fails(3, "BKI5010", "masked");
        string document = folder.Write("values.json", JsonSerializer.Serialize(new { values = new[] { new { name = "gw_bi", text = masked } } }));
        Assert.Contains("BKI5010", Tool.Run("put", plug, "tuya", document, "-o", folder["put.bin"]).Succeeds().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void UpdatesThatWillNotWork_NameTheirCure_InCombineAndLint()
    {
        using var folder = new TestFolder();
        string dreo = folder.Write("dreo.bin", Samples.Dreo), firmware = folder.Write("obk.bin", Samples.ObkM);
        string combined = Tool.Run("combine", dreo, firmware, "-o", folder["out.bin"]).Succeeds().Output;
        Assert.Contains("BKI3005", combined, StringComparison.Ordinal);
        Assert.Contains("(--partition-table firmware rewrites the bootloader's table)", combined, StringComparison.Ordinal);
        Assert.Contains("'combine --partition-table firmware'", Tool.Run("lint", firmware, "--against", dreo).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("BKI3005", Tool.Run("combine", dreo, firmware, "--partition-table", "firmware", "-o", folder["cured.bin"]).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void SwappedInputs_AreNamed()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("dump.bin", Samples.TuyaN), qio = folder.Write("qio.bin", Samples.ObkN);
        var result = Tool.Run("combine", qio, dump, "-o", folder["out.bin"]).Fails(3, "BKI8008", "swapped");
        Assert.Contains($"'{dump}' is the dump of a device, '{qio}' is not", result.ErrorLine, StringComparison.Ordinal);
    }
}
