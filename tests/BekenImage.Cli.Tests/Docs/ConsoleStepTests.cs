using Xunit.Sdk;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>How the blocks of the pages are read: what would let a wrong page pass is tried here.</summary>
public sealed class ConsoleStepTests
{
    [Fact]
    public void Block_IsCommandsWithTheirOutput()
    {
        var steps = Steps("bekenimage inspect dump.bin", "chip  BL2028N", "", "bekenimage verify dump.bin --boots # exit 1");
        Assert.Equal([4, 7], steps.Select(step => step.Line));
        Assert.Equal(["inspect", "dump.bin"], steps[0].Words);
        Assert.Equal(["chip  BL2028N"], steps[0].Output);
        Assert.Equal((0, 1), (steps[0].ExitCode, steps[1].ExitCode));
        Assert.Equal(["verify", "dump.bin", "--boots"], steps[1].Words);
        Assert.Empty(steps[1].Output);
    }

    [Theory]
    [InlineData("bekenimage report dumps -o all.html --title \"My devices\"", "report", "dumps", "-o", "all.html", "--title", "My devices")]
    [InlineData("bekenimage obk set a.bin name=\"a lamp\" 'pins.6=Btn;2'", "obk", "set", "a.bin", "name=a lamp", "pins.6=Btn;2")]
    [InlineData("dotnet run -c Release --project src/BekenImage.Cli -- demo", "demo")]
    [InlineData("bekenimage obk set a.bin mqttHost=\"\"", "obk", "set", "a.bin", "mqttHost=")]
    public void Words_AreSplitAsAShellDoes(string command, params string[] words) => Assert.Equal(words, ConsoleStep.WordsOf(command));

    [Fact]
    public void Command_GoesOnAfterABackslash() =>
        Assert.Equal(["combine", "a.bin", "b.bin"], Steps("bekenimage combine a.bin \\", "    b.bin").Single().Words);

    [Fact]
    public void Block_ThatBeginsWithoutACommand_Fails() => Assert.ThrowsAny<XunitException>(() => Steps("chip  BL2028N"));

    [Theory]
    [InlineData(true, "one\ntwo\n", "one", "two")]
    [InlineData(true, "one\ntwo\nthree\n", "one", "...", "three")]
    [InlineData(true, "one\nthree\n", "one", "...", "three")]
    [InlineData(true, "SHA-256 0123, ok\n", "SHA-256 ..., ok")]
    [InlineData(true, "anything\n")]
    [InlineData(false, "one\ntwo\nthree\n", "one", "two")]
    [InlineData(false, "zero\none\n", "one")]
    [InlineData(false, "one\n", "one", "two")]
    [InlineData(false, "a.c\n", "a+c")]
    [InlineData(false, "abc\n", "a.c")]
    [InlineData(false, "SHA-256 0123, bad\n", "SHA-256 ..., ok")]
    public void Output_IsComparedWhole_ButForTheDots(bool matches, string printed, params string[] shown)
    {
        var step = new ConsoleStep(1, ["inspect"], 0, shown);
        if (matches)
            step.AssertPrints("page.md", printed);
        else
            Assert.ThrowsAny<XunitException>(() => step.AssertPrints("page.md", printed));
    }

    private static ConsoleStep[] Steps(params string[] lines) => [.. ConsoleStep.Of("page.md", new CodeBlock("console", 3, lines))];
}
