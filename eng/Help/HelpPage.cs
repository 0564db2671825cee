using System.Net;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BekenImage.Help;

/// <summary>
/// One Markdown file as a page. Links to other pages of docs/ lead to theirs; what lies elsewhere in the repository is not online, so that
/// a link to it becomes its text. No script, nothing from elsewhere: the policy of the page allows neither.
/// </summary>
internal static class HelpPage
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    private static readonly Regex EmptyHead = new("<thead>\n<tr>\n(?:<th></th>\n)+</tr>\n</thead>\n");

    /// <summary>Renders a page.</summary>
    /// <param name="markdown">The file's text, lines ended by <c>\n</c>.</param>
    /// <param name="docs">The folder it lies in.</param>
    public static string Render(string markdown, string docs)
    {
        var document = Markdown.Parse(WithoutComments(markdown), Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToArray())
            Redirect(link, docs);
        // A table that is wider than a phone scrolls by itself, for which it must be reachable by keyboard.
        foreach (var code in document.Descendants<CodeBlock>())
            code.GetAttributes().AddProperty("tabindex", "0");
        return Shell(Title(document), Html(document));
    }

    private static string WithoutComments(string markdown) =>
        Regex.Replace(markdown, "^<!--.*?-->\n", string.Empty, RegexOptions.Multiline | RegexOptions.Singleline);

    private static string Title(MarkdownDocument document) =>
        document.Descendants<HeadingBlock>().First().Inline!.Descendants<LeafInline>().Aggregate(string.Empty, (title, part) => title + part switch
        {
            LiteralInline text => text.Content.ToString(), CodeInline code => code.Content, _ => string.Empty,
        });

    private static string Html(MarkdownDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return EmptyHead.Replace(text.ToString(), string.Empty).Replace("<table>", "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal)
            // Markdown has no table without headings; a heading that says nothing is none.
            .Replace("<th></th>", "<td></td>", StringComparison.Ordinal)
            // The policy allows no style in an attribute.
            .Replace(" style=\"text-align: right;\"", " class=\"number\"", StringComparison.Ordinal);
    }

    private static void Redirect(LinkInline link, string docs)
    {
        string target = link.Url ?? string.Empty;
        if (target.StartsWith('#') || target.StartsWith("https://", StringComparison.Ordinal))
            return;
        string path = target.Split('#')[0], anchor = target[path.Length..];
        if (link.IsImage && path.StartsWith("images/", StringComparison.Ordinal))
            return;
        if (path.EndsWith(".md", StringComparison.Ordinal) && !path.Contains('/') && File.Exists(Path.Combine(docs, path)))
        {
            link.Url = HelpPages.NameOf(path[..^3]) + anchor;
            return;
        }
        // Its text takes its place.
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }
        link.Remove();
    }

    private static string Shell(string title, string content) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>{WebUtility.HtmlEncode(title)} – BekenImage</title>
        <link rel="icon" href="../icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="../css/colours.css">
        <link rel="stylesheet" href="../css/base.css">
        <link rel="stylesheet" href="../css/help.css">
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <nav aria-label="Help"><a href="../index.html">To the page</a> <a href="index.html">All of the help</a></nav>
        <main id="content" tabindex="-1">
        {content}</main>
        </body>
        </html>

        """.ReplaceLineEndings("\n");
}
