using BekenImage.Web.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>Nothing leaves the machine: the policy forbids it, in the window and in the worker, and nothing is asked for once the page runs.</summary>
public sealed class PolicyTests(WebFixture web)
{
    private const string Elsewhere = "async () => { try { await fetch('https://192.0.2.1/', { mode: 'no-cors' }); return 'sent'; } catch (error) { return error.name; } }";

    // A page without the policy would wait for a network here; the address is one of documentation's (RFC 5737), nobody's.
    [Fact(Timeout = Visit.Patience)]
    public async Task Fetch_ToAnotherHost_IsForbiddenByThePolicy()
    {
        await using var visit = await web.OpenAsync();
        var page = visit.Page;
        Assert.Equal("TypeError", await page.EvaluateAsync<string>(Elsewhere));
        string seen = await page.EvaluateAsync<string>("""
            () => new Promise(resolve => {
                addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective), { once: true });
                fetch('https://192.0.2.1/', { mode: 'no-cors' }).catch(() => {});
            })
            """);
        Assert.Equal("connect-src", seen);
        visit.Forgive(complaint => complaint.Contains("192.0.2.1", StringComparison.Ordinal) || complaint.Contains("connect-src", StringComparison.Ordinal));
    }

    [Fact(Timeout = Visit.Patience)]
    public async Task Fetch_ToAnotherHostFromTheWorker_IsForbiddenByThePolicy()
    {
        await using var visit = await web.OpenAsync();
        var worker = Assert.Single(visit.Page.Workers);
        string seen = await worker.EvaluateAsync<string>("""
            () => new Promise(resolve => {
                addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective), { once: true });
                fetch('https://192.0.2.1/', { mode: 'no-cors' }).then(() => resolve('sent'), () => setTimeout(() => resolve('no violation'), 2000));
            })
            """);
        Assert.Equal("connect-src", seen);
        visit.Forgive(complaint => complaint.Contains("192.0.2.1", StringComparison.Ordinal) || complaint.Contains("connect-src", StringComparison.Ordinal));
    }

    // What a report needs inline is named by its hash, and nothing else is.
    [Fact]
    public void Policy_OfThePage_AllowsTheReportsScriptAndStyleAndNoOther()
    {
        string page = File.ReadAllText(Path.Combine(PublishedPage.Folder, "index.html"));
        string report = BekenImage.Report.ImageReport.Html(FlashImage.Parse(Cli.Demo.SyntheticDevice.FactoryDump()), "x.bin");
        var named = Hashes(page);
        Assert.Equal(2, named.Length);
        Assert.Equal(Hashes(System.Net.WebUtility.HtmlDecode(report)), named);
        Assert.DoesNotContain("unsafe-inline", page, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", page, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    private static string[] Hashes(string html) =>
        [.. System.Text.RegularExpressions.Regex.Matches(System.Net.WebUtility.HtmlDecode(html), "'sha256-[A-Za-z0-9+/=]+'").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];
}
