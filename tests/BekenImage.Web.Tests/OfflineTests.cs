using System.Text.RegularExpressions;
using BekenImage.Cli.Tests.Support;
using BekenImage.Web.Tests.Support;
using Microsoft.Playwright;

namespace BekenImage.Web.Tests;

/// <summary>Once loaded the page needs no network.</summary>
public sealed class OfflineTests(WebFixture web)
{
    [Fact(Timeout = Visit.Patience)]
    public async Task Page_LoadedOnce_StartsWithoutANetwork()
    {
        await using var visit = await web.OpenAsync(options => options.ServiceWorkers = ServiceWorkerPolicy.Allow);
        var page = visit.Page;
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null || (location.reload(), false)", null, new() { PollingInterval = 1000 });
        await visit.ReadyAsync();
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await visit.ReadyAsync();
        Assert.NotEqual(string.Empty, await page.TitleAsync());
    }

    // A version nobody takes would be one nobody ever sees: it waits, is announced, and comes when it is asked for; the one before goes.
    [Fact(Timeout = Visit.Patience)]
    public async Task Page_ThatIsNewer_IsAnnouncedAndTakenWhenAskedFor()
    {
        Whole.Require();
        using var folder = new TestFolder();
        CopyPage(folder.Root);
        using var server = new StaticServer(folder.Root);
        await using var visit = await web.OpenAsync(options => options.ServiceWorkers = ServiceWorkerPolicy.Allow, address: server.Address);
        var page = visit.Page;
        await KeptAsync(page);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(server.Address);
        await KeptAsync(other);
        await RenewAsync(folder);

        await page.ReloadAsync();
        await page.Locator("#update").WaitForAsync(new() { Timeout = 60_000 });
        await other.Locator("#update").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(2, await page.EvaluateAsync<int>("async () => (await caches.keys()).length"));
        await visit.IsAccessibleAsync("update");
        await page.RunAndWaitForRequestFinishedAsync(() => page.ClickAsync("#reload"), new() { Predicate = request => request.IsNavigationRequest });
        await visit.ReadyAsync();
        await page.WaitForFunctionAsync("async () => (await caches.keys()).join() === 'bekenimage-newer'");
        Assert.False(await page.Locator("#update").IsVisibleAsync());

        // Another window keeps its files until it is asked there, too.
        await other.EvaluateAsync("() => { globalThis.isOld = true; }");
        Assert.True(await other.Locator("#update").IsVisibleAsync());
        await other.ClickAsync("#reload");
        await other.WaitForFunctionAsync("() => !globalThis.isOld && document.documentElement.dataset.state === 'ready'");
        Assert.False(await other.Locator("#update").IsVisibleAsync());
    }

    private static Task KeptAsync(IPage page) =>
        page.Locator("html[data-offline=ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });

    private static async Task RenewAsync(TestFolder folder)
    {
        string manifest = await File.ReadAllTextAsync(folder["service-worker-assets.js"]);
        await File.WriteAllTextAsync(folder["service-worker-assets.js"], Regex.Replace(manifest, "\"version\": \"[^\"]*\"", "\"version\": \"newer\""));
        await File.AppendAllTextAsync(folder["service-worker.js"], "\n// newer\n");
    }

    private static void CopyPage(string target)
    {
        foreach (string file in Directory.GetFiles(PublishedPage.Folder, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(PublishedPage.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
