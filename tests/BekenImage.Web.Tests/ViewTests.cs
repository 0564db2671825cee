using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Web.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>The views beside the main job: report, comparison, collection. What is saved is what the command writes.</summary>
public sealed class ViewTests(WebFixture web)
{
    private static readonly byte[] Dump = SyntheticDevice.FactoryDump();
    private static readonly byte[] Firmware = SyntheticDevice.Firmware();

    [Fact(Timeout = Visit.Patience)]
    public async Task Report_OfADump_IsShownAndSavedAsTheCommandWritesIt()
    {
        Whole.Require();
        await ReportAsync(Dump);
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Report_OfARealDump_IsShownAndSavedAsTheCommandWritesIt()
    {
        Whole.Require();
        await ReportAsync(Corpus.Read("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin"));
    }

    private async Task ReportAsync(byte[] dump)
    {
        await using var visit = await web.OpenAsync(options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        using var folder = new TestFolder();
        folder.Write("dump.bin", dump);
        await visit.ChooseAsync(("dump.bin", dump));
        await visit.Page.Locator("[data-action=report]").ClickAsync();
        var report = visit.Page.FrameLocator("iframe.page");
        await report.Locator("h1").WaitForAsync();
        await visit.ReadyAsync();

        // The frame is as long as its content, and a link in it goes to a place in it.
        Assert.True(await report.Locator("html").EvaluateAsync<bool>("html => html.scrollHeight <= innerHeight"));
        await report.Locator(".contents a").Last.ClickAsync();
        await report.Locator("h1").WaitForAsync();
        Assert.EndsWith("#report", visit.Page.Url, StringComparison.Ordinal);

        var document = JsonNode.Parse((await visit.SaveAsync("#save-json")).Bytes)!;
        var said = JsonNode.Parse(Tool.Run("inspect", folder["dump.bin"], "--json").Succeeds().Output)!;
        said["file"] = "dump.bin";
        Assert.Equal(said.ToJsonString(), document.ToJsonString());
        Tool.Run("report", folder["dump.bin"], "-o", folder["dump.html"]).Succeeds();
        Assert.Equal(Unplaced(folder, folder.Read("dump.html")), Encoding.UTF8.GetString((await visit.SaveAsync("#save-report")).Bytes));

        Tool.Run("sanitize", folder["dump.bin"], "-o", folder["clean.bin"]).Succeeds();
        Assert.Equal(folder.Read("clean.bin"), (await visit.SaveAsync("#save-sanitized")).Bytes);
        Tool.Run("extract", folder["dump.bin"], "app", "-o", folder["app.bin"]).Succeeds();
        Tool.Run("extract", folder["dump.bin"], "app", "--raw", "-o", folder["raw.bin"]).Succeeds();
        await visit.Page.ClickAsync("#report-parts-fold > summary");
        Assert.Equal(folder.Read("app.bin"), (await visit.SaveAsync("[data-part=app][data-raw=false]")).Bytes);
        Assert.Equal(folder.Read("raw.bin"), (await visit.SaveAsync("[data-part=app][data-raw=true]")).Bytes);

        var (name, markdown) = await visit.SaveAsync("#save-markdown");
        Assert.Equal("dump.report.md", name);
        Tool.Run("report", folder["dump.bin"], "--markdown", "-o", folder["dump.md"]).Succeeds();
        Assert.Equal(Unplaced(folder, folder.Read("dump.md")), Encoding.UTF8.GetString(markdown));
        await visit.Page.ClickAsync("#copy-markdown");
        await visit.Page.GetByText("The Markdown is on the clipboard.").WaitForAsync();
        Assert.Equal(Encoding.UTF8.GetString(markdown), await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    // What cannot be had is said with code and cause, and the report stays.
    [Fact(Timeout = Visit.Patience)]
    public async Task Template_OfADumpWithoutOne_IsRefusedAndTheReportStays()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        await visit.ChooseAsync(("dump.bin", Dump));
        await visit.GoAsync("report");
        await visit.Page.ClickAsync("#save-template");
        Assert.Matches("BKI[0-9]{4}", await visit.Page.Locator("#report-problem .problem").InnerTextAsync());
        Assert.True(await visit.Page.FrameLocator("iframe.page").Locator("h1").IsVisibleAsync());
    }

    [Theory(Timeout = Visit.Patience)]
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "tuya", "show", "--as-obk")]
    [InlineData("OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin", "obk", "show", "--template")]
    public async Task Template_OfARealImage_IsTheCommandsWithWhatItSaysBesides(string file, string verb, string show, string option)
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        await visit.ChooseAsync((file, Corpus.Read(file)));
        await visit.GoAsync("report");
        var said = Tool.Run(verb, show, Corpus.PathOf(file), option).Succeeds();
        Assert.Equal(said.Output, Encoding.UTF8.GetString((await visit.SaveAsync("#save-template")).Bytes));
        await visit.ReadyAsync();
        Assert.Equal(said.ErrorLines.Select(line => Regex.Replace(line, "^bekenimage: (note: )?", string.Empty)),
            await visit.Page.Locator("#template-notes li").AllInnerTextsAsync());
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Comparison_OfTwoFiles_ListsWhatTheCommandLists()
    {
        Whole.Require();
        await CompareAsync(Dump, Firmware);
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Comparison_OfTwoRealFiles_ListsWhatTheCommandLists()
    {
        Whole.Require();
        await CompareAsync(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"), Corpus.Read("OpenBK7231N_QIO_1.18.300.bin"));
    }

    private async Task CompareAsync(byte[] before, byte[] after)
    {
        await using var visit = await web.OpenAsync();
        using var folder = new TestFolder();
        folder.Write("dump.bin", before);
        folder.Write("firmware.bin", after);
        await visit.ChooseAsync(("dump.bin", before), ("firmware.bin", after));
        await visit.GoAsync("compare");
        await visit.Page.ClickAsync("#compare");
        await visit.Page.Locator("#save-diff").WaitForAsync();

        var said = Tool.Run("diff", folder["dump.bin"], folder["firmware.bin"], "--json").Json.GetProperty("differences");
        Assert.NotEqual(0, said.GetArrayLength());
        Assert.Equal(said.EnumerateArray().Select(one => one.GetProperty("kind").GetString()).Order(StringComparer.Ordinal),
            (await visit.Page.Locator("#differences tr[data-kind]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.kind)")).Order(StringComparer.Ordinal));
        Assert.Equal(said.GetArrayLength(), (await visit.SaveJsonAsync("#save-diff")).GetProperty("differences").GetArrayLength());
        await visit.Page.SelectOptionAsync("#compare-b", await visit.Page.InputValueAsync("#compare-a"));
        await visit.Page.ClickAsync("#compare");
        await visit.Page.Locator("#differences [data-identical=true]").WaitForAsync();
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Collection_OfSeveralFiles_IsShownAndSaved()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        await visit.GoAsync("collection");
        await visit.Page.Locator("#collection-files-input").SetInputFilesAsync(
            Steps.Payloads(("dump.bin", Dump), ("firmware.bin", Firmware), ("nothing.bin", [])));
        await visit.Page.Locator("#collection-result[data-rows='3']").WaitForAsync(new() { Timeout = 60_000 });
        await visit.ReadyAsync();
        await visit.Page.FillAsync("#collection-title", "my <b>dumps</b>");
        await visit.Page.Locator("#collection-title").BlurAsync();
        var page = visit.Page.FrameLocator("iframe.page");
        await page.GetByText("my <b>dumps</b>").First.WaitForAsync();
        await visit.ReadyAsync();
        await page.Locator("table.sortable a").First.ClickAsync();
        await page.Locator("details.image[open]").First.WaitForAsync();
        var (name, saved) = await visit.SaveAsync("#save-collection");
        Assert.EndsWith(".html", name, StringComparison.Ordinal);
        Assert.Contains("my &lt;b&gt;dumps&lt;/b&gt;", Encoding.UTF8.GetString(saved), StringComparison.Ordinal);
        Assert.Contains("dump.bin", Encoding.UTF8.GetString(saved), StringComparison.Ordinal);
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Collection_OfTheRealFiles_IsSavedAsTheCommandWritesIt()
    {
        Whole.Require();
        string[] files = [.. Corpus.Files.Select(row => Corpus.PathOf(row.Data)).Order(StringComparer.Ordinal)];
        await using var visit = await web.OpenAsync();
        await visit.GoAsync("collection");
        await visit.Page.Locator("#collection-files-input").SetInputFilesAsync(files);
        await visit.Page.Locator($"#collection-result[data-rows='{files.Length}']").WaitForAsync(new() { Timeout = 120_000 });
        await visit.ReadyAsync();
        using var folder = new TestFolder();
        Tool.Run(["report", .. files, "-o", folder["all.html"]]).Succeeds();
        string written = Encoding.UTF8.GetString(folder.Read("all.html"));
        Assert.Equal(
            written.Replace(Corpus.Folder + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal), Encoding.UTF8.GetString((await visit.SaveAsync("#save-collection")).Bytes));
        Assert.Equal(files.Length, await visit.Page.FrameLocator("iframe.page").Locator("table.sortable tbody tr").CountAsync());
    }

    // Files that come while others are read wait; whoever empties the collection means those, too.
    [Fact(Timeout = Visit.Patience)]
    public async Task Collection_OfFilesThatComeMeanwhile_HasThemAllOrNone()
    {
        Whole.Require();
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        await visit.GoAsync("collection");
        await page.Locator("#collection-files-input").SetInputFilesAsync(Many("a", 4));
        await page.Locator("#collection-files-input").SetInputFilesAsync(Many("b", 2));
        await page.Locator("#collection-result[data-rows='6']").WaitForAsync(new() { Timeout = 60_000 });
        await visit.ReadyAsync();
        Assert.False(await page.Locator("#stop-collection").IsVisibleAsync());

        await page.Locator("#collection-files-input").SetInputFilesAsync(Many("c", 6));
        await page.ClickAsync("#clear-collection");
        await page.GetByText("The collection is empty.").WaitForAsync(new() { Timeout = 60_000 });
        await visit.ReadyAsync();
        Assert.False(await page.Locator("#collection-result").IsVisibleAsync());
        await page.Locator("#collection-files-input").SetInputFilesAsync(Many("d", 1));
        await page.Locator("#collection-result[data-rows='1']").WaitForAsync(new() { Timeout = 60_000 });
    }

    private static Microsoft.Playwright.FilePayload[] Many(string name, int count) =>
        Steps.Payloads([.. Enumerable.Range(1, count).Select(number => ($"{name}{number}.bin", Dump))]);

    // The command names a file by its path, the page has only its name.
    private static string Unplaced(TestFolder folder, byte[] text) =>
        Encoding.UTF8.GetString(text).Replace(folder.Root + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);
}
