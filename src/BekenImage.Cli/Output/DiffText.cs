using System.Globalization;
using BekenImage.Formats.Obk;

namespace BekenImage.Cli.Output;

/// <summary>What <c>diff</c> tells people: one sentence, then every difference.</summary>
internal static class DiffText
{
    private const int LongestValue = 60;
    private const int FewInASentence = 3;

    public static void Write(Terminal terminal, string fileA, string fileB, ImageComparison comparison)
    {
        if (comparison.IsIdentical)
        {
            terminal.Line($"{fileA} and {fileB} are ", Ink.Good("identical"));
            return;
        }
        terminal.Line($"{fileA} and {fileB} ", comparison.IsSameContent ? Ink.Good("hold the same, stored differently") : Ink.Caution("differ"));
        terminal.Line(Sentence(comparison));
        terminal.Line();
        terminal.Table(["area", "difference"], comparison.Differences.Select(difference => (IReadOnlyList<string>)[Of(difference.Area), Describe(difference) + Place(difference)]));
        foreach (var finding in comparison.Findings)
            terminal.Line($"{finding.CodeText}: {finding.Message}");
    }

    private static string Sentence(ImageComparison comparison)
    {
        var parts = new List<string>();
        if (comparison.SameAreas.Count > 0)
            parts.Add(string.Join(", ", comparison.SameAreas.Select(Of)) + " identical");
        foreach (var area in comparison.Differences.GroupBy(difference => difference.Area))
        {
            var all = area.ToArray();
            string what = all.Length <= FewInASentence ? string.Join(", ", all.Select(InShort)) : Count(all);
            parts.Add($"{Of(area.Key)}: {what}");
        }
        return string.Join("; ", parts);
    }

    // A sentence has no room for headers, Tuya's texts and hashes of files.
    private static string InShort(ImageDifference difference) =>
        difference is { Name: { } name, Area: DifferenceArea.Container or DifferenceArea.Tuya or DifferenceArea.TuyaProtected or DifferenceArea.TuyaUf or DifferenceArea.LittleFs }
            ? $"{Cut(name)} {Word(difference.Kind)}" : Describe(difference);

    private static string Word(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Added => "added",
        DifferenceKind.Removed => "gone",
        DifferenceKind.Moved => "moved",
        _ => "changed",
    };

    private static string Count(ImageDifference[] differences)
    {
        // Of a program the version says more than how many texts are others.
        string[] first = [.. differences.Where(difference => difference.Name is "version" or "strings").Select(Describe)];
        string items = differences[0].Area switch
        {
            DifferenceArea.Rf or DifferenceArea.Net => "items differ",
            DifferenceArea.LittleFs or DifferenceArea.TuyaUf => "files differ",
            DifferenceArea.ObkConfig => "fields differ",
            DifferenceArea.Tuya or DifferenceArea.TuyaProtected or DifferenceArea.FlashVars => "values differ",
            _ => "differences",
        };
        return first.Length > 0 ? string.Join(", ", first) : FormattableString.Invariant($"{differences.Length} {items}");
    }

    private static string Describe(ImageDifference difference) => difference switch
    {
        { Area: DifferenceArea.Rotation or DifferenceArea.Length } => $"{Hex(difference.A)} -> {Hex(difference.B)}",
        { Area: DifferenceArea.ObkConfig, Name: { } name } when FlagOf(name) is { } flag => $"{flag} {(difference.B is true ? "on" : "off")}",
        { Area: DifferenceArea.Download, Name: "update" } => Update(difference),
        { Area: DifferenceArea.App or DifferenceArea.Bootloader, A: long before, B: long after } when IsTexts(difference.Name) =>
            FormattableString.Invariant($"{before} {(before == 1 ? "text" : "texts")} gone, {after} new"),
        { Area: DifferenceArea.App or DifferenceArea.Bootloader, Kind: DifferenceKind.Changed, A: long before, B: long after } =>
            FormattableString.Invariant($"{Named(difference, "code")} changed, {before} -> {after} bytes"),
        { Area: DifferenceArea.App or DifferenceArea.Bootloader, A: long before, B: long after } =>
            FormattableString.Invariant($"{Named(difference, "code")} {before} -> {after} bytes"),
        _ => Plain(difference),
    };

