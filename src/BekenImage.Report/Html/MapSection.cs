using BekenImage.Report.Model;

namespace BekenImage.Report.Html;

/// <summary>Map, legend, and the same as a table.</summary>
internal static class MapSection
{
    private static readonly string[] Columns = ["#", "Region", "Physical", "Length", "Logical", "State", "Good / erased / bad pages", "Entropy", "Content", "Known from"];

    public static void Write(HtmlWriter html, ReportModel model, bool hasId, int level)
    {
        html.Open("section", "mapped");
        if (hasId)
            html.Attribute("id", "map");
        html.Line().Element("h" + Words.Number(level), "Flash map").Line();
        html.Element("p", Intro(model), "intro").Line();
        html.Open("div", "mapbox").Line();
        MapSvg.Write(html, model);
        html.Close().Line();
        Legend(html, model);
        html.Open("div", "detail").Attribute("aria-live", "polite").Attribute("hidden", "hidden").Close().Line();
        Table(html, model);
        html.Close().Line();
    }

    private static string Intro(ReportModel model) =>
        $"{Words.Size(model.Length)} to scale, {(model.IsLogical ? "as logical addresses: there are no page CRCs in this file" : "physical addresses")}" +
        $"{(model.PhysicalBase == 0 ? string.Empty : $" counted from {Words.Hex(model.PhysicalBase)}")}. " +
        "Under it what is written, and its entropy: high where it is encrypted or packed. The row at the bottom gives every region room.";

    private static void Legend(HtmlWriter html, ReportModel model)
    {
        html.Open("ul", "legend");
        foreach (var region in model.Regions.Select(row => row.Class).Distinct().OrderBy(known => known))
        {
            html.Open("li");
            Swatch(html, region);
            html.Text(RegionLook.Name(region)).Close();
        }
        foreach (string state in new[] { "used", "empty", "damaged" })
        {
            html.Open("li").Open("span", "swatch state-" + state).Close().Text(state == "used" ? "written" : state == "empty" ? "erased" : "damaged pages").Close();
        }
        html.Close().Line();
    }

    private static void Swatch(HtmlWriter html, RegionClass region)
    {
        html.Open("svg", "swatch " + RegionLook.Css(region)).Attribute("viewBox", "0 0 14 14").Attribute("aria-hidden", "true");
        html.Open("rect").Attribute("width", 14).Attribute("height", 14).CloseVoid(isSvg: true);
        if (RegionLook.Pattern(region) is { } pattern)
            html.Open("rect", pattern).Attribute("width", 14).Attribute("height", 14).Attribute("fill", $"url(#{pattern})").CloseVoid(isSvg: true);
        html.Close();
    }

    private static void Table(HtmlWriter html, ReportModel model)
    {
        html.Open("div", "scroll").Open("table", "regions").Open("thead").Open("tr");
        foreach (string column in Columns)
            html.Element("th", column);
        html.Close().Close().Open("tbody").Line();
        foreach (var row in model.Regions)
        {
            html.Open("tr").Open("td").Text(Words.Number(row.Number)).Close().Open("td", "region-name");
            Swatch(html, row.Class);
            html.Text(row.Name).Close();
            Code(html, Words.Hex(row.Region.Offset));
            html.Open("td").Element("code", Words.Hex(row.Region.Length)).Text(" ").Element("span", Words.Size(row.Region.Length), "note").Close();
            Code(html, row.Logical);
            html.Open("td");
            if (BlockWriter.Tone(row.StateTone) is { } tone)
                html.Element("span", row.State, tone);
            else
                html.Text(row.State);
            html.Close();
            html.Element("td", row.Pages).Element("td", row.Region.IsErased ? "-" : Words.Short(row.Region.Entropy) + " bits").Element("td", row.Content).Element("td", row.Origin);
            html.Close().Line();
        }
        html.Close().Close().Close().Line();
    }

    private static void Code(HtmlWriter html, string text) => html.Open("td").Element("code", text).Close();
}
