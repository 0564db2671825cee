using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>The main job through the command: its document, its guards, its exit codes.</summary>
public sealed class CombineTests
{
    [Theory]
    [InlineData("dreo", "obk-n", "convert", 0x131F9A)]
    [InlineData("dreo", "obk-m", "convert", 0x131F9A)]
    [InlineData("dreo", "ua", "convert", 0x131F9A)]
    [InlineData("tuya-n", "obk-n", "convert", 0x129F0A)]
    [InlineData("tuya-n", "obk-m", "convert", 0x129F0A)]
    [InlineData("tuya-n", "plain", "convert", 0x129F0A)]
    [InlineData("rotated", "obk-n", "convert", 0x129F0A)]
    [InlineData("tuya-t", "obk-t", "convert", 0x129F0A)]
    [InlineData("obk-device", "obk-n", "update", 0x129F0A)]
    public void Result_BootsAndIsDescribed(string factory, string firmware, string mode, int header)
    {
        using var folder = new TestFolder();
        byte[] dump = Image(factory);
        string from = folder.Write("factory.bin", dump), with = folder.Write("firmware.bin", Image(firmware));
        var result = Tool.Run("combine", from, with, "-o", folder["out.bin"], "--json").Succeeds();
        byte[] image = folder.Read("out.bin");
        AssertDocument(result.Json, image);
        Assert.Equal(mode, result.Json.GetProperty("mode").GetString());
        Assert.Equal([from, with], result.Json.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("file").GetString()));
        Assert.True(result.Json.GetProperty("verify").GetProperty("boots").GetBoolean());
        Assert.True(result.Json.GetProperty("verify").GetProperty("bootloaderAccepts").GetBoolean());

