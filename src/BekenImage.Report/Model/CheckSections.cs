using BekenImage.Documents;

namespace BekenImage.Report.Model;

/// <summary>What was asked of the image, and what was found.</summary>
internal static class CheckSections
{
    public static Section? Verdict(VerifyResult verify)
    {
        var checks = verify.Checks.Where(check => check.Status != CheckStatus.Skipped).ToArray();
        if (checks.Length == 0)
            return null;
        string boots = verify.Boots ? "It boots" : "It does not boot by itself";
        string backup = verify.Backup switch { true => "; it is a backup worth keeping", false => "; it is no backup worth keeping", null => string.Empty };
        return new Section("checks", "Checks", $"{boots}{backup}. These were asked, in the order in which a chip starts.",
        [
            new TableBlock(["Answer", "Check", "What was found", "At"], checks.Select(check => (IReadOnlyList<Cell>)
                [Answer(check.Status), check.Name, check.Message, Cell.Code(check.Offset is { } offset ? Words.Hex(offset) : "-")])),
        ]);
    }

    public static Section? Findings(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return null;
        var worst = findings.OrderByDescending(finding => finding.Severity).ToArray();
        return new Section("findings", "Findings", "What is wrong or remarkable, the worst first; each opens to its cause and cure.",
            [.. worst.Select(finding => new FindingBlock(finding, FindingText.Of(finding.Code)))]);
    }

    private static Cell Answer(CheckStatus status) => new(DocumentWords.Of(status), status switch
    {
        CheckStatus.Pass => Tone.Good,
        CheckStatus.Warn => Tone.Warn,
        CheckStatus.Fail => Tone.Bad,
        _ => Tone.Muted,
    });
}

/// <summary>A finding, and what its code means.</summary>
internal sealed class FindingBlock(Finding finding, FindingText? text) : Block
{
    public Finding Finding { get; } = finding;

    public FindingText? Text { get; } = text;

    public Tone Tone => Finding.Severity switch
    {
        FindingSeverity.Error => Tone.Bad,
        FindingSeverity.Warning => Tone.Warn,
        _ => Tone.Muted,
    };
}
