using BekenImage.Documents;

namespace BekenImage.Cli.Output;

/// <summary>The line of <c>inspect --summary</c>: its columns, and the same as CSV.</summary>
internal static class SummaryText
{
    private const string Nothing = "-";

    /// <summary>The columns' names; CSV begins with them, and so does a terminal.</summary>
    public static readonly IReadOnlyList<string> Columns = ["file", "kind", "chip", "key", "firmware", "module", "mac", "backup", "finding"];

    /// <summary>The cells of a file; empty where there is nothing to say.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="summary">What is known of it.</param>
    /// <param name="showSecrets">True to have the MAC beside the word for whose it is.</param>
    public static IReadOnlyList<string> Cells(string file, ImageSummary summary, bool showSecrets) =>
    [
        file,
        DocumentWords.Of(summary.Kind),
        DocumentWords.Of(summary.Chip) ?? string.Empty,
        summary.Key.Name,
        summary.Flavor == FirmwareFlavor.Unknown ? string.Empty : $"{DocumentWords.Of(summary.Flavor)} {summary.AppVersion}".TrimEnd(),
        summary.Module ?? string.Empty,
        showSecrets && summary.Mac is { } mac ? $"{DocumentWords.Of(summary.MacState)} {mac}" : DocumentWords.Of(summary.MacState),
        summary.Backup switch { true => "yes", false => "no", null => "n/a" },
        summary.FirstProblem?.ToString() ?? string.Empty,
    ];

    /// <summary>The cells as a terminal or a pipe gets them: no cell is empty, nothing from outside reaches the terminal as it is.</summary>
    public static string[] Shown(IReadOnlyList<string> cells) => [.. cells.Select(cell => cell.Length == 0 ? Nothing : VisibleText.Of(cell))];

    /// <summary>
    /// A line of CSV (RFC 4180), its end with it. Control characters are escaped as on the terminal. A cell that a spreadsheet would take for
    /// a formula (it begins with = + - @) gets an apostrophe in front, which spreadsheets read as "this is text".
    /// </summary>
    public static string Csv(IReadOnlyList<string> cells) => string.Join(',', cells.Select(CsvCell)) + "\r\n";

    private static string CsvCell(string cell)
    {
        string text = VisibleText.Of(cell);
        if (text.Length > 0 && text[0] is ('=' or '+' or '-' or '@'))
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"") >= 0 || text.Trim().Length != text.Length ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
