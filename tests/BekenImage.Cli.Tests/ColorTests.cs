using System.Text;
using BekenImage.Cli.Output;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>When there are colours, and that nothing but this program makes them.</summary>
public sealed class ColorTests
{
    [Theory]
    [InlineData(true, true, "auto", true)]
    [InlineData(true, false, "auto", false)]
    [InlineData(false, true, "auto", false)]
    [InlineData(false, false, "always", true)]
    [InlineData(true, true, "never", false)]
    [InlineData(true, true, "NEVER", false)]
    public void Color_IsForTerminals_UnlessOneIsTold(bool isTerminal, bool mayColor, string choice, bool expected)
    {
        using var folder = new TestFolder();
        string file = folder.Write("a.bin", Samples.TuyaN);
        Assert.Equal(expected, Run("verify", file, "--color", choice).Contains('\e'));
        Assert.Equal(expected, Run("--color", choice, "inspect", file).Contains('\e'));

        string Run(params string[] arguments)
        {
            var output = new StringWriter { NewLine = "\n" };
            Assert.Equal(0, Application.Run(arguments, new Terminal(output, TextWriter.Null, isTerminal, 80, mayColor)));
            return output.ToString();
        }
    }

    [Fact]
    public void Color_StaysOutOfFiles()
    {
        using var folder = new TestFolder();
        string file = folder.Write("a.bin", Samples.TuyaN);
        Screen.Run(80, true, "verify", file, "--color", "always", "-o", folder["verify.txt"]);
        string written = Encoding.UTF8.GetString(folder.Read("verify.txt"));
        Assert.Contains("boots: yes", written, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', written);
    }

    [Theory]
    [InlineData(null, "xterm-256color", true)]
    [InlineData("", "xterm", true)]
    [InlineData(null, null, true)]
    [InlineData("1", "xterm", false)]
    [InlineData("0", "xterm", false)]
    [InlineData(null, "dumb", false)]
    public void Environment_IsAsked(string? noColor, string? term, bool expected) =>
        Assert.Equal(expected, ConsoleColors.AreWanted(name => name == "NO_COLOR" ? noColor : name == "TERM" ? term : null));

    [Fact]
    public void HostileName_MakesNoColors()
    {
        using var folder = new TestFolder();
        string file = folder.Write("a\e[31mred.bin", Samples.TuyaN);
        string shown = Screen.Run(80, true, "verify", file);
        Assert.Contains(@"a\x1b[31mred.bin", shown.Replace("\n  ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        TerminalAssert.IsHarmless(Screen.Plain(shown));
    }

    [Fact]
    public void Utf8_IsSetOnWindowsOnly_WithoutAMark_AndGivenBack()
    {
        var set = new List<Encoding>();
        ConsoleText.Begin(isWindows: false, () => Encoding.Latin1, set.Add).Dispose();
        Assert.Empty(set);
        using (ConsoleText.Begin(isWindows: true, () => Encoding.Latin1, set.Add))
        {
            var encoding = Assert.Single(set);
            Assert.Equal(65001, encoding.CodePage);
            Assert.Empty(encoding.GetPreamble());
        }
        Assert.Equal(Encoding.Latin1, set[^1]);
        ConsoleText.Begin(isWindows: true, () => throw new IOException(), set.Add).Dispose();
        Assert.Equal(2, set.Count);
    }
}
