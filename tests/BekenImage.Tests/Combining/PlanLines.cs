namespace BekenImage.Tests.Combining;

/// <summary>A plan's regions and findings as lines, so that a test can write down all of a plan at once.</summary>
internal static class PlanLines
{
    /// <summary>Name, range, origin, the file and the place in it, why.</summary>
    public static string Line(ImageRegion region) => FormattableString.Invariant(
        $"{region.Name} {region.Offset:x}..{region.Range.End:x} {region.Origin}{Source(region)}: {region.Reason}");

    public static string[] Regions(CombinePlan plan)
    {
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        CombineAssert.RegionsCoverOnce(plan);
        return [.. plan.Regions.Select(Line)];
    }

    public static ImageRegion Region(CombinePlan plan, string name) =>
        Assert.Single(plan.Regions, region => region.Name == name && region.Origin != RegionOrigin.Erased);

    /// <summary>Severity, code, subject and offset.</summary>
    public static string Line(Finding finding) => string.Join(" ", new object?[]
    {
        finding.Severity, finding.Code, finding.Subject, finding.Offset is { } at ? FormattableString.Invariant($"@{at:x}") : null,
    }.Where(part => part is not null));

    public static string[] Said(CombinePlan plan) => [.. plan.Findings.Select(Line)];

    /// <summary>Holds a refusal against its line and a part of its words.</summary>
    public static void Refused(CombinePlan plan, string line, string words)
    {
        Assert.False(plan.CanBuild, "it was not refused");
        var error = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal("Error " + line, Line(error));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static string Source(ImageRegion region) =>
        (region.FromFile is null ? "" : " " + region.FromFile) + (region.From is { } from ? FormattableString.Invariant($"@{from:x}") : "");
}
