using Microsoft.Playwright;

namespace BekenImage.Report.Tests;

/// <summary>The system's Chromium; where there is none (or none that BEKENIMAGE_CHROMIUM names), the test is skipped and counted so.</summary>
internal static class Browser
{
    private static readonly string[] Usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private static string? Program { get; } = Environment.GetEnvironmentVariable("BEKENIMAGE_CHROMIUM") is { Length: > 0 } named ? named : Usual.FirstOrDefault(File.Exists);

    /// <summary>Opens a page from a file, as a user would, and fails on anything it asks for, complains of or throws.</summary>
    public static async Task Visit(string html, Func<IPage, Task> visit, bool hasScript = true, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(Program is null, "There is no Chromium here (set BEKENIMAGE_CHROMIUM).");
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".html");
        await File.WriteAllTextAsync(file, html);
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox"] });
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
            {
                JavaScriptEnabled = hasScript, ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1280, Height = 900 }, Offline = true,
            });
            var page = await context.NewPageAsync();
            string address = new Uri(file).AbsoluteUri;
            var complaints = new List<string>();
            page.Console += (_, message) => complaints.Add($"console: {message.Text}");
            page.PageError += (_, error) => complaints.Add($"error: {error}");
            page.Request += (_, request) =>
            {
                if (request.Url != address)
                    complaints.Add($"request: {request.Url}");
            };
            page.Dialog += (_, dialog) => complaints.Add($"dialog: {dialog.Message}");
            await page.GotoAsync(address);
            await visit(page);
            Assert.Empty(complaints);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
