using AngleSharp.Dom;
using BekenImage.Boot.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Report.Tests;

/// <summary>A report with what the image's own bootloader did: its text is a program's that nobody knows.</summary>
public class BootReportTests
{
    private const string Hostile = "\u001b]0;owned\u0007</pre><script>alert(1)</script>\r\n\u00e2\u0080\u00ae| ``` |\r\n";

    private static readonly ReportOptions WithBoot = new() { RunBootloader = true };

    [Fact]
    public void Html_WithBoot_HasTheLogTheVerdictAndTheCheck()
    {
        var page = Page.Parse(ImageReport.Html(Image("hello\r\r\n\u001b[31mred\u001b[0m\r\n"), "a.bin", WithBoot));
        var section = page.QuerySelector("#boot")!;
        Assert.Equal("hello\nred\n", section.QuerySelector("pre.log")!.TextContent);
        Assert.Contains("jumped to logical 0x10000", section.TextContent, StringComparison.Ordinal);
        Assert.Contains("not installed", section.TextContent, StringComparison.Ordinal);
        Assert.Contains("bootloader-ran", page.QuerySelector("#checks")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_WithoutBoot_IsAsItWas()
    {
        var image = Image("hello\r\n");
        Assert.Null(Page.Parse(ImageReport.Html(image, "a.bin")).QuerySelector("#boot"));
        // Where there is nothing that can be run, nothing is said of it.
        foreach (var other in new[] { FlashImage.Parse([1, 2, 3]), FlashImage.Parse(new SyntheticImage().Ua()) })
            Assert.Equal(ImageReport.Html(other, "a.bin"), ImageReport.Html(other, "a.bin", WithBoot));
    }

    [Fact]
    public void HostileLog_IsText()
    {
        string html = ImageReport.Html(Image(Hostile), "a.bin", WithBoot);
        var page = Page.Parse(html);
        Assert.Equal(2, page.Scripts.Length);
        Assert.Equal(
            "\\x1b]0;owned\\x07</pre><script>alert(1)</script>\n\\u{202e}| ``` |\n", page.QuerySelector("pre.log")!.TextContent);
        Assert.DoesNotContain('\u202e', html);
    }

    [Fact]
    public void LongLog_IsCut()
    {
        var loader = new TinyArm().Begin().Number(1, 1000).Label("line").Print("x\n").SubS(1, 1, 1).Branch("line", TinyArm.NotEqual).JumpToApp();
        var section = Page.Parse(ImageReport.Html(FlashImage.Parse(TinyDevice.Flash(loader)), "a.bin", WithBoot)).QuerySelector("#boot")!;
        Assert.Equal(200, section.QuerySelector("pre.log")!.TextContent.Split('\n').Length - 1);
        Assert.Contains("and 800 more lines", section.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Collection_WithBoot_EndsWithALoaderThatDoesNot_AndSaysNothingWrong()
    {
        // It stores and operates the flash for ever: of a single image that would be waited for.
        var busy = new TinyArm().Begin().Label("loop").Flash(5, 0).Branch("loop");
        FlashImage[] images = [Image("hello\r\n"), FlashImage.Parse(TinyDevice.Flash(busy))];
        var entries = images.Select((image, at) => CollectionEntry.Of(image, $"{at}.bin", WithBoot));
        var pages = Page.Parse(ImageReport.Collection(entries, WithBoot)).QuerySelectorAll("details.image");
        Assert.Contains("hello", pages[0].QuerySelector("pre.log")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("had not jumped after 100000000 instructions", pages[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("would not boot", pages[1].QuerySelector(".badge")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_WithBoot_HasOneLineMore()
    {
        var image = Image(Hostile);
        string[] without = ImageReport.Markdown(image, "a.bin").Split('\n');
        string[] with = ImageReport.Markdown(image, "a.bin", WithBoot).Split('\n');
        Assert.Equal(without.Length + 1, with.Length);
        Assert.Single(with, line => line.StartsWith("| Its own bootloader | the bootloader", StringComparison.Ordinal));
    }

    private static FlashImage Image(string says) => FlashImage.Parse(TinyDevice.Image(TinyDevice.Loader(says)).WithRf(0x1D0000).Dump());
}
