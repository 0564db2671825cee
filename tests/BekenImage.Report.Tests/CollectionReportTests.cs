using BekenImage.Tests.Synthetic;

namespace BekenImage.Report.Tests;

public class CollectionReportTests
{
    [Fact]
    public void Collection_OfImages_HasARowAMapAndAPageForEach()
    {
        var images = ReportImages.All();
        var page = Page.Parse(ImageReport.Collection(images.Select((image, index) => CollectionEntry.Of(image, $"dir/image-{index}.bin"))));
        Assert.Equal(images.Length, page.QuerySelectorAll(".sortable tbody tr").Length);
        Assert.Equal(images.Length, page.QuerySelectorAll(".sortable .mini").Length);
        var pages = page.QuerySelectorAll("details.image");
        Assert.Equal(images.Length, pages.Length);
        var data = Page.Data(page).EnumerateArray().ToArray();
        for (int index = 0; index < images.Length; index++)
        {
            Assert.Equal(FlashMap.Of(images[index]).Regions.Select(region => (region.Name, region.Offset, region.Length)), Page.Regions(pages[index]));
            Assert.Equal($"dir/image-{index}.bin", data[index].GetProperty("file").GetString());
            Assert.Equal("#" + pages[index].Id, page.QuerySelectorAll(".sortable a")[index].GetAttribute("href"));
        }
    }

    [Fact]
    public void Collection_OfTheSameProgramsUnderAnotherKey_GroupsThem()
    {
        var tuya = FlashImage.Parse(new SyntheticImage { HeaderJunk = 1 }.Dump());
        var zero = FlashImage.Parse(new SyntheticImage { Key = SyntheticKey.Zero, AppName = "other", AppVersion = "2.0" }.Dump());
        var other = FlashImage.Parse(new SyntheticImage { Boot = SyntheticBoot.T, App = SyntheticPrograms.App(0x8000, SyntheticImage.TuyaT) }.Dump());
        Assert.Equal(ProgramFingerprint.Of(tuya).App, ProgramFingerprint.Of(zero).App);
        Assert.Equal(ProgramFingerprint.Of(tuya).Bootloader, ProgramFingerprint.Of(zero).Bootloader);
        Assert.NotEqual(ProgramFingerprint.Of(tuya).Bootloader, ProgramFingerprint.Of(other).Bootloader);
        var page = Page.Parse(ImageReport.Collection([CollectionEntry.Of(tuya, "a.bin"), CollectionEntry.Of(other, "b.bin"), CollectionEntry.Of(zero, "c.bin")]));
        var groups = page.QuerySelectorAll(".groups");
        Assert.Equal(2, groups.Length);
        foreach (var group in groups)
            Assert.Equal(["a.bin", "c.bin"], group.QuerySelectorAll("a").Select(link => link.TextContent));
    }

    [Fact]
    public void Collection_WithUnreadableFiles_ListsThemAndGoesOn()
    {
        var problem = new BekenImageException(FindingCode.InputEmpty, "the file is <empty>");
        var page = Page.Parse(ImageReport.Collection([CollectionEntry.Unreadable("<x>.bin", problem), CollectionEntry.Of(ReportImages.Device(), "a.bin")]));
        Assert.Contains("<x>.bin: the file is <empty>", page.QuerySelector(".unreadable li")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("details.image"));
        var data = Page.Data(page);
        Assert.Equal(2, data.GetArrayLength());
        Assert.Equal(Finding.ToText(FindingCode.InputEmpty), data[0].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void Collection_WithFilesThatAreNothingKnown_DoesNotCountThemAsImages()
    {
        var page = Page.Parse(ImageReport.Collection(
            [CollectionEntry.Of(ReportImages.Device(), "a.bin"), CollectionEntry.Of(FlashImage.Parse([1, 2, 3]), "notes.txt"), CollectionEntry.Of(ReportImages.Damaged(), "b.bin")]));
        Assert.Equal("2 images", page.QuerySelector("h1")!.TextContent);
        string summary = page.QuerySelector(".verdict")!.TextContent;
        Assert.StartsWith("2 images: ", summary, StringComparison.Ordinal);
        Assert.Contains("1 with something wrong; 1 file in which nothing is known.", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Collection_OfHostileImages_ShowsTheirTextsAsText()
    {
        string html = ImageReport.Collection([CollectionEntry.Of(ReportImages.Hostile(), "<img src=x>"), CollectionEntry.Of(ReportImages.Hostile(), "<img src=x>")], new ReportOptions { Title = "<u>" });
        var page = Page.Parse(html);
        Assert.Equal(2, page.Scripts.Length);
        Assert.Empty(page.QuerySelectorAll("img, u, h1 *"));
        Assert.DoesNotContain(ReportImages.Password, html, StringComparison.Ordinal);
    }

    [Fact]
    public void Collection_OfNothing_IsAPage() => Page.Parse(ImageReport.Collection([]));
}
