using BekenImage.Documents;
using BekenImage.Report.Model;

namespace BekenImage.Report.Html;

/// <summary>Sections and their blocks as HTML.</summary>
internal static class BlockWriter
{
    private const int DeepestTree = 32;

    /// <summary>Addresses and short values are not broken.</summary>
    private const int LongestWord = 12;

    /// <param name="html">Where it goes.</param>
    /// <param name="section">The section.</param>
    /// <param name="hasId">False where a page has many images: an id stands once.</param>
    /// <param name="level">Level of its heading.</param>
    public static void Write(HtmlWriter html, Section section, bool hasId, int level)
    {
        html.Open("section");
        if (hasId)
            html.Attribute("id", section.Id);
        html.Line().Element("h" + Words.Number(level), section.Title).Line();
        if (section.Intro is { } intro)
            html.Element("p", intro, "intro").Line();
        foreach (var block in section.Blocks)
            Write(html, block);
        html.Close().Line();
    }

    public static void Facts(HtmlWriter html, IReadOnlyList<Fact> facts)
    {
        html.Open("dl", "facts");
        foreach (var fact in facts)
        {
            html.Open("div", fact.IsCode ? "wide" : null).Element("dt", fact.Name).Open("dd");
            html.Open(fact.IsCode ? "code" : "b", Tone(fact.Tone)).Text(fact.Value).Close();
            if (fact.Note is { } note)
                html.Text(" ").Element("span", note, "note");
            html.Close().Close();
        }
        html.Close().Line();
    }

    public static string? Tone(Tone tone) => tone == Model.Tone.Plain ? null : "t-" + tone.ToString().ToLowerInvariant();

    private static void Write(HtmlWriter html, Block block)
    {
        switch (block)
        {
            case TextBlock text:
                html.Element("p", text.Text, Tone(text.Tone)).Line();
                break;
            case FactsBlock facts:
                Facts(html, facts.Facts);
                break;
            case TableBlock table:
                Table(html, table);
                break;
            case ListBlock list:
                html.Open("ul", "list");
                foreach (string item in list.Items)
                    html.Element("li", item);
                html.Close().Line();
                break;
            case TreeBlock tree:
                Tree(html, tree.Nodes, 0);
                html.Line();
                break;
            case PinsBlock pins:
                PinsSvg.Write(html, pins);
                break;
            case FindingBlock finding:
                Finding(html, finding);
                break;
            case LogBlock log:
                html.Open("pre", "log");
                foreach (string line in log.Lines)
                    html.Text(line).Line();
                html.Close().Line();
                break;
            case FoldBlock fold:
                html.Open("details").Element("summary", fold.Summary).Line();
                foreach (var inner in fold.Blocks)
                    Write(html, inner);
                html.Close().Line();
                break;
        }
    }

    private static void Table(HtmlWriter html, TableBlock table)
    {
        html.Open("div", "scroll").Open("table").Open("thead").Open("tr");
        foreach (string column in table.Columns)
            html.Element("th", column);
        html.Close().Close().Open("tbody").Line();
        foreach (var row in table.Rows)
        {
            html.Open("tr");
            foreach (var cell in row)
                CellOf(html, cell);
            html.Close().Line();
        }
        html.Close().Close().Close().Line();
    }

    private static void CellOf(HtmlWriter html, Cell cell)
    {
        html.Open("td");
        if (cell.IsCode)
            html.Element("code", cell.Text, cell.Text.Length > LongestWord ? "long" : null);
        else if (Tone(cell.Tone) is { } tone)
            html.Element("span", cell.Text, tone);
        else
            html.Text(cell.Text);
        html.Close();
    }

    private static void Tree(HtmlWriter html, IReadOnlyList<TreeNode> nodes, int depth)
    {
        html.Open("ul", "tree");
        foreach (var node in nodes)
        {
            html.Open("li").Open("span", node.Children.Count > 0 || node.Name.EndsWith("/", StringComparison.Ordinal) ? "folder" : "file").Text(node.Name).Close();
            if (node.Note.Length > 0)
                html.Text(" ").Element("span", node.Note, "note");
            if (node.Children.Count > 0 && depth < DeepestTree)
                Tree(html, node.Children, depth + 1);
            html.Close();
        }
        html.Close();
    }

    private static void Finding(HtmlWriter html, FindingBlock block)
    {
        var finding = block.Finding;
        html.Open("details", "finding").Open("summary");
        html.Element("span", DocumentWords.Of(finding.Severity), "badge " + Tone(block.Tone)).Text(" ").Element("code", finding.CodeText).Text(" ");
        html.Element("span", Words.Sentence(finding.Message), "message");
        if (finding.Offset is { } offset)
            html.Text(" ").Element("span", "at " + Words.Hex(offset), "note");
        html.Close();
        if (block.Text is { } text)
        {
            html.Open("dl", "why");
            Why(html, "Means", text.Meaning);
            Why(html, "Cause", text.Cause);
            Why(html, "Cure", text.Cure);
            html.Close();
        }
        html.Close().Line();
    }

    private static void Why(HtmlWriter html, string name, string text)
    {
        if (text.Length > 0)
            html.Element("dt", name).Element("dd", text);
    }
}
