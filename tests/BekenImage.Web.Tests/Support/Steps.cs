using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BekenImage.Web.Tests.Support;

/// <summary>What a person does on the page, a step each, and waits for what comes of it.</summary>
internal static class Steps
{
    private const int Soon = 60_000;

    /// <summary>What passed would be thousands of elements to bring over.</summary>
    private static readonly HashSet<ResultType> OnlyViolations = [ResultType.Violations];

    /// <summary>Chooses files and waits until they are read and judged.</summary>
    public static async Task ChooseAsync(this Visit visit, params (string Name, byte[] Bytes)[] files)
    {
        int before = await visit.Cards.CountAsync();
        await visit.Page.Locator("#files-input").SetInputFilesAsync(Payloads(files));
        await visit.ReadAsync(before + 1);
    }

    /// <summary>Files for a chooser.</summary>
    public static FilePayload[] Payloads(params (string Name, byte[] Bytes)[] files) =>
        [.. files.Select(file => new FilePayload { Name = file.Name, MimeType = "application/octet-stream", Buffer = file.Bytes })];

    /// <summary>Waits until so many cards are there and no file is being read.</summary>
    public static async Task ReadAsync(this Visit visit, int cards)
    {
        await visit.Cards.Nth(cards - 1).WaitForAsync(new() { Timeout = Soon });
        await visit.ReadyAsync();
    }

    /// <summary>Opens one of the page's views and waits until it is quiet.</summary>
    public static async Task GoAsync(this Visit visit, string view)
    {
        await visit.Page.Locator($"nav a[href='#{view}']").ClickAsync();
        await visit.Page.Locator($"[data-view={view}]").WaitForAsync();
        await visit.ReadyAsync();
    }

    /// <summary>Waits for the plan: <c>image</c>, or <c>refused</c>.</summary>
    public static async Task PlannedAsync(this Visit visit, string answer)
    {
        await visit.Page.Locator($"#plan[data-answer={answer}][aria-busy=false]").WaitForAsync(new() { Timeout = Soon });
        await visit.ReadyAsync();
    }

    /// <summary>Presses what saves a file; the file's name and bytes.</summary>
    public static async Task<(string Name, byte[] Bytes)> SaveAsync(this Visit visit, string selector)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator(selector).ClickAsync(), new() { Timeout = Soon });
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
    }

    public static async Task<JsonElement> SaveJsonAsync(this Visit visit, string selector) =>
        JsonDocument.Parse((await visit.SaveAsync(selector)).Bytes).RootElement;

    /// <summary>
    /// No rule of axe may be broken in what is shown, frames included, and it must fit the width: on a desk in light; where the whole is
    /// asked for, in the dark, too, and on a narrow phone.
    /// </summary>
    /// <param name="visit">The visit.</param>
    /// <param name="state">What to call it in a message, and a picture of it.</param>
    /// <param name="isProgram">False for a page that is text alone: its colours are the same at any width.</param>
    public static async Task IsAccessibleAsync(this Visit visit, string state, bool isProgram = true)
    {
        if (isProgram)
            await visit.ReadyAsync();
        await visit.BreaksNoRuleAsync(state + "-desk");
        if (!Whole.IsAsked)
            return;
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        if (isProgram)
            await visit.BreaksNoRuleAsync(state + "-desk-dark");
        await visit.Page.SetViewportSizeAsync(320, 800);
        await visit.BreaksNoRuleAsync(state + "-phone-dark");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await visit.KeepPictureAsync(state + "-phone");
        await visit.Page.SetViewportSizeAsync(1280, 900);
    }

    private static async Task BreaksNoRuleAsync(this Visit visit, string state)
    {
        var result = await visit.Page.RunAxe(new AxeRunOptions { ResultTypes = OnlyViolations });
        Assert.True(result.Violations.Length == 0, state + ": " + string.Join("; ", result.Violations.Select(violation =>
            $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html).Take(3))}")));
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), state + ": wider than the window");
        await visit.KeepPictureAsync(state);
    }

    /// <summary>Where <c>BEKENIMAGE_PICTURES</c> names a folder, what the page looks like is kept there.</summary>
    private static async Task KeepPictureAsync(this Visit visit, string state)
    {
        if (Environment.GetEnvironmentVariable("BEKENIMAGE_PICTURES") is { Length: > 0 } folder)
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, state + ".png"), FullPage = true });
    }
}
