using BekenImage.Verifying;

namespace BekenImage.Editing;

/// <summary>
/// Refuses a change of bytes after which an image would not boot that did before: pages, header, vectors and keys are judged by the checks of
/// verify, before and after. What was wrong before may stay wrong, so that a damaged image can be mended piece by piece. A signature, which
/// only its maker can give, is not refused but said, as an error.
/// </summary>
internal static class BootGuard
{
    /// <summary>Asks about a change that may have touched a program.</summary>
    /// <exception cref="ImageGuardException">A check fails that did not (<see cref="FindingCode.ResultDoesNotBoot"/>).</exception>
    public static void Check(DraftEdit edit)
    {
        if (edit.Changes.Count > 0)
            edit.Findings.AddRange(Check(edit.Image, edit.ToImage()));
    }

    /// <inheritdoc cref="Check(DraftEdit)"/>
    /// <param name="before">The image as it was.</param>
    /// <param name="after">What it would be.</param>
    /// <returns>What is to be said of it.</returns>
    public static IEnumerable<Finding> Check(FlashImage before, FlashImage after)
    {
        var failed = new HashSet<string>(Failed(before).Select(check => check.Name), StringComparer.Ordinal);
        var worse = Failed(after).Where(check => !failed.Contains(check.Name)).ToLookup(SecureBootChecks.NeedsSigner);
        if (worse[false].Any())
            throw new ImageGuardException(FindingCode.ResultDoesNotBoot, Message(worse[false]) + "; nothing was written", worse[false].First().Offset);
        return worse[true].Any() ? [Error(worse[true], "only who holds the signing key can sign it again")] : [];
    }

    /// <summary>What is to be said where only the outcome is known, and which stretches of it were edited; null where nothing is.</summary>
    /// <param name="after">The outcome.</param>
    /// <param name="edited">The stretches.</param>
    public static Finding? JudgeNew(FlashImage after, IReadOnlyCollection<FlashRange> edited)
    {
        var wrong = Failed(after).Where(check => check.Offset is { } at && edited.Any(range => range.Contains(at))).ToArray();
        return wrong.Length == 0 ? null : Error(wrong, "whether it did before it was edited, the folder does not say");
    }

    // Where the read began no edit changes.
    private static IEnumerable<VerifyCheck> Failed(FlashImage image) =>
        ImageVerifier.BootChecks(image).Where(check => check.Status == CheckStatus.Fail && check.Code != FindingCode.Rotated);

    private static Finding Error(IEnumerable<VerifyCheck> checks, string why) =>
        new(FindingSeverity.Error, FindingCode.ResultDoesNotBoot, $"{Message(checks)}; {why}", checks.First().Offset);

    private static string Message(IEnumerable<VerifyCheck> checks) => $"the result would not boot: {string.Join("; ", checks.Select(check => check.Message))}";
}
