using System.Text.Json;
using BekenImage.Boot.Tests.Support;
using BekenImage.Cli.Output;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary><c>boot</c>, <c>verify --boot</c> and <c>combine --boot</c>, with a loader assembled in the tests.</summary>
public sealed class BootVerbTests
{
    [Fact]
    public void Boot_OfALoaderThatJumps_PrintsItsTextAndOneLine()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader("hello\r\r\nworld")));

        Assert.Equal(0, folder.Run("boot", image));

        string[] lines = folder.Output.Split('\n');
        Assert.Equal(["hello", "world"], lines[..2]);
        Assert.StartsWith("boot: the bootloader (BK7231N_1.0.1) jumped to logical 0x10000 after ", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("it did not judge the app", lines[2], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.Empty(folder.Error);
    }

    [Theory]
    [InlineData("hello", false, 0)]
    [InlineData("app", false, 1)]
    [InlineData("app", true, 0)]
    [InlineData("nothing", true, 1)]
    public void Expect_DecidesTheExitCode(string text, bool app, int exitCode)
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader()));
        string[] line = ["boot", image, "--expect", text, .. app ? new[] { "--app" } : []];

        Assert.Equal(exitCode, folder.Run(line));
        Assert.EndsWith($"; \"{text}\" was {(exitCode == 0 ? string.Empty : "not ")}printed\n", folder.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, folder.Run([.. line, "--json"]));
        Assert.Equal((text, exitCode == 0), (folder.Json.GetProperty("expect").GetString(), folder.Json.GetProperty("expected").GetBoolean()));
    }

    [Fact]
    public void Boot_OfALoaderThatRefuses_AnswersNo()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader("App verify failed! Need to recovery factory firmware.\r\n")));
        Assert.Equal(1, folder.Run("boot", image, "--json"));
        var json = folder.Json;
        Assert.Equal((false, 0x10000, "refused"), (json.GetProperty("accepted").GetBoolean(), json.GetProperty("jumped").GetInt32(), json.GetProperty("judgement").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("fault").ValueKind);
        Assert.Equal(["App verify failed! Need to recovery factory firmware."], json.GetProperty("log").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public void Boot_ThatStops_SaysWhere()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(new TinyArm().Begin().Number(1, 0x12345678).Load(0, 1)));
        Assert.Equal(1, folder.Run("boot", image, "--trace"));
        Assert.Contains("stopped: fault at 0x0000100c after ", folder.Output, StringComparison.Ordinal);
        Assert.Contains("r0  00000000  r1  12345678", folder.Output, StringComparison.Ordinal);
        Assert.Equal(1, folder.Run("boot", image, "--json"));
        Assert.Equal(0x12345678, folder.Json.GetProperty("fault").GetProperty("address").GetInt32());
        Assert.Equal("fault", folder.Json.GetProperty("stopped").GetString());
    }

    [Fact]
    public void Files_HoldTheTextByteForByte_AndTheFlashAsItIsAfterwards()
    {
        using var folder = new TestFolder();
        var loader = new TinyArm().Begin().Print("\u001b[31mred\u001b[0m\r\r\n").Flash(13, 0x1FF000).JumpToApp();
        byte[] before = TinyDevice.Image(loader).With(0x1FF000, 1, 2, 3).Dump();
        string image = folder.Write("in.bin", before);

        Assert.Equal(0, folder.Run("boot", image, "--log", folder["log"], "-o", folder["after.bin"]));

        Assert.Equal("\u001b[31mred\u001b[0m\r\r\n"u8.ToArray(), File.ReadAllBytes(folder["log"]));
        byte[] expected = [.. before];
        expected.AsSpan(0x1FF000, 3).Fill(0xFF);
        BytesAssert.Equal(expected, File.ReadAllBytes(folder["after.bin"]));
        BytesAssert.Equal(before, File.ReadAllBytes(image));
        // An existing one is kept.
        Assert.Equal(4, folder.Run("boot", image, "--log", folder["log"]));
        Assert.Equal(4, folder.Run("boot", image, "-o", image));
        Assert.Equal(2, folder.Run("boot", image, "--log", folder["x"], "-o", folder["x"]));
        Assert.Equal(2, folder.Run("boot", image, "--steps", "0"));
    }

    [Fact]
    public void HostileText_SteersNoTerminal_ButMayBeColoured()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader("\r\u001b]0;owned\u0007\u001b[2Jhidden\rseen\u0008\r\n")));
        foreach (string[] line in new[] { new[] { "boot", image }, ["boot", image, "--json"], ["boot", image, "--trace"], ["verify", image, "--boot"] })
        {
            folder.Run(line);
            TerminalAssert.IsHarmless(folder.Last);
        }
        Assert.Equal(0, folder.Run("boot", image));
        Assert.StartsWith("\\x1b]0;owned\\x07\\x1b[2Jhidden\\x0dseen\\x08\n", folder.Output, StringComparison.Ordinal);
        const string coloured = "\u001b[36;22mblue\u001b[0m\u001b[999\u001b";
        Assert.Equal("\u001b[36;22mblue\u001b[0m\\x1b[999\\x1b", UartText.Filter(coloured, hasColour: true));
        Assert.Equal("blue\\x1b[999\\x1b", UartText.Filter(coloured, hasColour: false));
    }

    [Fact]
    public void ColouredText_IsColouredWhereColoursAreWanted()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader("\u001b[36mblue\u001b[0m\r\n")));
        Assert.StartsWith("blue\n", Tool.Run("boot", image).Succeeds().Output, StringComparison.Ordinal);
        Assert.StartsWith("\u001b[36mblue\u001b[0m\n", Tool.Run("boot", image, "--color", "always").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ImageWithNothingToRun_IsAnInputError()
    {
        using var folder = new TestFolder();
        string app = folder.Write("app.bin", TinyDevice.Image(TinyDevice.Loader()).Ua());
        Tool.Run("boot", app).Fails(3, "BKI2500", "nothing in it that can be run");
        var json = Tool.Run("boot", app, "--json");
        Assert.Equal((3, "BKI2500"), (json.ExitCode, json.Json.GetProperty("error").GetProperty("code").GetString()));
        // verify has an answer for it all the same.
        folder.Run("verify", app, "--boot", "--json");
        Assert.Equal("skipped", Check(folder.Json, "bootloader-ran").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(false, "pass")]
    [InlineData(true, "fail")]
    public void Verify_WithBoot_HasTheLoadersWordsAsACheck(bool isErased, string status)
    {
        using var folder = new TestFolder();
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
        if (isErased)
            flash.AsSpan(0x11000, 0x20000).Fill(0xFF);
        string image = folder.Write("in.bin", flash);
        folder.Run("verify", image, "--boot", "--json");
        var check = Check(folder.Json, "bootloader-ran");
        Assert.Equal(status, check.GetProperty("status").GetString());
        Assert.Contains("jumped to logical 0x10000", check.GetProperty("message").GetString(), StringComparison.Ordinal);
        folder.Run("verify", image, "--json");
        Assert.DoesNotContain(folder.Json.GetProperty("checks").EnumerateArray(), one => one.GetProperty("name").GetString() == "bootloader-ran");
    }

    [Fact]
    public void Combine_WithBoot_RunsTheResult()
    {
        using var folder = new TestFolder();
        string factory = folder.Write("factory.bin", TinyDevice.Image(TinyDevice.Loader()).WithRf(0x1D0000).Dump());
        var app = new TinyArm(0x10000).Begin().Print("OpenBK7231N, version 1.18.300\nConfig crc or ident mismatch.\n").Label("end").Branch("end");
        string firmware = folder.Write("firmware.bin", new SyntheticImage { App = TinyDevice.AppBytes(app, SyntheticImage.ObkN) }.Qio());
        Assert.Equal(0, folder.Run("combine", factory, firmware, "-o", folder["out.bin"], "--boot", "--json"));
        Assert.Equal("pass", Check(folder.Json.GetProperty("verify"), "bootloader-ran").GetProperty("status").GetString());
        var ran = Check(folder.Json.GetProperty("verify"), "app-ran");
        Assert.Equal("pass", ran.GetProperty("status").GetString());
        Assert.Equal("\"OpenBK7231N, version 1.18.300\" starts; it found no configuration and takes the defaults", ran.GetProperty("message").GetString());

        // A loader that starts nothing: the image is written, the answer is no.
        string broken = folder.Write("broken.bin", TinyDevice.Image(new TinyArm().Begin().Label("end").Branch("end")).WithRf(0x1D0000).Dump());
        Assert.Equal(1, folder.Run("combine", broken, firmware, "-o", folder["out2.bin"], "--boot"));
        Assert.Contains("bootloader-ran", folder.Output, StringComparison.Ordinal);
        Assert.Equal(0, folder.Run("combine", broken, firmware, "-o", folder["out3.bin"]));
    }

    [Fact]
    public void Doctor_WithBoot_QuotesTheLoader()
    {
        using var folder = new TestFolder();
        const string words = "App verify failed! Need to recovery factory firmware.";
        var loader = new TinyArm().Begin().Print($"\u001b]0;owned\u0007{words}\n").Label("end").Branch("end");
        string image = folder.Write("in.bin", TinyDevice.Image(loader).WithRf(0x1D0000).Dump());
        Assert.Equal(1, folder.Run("doctor", image, "--boot"));
        TerminalAssert.IsHarmless(folder.Last);
        Assert.Contains("1. The bootloader refuses the app (BKI2501, error)", folder.Output, StringComparison.Ordinal);
        Assert.Equal(1, folder.Run("doctor", image, "--boot", "--json"));
        var problem = folder.Json.GetProperty("problems")[0];
        Assert.Equal(("BKI2501", "error"), (problem.GetProperty("code").GetString(), problem.GetProperty("severity").GetString()));
        Assert.Contains(words, problem.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal("combine", problem.GetProperty("repair").GetProperty("command")[1].GetString());
        folder.Run("doctor", image);
        Assert.DoesNotContain("BKI2501", folder.Output, StringComparison.Ordinal);
        string sound = folder.Write("sound.bin", TinyDevice.Image(TinyDevice.Loader()).WithRf(0x1D0000).Dump());
        folder.Run("doctor", sound, "--boot");
        Assert.DoesNotContain("BKI25", folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_WithBoot_ShowsWhatItPrinted()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader("hello\r\n")));
        Assert.Equal(0, folder.Run("report", image, "--boot"));
        Assert.Contains("| Its own bootloader | the bootloader", folder.Output, StringComparison.Ordinal);
        Assert.Equal(0, folder.Run("report", image, image, "--boot", "-o", folder["all.html"]));
        Assert.Equal(2, File.ReadAllText(folder["all.html"]).Split("<pre class=\"log\">hello\n</pre>").Length - 1);
        Assert.Equal(0, folder.Run("report", image));
        Assert.DoesNotContain("Its own bootloader", folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AppThatIsNotFitToRun_IsAWarning_BesideTheLoadersYes()
    {
        using var folder = new TestFolder();
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
        flash[0x11000 + 34 * 100 + 3] ^= 1;
        string image = folder.Write("in.bin", flash);
        Assert.Equal(0, folder.Run("boot", image));
        Assert.Contains("BKI2514", folder.Error, StringComparison.Ordinal);
        Assert.Equal(1, folder.Run("verify", image, "--boot"));
    }

    [Fact]
    public void OddQuestions_GetOrderlyAnswers()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader("a \"quoted\" \\ [x] %s\r\n")));
        Assert.Equal(0, folder.Run("boot", image, "--expect", "\"quoted\" \\ [x] %s"));
        Assert.Equal(1, folder.Run("boot", image, "--expect", "[red]no[/]"));
        TerminalAssert.IsHarmless(folder.Last);
        Assert.Equal(2, folder.Run("boot", image, "--expect", "two\nlines"));
        Assert.Equal(2, folder.Run("boot", image, "--expect", ""));
        Assert.Equal(1, folder.Run("boot", image, "--steps", "1"));
        Assert.Equal(0, folder.Run("boot", image, "--steps", "9223372036854775807"));
        Assert.Equal(0, folder.Run("boot", image, "--log", "-"));
        Assert.Equal(0, folder.Run("boot", folder.Write("gz", SyntheticArchive.Gzip(File.ReadAllBytes(image)))));
        foreach (byte[] file in new byte[][] { [1], SyntheticPrograms.Noise(70_000, 4), new SyntheticImage().Ua() })
            Assert.Equal(3, folder.Run("boot", folder.Write("other", file)));
    }

    [Fact]
    public void DeviceUnderAnotherKey_IsShownByGivingIt()
    {
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", TinyDevice.Flash(TinyDevice.Loader(), key: SyntheticKey.Tuya));
        Assert.Equal(0, folder.Run("boot", image, "--key", "tuya"));
        Assert.Equal(1, folder.Run("boot", image, "--key", "uascent", "--steps", "100000"));
        Assert.DoesNotContain("hello", folder.Output, StringComparison.Ordinal);
    }

    private static JsonElement Check(JsonElement verify, string name) =>
        Assert.Single(verify.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == name);
}
