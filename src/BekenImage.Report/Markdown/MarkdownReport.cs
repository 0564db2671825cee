using System.Text;
using BekenImage.Documents;
using BekenImage.Report.Model;

namespace BekenImage.Report.Markdown;

/// <summary>A report to paste into a forum: under 40 lines, whatever the image holds.</summary>
internal static class MarkdownReport
{
    private const int MostFindings = 6;
    private const int MostKeys = 10;
    private const int Cells = 64;
    private const int LongestText = 400;
    private const string Heading = "### ";
    private const string Signature = "bekenimage";
    private const string Hash = ", SHA-256 ";
    private const int SignatureLength = 256;

    /// <summary>True for what <see cref="Render"/> made: its last line says by whom.</summary>
    public static bool IsReport(ReadOnlySpan<byte> file)
    {
        if (file.Length < Heading.Length || file[0] != Heading[0])
            return false;
        string end = Encoding.UTF8.GetString(file.Slice(Math.Max(0, file.Length - SignatureLength)).ToArray()).TrimEnd('\n');
        string last = end.Substring(end.LastIndexOf('\n') + 1);
        return last.StartsWith(Signature, StringComparison.Ordinal) && last.IndexOf(Hash, StringComparison.Ordinal) > 0;
    }

    public static string Render(ReportModel model, ReportOptions options)
    {
        string Shown(string text) => MarkdownText.Escape(DeviceSections.Cut(options.ShowSecrets ? text : model.Macs.Hide(text), LongestText));

        var lines = new List<string> { $"{Heading}{Shown(model.Title)}", string.Empty, $"**{Shown(model.Verdict.Word)}**: {Shown(model.Verdict.Sentence)}", string.Empty, "| | |", "| --- | --- |" };
        foreach (var fact in model.Facts.Take(12))
            lines.Add($"| {fact.Name} | {Shown(fact.Value)}{(fact.Note is { } note ? $" ({Shown(note)})" : string.Empty)} |");
        if (model.Boot is { } boot)
            lines.Add($"| Its own bootloader | {Shown(boot.Verdict)} |");
        lines.Add(string.Empty);
        lines.Add(MarkdownText.Fenced("text", Map(model)));
        lines.AddRange(Findings(model, Shown));
        if (model.Template is { } template)
            lines.Add(MarkdownText.Fenced("json", [options.ShowSecrets ? template : model.Macs.Hide(template)]));
        lines.Add($"{Signature}{(options.ToolVersion is { } version ? " " + MarkdownText.Escape(version) : string.Empty)}{Hash}{model.Sha256}{(options.ShowSecrets ? ", **with secrets**" : string.Empty)}");
        return string.Join("\n", lines) + "\n";
    }

    private static IEnumerable<string> Findings(ReportModel model, Func<string, string> shown)
    {
        var told = model.Findings.Where(finding => finding.Severity != FindingSeverity.Info).OrderByDescending(finding => finding.Severity).ToArray();
        foreach (var finding in told.Take(MostFindings))
            yield return $"- {DocumentWords.Of(finding.Severity)} {finding.CodeText}: {shown(finding.Message)}{(finding.Offset is { } offset ? $" (at {Words.Hex(offset)})" : string.Empty)}";
        if (told.Length > MostFindings)
            yield return $"- and {Words.Number(told.Length - MostFindings)} more";
        if (told.Length > 0)
            yield return string.Empty;
    }

    // A letter a cell: capital where something is written, small where it is erased.
    private static IEnumerable<string> Map(ReportModel model)
    {
        var strip = model.Map.Strip(Cells);
        var row = new StringBuilder(Words.Hex(0)).Append(' ');
        var classes = model.Regions.ToDictionary(known => known.Region, known => known.Class);
        foreach (var cell in strip)
            row.Append(cell.Fill == FlashFill.Damaged ? '!' : Letter(classes[cell.Region], cell.Fill == FlashFill.Empty));
        yield return row.Append(' ').Append(Words.Hex(model.Length)).ToString();
        yield return string.Join("  ", model.Regions.Select(region => region.Class).Distinct().Where(known => known != RegionClass.Gap).OrderBy(known => known)
            .Select(known => $"{Letter(known, isEmpty: false)} {Html.RegionLook.Name(known)}")
            .Concat(["small: erased", ". free", "? unclaimed"]).Concat(strip.Any(cell => cell.Fill == FlashFill.Damaged) ? ["! damaged"] : Array.Empty<string>()));
        foreach (var region in model.Regions.Where(region => region.Region.Owner is not null).OrderByDescending(region => region.Region.Length).Take(MostKeys).OrderBy(region => region.Number))
            yield return DeviceSections.Cut($"{Words.Hex(region.Region.Offset)} {Words.Hex(region.Region.Length)} {region.Name}: {region.State}", 90);
    }

    private static char Letter(RegionClass region, bool isEmpty)
    {
        char letter = region switch
        {
            RegionClass.Bootloader => 'B',
            RegionClass.App => 'A',
            RegionClass.Update => 'U',
            RegionClass.Calibration => 'R',
            RegionClass.Network => 'N',
            RegionClass.Settings => 'S',
            RegionClass.Vendor => 'T',
            RegionClass.Files => 'F',
            RegionClass.Other => 'O',
            _ => '?',
        };
        return !isEmpty ? letter : region == RegionClass.Gap ? '.' : char.ToLowerInvariant(letter);
    }
}
