namespace BekenImage.Boot;

/// <summary>
/// What an OpenBeken app prints of what it found at its start: the words that tell one which was pasted behind another bootloader from one
/// that was combined with it. Source: OpenBK7231T_App, new_cfg.c; Beken's SDK, manual_cal.c; the logs of docs/hardware.md.
/// </summary>
internal static class AppWords
{
    private const string NoRfTable = "No TLV header found in flash";
    private const string ConfigFound = "Correct config has been loaded";
    private const string ConfigMissing = "Config crc or ident mismatch";

    /// <summary>The line with its name and version; null where it did not get so far.</summary>
    public static string? Banner(IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.StartsWith("OpenBK", StringComparison.Ordinal) && BootText.Contains(line, ", version "));

    /// <summary>True when it looked for the RF table and found none.</summary>
    public static bool MissesRf(string log) => BootText.Contains(log, NoRfTable);

    /// <summary>Whether it found its configuration; null where it did not get so far.</summary>
    public static bool? FoundConfig(string log) =>
        BootText.Contains(log, ConfigFound) ? true : BootText.Contains(log, ConfigMissing) ? false : null;
}
