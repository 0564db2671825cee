using BekenImage.Documents;

namespace BekenImage.Report.Model;

/// <summary>
/// What the image's own bootloader did when it was run. Its text is a program's that nobody knows: lines and characters are limited, and
/// colours are taken out. Of what the app printed nothing is shown: it may hold keys and names.
/// </summary>
internal static class BootSections
{
    /// <summary>For an image among many: every loader that was seen is at the jump after less than half of it.</summary>
    public const long StepsInCollection = 100_000_000;

    private const int MostLines = 200;
    private const int LongestLine = 400;

    /// <summary>Null where there is nothing that can be run. With enough steps on into an app that says what it found.</summary>
    public static BootReport? Run(FlashImage image, long? steps)
    {
        try
        {
            bool runsApp = steps is null && image.Flavor == FirmwareFlavor.OpenBeken;
            return ImageBooter.Boot(image, new BootOptions { Steps = steps, RunApp = runsApp });
        }
        catch (BekenImageException error) when (error.Code is FindingCode.BootNothingToRun or FindingCode.ArchiveListed)
        {
            return null;
        }
    }

    public static Section? Of(BootReport? boot)
    {
        if (boot is null)
            return null;
        var blocks = new List<Block>
        {
            new FactsBlock(
            [
                new("Loader", boot.Loader ?? "unknown"),
                TakesApp(boot),
                new("Jumped to", boot.Jumped is { } target ? Words.Hex(target) : "nowhere", boot.Jumped is null ? null : "logical"),
                new("Staged update", boot.InstalledUpdate ? "installed" : "not installed"),
                new("Run for", Words.Count(boot.Steps, "instruction"), $"ended: {DocumentWords.Of(boot.Stopped)}"),
            ]),
            new TextBlock(Words.Sentence(boot.Verdict)),
        };
        blocks.AddRange(boot.Findings.Where(finding => finding.Severity != FindingSeverity.Info)
            .Select(finding => new FindingBlock(finding, FindingText.Of(finding.Code))));
        var printed = boot.LoaderLines;
        string[] lines = [.. printed.Take(MostLines).Select(line => DeviceSections.Cut(line, LongestLine))];
        int more = printed.Count - lines.Length;
        if (lines.Length > 0)
        {
            string summary = $"What it printed: {Words.Count(printed.Count, "line")}";
            blocks.Add(new FoldBlock(summary, [new LogBlock(lines)]));
        }
        if (more > 0)
            blocks.Add(new TextBlock($"and {Words.Count(more, "more line")}", Tone.Muted));
        return new Section("boot", "Its own bootloader", "The bootloader of the image was run in a model of the chip; this is what it did.", blocks);
    }

    private static Fact TakesApp(BootReport boot) => boot.Accepted switch
    {
        true => new("Takes the app", "yes", Judgement(boot), Tone.Good),
        false => new("Takes the app", "no", Judgement(boot), Tone.Bad),
        null => new("Takes the app", "unknown", "it did not get there", Tone.Warn),
    };

    private static string Judgement(BootReport boot) => boot.Judgement switch
    {
        BootJudgement.Accepted => "it verified it",
        BootJudgement.Refused => "it verified it, and says no",
        _ => "it did not look at it",
    };
}

/// <summary>Lines as a serial monitor shows them.</summary>
internal sealed class LogBlock(IReadOnlyList<string> lines) : Block
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
