using Microsoft.Playwright;

namespace BekenImage.Web.Tests.Support;

/// <summary>
/// A visit to the page. At its end nothing may have complained: no message on the console, no exception, no violation of the policy, no
/// dialog, no request to anybody but the page's own server.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>Milliseconds after which a test that waits for something that does not come is given up.</summary>
    public const int Patience = 180_000;

    private readonly IBrowserContext _context;
    private readonly string _address;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page, string address)
    {
        _context = context;
        _address = address;
        Page = page;
        page.Console += (_, message) =>
        {
            // Hints to developers are no complaints: that a form with a password might have a user name. Nor is what Playwright was told to do.
            if (message.Type != "verbose" && message.Text != "Service Worker registration blocked by Playwright")
                _complaints.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"error: {error}");
        page.Dialog += (_, dialog) => _complaints.Add($"dialog: {dialog.Message}");
        page.Crash += (_, _) => _complaints.Add("the tab crashed");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:" + _address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _complaints.Add($"request: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>The files on the shelf, a card each.</summary>
    public ILocator Cards => Page.Locator("#shelf > li");

    /// <summary>What is expected to be complained of, in a test that makes it happen, is taken from the list here.</summary>
    public void Forgive(Func<string, bool> isExpected) => _complaints.RemoveAll(complaint => isExpected(complaint));

    public static async Task<Visit> OpenAsync(IBrowserContext context, string address, string path)
    {
        // A policy report reaches the console only for some kinds; the event is sent for all.
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`));");
        var visit = new Visit(context, await context.NewPageAsync(), address);
        await visit.Page.GotoAsync(address + path);
        if (path.Length == 0)
            await visit.ReadyAsync();
        return visit;
    }

    /// <summary>Waits until the library runs and nothing is being worked on.</summary>
    public Task ReadyAsync() => Page.Locator("html[data-state=ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }
}
