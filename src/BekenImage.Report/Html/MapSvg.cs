using System.Text;
using BekenImage.Report.Model;

namespace BekenImage.Report.Html;

/// <summary>
/// The flash map as SVG. On top the image to scale, a region an element; below it, what its pages hold and how much the content surprises;
/// at the bottom a lens in which the smallest regions can be told apart too.
/// </summary>
internal static class MapSvg
{
    private const double Width = 1200;
    private const double BarTop = 26;
    private const double BarHeight = 64;
    private const double StateTop = 98;
    private const double StateHeight = 12;
    private const double EntropyTop = 116;
    private const double EntropyHeight = 34;
    private const double LensTop = 190;
    private const double LensHeight = 34;
    private const double LensLeast = 26;
    private const double Height = LensTop + LensHeight + 2;
    private const int Cells = 240;
    private const double LabelLeast = 64;
    private const double CharacterWidth = 7.6;

    public static void WritePatterns(HtmlWriter html)
    {
        html.Open("svg", "patterns").Attribute("width", 0).Attribute("height", 0).Attribute("aria-hidden", "true").Attribute("focusable", "false").Open("defs");
        Pattern(html, "p-lines", 7, "M0 7L7 0");
        Pattern(html, "p-back", 7, "M0 0L7 7");
        Pattern(html, "p-grid", 7, "M0 0L7 7M7 0L0 7");
        Pattern(html, "p-dots", 5, "M1 1h1.4v1.4h-1.4z");
        Pattern(html, "p-gap", 8, "M0 8L8 0");
        html.Close().Close().Line();
    }

    public static void Write(HtmlWriter html, ReportModel model)
    {
        double scale = Width / Math.Max(1, model.Length);
        html.Open("svg", "map").Attribute("viewBox", $"0 0 {HtmlWriter.Coordinate(Width)} {HtmlWriter.Coordinate(Height)}").Attribute("role", "group")
            .Attribute("aria-label", "Flash map, to scale").Line();
        Axis(html, model.Length, scale);
        double[] lens = LensWidths(model.Regions);
        Connectors(html, model.Regions, lens, scale);
        foreach (var region in model.Regions)
            Region(html, region, scale);
        html.Line();
        Strip(html, model.Map, scale);
        Lens(html, model.Regions, lens);
        html.Close().Line();
    }

    /// <summary>The small map of a row.</summary>
    public static void WriteMini(HtmlWriter html, CollectionRow row)
    {
        const double width = 240;
        const double least = 1.5;
        html.Open("svg", "mini").Attribute("viewBox", "0 0 240 14").Attribute("role", "img").Attribute("aria-label", "flash map");
        double at = 0;
        double scale = width / Math.Max(1, row.Length);
        foreach (var (length, region, isErased, _) in row.Regions)
        {
            html.Open("rect", isErased && region != RegionClass.Gap ? RegionLook.Css(region) + " faint" : RegionLook.Css(region))
                .Attribute("x", at * scale).Attribute("width", Math.Max(least, length * scale)).Attribute("height", 14).CloseVoid(isSvg: true);
            at += length;
        }
        html.Close();
    }

    private static void Pattern(HtmlWriter html, string id, double size, string path) => html
        .Open("pattern").Attribute("id", id).Attribute("width", size).Attribute("height", size).Attribute("patternUnits", "userSpaceOnUse")
        .Open("path").Attribute("d", path).CloseVoid(isSvg: true).Close();

    private static void Axis(HtmlWriter html, long length, double scale)
    {
        long step = Step(length);
        html.Open("g", "axis").Attribute("aria-hidden", "true");
        for (long at = 0; at <= length; at += step)
        {
            double x = Math.Min(at * scale, Width - 0.5);
            html.Open("path").Attribute("d", $"M{HtmlWriter.Coordinate(x)} {HtmlWriter.Coordinate(BarTop - 7)}v5").CloseVoid(isSvg: true);
            html.Open("text").Attribute("x", x).Attribute("y", BarTop - 11)
                .Attribute("text-anchor", at == 0 ? "start" : at + step > length ? "end" : "middle").Text(Words.Hex(at)).Close();
        }
        html.Close().Line();
    }

    // Eight marks or fewer, at round numbers.
    private static long Step(long length)
    {
        long step = 16;
        while (length / step > 8)
            step *= 2;
        return step;
    }

    private static void Region(HtmlWriter html, RegionRow row, double scale)
    {
        var region = row.Region;
        double x = region.Offset * scale;
        double width = Math.Max(0.8, region.Length * scale);
        html.Open("g", "region " + RegionLook.Css(row.Class)).Attribute("tabindex", 0).Attribute("role", "button")
            .Attribute("aria-label", $"{row.Name} {Words.Size(region.Length)}, {Words.Hex(region.Offset)}, {row.State}")
            .Attribute("data-region", region.Name).Attribute("data-offset", region.Offset).Attribute("data-length", region.Length);
        html.Element("title", $"{row.Name}: {Words.Hex(region.Offset)} + {Words.Hex(region.Length)}, {row.Content}");
        Box(html, x, BarTop, width, BarHeight);
        if (RegionLook.Pattern(row.Class) is { } pattern)
            Box(html, x, BarTop, width, BarHeight, pattern);
        string label = VisibleText.Of(row.Name);
        if (width >= LabelLeast && label.Length * CharacterWidth < width - 8)
        {
            html.Open("text", "name").Attribute("x", x + width / 2).Attribute("y", BarTop + 30).Attribute("text-anchor", "middle").Text(row.Name).Close();
            // What is read aloud begins with what is seen, word for word.
            html.Text(" ").Open("text", "size").Attribute("x", x + width / 2).Attribute("y", BarTop + 46).Attribute("text-anchor", "middle").Text(Words.Size(region.Length)).Close();
        }
        html.Close().Line();
    }

