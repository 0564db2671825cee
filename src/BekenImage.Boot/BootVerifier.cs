using BekenImage.Boot;

namespace BekenImage;

/// <summary>
/// <see cref="ImageVerifier"/> with a witness: the image's own bootloader is run, and what it says is a check of its own; of an OpenBeken
/// app so is what that prints of what it found.
/// </summary>
public static class BootVerifier
{
    private const string LoaderCheck = "bootloader-ran";
    private const string AppCheck = "app-ran";

    /// <summary>Verifies an image, and runs its bootloader.</summary>
    /// <param name="image">The image; of any kind. One with nothing to run has the check skipped.</param>
    /// <param name="options">How to run it; null for the usual.</param>
    public static VerifyResult Verify(FlashImage image, BootOptions? options = null) =>
        With(ImageVerifier.Verify(image), image, Run(image, options, out string? nothing), nothing);

    /// <summary>Verifies an image whose bootloader was run already.</summary>
    /// <param name="image">The image.</param>
    /// <param name="report">What <see cref="ImageBooter"/> said of it.</param>
    public static VerifyResult Verify(FlashImage image, BootReport report) =>
        With(ImageVerifier.Verify(image), image, report ?? throw new ArgumentNullException(nameof(report)), nothing: null);

    /// <summary>The answers about a combination, and what the device's bootloader does with the result.</summary>
    /// <param name="review">The answers.</param>
    public static CombineReview Review(CombineReview review)
    {
        if (review is null)
            throw new ArgumentNullException(nameof(review));
        if (review.Image is not { } image || review.Verify is not { } verify || review.Lint is not { } lint)
            return review;
        var report = Run(review.Device, options: null, out string? nothing);
        return new CombineReview(image, review.Device, With(verify, review.Device, report, nothing), lint);
    }

    // As a check does: on into an app that says what it found. Null where there is nothing to run.
    internal static BootReport? Run(FlashImage image, BootOptions? options, out string? nothing)
    {
        try
        {
            nothing = null;
            return ImageBooter.Boot(image, options ?? new BootOptions { RunApp = image.Flavor == FirmwareFlavor.OpenBeken });
        }
        catch (BekenImageException error) when (error.Code is FindingCode.BootNothingToRun or FindingCode.ArchiveListed)
        {
            nothing = error.Message;
            return null;
        }
    }

    private static VerifyResult With(VerifyResult result, FlashImage image, BootReport? report, string? nothing)
    {
        VerifyCheck[] checks = report is null ? [new(FindingCode.BootNothingToRun, LoaderCheck, CheckStatus.Skipped, nothing!)]
            : image.Flavor == FirmwareFlavor.OpenBeken && report is { Accepted: true, RanApp: true }
            ? [OfLoader(image, report), OfApp(report)] : [OfLoader(image, report)];
        return new VerifyResult(
            result.Boots && checks.All(check => check.Status != CheckStatus.Fail), result.BootloaderAccepts, result.Backup,
            result.BootChecks.Concat(checks).ToArray(), result.BackupChecks);
    }

    // The finding that tells the most; a pass has the code of what would be wrong.
    private static VerifyCheck OfLoader(FlashImage image, BootReport report)
    {
        var worst = report.Findings.Where(finding => finding.Severity >= FindingSeverity.Warning)
            .OrderByDescending(finding => finding.Severity).FirstOrDefault();
        var status = report.Accepted switch
        {
            true => worst is null ? CheckStatus.Pass : CheckStatus.Warn,
            // It said no and went on all the same: the device runs.
            false when report.Jumped is not null && worst?.Code == FindingCode.BootAppRefused => CheckStatus.Warn,
            false => CheckStatus.Fail,
            // Of a chip that is not known the model may be to blame, and who gives it too few steps.
            null => image.Chip == BekenChip.Unknown || report.IsCutShort ? CheckStatus.Skipped : CheckStatus.Fail,
        };
        bool isMore = worst?.Code is
            FindingCode.BootUpdateInstalled or FindingCode.BootUpdateFailed or FindingCode.BootBadPage or FindingCode.BootAppUnfit;
        string more = isMore ? $"; {worst!.Message}" : string.Empty;
        return new VerifyCheck(worst?.Code ?? FindingCode.BootNotReached, LoaderCheck, status, report.Verdict + more, worst?.Offset);
    }

    private static VerifyCheck OfApp(BootReport report)
    {
        if (AppWords.Banner(report.Log) is not { } banner)
        {
            return new VerifyCheck(FindingCode.BootAppStopped, AppCheck, CheckStatus.Skipped,
                "the app could not be followed to where it prints its version: it uses parts of the chip that are not modelled");
        }
        string config = AppWords.FoundConfig(report.LogText) switch
        {
            true => "; it found its configuration",
            false => "; it found no configuration and takes the defaults",
            null => string.Empty,
        };
        return AppWords.MissesRf(report.LogText)
            ? new VerifyCheck(FindingCode.BootAppWithoutRf, AppCheck, CheckStatus.Warn,
                $"\"{banner}\" starts{config}; it found no RF table where it looks: it works with calibration that is not the device's")
            : new VerifyCheck(FindingCode.BootAppWithoutRf, AppCheck, CheckStatus.Pass, $"\"{banner}\" starts{config}");
    }
}
