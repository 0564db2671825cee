using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

public sealed class ReportVerbTests : IDisposable
{
    private const string Password = "the wifi password";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Report_OfAnImage_WritesAPage()
    {
        string file = _folder.Write("in.bin", Samples.ObkDevice);
        var result = Tool.Run("report", file, "-o", _folder["out.html"]).Succeeds();
        Assert.Empty(result.Output);
        Assert.StartsWith("<!DOCTYPE html>", Text("out.html"), StringComparison.Ordinal);
        Assert.Contains("data-region=\"app\"", Text("out.html"), StringComparison.Ordinal);
        // Same inputs, same bytes.
        Tool.Run("report", file, "--output", _folder["again.html"]).Succeeds();
        Assert.Equal(_folder.Read("out.html"), _folder.Read("again.html"));
    }

    [Fact]
    public void Report_WithoutOutput_PrintsMarkdown()
    {
        string file = _folder.Write("in.bin", Samples.ObkDevice);
        var result = Tool.Run("report", file).Succeeds();
        Assert.StartsWith("### in.bin\n", result.Output, StringComparison.Ordinal);
        Assert.InRange(result.Output.Split('\n').Length, 10, 40);
        Assert.Equal(result.Output, Tool.Run("report", file, "-o", "-").Succeeds().Output);
        Assert.StartsWith("<!DOCTYPE html>", Tool.Run("report", file, "--html").Succeeds().Output, StringComparison.Ordinal);
        Tool.Run("report", file, "-o", _folder["out.md"]).Succeeds();
        Assert.Equal(result.Output, Text("out.md"));
        Tool.Run("report", file, "-o", _folder["out.txt"], "--markdown").Succeeds();
        Assert.Equal(result.Output, Text("out.txt"));
    }

