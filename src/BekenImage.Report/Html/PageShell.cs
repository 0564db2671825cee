using System.Text;

namespace BekenImage.Report.Html;

/// <summary>What every page has around its content: head, policy, style, script, footer.</summary>
internal static class PageShell
{
    private const string DataId = "bekenimage-data";

    /// <summary>The mark by which a page is known is in its head.</summary>
    private const int HeadLength = 2048;

    private const string Doctype = "<!DOCTYPE html>";
    private const string Generator = "<meta name=\"generator\" content=\"bekenimage";

    /// <summary>True for a page of ours.</summary>
    public static bool IsPage(ReadOnlySpan<byte> file) =>
        file.Length > Doctype.Length && file[0] == Doctype[0] &&
        Encoding.UTF8.GetString(file.Slice(0, Math.Min(file.Length, HeadLength)).ToArray()) is var head &&
        head.StartsWith(Doctype, StringComparison.Ordinal) && head.IndexOf(Generator, StringComparison.Ordinal) > 0;

    /// <param name="title">The page's title.</param>
    /// <param name="json">The data, embedded once.</param>
    /// <param name="isList">True where the data are a list of documents.</param>
    /// <param name="options">Tool version and whether secrets are shown.</param>
    /// <param name="content">Writes what is between header and footer.</param>
    public static string Render(string title, IEnumerable<string> json, bool isList, ReportOptions options, Action<HtmlWriter> content)
    {
        var html = new HtmlWriter();
        html.Doctype().Open("html").Attribute("lang", "en").Line().Open("head").Line();
        html.Open("meta").Attribute("charset", "utf-8").CloseVoid().Line();
        html.Open("meta").Attribute("http-equiv", "Content-Security-Policy").Attribute("content",
            $"default-src 'none'; style-src {Asset.Style.Hash}; script-src {Asset.Script.Hash}; base-uri 'none'; form-action 'none'").CloseVoid().Line();
        html.Open("meta").Attribute("name", "viewport").Attribute("content", "width=device-width, initial-scale=1").CloseVoid().Line();
        html.Open("meta").Attribute("name", "color-scheme").Attribute("content", "light dark").CloseVoid().Line();
        html.Open("meta").Attribute("name", "generator").Attribute("content", ("bekenimage " + options.ToolVersion).TrimEnd()).CloseVoid().Line();
        html.Element("title", title).Line();
        html.Open("style").Resource(Asset.Style).Close().Line();
        html.Close().Line().Open("body").Line();
        MapSvg.WritePatterns(html);
        html.Open("main").Line();
        content(html);
        html.Close().Line();
        Footer(html, options);
        html.Open("script").Attribute("type", "application/json").Attribute("id", DataId);
        WriteJson(html, json, isList);
        html.Close().Line();
        html.Open("script").Resource(Asset.Script).Close().Line();
        html.Close().Line().Close().Line();
        return html.ToString();
    }

    private static void WriteJson(HtmlWriter html, IEnumerable<string> json, bool isList)
    {
        if (isList)
            html.Json("[");
        bool isFirst = true;
        foreach (string document in json)
        {
            if (!isFirst)
                html.Json(",\n");
            isFirst = false;
            html.Json(document.Trim());
        }
        if (isList)
            html.Json("]");
    }

    private static void Footer(HtmlWriter html, ReportOptions options)
    {
        html.Open("footer").Open("p").Text($"Made by bekenimage{(options.ToolVersion is { } version ? " " + version : string.Empty)}. ");
        html.Text(options.ShowSecrets
            ? "Passwords, keys and tokens are shown in full: do not pass this page on."
            : "Passwords, cloud keys and tokens are masked; names of networks, addresses, MACs and the words of a flash cipher are not.");
        html.Close().Close().Line();
    }
}
