using BekenImage.Documents;
using BekenImage.Report.Model;

namespace BekenImage.Report.Html;

/// <summary>The page about many images.</summary>
internal static class CollectionPage
{
    private static readonly string[] Columns = ["Image", "Verdict", "Map", "Kind", "Chip", "Key", "Firmware", "Module", "MAC", "Boot", "App"];

    public static string Render(IReadOnlyList<CollectionEntry> entries, ReportOptions options)
    {
        var images = entries.Where(entry => entry.Row is not null).ToArray();
        var bootloaders = ProgramGroups.Of(images.Select(entry => entry.Row!.Fingerprint.Bootloader), "B");
        var apps = ProgramGroups.Of(images.Select(entry => entry.Row!.Fingerprint.App), "A");
        return PageShell.Render(options.Title ?? "Flash images", entries.Select(entry => entry.Json), isList: true, options, html =>
        {
            html.Open("header", "hero").Line().Element("p", "Collection of flash images", "eyebrow").Line();
            html.Element("h1", options.Title ?? Words.Count(images.Count(entry => !IsUnknown(entry)), "image")).Line();
            html.Element("p", Summary(images, entries.Count - images.Length), "verdict").Line().Close().Line();
            Overview(html, images, bootloaders, apps);
            Groups(html, images, bootloaders, "Shared bootloaders", "the same code under whatever key and header");
            Groups(html, images, apps, "Shared apps", "the same plain code");
            Unreadable(html, entries);
            html.Open("section", "pages").Line().Element("h2", "Each image").Line();
            for (int index = 0; index < images.Length; index++)
                Page(html, images[index], index);
            html.Close().Line();
        });
    }

    private static string Summary(IReadOnlyList<CollectionEntry> images, int unreadable)
    {
        int good = images.Count(entry => entry.Row!.Summary.Backup == true);
        int ToneCount(Tone tone) => images.Count(entry => entry.Row!.Verdict.Tone == tone);
        int unknown = images.Count(IsUnknown);
        return $"{Words.Count(images.Count - unknown, "image")}: {Words.Count(good, "good backup")}, {Words.Number(ToneCount(Tone.Warn))} to look at, " +
            $"{Words.Number(ToneCount(Tone.Bad))} with something wrong" +
            (unknown == 0 ? string.Empty : $"; {Words.Count(unknown, "file")} in which nothing is known") +
            (unreadable == 0 ? "." : $"; {Words.Count(unreadable, "file")} could not be read.");
    }

    private static bool IsUnknown(CollectionEntry entry) => entry.Row!.Summary.Kind == ImageKind.Unknown;

    private static string Anchor(int index) => "image-" + Words.Number(index + 1);

    private static void Overview(HtmlWriter html, IReadOnlyList<CollectionEntry> images, ProgramGroups bootloaders, ProgramGroups apps)
    {
        html.Open("section", "overview").Line().Element("h2", "Overview").Line();
        html.Open("p", "filter").Attribute("hidden", "hidden").Open("label").Text("Filter ").Open("input").Attribute("type", "search").Attribute("placeholder", "chip, firmware, module, verdict").CloseVoid()
            .Close().Text(" ").Open("output").Close().Close().Line();
        html.Open("div", "scroll").Open("table", "sortable").Open("thead").Open("tr");
        foreach (string column in Columns)
            html.Open("th").Attribute("scope", "col").Text(column).Close();
        html.Close().Close().Open("tbody").Line();
        for (int index = 0; index < images.Count; index++)
        {
            var row = images[index].Row!;
            html.Open("tr").Open("td").Open("a").Attribute("href", "#" + Anchor(index)).Attribute("title", images[index].File).Name(row.Title).Close().Close();
            html.Open("td").Element("span", row.Verdict.Word, "badge " + BlockWriter.Tone(row.Verdict.Tone)).Close();
            html.Open("td");
            MapSvg.WriteMini(html, row);
            html.Close();
            html.Element("td", DocumentWords.Of(row.Summary.Kind)).Element("td", DocumentWords.Of(row.Summary.Chip) ?? "-").Element("td", row.Summary.Key.Name)
                .Element("td", row.Firmware).Element("td", row.Module ?? "-").Element("td", DocumentWords.Of(row.Summary.MacState))
                .Element("td", bootloaders.NameOf(row.Fingerprint.Bootloader)).Element("td", apps.NameOf(row.Fingerprint.App));
            html.Close().Line();
        }
        html.Close().Close().Close().Line().Close().Line();
    }

    private static void Groups(HtmlWriter html, IReadOnlyList<CollectionEntry> images, ProgramGroups groups, string title, string meaning)
    {
        if (groups.Shared.Count == 0)
            return;
        html.Open("section", "groups").Line().Element("h2", title).Line().Element("p", "Images with " + meaning + ".", "intro").Line().Open("dl");
        foreach (var group in groups.Shared)
        {
            html.Element("dt", $"{group.Name}: {Words.Count(group.Members.Count, "image")}").Open("dd");
            bool isFirst = true;
            foreach (int member in group.Members)
            {
                if (!isFirst)
                    html.Text(", ");
                isFirst = false;
                html.Open("a").Attribute("href", "#" + Anchor(member)).Text(images[member].Row!.Title).Close();
            }
            html.Close().Line();
        }
        html.Close().Close().Line();
    }

    private static void Unreadable(HtmlWriter html, IReadOnlyList<CollectionEntry> entries)
    {
        var problems = entries.Where(entry => entry.Problem is not null).ToArray();
        if (problems.Length == 0)
            return;
        html.Open("section", "unreadable").Line().Element("h2", "Not readable").Line().Open("ul", "list");
        foreach (var entry in problems)
            html.Open("li").Element("b", entry.File).Text(": " + entry.Problem).Close();
        html.Close().Close().Line();
    }

    private static void Page(HtmlWriter html, CollectionEntry entry, int index)
    {
        html.Open("details", "image").Attribute("id", Anchor(index)).Open("summary").Element("span", entry.Row!.Title, "title").Text(" ")
            .Element("span", entry.Row.Verdict.Word, "badge " + BlockWriter.Tone(entry.Row.Verdict.Tone)).Close().Line();
        html.Include(entry).Close().Line();
    }
}
