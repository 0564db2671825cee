using System.Text.RegularExpressions;
using BekenImage.Report.Markdown;

namespace BekenImage.Report.Tests;

public class MarkdownReportTests
{
    [Fact]
    public void Markdown_OfAnyImage_IsShortAndTellsNoSecret()
    {
        foreach (var image in ReportImages.All())
        {
            string text = ImageReport.Markdown(image, "dir/image 020102030405.bin");
            Assert.InRange(text.Split('\n').Length, 8, 40);
            Assert.DoesNotContain(ReportImages.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(ReportImages.HostileSsid, text, StringComparison.Ordinal);
            Assert.DoesNotContain("HomeNetwork", text, StringComparison.Ordinal);
            Assert.DoesNotContain(ReportImages.Mac, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Markdown_OfADevice_HasFactsMapPinsAndVerdict()
    {
        string text = ImageReport.Markdown(ReportImages.Device(), "image.bin", new ReportOptions { ToolVersion = "1.2.3" });
        Assert.Contains("| Chip | BK7231N", text, StringComparison.Ordinal);
        Assert.Contains("| MAC | 02:01:02:xx:xx:xx", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^0x000000 [BAbaUuRNSTFrnstf.?]{64} 0x200000$", text);
        Assert.Contains("\"pins\":{\"6\":\"Rel;0\"", text, StringComparison.Ordinal);
        Assert.Contains("bekenimage 1.2.3", text, StringComparison.Ordinal);
        Assert.Contains("**", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_WithSecrets_HasTheWholeMac()
    {
        string text = ImageReport.Markdown(ReportImages.Device(), "image.bin", new ReportOptions { ShowSecrets = true });
        Assert.Contains(ReportImages.Mac, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_OfAFileNamedLikeAMac_HidesIt() =>
        Assert.DoesNotContain("020102030405", ImageReport.Markdown(ReportImages.Device(), "fan 020102030405.bin"), StringComparison.Ordinal);

    [Fact]
    public void Markdown_OfAHostileImage_KeepsItsTextsInTheirPlace()
    {
        string text = ImageReport.Markdown(ReportImages.Hostile(), "a|b`c<img src=x>[l](http://e.x) @all \u202e\n# x.bin");
        // Nothing outside of code has markup that was not ours.
        string outside = Regex.Replace(text, "(?ms)^(`{3,})[a-z]+$.*?^\\1$", string.Empty);
        Assert.DoesNotMatch("(?<!\\\\)[<`@]", outside);
        Assert.DoesNotContain("://", outside, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
        Assert.Equal(2, Regex.Matches(text, "(?m)^`{4,}").Count);
        // The template's command has three backticks: its fence is longer, and the line is one.
        Assert.Single(text.Split('\n'), line => line.StartsWith("{\"vendor\"", StringComparison.Ordinal));
        Assert.Single(text.Split('\n'), line => line.StartsWith('#'));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("<b>&amp;", "\\<b\\>\\&amp;")]
    [InlineData("www.x.y http://z", "www\\.x.y http\\://z")]
    [InlineData("a\nb\u200bc", "a\\\\x0ab\\\\u{200b}c")]
    public void Escape_OfText_LeavesNoMarkup(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));
}
