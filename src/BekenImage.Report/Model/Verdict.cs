using BekenImage.Documents;

namespace BekenImage.Report.Model;

/// <summary>The answer in one sentence, and how glad one may be of it.</summary>
internal sealed class Verdict
{
    private Verdict(Tone tone, string word, string sentence)
    {
        Tone = tone;
        Word = word;
        Sentence = sentence;
    }

    public Tone Tone { get; }

    /// <summary>The shortest form: <c>good backup</c>.</summary>
    public string Word { get; }

    public string Sentence { get; }

    public static Verdict Of(FlashImage image, VerifyResult verify, IReadOnlyList<Finding> findings)
    {
        string what = What(image);
        if (verify.Backup is { } backup)
        {
            if (!verify.Boots)
                return new(Tone.Bad, "would not boot", $"This {what} would not boot: {First(verify.BootChecks)}.");
            return backup
                ? new(Tone.Good, "good backup", $"A complete backup of a {what}: it boots, and everything a restore needs is in it{Warning(verify.Checks)}.")
                : new(Tone.Warn, "boots, no backup", $"This {what} boots, but it is no backup worth keeping: {First(verify.BackupChecks)}.");
        }
        if (verify.Boots)
            return new(verify.HasWarnings ? Tone.Warn : Tone.Good, "boots", $"This {what} would boot{Warning(verify.BootChecks)}.");
        // Without programs to judge there is no "would not boot": what is in it speaks.
        if (image.Kind is ImageKind.Dump or ImageKind.Qio)
            return new(Tone.Bad, "would not boot", $"This {what} would not boot: {First(verify.BootChecks)}.");
        if (findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
            return new(Tone.Bad, "errors", $"This is {Article(what)}, and something is wrong with it: {Clause(error.Message)}.");
        if (image.Kind == ImageKind.Unknown)
            return new(Tone.Muted, "unknown", "Nothing in this file is known: it is no flash image, or one under a key that could not be found.");
        return findings.Any(finding => finding.Severity == FindingSeverity.Warning)
            ? new(Tone.Warn, "with warnings", $"This is {Article(what)}; look at the warnings below before using it.")
            : new(Tone.Good, "sound", $"This is {Article(what)}; nothing is wrong with what is in it.");
    }

    private static string First(IEnumerable<VerifyCheck> checks) =>
        checks.FirstOrDefault(check => check.Status == CheckStatus.Fail) is { } check ? Clause(check.Message) : "a check failed";

    private static string Warning(IEnumerable<VerifyCheck> checks) =>
        checks.FirstOrDefault(check => check.Status == CheckStatus.Warn) is { } check ? $", with a warning: {Clause(check.Message)}" : string.Empty;

    // What is found; what follows from it is for the table of checks.
    private static string Clause(string message)
    {
        int end = message.IndexOf("; ", StringComparison.Ordinal);
        return end < 0 ? message : message.Substring(0, end);
    }

    private static string Article(string what) => (what.Length > 0 && "aeiouAEIOU".IndexOf(what[0]) >= 0 ? "an " : "a ") + what;

    private static string What(FlashImage image)
    {
        string chip = DocumentWords.Of(image.Chip) is { } name ? name + " " : string.Empty;
        string firmware = image.Flavor == FirmwareFlavor.Unknown ? string.Empty : $" with {FirmwareWords.Of(image.Flavor, image.AppVersion)}";
        return image.Kind switch
        {
            ImageKind.Dump => $"{chip}device{firmware}",
            ImageKind.Qio => $"{chip}firmware image{firmware}",
            ImageKind.Ua => $"packed {chip}app{firmware}",
            ImageKind.App => $"{chip}app{firmware}",
            ImageKind.Bootloader => $"{chip}bootloader",
            ImageKind.Ota => $"{chip}update package{firmware}",
            ImageKind.Ug => $"{chip}update file (UG){firmware}",
            ImageKind.Piece => $"piece of a {chip}dump{firmware}",
            ImageKind.Package => $"{chip}firmware package{firmware}",
            _ => "file",
        };
    }
}
