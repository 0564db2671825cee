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
}
