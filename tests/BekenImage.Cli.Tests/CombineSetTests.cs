using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary><c>combine --set</c>, <c>--from-tuya</c>, and the block Next.</summary>
public sealed class CombineSetTests
{
    private const string PassPhrase = "my own pass phrase";

    [Fact]
    public void Set_PutsFieldsIntoTheConfiguration_AndNeverRepeatsSecrets()
    {
        using var folder = new TestFolder();
        string[] command = Command(folder, Samples.TuyaN, Samples.ObkN, "--set", "wifiSsid=my own network", "--set", "wifiPass=" + PassPhrase, "--set", "pins.6=Btn;2");
        var result = Tool.Run(command).Succeeds();
        Assert.DoesNotContain("my own", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("holds passwords", result.Error, StringComparison.Ordinal);
        Assert.Contains("the firmware's defaults with 3 fields set", result.Output, StringComparison.Ordinal);
        string fields = folder.Do("obk", "show", folder["out.bin"], "--show-secrets", "--json");
        var json = JsonDocument.Parse(fields).RootElement;
        Assert.Equal(("my own network", PassPhrase), (json.GetProperty("wifiSsid").GetString(), json.GetProperty("wifiPass").GetString()));
        Assert.Equal("Btn;2", json.GetProperty("pins").GetProperty("6").GetString());

        var document = Tool.Run([.. command, "--force", "--json"]).Succeeds();
        Assert.DoesNotContain("my own", document.Output + document.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_IsWhatObkSetWouldHaveDone()
    {
        using var folder = new TestFolder();
        string[] fields = ["wifiSsid=a=b", "startupCommand=backlog echo 1; echo 2", "flags.10=false", "mqttPort=1884"];
        Tool.Run(Command(folder, Samples.TuyaN, Samples.ObkN)).Succeeds();
        folder.Do(["obk", "set", folder["out.bin"], .. fields, "-o", folder["set.bin"]]);
        Tool.Run([.. Command(folder, Samples.TuyaN, Samples.ObkN), "--force", .. fields.SelectMany(field => new[] { "--set", field })]).Succeeds();
        Assert.Equal(folder.Read("set.bin").AsSpan(0x1D1000, 0x1000).ToArray(), folder.Read("out.bin").AsSpan(0x1D1000, 0x1000).ToArray());
        Assert.Equal(folder.Read("set.bin"), folder.Read("out.bin"));
    }

    [Fact]
    public void FromTuya_IsWhatTheTemplateWouldHaveGiven_AndSetWins()
    {
        using var folder = new TestFolder();
        byte[] device = Wired("{rl1_pin:26,rl1_lv:0,bt1_pin:10,bt1_lv:0,pwmhz:500,}");
        string template = folder.Write("device.json", Tool.Run("tuya", "show", folder.Write("factory.bin", device), "--as-obk").Succeeds().Output);
        Tool.Run(Command(folder, device, Samples.ObkN, "--obk-config", template)).Succeeds();
        byte[] expected = folder.Read("out.bin");
        Tool.Run(Command(folder, device, Samples.ObkN, "--from-tuya", "--force")).Succeeds();
        Assert.Equal(expected, folder.Read("out.bin"));

        Tool.Run(Command(folder, device, Samples.ObkN, "--set", "pins.10=LED;3", "--from-tuya", "--force")).Succeeds();
        Assert.Equal("LED;3", FlashImage.Parse(folder.Read("out.bin")).ObkConfig!.Pins[10].ToString());
        Assert.Equal("Rel_n;1", FlashImage.Parse(folder.Read("out.bin")).ObkConfig!.Pins[26].ToString());
    }

    [Theory]
    [InlineData("--set noSuch=1", 3, "BKI5006", "--set")]
    [InlineData("--set mqttPort=lots", 3, "BKI5007", "'mqttPort'")]
    [InlineData("--set pins.6=NoRole;1", 3, "BKI5007", "--set")]
    [InlineData("--from-tuya", 3, "BKI5280", "--from-tuya")]
    [InlineData("--size app --set mqttPort=1884", 4, "BKI9008", "obk-config")]
    public void Refusals_NameTheOption(string options, int exitCode, string code, string says)
    {
        using var folder = new TestFolder();
        string[] command = [.. Command(folder, Samples.Dreo, Samples.ObkN), .. options.Split(' ')];
        Tool.Run(command).Fails(exitCode, code, says);
        Assert.False(File.Exists(folder["out.bin"]));
        Assert.Equal(exitCode, Tool.Run([.. command, "--json"]).ExitCode);
    }

    [Theory]
    [InlineData("--set", "wifiSsid")]
    [InlineData("--set", "=x")]
    [InlineData("--set", "")]
    public void Set_WithoutANameAndAValue_IsWrongUsage(params string[] options)
    {
        using var folder = new TestFolder();
        var result = Tool.Run([.. Command(folder, Samples.Dreo, Samples.ObkN), .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--set takes a field as NAME=VALUE", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set", "mqttPort=1884")]
    [InlineData("--from-tuya")]
    public void Configuration_ForAFirmwareThatIsNotOpenBeken_IsRefused(params string[] options)
    {
        using var folder = new TestFolder();
        byte[] firmware = new SyntheticImage { App = SyntheticPrograms.App(0xC010, SyntheticImage.TuyaN) }.Qio();
        Tool.Run([.. Command(folder, Samples.TuyaN, firmware), .. options]).Fails(4, "BKI9005", "firmware.bin");
    }

    [Fact]
    public void Next_EndsTheAnswer_AndIsInTheDocument()
    {
        using var folder = new TestFolder();
        var text = Tool.Run(Command(folder, Samples.TuyaN, Samples.ObkN)).Succeeds();
        string next = text.Output[text.Output.IndexOf("\nNext\n", StringComparison.Ordinal)..];
        var document = Tool.Run([.. Command(folder, Samples.TuyaN, Samples.ObkN), "--force", "--json"]).Succeeds().Json.GetProperty("next").EnumerateArray().ToArray();
        Assert.Equal(
            ["backup", "wiring", "BK7231GUIFlashTool", "ltchiptool", "bk7231tools", "programmer", "boot log", "if it does not come"],
            document.Select(step => step.GetProperty("tool").GetString()));
        string[] lines = document.SelectMany(step => step.GetProperty("lines").EnumerateArray()).Select(line => line.GetString()!).ToArray();
        Assert.Contains($"bk7231tools write_flash -d COM3 -s 0x0 -B \"{folder["out.bin"]}\"", lines);
        Assert.All(lines, line => Assert.Contains($"\n      {line}\n", next, StringComparison.Ordinal));
        Assert.Contains(folder["factory.bin"], document[0].GetProperty("note").GetString(), StringComparison.Ordinal);
        // What is a sentence fits a terminal; what is to be copied is not broken.
        Assert.All(next.Split('\n').Where(line => !line.StartsWith("      ", StringComparison.Ordinal) && !line.Contains(folder.Root, StringComparison.Ordinal)),
            line => Assert.True(line.Length <= 100, line));
        TerminalAssert.IsHarmless(text);
    }

    private static string[] Command(TestFolder folder, byte[] factory, byte[] firmware, params string[] options) =>
        ["combine", folder.Write("factory.bin", factory), folder.Write("firmware.bin", firmware), "-o", folder["out.bin"], .. options];

    private static byte[] Wired(string text)
    {
        byte[] value = TuyaImages.Text(text);
        byte[] chip = TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "user_param_key", value, (0, 2, 2)).Data(2, value));
        byte[] dump = new SyntheticImage().WithRf(0x1D0000).Dump();
        chip.AsSpan(TuyaImages.KeyOffset, 0x3000).CopyTo(dump.AsSpan(TuyaImages.KeyOffset));
        return dump;
    }
}
