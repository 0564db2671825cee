using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>Wrong usage ends with 2, says what is wrong on standard error, and reads or writes nothing.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs => new(
        "inspect", "verify", "split", "merge", "extract", "put", "combine", "fal", "fal show", "encrypt", "decrypt", "crc",
        "crc add", "crc strip", "crc check", "crc repair", "normalize");

    [Theory]
    [InlineData("")]
    [InlineData("frobnicate a.bin")]
    [InlineData("inspect")]
    [InlineData("verify")]
    [InlineData("put a.bin app b.bin")]
    [InlineData("split -")]
    [InlineData("sanitize -")]
    [InlineData("sanitize a.bin -o - --json")]
    [InlineData("merge d -o - --json")]
    [InlineData("completion")]
    [InlineData("completion tcsh")]
    [InlineData("inspect a.bin --color blue")]
    [InlineData("help frobnicate")]
    [InlineData("frobnicate --help")]
    [InlineData("split -o d")]
    [InlineData("merge -o out.bin")]
    [InlineData("extract a.bin -o out.bin")]
    [InlineData("put a.bin app -o out.bin")]
    [InlineData("combine a.bin -o out.bin")]
    [InlineData("combine a.bin b.bin")]
    [InlineData("combine a.bin b.bin c.bin -o out.bin")]
    [InlineData("combine a.bin b.bin -o")]
    [InlineData("combine a.bin b.bin -o out.bin -o out2.bin")]
    [InlineData("combine a.bin b.bin -o out.bin --frobnicate")]
    [InlineData("combine a.bin b.bin -o out.bin --chip BK7231X")]
    [InlineData("combine a.bin b.bin -o out.bin --chip Unknown")]
    [InlineData("combine a.bin b.bin -o out.bin --chip 3")]
    [InlineData("combine a.bin b.bin -o out.bin --chip")]
    [InlineData("combine a.bin b.bin -o out.bin --key nokey")]
    [InlineData("combine a.bin b.bin -o out.bin --key 510fb093")]
    [InlineData("combine a.bin b.bin -o out.bin --key tuya --key zero")]
    [InlineData("combine a.bin b.bin -o out.bin --mac 00:11:22")]
    [InlineData("combine a.bin b.bin -o out.bin --mac gg:11:22:33:44:55")]
    [InlineData("combine a.bin b.bin -o out.bin --keep everything")]
    [InlineData("combine a.bin b.bin -o out.bin --keep net,app")]
    [InlineData("combine a.bin b.bin -o out.bin --erase bootloader")]
    [InlineData("combine a.bin b.bin -o out.bin --keep")]
    [InlineData("combine a.bin b.bin -o out.bin --size huge")]
    [InlineData("combine a.bin b.bin -o out.bin --size 0")]
    [InlineData("combine a.bin b.bin -o out.bin --size -1")]
    [InlineData("combine a.bin b.bin -o out.bin --size 99999999999999999999999")]
    [InlineData("combine a.bin b.bin -o out.bin --replace-bootloader --bootloader x.bin")]
    [InlineData("combine a.bin b.bin -o - --json")]
    [InlineData("normalize a.bin -o - --json")]
    [InlineData("inspect a.bin --fail-on fatal")]
    [InlineData("inspect a.bin --fail-on 1")]
    [InlineData("inspect a.bin --fail-on=+2")]
    [InlineData("inspect a.bin --fail-on=-1")]
    [InlineData("inspect a.bin --fail-on error,warning")]
    [InlineData("inspect a.bin --fail-on")]
    [InlineData("encrypt a.bin -o out.bin --address 0")]
    [InlineData("encrypt a.bin -o out.bin --key tuya")]
    [InlineData("encrypt a.bin -o out.bin --key tuya --address twelve")]
    [InlineData("encrypt a.bin -o out.bin --key tuya --address -4")]
    [InlineData("encrypt a.bin -o out.bin --key tuya --address 0x")]
    [InlineData("encrypt a.bin -o out.bin --key tuya --address 12K5")]
    [InlineData("crc")]
    [InlineData("crc mend a.bin -o out.bin")]
    [InlineData("crc check a.bin b.bin")]
    [InlineData("fal")]
    [InlineData("split a.bin -o -")]
    public void WrongUsage_EndsWith2AndSaysSo(string line)
    {
        var result = Tool.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(result.ExitCode == 2, $"exit {result.ExitCode}: {result.Error}{result.Output}");
        Assert.Empty(result.Output);
        Assert.NotEmpty(result.ErrorLines);
        Assert.All(result.ErrorLines, message => Assert.StartsWith("bekenimage: ", message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("combine a b -o c --chip BK7231X", "BK7231X", "BL2028N")]
    [InlineData("combine a b -o c --keep everything", "everything", "obk-config")]
    [InlineData("combine a b -o c --size huge", "huge", "2M")]
    [InlineData("inspect a --key nokey", "--key", "uascent")]
    [InlineData("encrypt a -o b --key tuya --address twelve", "twelve", "--address")]
    [InlineData("inspect a --fail-on fatal", "fatal", "warning")]
    public void WrongValue_IsNamedWithWhatWouldWork(string line, params string[] says)
    {
        var result = Tool.Run(line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.All(says, word => Assert.Contains(word, result.Error, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_IsOnStandardOutputAndEndsWith0(string verb)
    {
        var result = Tool.Run([.. verb.Split(' '), "--help"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
        Assert.DoesNotContain("Unknown", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<Error|", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_NamesEveryVerbOfTheContract()
    {
        var result = Tool.Run("--help");
        Assert.Equal(0, result.ExitCode);
        foreach (string verb in new[] { "inspect", "info", "verify", "split", "merge", "join", "extract", "put", "combine", "fal", "encrypt", "decrypt", "crc", "normalize" })
            Assert.Contains(verb, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void UsageError_EscapesWhatWasTyped()
    {
        var result = Tool.Run("inspect", "a", "--fail-on", "\u001b]0;owned\u0007\u202e");
        Assert.Equal(2, result.ExitCode);
        TerminalAssert.IsHarmless(result);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("TUYA")]
    [InlineData("510fb093 a3cbeadc 5993a17e c7adeb03")]
    [InlineData("0x510fb093,0xa3cbeadc,0x5993a17e,0xc7adeb03")]
    [InlineData("510fb093a3cbeadc5993a17ec7adeb03")]
    [InlineData("UQ+wk6PL6txZk6F+x63rAw==")]
    public void Key_IsUnderstoodInEveryForm(string key)
    {
        using var folder = new TestFolder();
        string input = folder.Write("in.bin", new byte[64]);
        Tool.Run("encrypt", input, "-o", folder["out.bin"], "--key", key, "--address", "0x10000").Succeeds();
        bool isZero = key == "zero";
        Assert.Equal(isZero, folder.Read("out.bin").All(value => value == 0));
    }
}
