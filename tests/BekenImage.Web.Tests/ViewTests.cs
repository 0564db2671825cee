using System.Text;
using System.Text.Json.Nodes;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
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
        await using var visit = await web.OpenAsync(options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        using var folder = new TestFolder();
        folder.Write("dump.bin", Dump);
        await visit.ChooseAsync(("dump.bin", Dump));
        await visit.Page.Locator("[data-action=report]").ClickAsync();
        var report = visit.Page.FrameLocator("iframe.page");
        await report.Locator("h1").WaitForAsync();
        await visit.ReadyAsync();

        // The frame is as long as its content, and a link in it goes to a place in it.
        Assert.True(await report.Locator("html").EvaluateAsync<bool>("html => html.scrollHeight <= innerHeight + 1"));
        await report.Locator(".contents a").Last.ClickAsync();
        await report.Locator("h1").WaitForAsync();
        Assert.EndsWith("#report", visit.Page.Url, StringComparison.Ordinal);

        var document = JsonNode.Parse((await visit.SaveAsync("#save-json")).Bytes)!;
        var said = JsonNode.Parse(Tool.Run("inspect", folder["dump.bin"], "--json").Succeeds().Output)!;
        said["file"] = "dump.bin";
        Assert.Equal(said.ToJsonString(), document.ToJsonString());

        Tool.Run("sanitize", folder["dump.bin"], "-o", folder["clean.bin"]).Succeeds();
        Assert.Equal(folder.Read("clean.bin"), (await visit.SaveAsync("#save-sanitized")).Bytes);
        Tool.Run("extract", folder["dump.bin"], "app", "-o", folder["app.bin"]).Succeeds();
        Tool.Run("extract", folder["dump.bin"], "app", "--raw", "-o", folder["raw.bin"]).Succeeds();
        await visit.Page.ClickAsync("#report-parts-fold > summary");
        Assert.Equal(folder.Read("app.bin"), (await visit.SaveAsync("[data-part=app][data-raw=false]")).Bytes);
        Assert.Equal(folder.Read("raw.bin"), (await visit.SaveAsync("[data-part=app][data-raw=true]")).Bytes);

        var (name, markdown) = await visit.SaveAsync("#save-markdown");
        Assert.Equal("dump.report.md", name);
        await visit.Page.ClickAsync("#copy-markdown");
        await visit.Page.GetByText("The Markdown is on the clipboard.").WaitForAsync();
        Assert.Equal(Encoding.UTF8.GetString(markdown), await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        // What cannot be had is said with code and cause, and the report stays.
        await visit.Page.ClickAsync("#save-template");
        Assert.Matches("BKI[0-9]{4}", await visit.Page.Locator("#report-problem .problem").InnerTextAsync());
        Assert.True(await report.Locator("h1").IsVisibleAsync());
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Comparison_OfTwoFiles_ListsWhatTheCommandLists()
    {
        await using var visit = await web.OpenAsync();
        using var folder = new TestFolder();
        folder.Write("dump.bin", Dump);
        folder.Write("firmware.bin", Firmware);
        await visit.ChooseAsync(("dump.bin", Dump), ("firmware.bin", Firmware));
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
        Assert.Contains("dump.bin", Encoding.UTF8.GetString((await visit.SaveAsync("#save-collection")).Bytes), StringComparison.Ordinal);
    }
}
