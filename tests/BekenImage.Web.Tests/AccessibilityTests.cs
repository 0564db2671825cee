using BekenImage.Cli.Demo;
using BekenImage.Web.Tests.Support;
using Microsoft.Playwright;

namespace BekenImage.Web.Tests;

/// <summary>Every state of the page by axe's rules, and by keyboard.</summary>
public sealed class AccessibilityTests(WebFixture web)
{
    private static readonly byte[] Dump = SyntheticDevice.FactoryDump();
    private static readonly byte[] Firmware = SyntheticDevice.Firmware();

    [Fact(Timeout = Visit.Patience)]
    public async Task States_OfThePage_BreakNoRuleAndFitTheWidth()
    {
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.ChooseAsync(("dump.bin", Dump), ("firmware.bin", Firmware), ("nothing.bin", []), ("letter.txt", "hello"u8.ToArray()));
        await visit.ReadAsync(4);
        await visit.IsAccessibleAsync("files");
        await visit.GoAsync("report");
        await page.FrameLocator("iframe.page").Locator("h1").WaitForAsync();
        await visit.IsAccessibleAsync("report");
        await visit.GoAsync("combine");
        await page.ClickAsync("#add-pin");
        await page.ClickAsync("#advanced > summary");
        await visit.PlannedAsync("image");
        await page.ClickAsync("#make-write-plan");
        await page.Locator("#save-write-plan").WaitForAsync();
        await visit.IsAccessibleAsync("combine", alsoOnAPhone: true);
        await page.FillAsync("#set-mac", "no MAC");
        await visit.PlannedAsync("refused");
        await visit.IsAccessibleAsync("refused");
        await visit.GoAsync("compare");
        await page.ClickAsync("#compare");
        await page.Locator("#save-diff").WaitForAsync();
        await visit.IsAccessibleAsync("compare");
        await visit.GoAsync("help");
        await visit.IsAccessibleAsync("help");
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Keyboard_Alone_OpensAReportAndComesToThePlan()
    {
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusedAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Choose files", await FocusedAsync(page));
        await page.EvaluateAsync("() => document.getElementById('files-input').addEventListener('click', event => { event.preventDefault(); globalThis.isAsked = true; })");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => globalThis.isAsked");
        await visit.ChooseAsync(("dump.bin", Dump), ("firmware.bin", Firmware));
        await visit.ReadAsync(2);

        // The focus is on what has appeared; from there it is two steps to its report.
        Assert.Equal("dump.bin", await FocusedAsync(page));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Report", await FocusedAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await page.FrameLocator("iframe.page").Locator("h1").WaitForAsync();
        Assert.Equal("Report", await FocusedAsync(page));
        await page.Locator("nav a[href='#combine']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await visit.PlannedAsync("image");
        Assert.Equal("Combine", await FocusedAsync(page));
        Assert.StartsWith("The plan is there", await page.Locator("#status").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()");
}
