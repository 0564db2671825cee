using BekenImage.Images;

namespace BekenImage.Verifying;

/// <summary>Are bootloader and app of an image for one family of chips? No chip runs both of two.</summary>
internal static class FamilyCheck
{
    public static VerifyCheck Judge(FlashImage image)
    {
        const string name = "same-family";
        if (image.Content.Bootloader is not { Chip: not BekenChip.Unknown } bootloader)
            return new(FindingCode.ChipsDisagree, name, CheckStatus.Skipped, "the bootloader does not tell its chip, or there is none");
        if (image.Content.App is not { } app)
            return new(FindingCode.ChipsDisagree, name, CheckStatus.Skipped, "there is no app whose chip could be read");
        if (FamilyRule.Together(bootloader, app) is { } reason)
            return new(FindingCode.ChipsDisagree, name, CheckStatus.Fail, reason, image.Programs.App!.Offset);
        if (bootloader.IsLikely && app.Chip != BekenChip.Unknown && !BekenChips.AreSameFamily(app.Chip, bootloader.Chip))
        {
            return new(FindingCode.ChipsDisagree, name, CheckStatus.Skipped,
                $"the bootloader's mark is that of several chips; the app is for {app.Chip}, and nothing in the two contradicts");
        }
        if (app.Chip == BekenChip.Unknown && app.Marker is null)
        {
            return new(FindingCode.ChipsDisagree, name, CheckStatus.Skipped,
                $"the bootloader is for {bootloader.Chip}; the app does not name its chip, and nothing in it contradicts");
        }
        return new(FindingCode.ChipsDisagree, name, CheckStatus.Pass,
            $"nothing contradicts that bootloader and app are both for {bootloader.Chip} and its family", image.Programs.App!.Offset);
    }
}