    private static void Box(HtmlWriter html, double x, double y, double width, double height, string? pattern = null)
    {
        html.Open("rect", pattern).Attribute("x", x).Attribute("y", y).Attribute("width", width).Attribute("height", height);
        if (pattern is not null)
            html.Attribute("fill", $"url(#{pattern})");
        html.CloseVoid(isSvg: true);
    }

    // Equal neighbours are one path: a page needs no three hundred elements for that.
    private static void Strip(HtmlWriter html, FlashMap map, double scale)
    {
        var cells = map.Strip(Math.Max(Cells, map.Regions.Count));
        html.Open("g", "states").Attribute("aria-hidden", "true");
        foreach (var fill in new[] { FlashFill.Empty, FlashFill.Used, FlashFill.Damaged })
        {
            var path = new StringBuilder();
            for (int index = 0; index < cells.Count; index++)
            {
                if (cells[index].Fill != fill)
                    continue;
                long start = cells[index].Range.Start;
                while (index + 1 < cells.Count && cells[index + 1].Fill == fill)
                    index++;
                double x = start * scale;
                double width = Math.Max(fill == FlashFill.Damaged ? 2 : 0.4, cells[index].Range.End * scale - x);
                path.Append($"M{HtmlWriter.Coordinate(x)} {HtmlWriter.Coordinate(StateTop)}h{HtmlWriter.Coordinate(width)}v{HtmlWriter.Coordinate(StateHeight)}h{HtmlWriter.Coordinate(-width)}z");
            }
            if (path.Length > 0)
                html.Open("path", "state-" + fill.ToString().ToLowerInvariant()).Attribute("d", path.ToString()).CloseVoid(isSvg: true);
        }
        html.Close().Line();
        Entropy(html, cells, scale);
    }

    private static void Entropy(HtmlWriter html, IReadOnlyList<FlashMapCell> cells, double scale)
    {
        const double bottom = EntropyTop + EntropyHeight;
        var path = new StringBuilder($"M0 {HtmlWriter.Coordinate(bottom)}");
        // Whole units are enough to look at; equal neighbours are one step.
        double Y(int index) => Math.Round(bottom - EntropyHeight * cells[index].Entropy / 8);
        for (int index = 0; index < cells.Count; index++)
        {
            double y = Y(index);
            while (index + 1 < cells.Count && Y(index + 1) == y)
                index++;
            path.Append($"V{HtmlWriter.Coordinate(y)}H{HtmlWriter.Coordinate(Math.Round(cells[index].Range.End * scale))}");
        }
        path.Append($"V{HtmlWriter.Coordinate(bottom)}z");
        html.Open("g", "entropy").Attribute("aria-hidden", "true");
        html.Open("path").Attribute("d", path.ToString()).CloseVoid(isSvg: true);
        html.Open("path", "base").Attribute("d", $"M0 {HtmlWriter.Coordinate(bottom)}H{HtmlWriter.Coordinate(Width)}").CloseVoid(isSvg: true);
        html.Close().Line();
    }

    // To scale as far as the least width allows; where there are too many regions for it, all are equally wide.
    private static double[] LensWidths(IReadOnlyList<RegionRow> regions)
    {
        double least = Math.Min(LensLeast, Width / regions.Count);
        double total = regions.Sum(region => (double)region.Region.Length);
        double spare = Width - least * regions.Count;
        return regions.Select(region => least + spare * region.Region.Length / total).ToArray();
    }

    private static void Connectors(HtmlWriter html, IReadOnlyList<RegionRow> regions, double[] lens, double scale)
    {
        html.Open("g", "links").Attribute("aria-hidden", "true");
        double right = 0;
        for (int index = 0; index < regions.Count; index++)
        {
            double left = right;
            right += lens[index];
            var region = regions[index].Region;
            html.Open("path", RegionLook.Css(regions[index].Class)).Attribute("d", string.Concat(
                "M", HtmlWriter.Coordinate(region.Offset * scale), " ", HtmlWriter.Coordinate(EntropyTop + EntropyHeight),
                "H", HtmlWriter.Coordinate(region.Range.End * scale), "L", HtmlWriter.Coordinate(right), " ", HtmlWriter.Coordinate(LensTop),
                "H", HtmlWriter.Coordinate(left), "z")).CloseVoid(isSvg: true);
        }
        html.Close().Line();
    }

    private static void Lens(HtmlWriter html, IReadOnlyList<RegionRow> regions, double[] lens)
    {
        html.Open("g", "lens").Attribute("aria-hidden", "true");
        double x = 0;
        for (int index = 0; index < regions.Count; index++)
        {
            var row = regions[index];
            html.Open("g", "twin " + RegionLook.Css(row.Class)).Attribute("data-twin", row.Number);
            Box(html, x + 1, LensTop, Math.Max(0.5, lens[index] - 2), LensHeight);
            if (RegionLook.Pattern(row.Class) is { } pattern)
                Box(html, x + 1, LensTop, Math.Max(0.5, lens[index] - 2), LensHeight, pattern);
            string label = $"{Words.Number(row.Number)} {VisibleText.Of(row.Name)}";
            bool hasRoom = label.Length * CharacterWidth < lens[index] - 8;
            if (lens[index] >= 18)
            {
                html.Open("text", "name").Attribute("x", x + lens[index] / 2).Attribute("y", LensTop + 22).Attribute("text-anchor", "middle")
                    .Text(hasRoom ? $"{Words.Number(row.Number)} {row.Name}" : Words.Number(row.Number)).Close();
            }
            html.Close();
            x += lens[index];
        }
        html.Close().Line();
    }
}