    private static string Plain(ImageDifference difference)
    {
        string name = Spoken(difference) is { } spoken ? spoken + " " : string.Empty;
        return difference.Kind switch
        {
            DifferenceKind.Moved => FormattableString.Invariant($"{name}moved{Moved(difference)}"),
            DifferenceKind.Added => $"{name}{(difference.B is null ? "added" : "added: " + Value(difference.B))}",
            DifferenceKind.Removed => $"{name}{(difference.A is null ? "gone" : "gone: " + Value(difference.A))}",
            _ when difference.A is null && difference.B is null => name + "changed",
            _ => $"{name}{Value(difference.A)} -> {Value(difference.B)}",
        };
    }

    private static string Moved(ImageDifference difference) => difference switch
    {
        { A: not null } => $" {Value(difference.A)} -> {Value(difference.B)}",
        { OffsetA: { } from, OffsetB: { } to } => FormattableString.Invariant($" 0x{from:x} -> 0x{to:x}"),
        _ => string.Empty,
    };

    private static string Update(ImageDifference difference) => difference.Kind switch
    {
        DifferenceKind.Removed => $"staged update {Value(difference.A)} gone",
        DifferenceKind.Added => $"staged update {Value(difference.B)} added",
        DifferenceKind.Moved => "staged update moved" + Moved(difference),
        _ => $"staged update {Value(difference.A)} -> {Value(difference.B)}",
    };

    private static string Place(ImageDifference difference) => difference switch
    {
        { Kind: DifferenceKind.Moved } => string.Empty,
        { OffsetA: null, OffsetB: null } or { Length: null } => string.Empty,
        { OffsetA: { } a, OffsetB: { } b } when a != b => FormattableString.Invariant($" (0x{difference.Length:x} bytes at 0x{a:x} and 0x{b:x})"),
        _ => FormattableString.Invariant($" (0x{difference.Length:x} bytes at 0x{difference.OffsetA ?? difference.OffsetB:x})"),
    };

    private static bool IsTexts(string? name) => name is not null && (name == "strings" || name.EndsWith(".strings", StringComparison.Ordinal));

    private static string Named(ImageDifference difference, string otherwise) => difference.Name ?? otherwise;

    private static string? Spoken(ImageDifference difference) => difference switch
    {
        { Area: DifferenceArea.ObkConfig, Name: { } name } when FlagOf(name) is { } flag => flag,
        { Area: DifferenceArea.ObkConfig, Name: { } name } when name.StartsWith("pins.", StringComparison.Ordinal) => "pin " + name["pins.".Length..],
        _ => difference.Name is null ? null : Cut(difference.Name),
    };

    private static string? FlagOf(string name) =>
        name.StartsWith("flags.", StringComparison.Ordinal) && int.TryParse(name["flags.".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int flag)
            ? FormattableString.Invariant($"flag {flag} ({ObkFlags.NameOf(flag)})")
            : null;

    private static string Hex(object? value) => value is long number ? FormattableString.Invariant($"0x{number:x}") : PlainText.Of(value);

    private static string Value(object? value) => value switch
    {
        null => "none",
        true => "on",
        false => "off",
        "" => "''",
        _ => Cut(PlainText.Of(value)),
    };

    // What tells apart two values that are shown the same stands at the end.
    private static string Cut(string text)
    {
        const string another = " (another)";
        string end = text.EndsWith(another, StringComparison.Ordinal) ? another : string.Empty;
        string rest = text[..^end.Length];
        return (rest.Length <= LongestValue ? rest : rest[..LongestValue] + "...") + end;
    }

    private static string Of(DifferenceArea area) => area switch
    {
        DifferenceArea.Fal => "partition table",
        DifferenceArea.Container => "RBL header",
        DifferenceArea.Rf => "RF",
        DifferenceArea.Net => "network parameters",
        DifferenceArea.FastConnect => "fast connect",
        DifferenceArea.ObkConfig => "configuration",
        DifferenceArea.FlashVars => "flash variables",
        DifferenceArea.LittleFs => "LittleFS",
        DifferenceArea.Tuya => "Tuya",
        DifferenceArea.TuyaUf => "Tuya files",
        DifferenceArea.TuyaProtected => "Tuya protected block",
        _ => area.ToString().ToLowerInvariant(),
    };
}
