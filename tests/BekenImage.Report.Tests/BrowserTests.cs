using System.Text.Json;
using Microsoft.Playwright;

namespace BekenImage.Report.Tests;

/// <summary>The pages in a browser: nothing is asked for, nothing complains, and what should move moves.</summary>
public class BrowserTests
{
    [Fact]
    public Task Page_OfAHostileImage_ShowsTextAndRunsNothing() => Browser.Visit(ImageReport.Html(ReportImages.Hostile(), "image.bin"), async page =>
    {
        Assert.Equal(0, await page.Locator("img").CountAsync());
        await page.Locator("#obk summary", new() { HasText = "All that is set" }).ClickAsync();
        Assert.True(await page.GetByText(ReportImages.HostileSsid, new() { Exact = true }).IsVisibleAsync());
    });

    [Fact]
    public Task Regions_InTheBrowser_AreThoseOfTheDocument() => Browser.Visit(ImageReport.Html(ReportImages.Device(), "image.bin"), async page =>
    {
        string read = await page.EvaluateAsync<string>("() => JSON.stringify([...document.querySelectorAll('[data-region]')].map(e => [e.dataset.region, +e.dataset.offset, +e.dataset.length]))");
        using var regions = JsonDocument.Parse(read);
        var shown = regions.RootElement.EnumerateArray().Select(region => (region[0].GetString()!, region[1].GetInt64(), region[2].GetInt64()));
        Assert.Equal(FlashMap.Of(ReportImages.Device()).Regions.Select(region => (region.Name, region.Offset, region.Length)), shown);
        // Each can be seen, and they lie side by side to scale.
        var bar = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('[data-region] > rect:first-of-type')].map(e => e.getBoundingClientRect().width)");
        Assert.All(bar, width => Assert.True(width > 0.4));
    });

    [Fact]
    public Task Region_PointedAt_IsToldInTheDetail() => Browser.Visit(ImageReport.Html(ReportImages.Device(), "image.bin"), async page =>
    {
        var detail = page.Locator(".detail");
        await page.Locator("[data-region='app'] rect").First.HoverAsync();
        Assert.Contains("app", await detail.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("0x011000", await detail.InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("[data-region='rf']").FocusAsync();
        Assert.Contains("RF table", await detail.InnerTextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.DoesNotContain("RF table", await detail.InnerTextAsync(), StringComparison.Ordinal);
        // A click keeps it while the pointer goes elsewhere.
        await page.Locator("[data-region='bootloader'] rect").First.ClickAsync();
        await page.Locator("h1").HoverAsync();
        Assert.Contains("bootloader", await detail.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("[data-region].here").CountAsync());
    });

    [Fact]
    public Task Page_WithoutScript_IsReadable() => Browser.Visit(ImageReport.Html(ReportImages.Device(), "image.bin"), async page =>
    {
        Assert.True(await page.Locator("svg.map").IsVisibleAsync());
        Assert.True(await page.Locator(".regions").IsVisibleAsync());
        Assert.False(await page.Locator(".detail").IsVisibleAsync());
        Assert.Contains("0x011000", await page.Locator(".regions").InnerTextAsync(), StringComparison.Ordinal);
    }, hasScript: false);

    [Fact]
    public Task Collection_InTheBrowser_SortsFiltersAndOpens() => Browser.Visit(ImageReport.Collection(
    [
        CollectionEntry.Of(ReportImages.Tuya(), "b 10.bin"), CollectionEntry.Of(ReportImages.Device(), "a.bin"), CollectionEntry.Of(ReportImages.Damaged(), "b 9.bin"),
    ]), async page =>
    {
        Task<IReadOnlyList<string>> Names() => page.Locator(".sortable tbody tr:visible td:first-child").AllInnerTextsAsync();
        Assert.Equal(["b 10.bin", "a.bin", "b 9.bin"], await Names());
        await page.GetByRole(AriaRole.Button, new() { Name = "Image" }).ClickAsync();
        Assert.Equal(["a.bin", "b 9.bin", "b 10.bin"], await Names());
        await page.GetByRole(AriaRole.Button, new() { Name = "Image" }).ClickAsync();
        Assert.Equal(["b 10.bin", "b 9.bin", "a.bin"], await Names());
        await page.GetByRole(AriaRole.Searchbox).FillAsync("openbeken");
        Assert.Equal(["a.bin"], await Names());
        await page.GetByRole(AriaRole.Searchbox).FillAsync(string.Empty);
        var opened = page.Locator("details.image").Nth(2);
        Assert.False(await opened.Locator("svg.map").IsVisibleAsync());
        await page.Locator(".sortable a", new() { HasText = "b 9.bin" }).ClickAsync();
        await opened.Locator("svg.map").WaitForAsync();
        await opened.Locator("[data-region='app'] rect").First.HoverAsync();
        Assert.Contains("0x011000", await opened.Locator(".detail").InnerTextAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Collection_WithoutScript_OpensItsPages() => Browser.Visit(ImageReport.Collection([CollectionEntry.Of(ReportImages.Device(), "a.bin")]), async page =>
    {
        await page.Locator("details.image > summary").ClickAsync();
        Assert.True(await page.Locator("svg.map").IsVisibleAsync());
        Assert.False(await page.Locator(".filter").IsVisibleAsync());
    }, hasScript: false);

    [Fact]
    public Task Page_InTheDark_IsDark() => Browser.Visit(ImageReport.Html(ReportImages.Device(), "image.bin"), async page =>
    {
        string colour = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.Equal("rgb(20, 23, 27)", colour);
    }, scheme: ColorScheme.Dark);
}
