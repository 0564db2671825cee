using BekenImage.Report.Model;

namespace BekenImage.Report.Html;

/// <summary>The page about one image.</summary>
internal static class ImagePage
{
    public static string Render(ReportModel model, ReportOptions options) =>
        PageShell.Render(model.Title + ": flash image report", [model.Json], isList: false, options, html =>
        {
            html.Open("header", "hero").Line().Element("p", "Flash image report", "eyebrow").Line();
            html.Open("h1");
            (options.Title is null ? html.Name(model.Title) : html.Text(model.Title)).Close().Line();
            Verdict(html, model);
            html.Close().Line();
            Contents(html, model.Sections);
            Sections(html, model, hasIds: true, level: 2);
        });

    /// <summary>The same without what is around it, for a page of many.</summary>
    public static string RenderSections(ReportModel model)
    {
        var html = new HtmlWriter();
        Verdict(html, model);
        Sections(html, model, hasIds: false, level: 3);
        return html.ToString();
    }

    private static void Verdict(HtmlWriter html, ReportModel model)
    {
        html.Open("p", "verdict").Element("span", model.Verdict.Word, "badge " + BlockWriter.Tone(model.Verdict.Tone)).Text(" ").Text(model.Verdict.Sentence).Close().Line();
        BlockWriter.Facts(html, model.Facts);
    }

    private static void Contents(HtmlWriter html, IReadOnlyList<Section> sections)
    {
        html.Open("nav", "contents").Attribute("aria-label", "Contents").Open("a").Attribute("href", "#map").Text("Flash map").Close();
        foreach (var section in sections)
            html.Text(" ").Open("a").Attribute("href", "#" + section.Id).Text(section.Title).Close();
        html.Close().Line();
    }

    private static void Sections(HtmlWriter html, ReportModel model, bool hasIds, int level)
    {
        MapSection.Write(html, model, hasIds, level);
        foreach (var section in model.Sections)
            BlockWriter.Write(html, section, hasIds, level);
        html.Open("p", "hash").Text("SHA-256 of the file: ").Element("code", model.Sha256).Close().Line();
    }
}