    [Fact]
    public void Report_WithATitle_HasIt()
    {
        string file = _folder.Write("in.bin", Samples.ObkDevice);
        Assert.StartsWith("### My \\<fan\\>\n", Tool.Run("report", file, "--title", "My <fan>").Succeeds().Output, StringComparison.Ordinal);
        Tool.Run("report", file, "--title", "My <fan>", "-o", _folder["out.html"]).Succeeds();
        Assert.Contains("<h1>My &lt;fan&gt;</h1>", Text("out.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfAFolder_GoesOnBehindWhatCannotBeRead()
    {
        Directory.CreateDirectory(_folder["dumps/old"]);
        _folder.Write("dumps/a.bin", Samples.TuyaN);
        _folder.Write("dumps/empty.bin", []);
        _folder.Write("dumps/old/b.bin", Samples.ObkN);
        var result = Tool.Run("report", _folder["dumps"], "-o", _folder["out.html"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("empty.bin: BKI", result.ErrorLine, StringComparison.Ordinal);
        string page = Text("out.html");
        Assert.Equal(2, page.Split("<details class=\"image\"").Length - 1);
        Assert.Contains("Not readable", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_IntoTheFolderItIsOf_IsNoImageOfIt()
    {
        Directory.CreateDirectory(_folder["dumps"]);
        string dump = _folder.Write("dumps/a.bin", Samples.TuyaN);
        foreach (string name in new[] { "dumps/report.html", "dumps/report.md" })
        {
            Tool.Run("report", _folder["dumps"], "-o", _folder[name]).Succeeds();
            string first = Text(name);
            Tool.Run("report", _folder["dumps"], "-o", _folder[name]).Fails(4, "BKI9009", "--force");
            Tool.Run("report", _folder["dumps"], "-o", _folder[name], "--force").Succeeds();
            Assert.Equal(first, Text(name));
        }
        // One that was named is what was asked for, and an image is never written over.
        Tool.Run("report", _folder["dumps/report.html"], "-o", _folder["dumps/report.html"], "--force").Fails(4, "BKI9010", "never changed");
        Tool.Run("report", _folder["dumps"], "-o", dump, "--force").Fails(4, "BKI9010", "never changed");
        Assert.Contains("**unknown**", Tool.Run("report", _folder["dumps/report.html"]).Succeeds().Output, StringComparison.Ordinal);
        File.Delete(dump);
        Tool.Run("report", _folder["dumps"]).Fails(3, "BKI8011", "no file in the folder");
    }

    [Fact]
    public void Report_OfAFolderWithAPipe_DoesNotWaitForIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes there");
        Directory.CreateDirectory(_folder["dumps"]);
        _folder.Write("dumps/a.bin", Samples.ObkN);
        using (var make = Process.Start("mkfifo", [_folder["dumps/pipe"]]))
            make.WaitForExit();
        using var tool = Tool.Start("report", _folder["dumps"], "-o", _folder["out.html"]);
        tool.StandardInput.Close();
        Assert.True(tool.WaitForExit(60_000));
        Assert.Equal(3, tool.ExitCode);
        Assert.True(File.Exists(_folder["out.html"]));
    }

    [Fact]
    public void Report_OfNothingReadable_WritesNothing()
    {
        string file = _folder.Write("in.bin", []);
        Tool.Run("report", file, "-o", _folder["out.html"]).Fails(3, "BKI8011", "empty");
        Tool.Run("report", file, _folder["missing.bin"], "-o", _folder["out.html"], "--json");
        Assert.False(File.Exists(_folder["out.html"]));
        Assert.Equal("report", Tool.Run("report", file, "-o", _folder["out.html"], "--json").Json.GetProperty("verb").GetString());
    }

    [Fact]
    public void Report_InJson_SaysWhatWasWritten()
    {
        string a = _folder.Write("a.bin", Samples.TuyaN);
        var json = Tool.Run("report", a, _folder["missing.bin"], "-o", _folder["out.html"], "--json").Json;
        Assert.Equal((1, "report", "html"), (json.GetProperty("schema").GetInt32(), json.GetProperty("verb").GetString(), json.GetProperty("format").GetString()));
        Assert.Equal(_folder.Read("out.html").Length, json.GetProperty("length").GetInt32());
        Assert.Equal(a, json.GetProperty("images")[0].GetProperty("file").GetString());
        Assert.Equal(_folder["missing.bin"], json.GetProperty("unreadable")[0].GetProperty("file").GetString());
    }

    [Fact]
    public void Report_OfAnArchive_ShowsWhatIsInIt()
    {
        string zip = Zip("one.zip", ("inside.bin", Samples.ObkDevice));
        Tool.Run("report", zip, "-o", _folder["one.html"]).Succeeds();
        Assert.Contains("data-region=\"bootloader\"", Text("one.html"), StringComparison.Ordinal);
        Assert.Contains("inside.bin", Text("one.html"), StringComparison.Ordinal);
        string two = Zip("two.zip", ("a.bin", Samples.ObkDevice), ("b.bin", Samples.TuyaN));
        Tool.Run("report", two, "-o", _folder["two.html"]).Succeeds();
        Assert.Equal(2, Text("two.html").Split("<details class=\"image\"").Length - 1);
    }

    [Fact]
    public void Report_WithSecrets_MasksThemUnlessAsked()
    {
        byte[] config = ObkTestData.Minimal(5, string.Empty, bytes => Encoding.ASCII.GetBytes(Password).CopyTo(bytes, 0x54));
        string file = _folder.Write("in.bin", new SyntheticImage().WithRf(0x1D0000).With(0x1D1000, ObkTestData.Sector(config)).Dump());
        Tool.Run("report", file, "-o", _folder["out.html"]).Succeeds();
        Assert.DoesNotContain(Password, Text("out.html"), StringComparison.Ordinal);
        var result = Tool.Run("report", file, "-o", _folder["shown.html"], "--show-secrets");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("holds passwords", result.Error, StringComparison.Ordinal);
        Assert.Contains(Password, Text("shown.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_ThatExistsOrIsAnInput_IsRefused()
    {
        string file = _folder.Write("in.bin", Samples.ObkN);
        _folder.Write("out.html", "mine");
        Tool.Run("report", file, "-o", _folder["out.html"]).Fails(4, "BKI9009", "--force");
        Assert.Equal("mine", Text("out.html"));
        Tool.Run("report", file, "-o", _folder["out.html"], "--force").Succeeds();
        Tool.Run("report", file, "-o", file, "--force").Fails(4, "BKI9010", "never changed");
    }

    [Theory]
    [InlineData("--html", "--markdown", "exclude")]
    [InlineData("--json", "--html", "standard output")]
    public void Report_WithOptionsThatContradict_IsWrongUsage(string one, string other, string says)
    {
        var result = Tool.Run("report", _folder.Write("in.bin", Samples.ObkN), one, other);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    private string Text(string name) => Encoding.UTF8.GetString(_folder.Read(name));

    private string Zip(string name, params (string Name, byte[] Bytes)[] files)
    {
        using (var archive = ZipFile.Open(_folder[name], ZipArchiveMode.Create))
        {
            foreach (var (member, bytes) in files)
            {
                using var stream = archive.CreateEntry(member).Open();
                stream.Write(bytes);
            }
        }
        return _folder[name];
    }
}
