using BekenImage.Cli.Output;

namespace BekenImage.Cli.Tests;

/// <summary>Lines and tables on terminals of some width, and in a pipe.</summary>
public sealed class TerminalTests
{
    [Fact]
    public void Line_IsBrokenAtBlanks_AndGoesOnUnderItsValue()
    {
        Assert.Equal(["name        one two three", "            four"], Lines(26, terminal => terminal.Line("name        one two three four")));
        Assert.Equal(["error: one two", "  threefold"], Lines(20, terminal => terminal.Line("error: one two threefold")));
        Assert.Equal(["it is sound", "  (at 0x11000)"], Lines(20, terminal => terminal.Line("it is sound (at 0x11000)")));
        Assert.Equal(["a b"], Lines(20, terminal => terminal.Line("a b")));
    }

    [Fact]
    public void Word_LongerThanALine_StaysWhole()
    {
        string hash = new('a', 64);
        Assert.Equal(["SHA-256", "  " + hash, "  end"], Lines(30, terminal => terminal.Line($"SHA-256 {hash} end")));
        Assert.Equal([hash], Lines(30, terminal => terminal.Line(hash)));
    }

    [Fact]
    public void Line_OfWideLetters_IsBrokenByCells() =>
        Assert.Equal(["漢漢漢 漢漢漢 漢漢漢", "  漢漢漢"], Lines(20, terminal => terminal.Line("漢漢漢 漢漢漢 漢漢漢 漢漢漢")));

    [Fact]
    public void Pipe_GetsOneLineEach()
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 100));
        Assert.Equal([text], Lines(null, terminal => terminal.Line(text)));
        Assert.Equal(["a    b", "one  " + text], Lines(null, terminal => terminal.Table(["a", "b"], [["one", text]])));
    }

    [Fact]
    public void Table_WrapsItsSentences()
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 20));
        string[] lines = Lines(50, terminal => terminal.Table(["check", "answer", "what"], [["boots", "pass", text]]));
        Assert.Equal("check  answer  what", lines[0]);
        Assert.StartsWith("boots  pass    word word", lines[1], StringComparison.Ordinal);
        Assert.All(lines[2..], line => Assert.StartsWith("               word", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 50));
        Assert.Equal(20, lines.Sum(line => line.Split("word").Length - 1));
    }

    [Fact]
    public void Table_TooWide_PutsTheSentenceUnderItsRow() => Assert.Equal(
        ["one         two         three", "    why", "1111111111  2222222222  3333333333", "    it is so"],
        Lines(40, terminal => terminal.Table(["one", "two", "three", "why"], [["1111111111", "2222222222", "3333333333", "it is so"]])));

    [Fact]
    public void Table_FarTooWide_PutsEachValueBehindItsHeading() => Assert.Equal(
        ["one         two", "1111111111  2222222222", "    three 3333333333, four", "    4444444444"],
        Lines(26, terminal => terminal.Table(["one", "two", "three", "four"], [["1111111111", "2222222222", "3333333333", "4444444444"]])));

    [Fact]
    public void Table_LittleTooWide_BreaksHeadings_ThenLeavesOutWhatFollows()
    {
        string[][] rows = [["aaaa", "bbbb", "cccc"]];
        Assert.Equal(["      long", "      heading", "a     b        c", "aaaa  bbbb     cccc"],
            Lines(20, terminal => terminal.Table(["a", "long heading b", "c"], rows)));
        Assert.Equal(["heading  tail", "aaaaaaaaaa  cccc"],
            Lines(20, terminal => terminal.Table(["heading", "middle", "tail"], [["aaaaaaaaaa", "bbbbbbbb", "cccc"]], expendable: 1)).Select(line => line.Replace("heading     ", "heading  ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Pair_OfALongWord_PutsItBelow()
    {
        string word = new('x', 70);
        Assert.Equal(["name", "    " + word], Lines(80, terminal => terminal.Pair("name", word)));
        Assert.Equal(["name                      value"], Lines(80, terminal => terminal.Pair("name", "value")));
    }

    [Theory]
    [InlineData("openbeken 1.17.100", 18, "openbeken 1.17.100")]
    [InlineData("openbeken 1.17.100", 15, "openb~ 1.17.100")]
    [InlineData("beken-freertos", 8, "beken...")]
    public void CutMiddle_KeepsTheLastWord(string text, int room, string expected) => Assert.Equal(expected, CellWidth.CutMiddle(text, room));

    [Fact]
    public void CutEnd_KeepsACodeWhole()
    {
        Assert.Equal("BKI1003", CellWidth.CutEnd("BKI1003: 1 bad page", 7));
        Assert.Equal("BKI1003...", CellWidth.CutEnd("BKI1003: 1 bad page", 10));
        Assert.Equal("...name.bin", CellWidth.CutStart("folder/long-name.bin", 11));
    }

    private static string[] Lines(int? width, Action<Terminal> write)
    {
        var output = new StringWriter { NewLine = "\n" };
        write(new Terminal(output, TextWriter.Null, width is not null, width));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
