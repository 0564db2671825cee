using System.Text;
using BekenImage.Cli.Output;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary><c>inspect --summary</c>: a line a file.</summary>
public sealed class InspectSummaryTests
{
    [Fact]
    public void Summary_OfADump_IsOneLineOfColumnsWithTabsBetween()
    {
        using var folder = new TestFolder();
        string file = folder.Write("tuya.bin", Samples.TuyaN);
        Assert.Equal($"{file}\tdump\tBK7231N\ttuya\ttuya 2.3.3\t-\town\tyes\t-\n", Tool.Run("inspect", "--summary", file).Succeeds().Output);
        string qio = folder.Write("obk.bin", Samples.ObkN);
        Assert.Equal($"{qio}\tqio\tBK7231N\ttuya\topenbeken 1.18.300\t-\tn/a\tn/a\t-\n", Tool.Run("info", "--summary", qio).Succeeds().Output);
    }

    [Fact]
    public void Summary_ShowsTheMacOnRequestOnly()
    {
        using var folder = new TestFolder();
        string file = folder.Write("tuya.bin", Samples.TuyaN);
        Assert.DoesNotContain("02:01:02:03:04:05", Tool.Run("inspect", "--csv", file).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("\town 02:01:02:03:04:05\t", Tool.Run("inspect", "--summary", "--show-secrets", file).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_OfAFolder_GoesDownAndOpensArchives_AndReportsWhatCannotBeRead()
    {
        using var folder = new TestFolder();
        folder.Write("b.bin", Samples.ObkN);
        Directory.CreateDirectory(folder["deep"]);
        Directory.CreateDirectory(folder["deep/er"]);
        folder.Write("deep/er/a.bin", Samples.TuyaN);
        folder.Write("deep/empty.bin", []);
        folder.Write("z.zip", SyntheticArchive.Zip(("dump.bin", Samples.TuyaN), ("notes.txt", "read me"u8.ToArray()), ("none.bin", [])));
        var result = Tool.Run("inspect", "--summary", folder.Root);
        Assert.Equal(3, result.ExitCode);
        string[][] rows = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        Assert.Equal(
            [(folder["b.bin"], "qio"), (folder["deep/er/a.bin"], "dump"), (folder["z.zip"] + ":dump.bin", "dump"), (folder["z.zip"] + ":notes.txt", "unknown")],
            rows.Select(row => (row[0], row[1])));
        Assert.All(rows, row => Assert.Equal(9, row.Length));
        Assert.Equal(2, result.ErrorLines.Length);
        Assert.StartsWith($"bekenimage: {folder["deep/empty.bin"]}: BKI8011: ", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.StartsWith($"bekenimage: {folder["z.zip"]}:none.bin: BKI8011: ", result.ErrorLines[1], StringComparison.Ordinal);
        // Without the option a folder is the files in it.
        Assert.DoesNotContain("a.bin", Tool.Run("inspect", "--json", folder.Root).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_DoesNotGoInCircles()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        using var folder = new TestFolder();
        folder.Write("a.bin", Samples.ObkN);
        Directory.CreateSymbolicLink(folder["round"], folder.Root);
        Assert.Single(Tool.Run("inspect", "--summary", folder.Root).Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Csv_HasAHeaderAndLineEndsOfTheStandard()
    {
        using var folder = new TestFolder();
        string file = folder.Write("a, \"b\".bin", Samples.ObkN);
        Assert.Equal(
            "file,kind,chip,key,firmware,module,mac,backup,finding\r\n" +
            $"\"{file.Replace("\"", "\"\"", StringComparison.Ordinal)}\",qio,BK7231N,tuya,openbeken 1.18.300,,n/a,n/a,\r\n",
            Tool.Run("inspect", "--summary", "--csv", file).Succeeds().Output);
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-", "'-")]
    [InlineData("@a", "'@a")]
    [InlineData("a=b", "a=b")]
    [InlineData("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    [InlineData("a\r\n=b\u001b[31m", "a\\x0d\\x0a=b\\x1b[31m")]
    [InlineData("\t=1", "\\x09=1")]
    [InlineData(" a", "\" a\"")]
    public void Csv_OfHostileText_IsTextOnly(string cell, string written) => Assert.Equal($"x,{written}\r\n", SummaryText.Csv(["x", cell]));

    [Fact]
    public void Summary_OfAHostileName_StaysOneLine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No such names there.");
        using var folder = new TestFolder();
        string file = folder.Write("a\n\tb\u001b[31m.bin", Samples.ObkN);
        string line = Assert.Single(Tool.Run("inspect", "--summary", file).Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(9, line.Split('\t').Length);
        Assert.Contains("a\\x0a\\x09b\\x1b[31m.bin", line, StringComparison.Ordinal);
    }

    [Fact]
    public void FailOn_DecidesAsElsewhere()
    {
        using var folder = new TestFolder();
        string file = folder.Write("none.bin", [1, 2, 3]);
        Assert.Equal(0, Tool.Run("inspect", "--summary", file).ExitCode);
        Assert.Equal(1, Tool.Run("inspect", "--summary", "--fail-on", "warning", file).ExitCode);
        Tool.Run("inspect", "--summary", folder["missing"]).Fails(3, "BKI8010", "there is no such file");
    }

    [Fact]
    public void Output_GoesIntoAFile_ButNotOverAnInputInAFolderOfAFolder()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateDirectory(folder["in/deep"]);
        string file = folder.Write("in/deep/a.bin", Samples.ObkN);
        Tool.Run("inspect", "--csv", folder["in"], "-o", folder["out.csv"]).Succeeds();
        Assert.StartsWith("file,kind,", Encoding.UTF8.GetString(folder.Read("out.csv")), StringComparison.Ordinal);
        Tool.Run("inspect", "--csv", folder["in"], "-o", file, "--force").Fails(4, "BKI9010", "inputs are never changed");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void Columns_OnATerminal_AreAlignedWithTwoBlanks_AndTheLastIsCut(int width)
    {
        var output = new StringWriter { NewLine = "\n" };
        new Terminal(output, TextWriter.Null, isInteractive: true).Columns(
            [["file", "kind", "finding"], ["a.bin", "dump", new string('x', 200)], ["\u6f22.bin", "qio", "-"]], width);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("file    kind  finding", lines[0]);
        Assert.StartsWith("a.bin   dump  xxx", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("x...", lines[1], StringComparison.Ordinal);
        Assert.Equal(width, lines[1].Length);
        Assert.Equal("\u6f22.bin  qio   -", lines[2]);
    }

    [Fact]
    public void Columns_ThatNeedMoreThanATerminalHas_AreAllCut_TheLongestMost()
    {
        var output = new StringWriter { NewLine = "\n" };
        new Terminal(output, TextWriter.Null, isInteractive: true).Columns(
        [
            ["file", "kind", "chip", "key", "firmware", "module", "mac", "backup", "finding"],
            [new string('f', 40) + ".bin", "bootloader", "BK7231N", "beken-utils", "openbeken 1.18.300", "generic-board", "uncalibrated", "n/a", "BKI1003: " + new string('x', 99)],
        ], 80);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.StartsWith("...fffff.bin  bootl~  BK7231N  beken~  openb~  generi~  uncali~", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("  n/a     BKI1003", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_OfTheCorpus_IsALineForEachFile()
    {
        Corpus.Require();
        string[] lines = Tool.Run("inspect", "--summary", Corpus.Folder!).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Directory.GetFiles(Corpus.Folder!, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal), lines.Select(line => line.Split('\t')[0]).Order(StringComparer.Ordinal));
    }
}