        byte[] normal = factory == "rotated" ? Samples.TuyaN : dump;
        BytesAssert.Equal(normal.AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));
        var boot = BootSimulator.Run(image, factory == "dreo" ? SyntheticKey.Zero : SyntheticKey.Tuya);
        boot.AssertBoots();
        Assert.Equal(header, boot.HeaderOffset);
        BytesAssert.Equal(firmware == "obk-t" ? SyntheticImage.ObkTFirmware().App : Samples.PlainApp, boot.App);
        int rf = factory == "tuya-t" ? 0x1E0000 : 0x1D0000;
        BytesAssert.Equal(normal.AsSpan(factory is "dreo" ? 0x1E0000 : rf, 0x1000), image.AsSpan(rf, 0x1000));
        if (mode == "update")
            BytesAssert.Equal(dump.AsSpan(0x1D0000), image.AsSpan(0x1D0000));
        Assert.Equal(dump, folder.Read("factory.bin"));
    }

    [Fact]
    public void Text_SaysWhatWasMovedWhereAndWhetherItBoots()
    {
        using var folder = Prepare();
        var result = Run(folder, "combine DREO OBKN -o OUT").Succeeds();
        Assert.Contains("0x1d0000", result.Output, StringComparison.Ordinal);
        Assert.Contains("moved", result.Output, StringComparison.Ordinal);
        Assert.Contains("boots: yes", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('…', result.Output);
        TerminalAssert.IsHarmless(result);
    }

    [Fact]
    public void Repeated_GivesTheSameBytesAndTheSameAnswer()
    {
        using var folder = Prepare();
        var first = Run(folder, "combine DREO OBKN -o OUT --json").Succeeds();
        byte[] image = folder.Read("out.bin");
        Thread.Sleep(1100);
        var second = Run(folder, "combine DREO OBKN -o OUT --json --force").Succeeds();
        Assert.Equal(first.Output, second.Output);
        BytesAssert.Equal(image, folder.Read("out.bin"));
        folder.Write("dreo.bin", image);
        Run(folder, "combine DREO OBKN -o OUT --force").Succeeds();
        BytesAssert.Equal(image, folder.Read("out.bin"));
    }

    [Theory]
    [InlineData("combine OBKN DREO -o OUT", 3, "BKI8008", "swapped")]
    [InlineData("combine OBKN OBKN -o OUT", 3, "BKI8008", "QIO")]
    [InlineData("combine DREO TUYAN -o OUT", 3, "BKI8008", "--firmware-dump")]
    [InlineData("combine DREO OBKT -o OUT", 4, "BKI9006", "BK7231T")]
    [InlineData("combine DREO OBKT -o OUT --chip BL2028N", 4, "BKI9006", "BK7231T")]
    [InlineData("combine DREO OBKN -o OUT --chip BK7231T", 4, "BKI9006", "BK7231T")]
    [InlineData("combine DREO OBKN -o OUT --key tuya", 4, "BKI9007", "zero")]
    [InlineData("combine TUYAN OBKN -o OUT --key zero", 4, "BKI9007", "tuya")]
    [InlineData("combine TUYAN BIG -o OUT", 4, "BKI9002", "0x118f0a")]
    [InlineData("combine TUYAN OBKN -o OUT --bootloader OBKN", 4, "BKI9001", "--replace-bootloader")]
    [InlineData("combine TUYAN OBKN -o OUT --size 4M", 4, "BKI9004", "0x200000")]
    [InlineData("combine TUYAN OBKN -o OUT --size 1M", 4, "BKI9008", "cut off")]
    [InlineData("combine TUYAN OBKN -o OUT --size app --mac 02:00:00:00:00:01", 4, "BKI9008", "rf")]
    [InlineData("combine TUYAN OBKN -o OUT --rf SHORT", 3, "BKI4006", "short.bin")]
    [InlineData("combine TUYAN OBKN -o OUT --obk-config SHORT", 3, "BKI5005", "short.bin")]
    [InlineData("combine TUYAN OBKN -o OUT --obk-config BADCFG", 3, "BKI5001", "badcfg.bin")]
    [InlineData("combine TUYAN OBKN -o OUT --obk-config keep", 3, "BKI5005", "no valid OpenBeken")]
    [InlineData("combine TUYAN OBKN -o OUT --obk-config firmware", 3, "BKI5005", "no valid OpenBeken")]
    [InlineData("combine TUYAN OBKN -o OUT --mac 01:00:00:00:00:01", 3, "BKI4007", "MAC")]
    [InlineData("combine NORF OBKN -o OUT --mac 02:00:00:00:00:01", 3, "BKI4020", "--rf")]
    [InlineData("combine MIXED OBKN -o OUT", 4, "BKI9007", "uascent")]
    [InlineData("combine BADFW OBKN -o OUT", 3, "BKI8008", "QIO")]
    [InlineData("combine TUYAN BADFW -o OUT", 3, "BKI1003", "damaged")]
    [InlineData("combine TUYAN TUYAN -o OUT", 3, "BKI8008", "--firmware-dump")]
    public void Refusals_HaveTheirExitCodeAndWriteNothing(string line, int exitCode, string code, string says)
    {
        using var folder = Prepare();
        Run(folder, line).Fails(exitCode, code, says);
        Assert.False(File.Exists(folder["out.bin"]));
        var json = Run(folder, line + " --json");
        Assert.Equal(exitCode, json.ExitCode);
        Assert.Equal(code, json.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.False(File.Exists(folder["out.bin"]));
        Run(folder, line + " --force").Fails(exitCode, code, says);
    }

    [Fact]
    public void Mac_IsChangedInTheCopyOnly()
    {
        using var folder = Prepare();
        Run(folder, "combine TUYAN OBKN -o OUT --mac 02:0A:0b:00:00:01").Succeeds();
        byte[] expected = RfTestData.Sector(RfTestData.CompleteTable("020a0b000001"));
        BytesAssert.Equal(expected, folder.Read("out.bin").AsSpan(0x1D0000, 0x1000));
    }

    [Fact]
    public void Config_FromAFile_GoesWhereTheFirmwareLooks()
    {
        using var folder = Prepare();
        byte[] config = ObkTestData.Minimal(startupCommand: "backlog echo 1");
        folder.Write("short.bin", config);
        Run(folder, "combine TUYAN OBKN -o OUT --obk-config SHORT").Succeeds();
        BytesAssert.Equal(ObkTestData.Sector(config), folder.Read("out.bin").AsSpan(0x1D1000, 0x1000));
        Run(folder, "combine TUYAN OBKN -o OUT --obk-config SHORT --size qio --force").Succeeds();
        Assert.Equal(0x1D2000, folder.Read("out.bin").Length);
    }

    [Theory]
    [InlineData("--size qio", 0x129F70, 0)]
    [InlineData("--size app", 0x118F70, 0x11000)]
    [InlineData("--size 2M", 0x200000, 0)]
    [InlineData("--size 0x200000", 0x200000, 0)]
    [InlineData("--size 2048K", 0x200000, 0)]
    [InlineData("", 0x200000, 0)]
    public void Size_IsAsAsked(string options, int length, int flashAt)
    {
        using var folder = Prepare();
        var result = Run(folder, "combine TUYAN OBKN -o OUT --json " + options).Succeeds();
        AssertDocument(result.Json, folder.Read("out.bin"));
        Assert.Equal(length, result.Json.GetProperty("length").GetInt32());
        Assert.Equal(flashAt, result.Json.GetProperty("flashAt").GetInt32());
    }

    [Fact]
    public void StagedPackage_NeverSurvives()
    {
        using var folder = Prepare();
        byte[] dump = Samples.ObkDeviceImage().WithPackage().Dump();
        folder.Write("tuyan.bin", dump);
        Run(folder, "combine TUYAN OBKN -o OUT --keep all").Succeeds();
        BootSimulator.Run(folder.Read("out.bin"), SyntheticKey.Tuya).AssertBoots();
    }

    [Fact]
    public void KeepAndErase_OverrideByName()
    {
        using var folder = Prepare();
        Run(folder, "combine TUYAN OBKN -o OUT --keep tuya,net").Succeeds();
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0x1EE000), folder.Read("out.bin").AsSpan(0x1EE000));
        Run(folder, "combine TUYAN OBKN -o OUT --force").Succeeds();
        Assert.All(folder.Read("out.bin").AsSpan(0x1EE000).ToArray(), value => Assert.Equal(0xFF, value));
        folder.Write("tuyan.bin", Samples.ObkDevice);
        Run(folder, "combine TUYAN OBKN -o OUT --erase obk-config --force").Succeeds();
        Assert.All(folder.Read("out.bin").AsSpan(0x1D1000, 0x1000).ToArray(), value => Assert.Equal(0xFF, value));
    }

    [Fact]
    public void FailOn_CountsFindingsOfTheResult()
    {
        using var folder = Prepare();
        Assert.Equal(0, Run(folder, "combine DREO OBKN -o OUT").ExitCode);
        Assert.Equal(1, Run(folder, "combine DREO OBKN -o OUT --force --fail-on warning").ExitCode);
        Assert.True(File.Exists(folder["out.bin"]));
    }

    [Theory]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin")]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin")]
    public void Corpus_DreoWithOpenBeken_Boots(string firmware)
    {
        string factory = Corpus.PathOf("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin");
        using var folder = new TestFolder();
        var result = Tool.Run("combine", factory, Corpus.PathOf(firmware), "-o", folder["out.bin"], "--json").Succeeds();
        byte[] image = folder.Read("out.bin"), dump = File.ReadAllBytes(factory);
        AssertDocument(result.Json, image);
        BytesAssert.Equal(dump.AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));
        BytesAssert.Equal(dump.AsSpan(0x1E0000, 0x1000), image.AsSpan(0x1D0000, 0x1000));
        var boot = BootSimulator.Run(image, SyntheticKey.Zero);
        boot.AssertBoots();
        Assert.Equal(0x131F9A, boot.HeaderOffset);
        Assert.Equal(0, Tool.Run("verify", folder["out.bin"]).ExitCode);
    }

    private static void AssertDocument(JsonElement json, byte[] image)
    {
        Assert.Equal(["schema", "verb"], json.EnumerateObject().Take(2).Select(member => member.Name));
        Assert.Equal("combine", json.GetProperty("verb").GetString());
        Assert.Contains(json.GetProperty("mode").GetString(), new[] { "convert", "update" });
        Assert.EndsWith("out.bin", json.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Equal(image.Length, json.GetProperty("length").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(image)), json.GetProperty("sha256").GetString());
        long at = json.GetProperty("flashAt").GetInt64();
        foreach (var region in json.GetProperty("regions").EnumerateArray())
        {
            Assert.Equal(at, region.GetProperty("offset").GetInt64());
            Assert.True(region.GetProperty("length").GetInt64() > 0);
            at += region.GetProperty("length").GetInt64();
            Assert.NotEmpty(region.GetProperty("name").GetString()!);
            Assert.NotEmpty(region.GetProperty("reason").GetString()!);
            string origin = region.GetProperty("origin").GetString()!;
            Assert.Contains(origin, new[] { "factory", "firmware", "built", "moved", "erased" });
            Assert.Contains(region.GetProperty("fromFile").ValueKind, new[] { JsonValueKind.String, JsonValueKind.Null });
            Assert.Contains(region.GetProperty("from").ValueKind, new[] { JsonValueKind.Number, JsonValueKind.Null });
            if (origin == "erased")
                Assert.True(image.AsSpan((int)(region.GetProperty("offset").GetInt64() - json.GetProperty("flashAt").GetInt64()), region.GetProperty("length").GetInt32()).IndexOfAnyExcept((byte)0xFF) < 0);
        }
        Assert.Equal(json.GetProperty("flashAt").GetInt64() + image.Length, at);
        foreach (var input in json.GetProperty("inputs").EnumerateArray())
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(input.GetProperty("file").GetString()!))), input.GetProperty("sha256").GetString());
        Assert.True(json.TryGetProperty("lint", out _));
        if (json.GetProperty("verify").ValueKind != JsonValueKind.Null)
            InspectJsonTests.AssertVerify(json.GetProperty("verify"));
        InspectJsonTests.AssertFindings(json.GetProperty("findings"));
    }

    private static TestFolder Prepare() => new();

    private static ToolResult Run(TestFolder folder, string line) => Tool.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
    {
        if (word == "OUT")
            return folder["out.bin"];
        if (!word.All(char.IsAsciiLetterUpper))
            return word;
        string name = word.ToLowerInvariant() + ".bin";
        return File.Exists(folder[name]) ? folder[name] : folder.Write(name, Image(word));
    }).ToArray());

    private static byte[] Image(string name) => name switch
    {
        "dreo" or "DREO" => Samples.Dreo,
        "tuya-n" or "TUYAN" => Samples.TuyaN,
        "tuya-t" => Samples.TuyaT,
        "rotated" => Samples.Rotated,
        "obk-device" => Samples.ObkDevice,
        "obk-n" or "OBKN" => Samples.ObkN,
        "obk-m" => Samples.ObkM,
        "obk-t" or "OBKT" => Samples.ObkT,
        "ua" => Samples.ObkNUa,
        "plain" => Samples.PlainApp,
        "BIG" => SyntheticImage.ObkNFirmware(appLength: 0x108700).App,
        "SHORT" => [1, 2, 3],
        "BADCFG" => Broken(ObkTestData.Minimal(), 100),
        "NORF" => new SyntheticImage().Dump(),
        "MIXED" => [.. Samples.TuyaN[..0x11000], .. new SyntheticImage { Key = SyntheticKey.Uascent }.WithRf(0x1D0000).Dump()[0x11000..]],
        "BADFW" => Broken(Samples.ObkN, 0x11000 + 34 * 7),
        _ => throw new ArgumentException(name),
    };

    private static byte[] Broken(byte[] bytes, int at)
    {
        bytes[at] ^= 0xFF;
        return bytes;
    }
}
