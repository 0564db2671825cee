using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace BekenImage.Report.Tests;

/// <summary>A page as another parser sees it, which stops at the first thing that is not HTML.</summary>
internal static class Page
{
    public static IHtmlDocument Parse(string html)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html);
        // An id stands once; references lead somewhere.
        string[] ids = [.. document.QuerySelectorAll("[id]").Select(element => element.Id!)];
        Assert.Equal(ids.Distinct(), ids);
        foreach (var link in document.QuerySelectorAll("a[href]"))
            Assert.Contains(link.GetAttribute("href")![1..], ids);
        foreach (var filled in document.QuerySelectorAll("[fill^=url]"))
            Assert.Contains(filled.GetAttribute("fill")![5..^1], ids);
        return document;
    }

    public static JsonElement Data(IDocument document)
    {
        using var json = JsonDocument.Parse(document.QuerySelector("script#bekenimage-data[type='application/json']")!.TextContent);
        return json.RootElement.Clone();
    }

    /// <summary>Name, offset and length of every region, in the order of the page.</summary>
    public static (string Name, long Offset, long Length)[] Regions(IParentNode within) =>
    [
        .. within.QuerySelectorAll("[data-region]").Select(element => (element.GetAttribute("data-region")!,
            long.Parse(element.GetAttribute("data-offset")!), long.Parse(element.GetAttribute("data-length")!))),
    ];
}
