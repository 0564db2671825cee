using BekenImage.Web.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(WebFixture))]

namespace BekenImage.Web.Tests.Support;

/// <summary>The page on a server of its own, and the system's Chromium; where there is none, every test is skipped and says so.</summary>
public sealed class WebFixture : IAsyncDisposable
{
    private static readonly string[] Usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private StaticServer? _server;

    private static string? Program { get; } = Environment.GetEnvironmentVariable("BEKENIMAGE_CHROMIUM") is { Length: > 0 } named ? named : Usual.FirstOrDefault(File.Exists);

    /// <summary>Where the page is.</summary>
    public string Address => _server!.Address;

    internal StaticServer Server => _server!;

    /// <summary>Opens the page in a browser that has never seen it. Whoever disposes of the visit learns of every complaint.</summary>
    /// <param name="with">What is to be otherwise.</param>
    /// <param name="path">The page, seen from the address.</param>
    /// <param name="address">Another server than the fixture's.</param>
    /// <param name="watch">A script that runs before those of the page.</param>
    /// <remarks>The service worker would load and hash the whole page once more for every test; those that are about it allow it.</remarks>
    internal async Task<Visit> OpenAsync(Action<BrowserNewContextOptions>? with = null, string path = "", string? address = null, string? watch = null)
    {
        Assert.SkipWhen(Program is null, "There is no Chromium here (set BEKENIMAGE_CHROMIUM).");
        await StartAsync();
        var options = new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 }, AcceptDownloads = true, ServiceWorkers = ServiceWorkerPolicy.Block };
        with?.Invoke(options);
        var context = await _browser!.NewContextAsync(options);
        if (watch is not null)
            await context.AddInitScriptAsync(watch);
        return await Visit.OpenAsync(context, address ?? Address, path);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _server?.Dispose();
    }

    private async Task StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_browser is not null)
                return;
            _server = new StaticServer(PublishedPage.Folder);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Program, Args = ["--no-sandbox"],
                // Without a UTF-8 locale it misspells a temporary folder whose name has other letters.
                DownloadsPath = Path.Combine(AppContext.BaseDirectory, "downloads"),
            });
        }
        finally
        {
            _starting.Release();
        }
    }
}
