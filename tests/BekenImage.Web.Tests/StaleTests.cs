using BekenImage.Cli.Demo;
using BekenImage.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace BekenImage.Web.Tests;

/// <summary>What is shown and can be saved is what was asked for last, of files that are open; what is half filled in is said.</summary>
public sealed class StaleTests(WebFixture web)
{
    private static readonly byte[] Dump = SyntheticDevice.FactoryDump();
    private static readonly byte[] Firmware = SyntheticDevice.Firmware();

    [Fact(Timeout = Visit.Patience)]
    public async Task Plan_AfterWhatItRestsOnChanged_IsMadeAnewOrRefused()
    {
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.ChooseAsync(("dump.bin", Dump));
        await visit.ChooseAsync(("firmware.bin", Firmware));
        await visit.ChooseAsync(("lender.bin", Dump));
        await page.Locator("[data-key=f3] [data-field=role]").SelectOptionAsync("none");
        await visit.GoAsync("combine");
        await visit.PlannedAsync("image");
        string plain = await page.Locator("#image-sha256").InnerTextAsync();

        // A file lends its calibration and is closed: the plan is the one without it.
        await page.Locator("#advanced summary").ClickAsync();
        await page.Locator("#opt-rf-from").SelectOptionAsync("f3");
        await visit.PlannedAsync("image");
        await Expect(page.Locator("#plan")).ToContainTextAsync("lender.bin");
        await visit.GoAsync("files");
        await page.Locator("#close-f3").ClickAsync();
        await visit.GoAsync("combine");
        await visit.PlannedAsync("image");
        await Expect(page.Locator("#plan")).Not.ToContainTextAsync("lender.bin");
        Assert.Equal(plain, await page.Locator("#image-sha256").InnerTextAsync());

        // The image is put on the shelf and closed there: it can be saved again, and the engine is the same.
        await page.Locator("#keep-image").ClickAsync();
        await visit.GoAsync("files");
        await page.Locator("#close-f4").ClickAsync();
        await visit.GoAsync("combine");
        await visit.PlannedAsync("image");
        Assert.Equal(Dump.Length, (await visit.SaveAsync("#save-image")).Bytes.Length);
        Assert.Equal(2, await visit.Cards.CountAsync());

        // Half a pin is no pin, two of one are none either, and two answers to one question are none.
        await page.Locator("#add-pin").ClickAsync();
        await visit.PlannedAsync("image");
        await page.Locator("[data-pin=number]").FillAsync("6");
        await RefusedAsync(visit, "is not complete: its role is missing");
        await page.Locator("[data-pin=role]").SelectOptionAsync("Rel");
        await visit.PlannedAsync("image");
        await page.Locator("#add-pin").ClickAsync();
        await page.Locator("[data-pin=number]").Nth(1).FillAsync("06");
        await page.Locator("[data-pin=role]").Nth(1).SelectOptionAsync("Btn");
        await RefusedAsync(visit, "6 is there twice");
        await page.Locator("[data-pin=remove]").Nth(1).ClickAsync();
        await visit.PlannedAsync("image");
        await page.Locator("#opt-rf").SelectOptionAsync("none");
        await page.Locator("#set-mac").FillAsync("c8:47:8c:12:34:56");
        await RefusedAsync(visit, "exclude each other");
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Answers_OfFilesThatAreNotChosenAnyMore_GoAway()
    {
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        // A file that comes while the report's view is up is shown there.
        await visit.GoAsync("report");
        await page.Locator("#files-input").SetInputFilesAsync(Steps.Payloads(("dump.bin", Dump)));
        await page.Locator("#report-page iframe").WaitForAsync();
        await page.FrameLocator("#report-page iframe").Locator("h1").WaitForAsync();
        await visit.ReadyAsync();
        await page.FrameLocator("#report-page iframe").Locator("h1").EvaluateAsync("""
            heading => {
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File([new Uint8Array(4096)], 'dropped.bin'));
                for (const type of ['dragenter', 'dragover', 'drop'])
                    heading.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(page.Locator("#report-file option")).ToHaveCountAsync(2);
        await page.EvaluateAsync("() => document.getElementById('close-f2').click()");
        await page.Locator("#files-input").SetInputFilesAsync(Steps.Payloads(("firmware.bin", Firmware), ("other.bin", Dump)));
        await Expect(page.Locator("#report-file option")).ToHaveCountAsync(3);
        await visit.GoAsync("compare");
        await page.Locator("#compare").ClickAsync();
        await page.Locator("#save-diff").WaitForAsync();
        await Expect(page.Locator("#differences")).ToContainTextAsync("firmware.bin");
        await page.Locator("#compare-b").SelectOptionAsync("f4");
        await Expect(page.Locator("#differences")).ToBeEmptyAsync();
        await Expect(page.Locator("#save-diff")).ToBeHiddenAsync();
    }

    private static async Task RefusedAsync(Visit visit, string says)
    {
        await visit.PlannedAsync("refused");
        await Expect(visit.Page.Locator("#plan")).ToContainTextAsync(says);
        Assert.Equal(0, await visit.Page.Locator("#save-image").CountAsync());
    }
}
