using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Web.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>The main job on the page: the plan before the image, what is filled in, what is saved, what is refused.</summary>
public sealed class CombineTests(WebFixture web)
{
    private static readonly byte[] Dump = SyntheticDevice.FactoryDump();
    private static readonly byte[] Firmware = SyntheticDevice.Firmware();

    [Fact(Timeout = Visit.Patience)]
    public async Task Form_FilledIn_GivesTheCommandsImagePlanAndSteps()
    {
        await using var visit = await web.OpenAsync();
        await CombineAsync(visit, Dump, Firmware);
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Form_FilledInForRealFiles_GivesTheCommandsImagePlanAndSteps()
    {
        Whole.Require();
        Corpus.Require();
        await using var visit = await web.OpenAsync();
        await CombineAsync(visit, Corpus.Read("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin"), Corpus.Read("OpenBK7231M_QIO_1.18.300.bin"));
    }

    private static async Task CombineAsync(Visit visit, byte[] dump, byte[] firmware)
    {
        var page = visit.Page;
        await visit.ChooseAsync(("dump.bin", dump), ("firmware.bin", firmware));
        await page.Locator("#offer-combine a").ClickAsync();
        await visit.PlannedAsync("image");
        await page.FillAsync("#set-ssid", "h\u00F6me");
        await page.FillAsync("#set-pass", " p=s:w ");
        await page.FillAsync("#set-startup", "startDriver NTP; echo \"on\"");
        await page.FillAsync("#set-mac", "c8:47:8c:12:34:56");
        await page.FillAsync("#set-short-name", "fan");
        await page.ClickAsync("#add-pin");
        await page.FillAsync("[data-pin=number]", "6");
        await page.SelectOptionAsync("[data-pin=role]", "Btn");
        await page.FillAsync("[data-pin=channel]", "2");
        await visit.PlannedAsync("image");

        using var folder = new TestFolder();
        folder.Write("dump.bin", dump);
        folder.Write("firmware.bin", firmware);
        var command = Tool.Run("combine", folder["dump.bin"], folder["firmware.bin"], "-o", folder["out.bin"], "--json", "--set", "wifiSsid=h\u00F6me",
            "--set", "wifiPass= p=s:w ", "--set", "startupCommand=startDriver NTP; echo \"on\"", "--set", "shortDeviceName=fan", "--set", "pins.6=Btn:2",
            "--mac", "c8:47:8c:12:34:56").Succeeds();

        var (name, image) = await visit.SaveAsync("#save-image");
        Assert.StartsWith("dump-with-", name, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(folder.Read("out.bin"))), Convert.ToHexStringLower(SHA256.HashData(image)));
        var plan = await visit.SaveJsonAsync("#save-plan");
        Assert.Equal(command.Json.GetProperty("sha256").GetString(), plan.GetProperty("sha256").GetString());
        Assert.Equal(command.Json.GetProperty("regions").EnumerateArray().Select(region => region.GetProperty("reason").GetString()),
            await page.Locator("#plan-regions tbody td:last-child").AllInnerTextsAsync());
        Assert.Equal(command.Json.GetProperty("findings").GetArrayLength(), await page.Locator("#plan .findings[data-count] .finding").CountAsync());
        Assert.Contains(name, Encoding.UTF8.GetString((await visit.SaveAsync("#save-steps")).Bytes), StringComparison.Ordinal);

        await page.SelectOptionAsync("#write-plan-tool", "ltchiptool");
        await page.ClickAsync("#make-write-plan");
        var written = await visit.SaveJsonAsync("#save-write-plan");
        Tool.Run("plan", folder["dump.bin"], folder["out.bin"], "--for", "ltchiptool", "-o", folder["steps"]).Succeeds();
        Assert.Equal(JsonDocument.Parse(folder.Read(Path.Combine("steps", "plan.json"))).RootElement.GetProperty("sha256").GetString(), written.GetProperty("sha256").GetString());
        using var archive = new ZipArchive(new MemoryStream((await visit.SaveAsync("#save-write-files")).Bytes));
        Assert.Equal(Directory.GetFiles(folder["steps"]).Select(Path.GetFileName).Order(StringComparer.Ordinal), archive.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".bin", StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            await (await entry.OpenAsync()).CopyToAsync(content);
            Assert.Equal(folder.Read(Path.Combine("steps", entry.Name)), content.ToArray());
        }

        // What was made for other choices is not offered under these, and what holds a password says so.
        await page.SelectOptionAsync("#write-plan-tool", "programmer");
        Assert.Equal(0, await page.Locator("#save-write-plan").CountAsync());
        Assert.Contains("obk-config", await page.Locator("#combine-downloads [data-secrets]").GetAttributeAsync("data-secrets"), StringComparison.Ordinal);

        // What is refused cannot be saved.
        await page.FillAsync("#set-mac", "no MAC");
        await visit.PlannedAsync("refused");
        Assert.Contains("'no MAC' is not a MAC", await page.Locator("[data-obstacle]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("#combine-downloads button").CountAsync());
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Plan_ThatChanges_OffersNothingThatIsRefusedOrOutOfDate()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.ChooseAsync(("dump.bin", Dump), ("firmware.bin", Firmware));
        await visit.GoAsync("combine");
        await visit.PlannedAsync("image");

        // While an answer is out of date nothing of it can be taken.
        await page.FillAsync("#set-mac", "no MAC");
        Assert.Equal(0, await page.Locator("#combine-downloads button").CountAsync());
        await visit.PlannedAsync("refused");
        Assert.Contains("'no MAC' is not a MAC", await page.Locator("[data-obstacle]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("#combine-downloads button").CountAsync());

        await page.FillAsync("#set-mac", "");
        await visit.PlannedAsync("image");
        await page.ClickAsync("#advanced > summary");
        await page.SelectOptionAsync("#opt-chip", "BK7231T");
        await visit.PlannedAsync("refused");
        Assert.Matches("BKI[0-9]{4}", await page.Locator("[data-obstacle]").InnerTextAsync());
        Assert.Equal(0, await page.Locator("#combine-downloads button").CountAsync());

        // A refusal that a choice of the form may lift leads there; of a plan that is not there nothing is shown as one.
        await page.SelectOptionAsync("#opt-chip", "");
        await page.FillAsync("#opt-key", "11111111 22222222 33333333 44444444");
        await visit.PlannedAsync("refused");
        await page.ClickAsync("#advanced > summary");
        await page.ClickAsync("#go-to-choice");
        Assert.Equal("opt-key", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.True(await page.Locator("#no-plan").IsVisibleAsync());
        Assert.Equal(0, await page.Locator("#plan-regions").CountAsync());
        await page.FillAsync("#opt-key", "");
        await page.FillAsync("#opt-obk-json", "{ x");
        await visit.PlannedAsync("refused");
        Assert.DoesNotContain("BKI8008", await page.Locator("[data-obstacle]").InnerTextAsync(), StringComparison.Ordinal);
        await page.FillAsync("#opt-obk-json", "");
        await page.FillAsync("#set-mac", "ff:ff:ff:ff:ff:ff");
        await visit.PlannedAsync("refused");
        Assert.StartsWith("ff:ff:ff:ff:ff:ff is no MAC", await page.Locator("[data-obstacle] .problem-message").InnerTextAsync(), StringComparison.Ordinal);
        await page.FillAsync("#set-mac", "");

        // What was put on the shelf stays when the plan changes.
        await visit.PlannedAsync("image");
        await page.ClickAsync("#keep-image");
        await page.FillAsync("#set-ssid", "other");
        await visit.PlannedAsync("image");
        await visit.GoAsync("files");
        await visit.ReadAsync(3);
        await visit.Cards.Nth(2).Locator("[data-action=report]").ClickAsync();
        await page.FrameLocator("iframe.page").GetByText("boots").First.WaitForAsync();
    }
}
