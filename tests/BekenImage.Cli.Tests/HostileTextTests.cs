using System.Globalization;
using System.Text;
using BekenImage.Cli.Output;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>Text from an image, a file name or an option never steers a terminal, in text, JSON or an error line.</summary>
public sealed class HostileTextTests
{
    private const string Steering = "\u001b]52;c;ZXZpbA==\u0007\u001b[2J\r\u009b1m\u0008";

    [Fact]
    public void Headers_AreEscaped()
    {
        using var folder = new TestFolder();
        var device = new SyntheticImage { AppName = "a\u001b[2Jb", AppVersion = "\u001b]0;owned\u0007\rok" }.WithRf(0x1D0000).WithConfig(0x1D1000, Steering.Replace('\u009b', 'x'));
        string dump = folder.Write("in.bin", device.Dump());
        foreach (string line in new[] { "inspect IN", "inspect IN --json", "verify IN", "verify IN --json", "fal show IN", "split IN -o OUT --json" })
        {
            var result = Tool.Run(line.Split(' ').Select(word => word switch { "IN" => dump, "OUT" => folder["parts"], _ => word }).ToArray());
            Assert.InRange(result.ExitCode, 0, 1);
            TerminalAssert.IsHarmless(result);
        }
        var json = Tool.Run("inspect", "--json", dump).Json;
        Assert.Contains(json.GetProperty("containers").EnumerateArray(), container => container.GetProperty("name").GetString() == "a\u001b[2Jb");
        Assert.Contains("a\\x1b[2Jb", Tool.Run("inspect", dump).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_OfBytesAbove7F_AreEscapedAndKept()
    {
        using var folder = new TestFolder();
        byte[] image = Samples.TuyaN;
        // The version of the bootloader's header: C1 controls, a soft hyphen, and letters. The page gets its CRC.
        int page = 0x11000 - 102;
        byte[] header = PlainFormats.Strip(image.AsSpan(page, 102), out _);
        byte[] text = [0x9B, 0x31, 0x6D, 0x9D, 0x30, 0x3B, 0x85, 0xAD, 0xE4, 0x00];
        text.CopyTo(header, 0x1C);
        PlainFormats.Pages(header).CopyTo(image, page);
        string dump = folder.Write("in.bin", image);
        TerminalAssert.IsHarmless(Tool.Run("inspect", dump).Succeeds());
        TerminalAssert.IsHarmless(Tool.Run("inspect", "--json", dump).Succeeds());
        Assert.Contains("\\x9b1m", Tool.Run("inspect", dump).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void PartitionNames_WithMarkup_AreShownAsTheyAre()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.WithTable(
            PlainFormats.FalEntry("[red]x[/]", "beken_onchip", 0x140000, 0x1000, false), PlainFormats.FalEntry("[link=http://x]", "beken_onchip", 0x141000, 0x1000, false),
            PlainFormats.FalEntry("{0}%s%n", "beken_onchip", 0x142000, 0x1000, false), Samples.FalBootloader, Samples.FalApp));
        var result = Tool.Run("inspect", dump).Succeeds();
        Assert.Contains("[red]x[/]", result.Output, StringComparison.Ordinal);
        Assert.Contains("[link=http://x]", result.Output, StringComparison.Ordinal);
        Assert.Contains("{0}%s%n", Tool.Run("fal", "show", dump).Succeeds().Output, StringComparison.Ordinal);
        Assert.Contains("[red]x[/]", Tool.Run("extract", dump, "nothing", "-o", folder["o"]).ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m")]
    [InlineData("line\nbreak")]
    [InlineData("carriage\rreturn")]
    [InlineData("\u202etxt.exe")]
    [InlineData("zero\u200bwidth")]
    [InlineData("\u009b1m")]
    [InlineData("\u2028sep")]
    [InlineData("\ue000private")]
    public void FileNames_AreEscapedOnTheTerminalAndExactInJson(string name)
    {
        using var folder = new TestFolder();
        string file = folder.Write(name, Samples.ObkNUa);
        TerminalAssert.IsHarmless(Tool.Run("inspect", file).Succeeds());
        var json = Tool.Run("inspect", "--json", file).Succeeds();
        TerminalAssert.IsHarmless(json);
        Assert.Equal(file, json.Json.GetProperty("file").GetString());
        var missing = Tool.Run("inspect", file + "x", "--json");
        TerminalAssert.IsHarmless(missing);
        Assert.Single(missing.ErrorLines);
        TerminalAssert.IsHarmless(Tool.Run("extract", file, name, "-o", folder["out"]));
        TerminalAssert.IsHarmless(Tool.Run("extract", file, "app", "-o", folder[name]));
        TerminalAssert.IsHarmless(Tool.Run("extract", file, "app", "-o", folder["out" + name]).Succeeds());
        TerminalAssert.IsHarmless(Tool.Run("verify", file));
        TerminalAssert.IsHarmless(Tool.Run("crc", "check", file));
    }

    [Fact]
    public void FileName_WithALoneSurrogate_IsNoBug()
    {
        using var folder = new TestFolder();
        var result = Tool.Run("inspect", "--json", folder["a\ud800b"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("BKI8010", result.Json.GetProperty("error").GetProperty("code").GetString());
        TerminalAssert.IsHarmless(result);
    }

    [Fact]
    public void Escape_LeavesLettersOfEveryScript()
    {
        Assert.Equal("größe 输出 Ω 😀", VisibleText.Of("größe 输出 Ω 😀"));
        Assert.Equal("\\x1b[0m\\x0a\\u{202e}", VisibleText.Of("\u001b[0m\n\u202e"));
    }

    [Fact]
    public void Turkish_ChangesNothing()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.Dreo), firmware = folder.Write("firmware.bin", Samples.ObkN);
        string[][] lines =
        [
            ["inspect", dump], ["inspect", "--json", dump], ["verify", dump, "--fail-on", "WARNING"], ["fal", "show", dump], ["inspect", dump, "--key", "TUYA", "--json"],
            ["combine", dump, firmware, "-o", folder["out"], "--chip", "bl2028n", "--size", "QIO".ToLowerInvariant(), "--json", "--force"], ["verify", "--help"],
        ];
        var before = CultureInfo.CurrentCulture;
        foreach (string[] line in lines)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
            var expected = Tool.Run(line);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture("tr-TR");
                Assert.Equal(expected, Tool.Run(line));
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture("ar-SA");
                Assert.Equal(expected, Tool.Run(line));
            }
            finally
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
            }
        }
    }

    // Where the program runs without culture data, a culture of our own stands in: other signs, separators and calendars' formats.
    private static CultureInfo Culture(string name)
    {
        try
        {
            return new CultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat = new NumberFormatInfo { NegativeSign = "minus", NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NativeDigits = culture.NumberFormat.NativeDigits };
            culture.DateTimeFormat = new DateTimeFormatInfo { DateSeparator = "!", TimeSeparator = "?" };
            return culture;
        }
    }

    [Fact]
    public void LongTexts_AreNotCut()
    {
        using var folder = new TestFolder();
        string name = string.Concat(Enumerable.Repeat("long name ", 20)) + ".bin";
        string dump = folder.Write(name, Samples.Dreo), firmware = folder.Write("firmware.bin", Samples.ObkN);
        var result = Tool.Run("combine", dump, firmware, "-o", folder["out"]).Succeeds();
        Assert.Contains(name, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("…", result.Output, StringComparison.Ordinal);
        Assert.Contains("where this bootloader looks", result.Output, StringComparison.Ordinal);
    }
}
