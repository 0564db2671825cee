using System.Globalization;
using AngleSharp.Dom;
using BekenImage.Documents;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Report.Tests;

public class HtmlReportTests
{
    public static TheoryData<int> Every => [.. Enumerable.Range(0, ReportImages.All().Length)];

    [Theory]
    [MemberData(nameof(Every))]
    public void Html_OfAnyImage_IsValidAndLoadsNothing(int which)
    {
        var page = Page.Parse(ImageReport.Html(ReportImages.All()[which], "some/folder/image.bin"));
        Assert.Empty(page.QuerySelectorAll("[src], link, iframe, object, embed, form, base, img, [style], [onclick], [onload]"));
        Assert.Equal("image.bin", page.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(page.QuerySelector(".verdict")!.TextContent);
        string policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Map_OfAnyImage_HasEachRegionOnceAndCoversTheImage(int which)
    {
        var image = ReportImages.All()[which];
        var page = Page.Parse(ImageReport.Html(image, "image.bin"));
        var regions = Page.Regions(page);
        long at = 0;
        foreach (var (_, offset, length) in regions)
        {
            Assert.Equal(at, offset);
            at += length;
        }
        Assert.Equal(image.Length, at);
        Assert.Equal(FlashMap.Of(image).Regions.Select(region => (region.Name, region.Offset, region.Length)), regions);
        // Every name is one of the document's partitions, and lies in it.
        var partitions = Page.Data(page).GetProperty("partitions").EnumerateArray().ToDictionary(
            partition => partition.GetProperty("name").GetString()!, partition => (Start: partition.GetProperty("offset").GetInt64(), Length: partition.GetProperty("length").GetInt64()));
        foreach (var (name, offset, length) in regions.Where(region => region.Name != FlashRegion.Gap))
            Assert.True(partitions[name].Start <= offset && offset + length <= partitions[name].Start + partitions[name].Length);
        foreach (var element in page.QuerySelectorAll("[data-region]"))
            Assert.Equal("0", element.GetAttribute("tabindex"));
        Assert.Equal(regions.Length, page.QuerySelectorAll(".regions tbody tr").Length);
    }

    [Fact]
    public void Verdict_OfAGoodBackup_SaysWhatToLookAt()
    {
        byte[] dump = new SyntheticImage().WithRf(0x1D0000).Dump();
        Assert.Equal("it boots, and everything a restore needs is in it.", Verdict(dump).Split(": ", 2)[1]);
        byte[] rotated = [.. dump[0x11000..], .. dump[..0x11000]];
        Assert.EndsWith(
            "everything a restore needs is in it, with a warning: the read began at 0x11000 and wrapped around.", Verdict(rotated), StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_OfADumpWithoutAnApp_SaysThatThereIsNone()
    {
        byte[] dump = new SyntheticImage().WithRf(0x1D0000).Dump();
        dump.AsSpan(0x11000, 0x1D0000 - 0x11000).Fill(0xFF);
        Assert.Contains("there is no app in pages in this image", Verdict(dump), StringComparison.Ordinal);
    }

    private static string Verdict(byte[] dump) =>
        Page.Parse(ImageReport.Html(FlashImage.Parse(dump), "dump.bin")).QuerySelector(".verdict")!.TextContent;

    [Fact]
    public void Module_IsSpelledAsItsMakerDoes()
    {
        var page = Page.Parse(ImageReport.Html(ReportImages.Tuya("cb2s"), "tuya.bin"));
        Assert.All(page.QuerySelectorAll(".facts dt").Where(name => name.TextContent == "Module"), name => Assert.StartsWith("CB2S", name.NextElementSibling!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void IsReport_KnowsWhatItMade_AndNothingElse()
    {
        var image = ReportImages.Device();
        foreach (string report in new[] { ImageReport.Html(image, "a"), ImageReport.Markdown(image, "a"), ImageReport.Collection([CollectionEntry.Of(image, "a")]) })
            Assert.True(ImageReport.IsReport(System.Text.Encoding.UTF8.GetBytes(report)));
        foreach (string other in new[] { string.Empty, "#", "### x\n", "<", "<!DOCTYPE html>\n<title>bekenimage</title>", "# notes\nbekenimage is good\n" })
            Assert.False(ImageReport.IsReport(System.Text.Encoding.UTF8.GetBytes(other)));
        Assert.False(ImageReport.IsReport(image.Bytes.ToArray()));
    }

    [Fact]
    public void Map_OfADump_IsToScale()
    {
        var page = Page.Parse(ImageReport.Html(ReportImages.Device(), "image.bin"));
        foreach (var element in page.QuerySelectorAll("[data-region]"))
        {
            double width = double.Parse(element.QuerySelector("rect")!.GetAttribute("width")!, CultureInfo.InvariantCulture);
            Assert.Equal(Math.Max(0.8, 1200.0 * long.Parse(element.GetAttribute("data-length")!) / 0x200000), width, 0.01);
        }
    }

    [Fact]
    public void Data_OfAPage_IsTheDocumentOfInspect()
    {
        var image = ReportImages.Hostile();
        var page = Page.Parse(ImageReport.Html(image, "a/image.bin"));
        Assert.Equal(ImageDocuments.Inspect(image, "a/image.bin", indented: false), page.QuerySelector("#bekenimage-data")!.TextContent);
    }

    [Fact]
    public void Html_OfAHostileImage_ShowsItsTextsAsText()
    {
        string html = ImageReport.Html(ReportImages.Hostile(), "</title><script>alert(2)</script>\u202e.bin", new ReportOptions { Title = "<b>\"'&\u0007" });
        var page = Page.Parse(html);
        Assert.Equal(2, page.Scripts.Length);
        Assert.Empty(page.QuerySelectorAll("img, b > i, h1 *"));
        Assert.Equal("<b>\"'&\\x07", page.QuerySelector("h1")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("td code"), code => code.TextContent == ReportImages.HostileSsid);
        Assert.Contains("<b>x</b>", page.QuerySelector("#obk")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page.Body!.QuerySelector("main")!.TextContent);
        Assert.DoesNotContain(ReportImages.Password, html, StringComparison.Ordinal);
        // In the data no text can end the script.
        Assert.Equal(2, html.Split("</script", StringSplitOptions.None).Length - 1);
    }

    [Fact]
    public void Html_WithSecrets_ShowsThemAndSaysSo()
    {
        var page = Page.Parse(ImageReport.Html(ReportImages.Device(), "image.bin", new ReportOptions { ShowSecrets = true }));
        Assert.Contains(ReportImages.Password, page.QuerySelector("#obk")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("do not pass this page on", page.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_OfADamagedApp_SaysWhatIsWrongAndItsCure()
    {
        var page = Page.Parse(ImageReport.Html(ReportImages.Damaged(), "image.bin"));
        Assert.Contains("t-bad", page.QuerySelector(".verdict .badge")!.ClassName!, StringComparison.Ordinal);
        Assert.Equal("would not boot", page.QuerySelector(".verdict .badge")!.TextContent);
        var finding = page.QuerySelectorAll(".finding").First(element => element.TextContent.Contains("BKI1003", StringComparison.Ordinal));
        Assert.Contains(FindingText.Of(FindingCode.BadPage)!.Cure, finding.TextContent, StringComparison.Ordinal);
        Assert.Contains(FindingText.Of(FindingCode.BadPage)!.Cause, finding.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".map .state-damaged"));
    }

    [Fact]
    public void Html_OfATuyaDevice_ShowsItsWiringOnTheModule()
    {
        var wiring = Page.Parse(ImageReport.Html(ReportImages.Tuya(), "image.bin")).QuerySelector("#tuya-wiring")!;
        Assert.Contains("CB2S", wiring.QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
        // Pin 5 of a CB2S is GPIO 10, pin 9 is GPIO 24, pin 11 is GPIO 26, pin 6 is GPIO 8.
        string[] used = [.. wiring.QuerySelectorAll("svg text.used").Select(text => text.TextContent)];
        Assert.Equal(["11 P26 Rel;1", "6 P8 WifiLED_n;0", "5 P10 Btn;1"], used);
        Assert.Equal(3, wiring.QuerySelectorAll(".pins li").Length);
        Assert.Contains("P8 is WifiLED_n, by the field netled1_pin.", wiring.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_OfAnUnknownModule_ListsTheGpios()
    {
        var wiring = Page.Parse(ImageReport.Html(ReportImages.Tuya("NOBODY1"), "image.bin")).QuerySelector("#tuya-wiring")!;
        Assert.Null(wiring.QuerySelector("figure"));
        Assert.Equal(3, wiring.QuerySelectorAll(".pins li").Length);
        Assert.Contains("GPIO numbers", wiring.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_InAnotherCulture_IsTheSame()
    {
        string expected = ImageReport.Html(ReportImages.Device(), "image.bin");
        string collection = ImageReport.Collection([CollectionEntry.Of(ReportImages.Device(), "image.bin")]);
        var before = CultureInfo.CurrentCulture;
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(expected, ImageReport.Html(ReportImages.Device(), "image.bin"));
            Assert.Equal(collection, ImageReport.Collection([CollectionEntry.Of(ReportImages.Device(), "image.bin")]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Html_OfNoImage_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => ImageReport.Html(null!, "x"));
        Assert.Throws<ArgumentNullException>(() => ImageReport.Markdown(ReportImages.Device(), null!));
        Assert.Throws<ArgumentNullException>(() => ImageReport.Collection(null!));
        Assert.Throws<ArgumentNullException>(() => CollectionEntry.Of(null!, "x"));
        Assert.Throws<ArgumentNullException>(() => CollectionEntry.Unreadable("x", null!));
    }
}
