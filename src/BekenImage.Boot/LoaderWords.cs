namespace BekenImage.Boot;

/// <summary>
/// What the loaders say of an application and of an update: all of them are RT-Thread's OTA package, with the same words. Source: the
/// texts in the nine loaders of docs/hardware.md, and what they printed.
/// </summary>
internal static class LoaderWords
{
    private const string BuildMark = "bootloader build @ ";
    private const string AppPartition = "'app'";

    /// <summary>More than any loader says in a line; a program that means harm says it for ever.</summary>
    private const int LongestQuote = 300;

    /// <summary>
    /// What the lines say of the app: the last word counts, since a loader that refuses one may install another and verify that. Of a
    /// refusal in several lines the first says why.
    /// </summary>
    public static (BootJudgement Judgement, string? Line) JudgementIn(IEnumerable<string> lines)
    {
        var found = (Judgement: BootJudgement.None, Line: (string?)null);
        foreach (string line in lines.Select(BootText.WithoutColours))
        {
            if (Refuses(line))
                found = found.Judgement == BootJudgement.Refused ? found : (BootJudgement.Refused, Quote(line));
            else if (Accepts(line))
                found = (BootJudgement.Accepted, Quote(line));
        }
        return found;
    }

    /// <summary>
    /// What the loader says went wrong with an update; null where it says nothing. That the app fails its check is no word about a package.
    /// </summary>
    public static string? UpdateComplaint(IEnumerable<string> lines) => lines.Select(BootText.WithoutColours).Where(line =>
        BootText.Contains(line, "OTA upgrade failed!") || BootText.Contains(line, "Verify downloaded firmware hash") ||
        BootText.Contains(line, "Copy firmware from download partition failed!") || BootText.Contains(line, "header crc mismatch") ||
        BootText.Contains(line, "firmware, please check you configuration!") || BootText.Contains(line, "none encryption Not allow!") ||
        IsFailedVerification(line) && !BootText.Contains(line, AppPartition)).Select(Quote).FirstOrDefault();

    /// <summary>True for a loader's last words: it will not jump.</summary>
    public static bool SaysItStops(string text)
    {
        int said = text.IndexOf("Jump to app failed, system stops running!", StringComparison.Ordinal);
        return said >= 0 && text.IndexOf('\n', said) >= 0;
    }

    /// <summary>When the loader says it was built; for those that print no version.</summary>
    public static string? BuildIn(IEnumerable<string> lines)
    {
        string? line = lines.Select(BootText.WithoutColours).FirstOrDefault(text => BootText.Contains(text, BuildMark));
        if (line is null)
            return null;
        string build = line.Substring(line.IndexOf(BuildMark, StringComparison.Ordinal) + BuildMark.Length);
        int end = build.IndexOf(" FLASH ID", StringComparison.Ordinal);
        return "build " + Quote(end < 0 ? build : build.Substring(0, end));
    }

    private static string Quote(string line)
    {
        string quote = line.Trim();
        return quote.Length <= LongestQuote ? quote : quote.Substring(0, LongestQuote) + "…";
    }

    private static bool Accepts(string line) =>
        BootText.Contains(line, "Verify " + AppPartition + " partition") && BootText.Contains(line, "success");

    private static bool Refuses(string line) => BootText.Contains(line, "App verify failed!") ||
        IsFailedVerification(line) && BootText.Contains(line, AppPartition);

    private static bool IsFailedVerification(string line) =>
        BootText.Contains(line, "Verify firmware ") && BootText.Contains(line, "failed on partition") ||
        BootText.Contains(line, "Get firmware header occur CRC32");
}
