using BekenImage.Cli.Demo;
using BekenImage.Web.Tests.Support;
using Microsoft.Playwright;

namespace BekenImage.Web.Tests;

/// <summary>Every state of the page, by axe's rules: on a desk in light, on a narrow phone in the dark.</summary>
public sealed class AccessibilityTests(WebFixture web)
{
    private static readonly byte[] Dump = SyntheticDevice.FactoryDump();
    private static readonly byte[] Firmware = SyntheticDevice.Firmware();

    [Theory(Timeout = Visit.Patience)]
    [InlineData("desk", 1280, ColorScheme.Light)]
    [InlineData("phone", 320, ColorScheme.Dark)]
    public async Task States_OfThePage_BreakNoRuleAndFitTheWidth(string device, int width, ColorScheme scheme)
    {
        await using var visit = await web.OpenAsync(options =>
        {
            options.ViewportSize = new() { Width = width, Height = 800 };
            options.ColorScheme = scheme;
        });
        var page = visit.Page;
        await visit.IsAccessibleAsync(device + "-start");
        await visit.ChooseAsync(("dump.bin", Dump), ("firmware.bin", Firmware), ("nothing.bin", []), ("letter.txt", "hello"u8.ToArray()));
        await visit.ReadAsync(4);
        await visit.IsAccessibleAsync(device + "-files");
        await visit.GoAsync("report");
        await page.FrameLocator("iframe.page").Locator("h1").WaitForAsync();
        await visit.IsAccessibleAsync(device + "-report");
        await visit.GoAsync("combine");
        await page.ClickAsync("#add-pin");
        await page.ClickAsync("#advanced > summary");
        await visit.PlannedAsync("image");
        await page.ClickAsync("#make-write-plan");
        await page.Locator("#save-write-plan").WaitForAsync();
        await visit.IsAccessibleAsync(device + "-combine");
        await page.FillAsync("#set-mac", "no MAC");
        await visit.PlannedAsync("refused");
        await visit.IsAccessibleAsync(device + "-refused");
        await visit.GoAsync("compare");
        await page.ClickAsync("#compare");
        await page.Locator("#save-diff").WaitForAsync();
        await visit.IsAccessibleAsync(device + "-compare");
        await visit.GoAsync("help");
        await visit.IsAccessibleAsync(device + "-help");
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
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(Steps.Payloads(("dump.bin", Dump), ("firmware.bin", Firmware)));
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
