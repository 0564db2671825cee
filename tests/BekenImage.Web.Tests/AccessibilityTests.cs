using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
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
        await visit.GoAsync("combine");
        await page.ClickAsync("#add-pin");
        await page.ClickAsync("#advanced > summary");
        await visit.PlannedAsync("image");
        await page.ClickAsync("#make-write-plan");
        await page.Locator("#save-write-plan").WaitForAsync();
        await visit.IsAccessibleAsync("combine");
        if (!Whole.IsAsked)
            return;
        await page.FillAsync("#set-mac", "ff:ff:ff:ff:ff:ff");
        await visit.PlannedAsync("refused");
        await visit.IsAccessibleAsync("refused");
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task States_OfReportAndComparison_BreakNoRule()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.ChooseAsync(("dump.bin", Dump), ("firmware.bin", Firmware));
        await visit.ReadAsync(2);
        await visit.GoAsync("report");
        await page.FrameLocator("iframe.page").Locator("h1").WaitForAsync();
        await visit.IsAccessibleAsync("report");
        await visit.GoAsync("compare");
        await page.ClickAsync("#compare");
        await page.Locator("#save-diff").WaitForAsync();
        // A frame that is hidden is looked at all the same, and was already.
        await page.EvaluateAsync("() => document.getElementById('report-page').replaceChildren()");
        await visit.IsAccessibleAsync("compare");
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task States_OfTheCollectionAndTheHelp_BreakNoRule()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.GoAsync("help");
        await page.EvaluateAsync("() => document.getElementById('update').hidden = false");
        await visit.IsAccessibleAsync("help");
        await page.EvaluateAsync("() => document.getElementById('update').hidden = true");
        await visit.GoAsync("collection");
        await page.Locator("#collection-files-input").SetInputFilesAsync(
            Steps.Payloads(("dump.bin", Dump), ("firmware.bin", Firmware), ("nothing.bin", [])));
        await page.Locator("#collection-result[data-rows='3']").WaitForAsync(new() { Timeout = 60_000 });
        await visit.IsAccessibleAsync("collection");
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task States_BeforeAFileIsOpen_BreakNoRule()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        await visit.IsAccessibleAsync("start");
        foreach (string view in new[] { "report", "combine", "compare", "collection" })
        {
            await visit.GoAsync(view);
            await visit.IsAccessibleAsync(view + "-empty");
        }
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task States_OfRealFiles_BreakNoRule()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.ChooseAsync(
            ("dump.bin", Corpus.Read("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin")), ("firmware.bin", Corpus.Read("OpenBK7231T_QIO_1.18.300.bin")));
        await visit.ReadAsync(2);
        await visit.GoAsync("report");
        await page.FrameLocator("iframe.page").Locator("h1").WaitForAsync();
        await page.ClickAsync("#report-parts-fold > summary");
        await visit.SaveAsync("#save-template");
        await page.Locator("#template-notes").WaitForAsync();
        await visit.IsAccessibleAsync("report-real");
        await visit.GoAsync("combine");
        await visit.PlannedAsync("refused");
        await visit.IsAccessibleAsync("refused-real");
    }

    public static TheoryData<string> HelpPages => [.. Directory.GetFiles(Repository.PathOf("src", "BekenImage.Web", "wwwroot", "help"), "*.html")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory(Timeout = Visit.Patience)]
    [MemberData(nameof(HelpPages))]
    public async Task Page_OfTheHelp_BreaksNoRule(string page)
    {
        Whole.Require();
        await using var visit = await web.OpenAsync(path: $"help/{page}.html");
        await visit.IsAccessibleAsync("help-" + page, isProgram: false);
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Keyboard_Alone_OpensAReportAndComesToThePlan()
    {
        Whole.Require();
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
