using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.Ua;
using BekenImage.Images;

namespace BekenImage.Verifying;

/// <summary>
/// What a headered package of the newer chips vouches for: its header, the bytes of each image, and the signed image where the body is
/// clear. The older packages have no such checks: only what they install counts.
/// </summary>
internal static class PackageSumChecks
{
    public static IEnumerable<VerifyCheck> Of(FlashImage image)
    {
        if (FindingsOf(image) is not { } findings)
            yield break;
        var errors = findings.Where(finding => finding.Severity == FindingSeverity.Error).ToArray();
        var (header, body) = UaPackage.TryRead(image.Bytes, out _) ? (FindingCode.UaTrailerDamaged, FindingCode.UaBodyCrc)
            : McuUpdatePackage.TryRead(image.Bytes, out _) || image.Origin.Package is { IsUpdate: true } ? (FindingCode.McuUpdateHeaderCrc, FindingCode.McuUpdateImageCrc)
            : (FindingCode.DownloadHeaderCrc, FindingCode.DownloadImageCrc);
        yield return Judge(errors.Where(error => !IsOfBody(error)), header, "package-header", "the package's header is sound");
        yield return Judge(errors.Where(IsOfBody), body, "package-images", "the package's images give the CRCs its header states");
        // Offsets in a clear body would be those of another file.
        if (image.Content.Wrapping?.Contained is { } inside)
        {
            foreach (var check in SecureBootChecks.Of(inside))
                yield return new(check.Code, check.Name, check.Status, check.Message);
        }
    }

    private static IReadOnlyList<Finding>? FindingsOf(FlashImage image) =>
        image.Origin.Package is { } package ? package.Findings
        : image.Content.Wrapping is { } outer && (PackagedFlash.Is(image.Bytes) || UaPackage.TryRead(image.Bytes, out _)) ? outer.Findings
        : null;

    private static bool IsOfBody(Finding finding) => finding.Code is FindingCode.DownloadImageCrc or FindingCode.McuUpdateImageCrc or FindingCode.UaBodyCrc;

    private static VerifyCheck Judge(IEnumerable<Finding> errors, FindingCode code, string name, string sound) =>
        errors.FirstOrDefault() is { } error
            ? new(error.Code, name, CheckStatus.Fail, error.Message, error.Offset)
            : new(code, name, CheckStatus.Pass, sound);
}
