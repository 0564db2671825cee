using BekenImage.Chips;
using BekenImage.Combining;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Planning;

/// <summary>What a device holds and what it is to hold, both from physical 0 on: opened, and whatever was wrong with the reading undone.</summary>
internal sealed class PlanInputs
{
    private PlanInputs(FlashImage? current, FlashImage target, long flashSize)
    {
        Current = current;
        Target = target;
        Covered = new FlashRange(target.PhysicalBase, target.Length);
        Before = current is null ? ByteRuns.Erased(flashSize) : current.Bytes.ToArray();
    }

    /// <summary>The device as it was read; null for a blank chip.</summary>
    public FlashImage? Current { get; }

    public FlashImage Target { get; }

    /// <summary>Where the target's bytes belong.</summary>
    public FlashRange Covered { get; }

    /// <summary>What the flash holds.</summary>
    public byte[] Before { get; }

    /// <exception cref="BekenImageException">What was read is no whole flash.</exception>
    /// <exception cref="ImageGuardException">The target is no image of that flash.</exception>
    public static PlanInputs Open(FlashImage? current, FlashImage target, FlashPlanOptions options, List<Finding> findings)
    {
        if (current is not null)
            current = Blame.On(Blame.Current, () => OpenCurrent(current, findings));
        return Blame.On(Blame.Target, () =>
        {
            target = Normalized(target.OpenArchive(), "the target", findings);
            long flashSize = current?.Length ?? SizeFor(target);
            CheckTarget(target, flashSize, isBlank: current is null, options, findings);
            return new PlanInputs(current, target, flashSize);
        });
    }

    private static FlashImage OpenCurrent(FlashImage current, List<Finding> findings)
    {
        current = Normalized(current.OpenArchive(), "what was read", findings);
        if (current.Content.IsBehindBootloader)
        {
            throw new BekenImageException(FindingCode.BootloaderMissing,
                $"{ReadBehindBootloader.Message}; what a device is without some step only a read from 0 tells");
        }
        if (current.Content.Cut is { } cut)
            throw new BekenImageException(FindingCode.Truncated, $"{cut.Message}; what was not read cannot be planned for: read the whole flash again", cut.Length);
        if (!IsWholeChip(current))
        {
            throw new BekenImageException(FindingCode.WrongKind,
                $"what the device holds must be a read of its whole flash; this is {InputImages.Describe(current)}");
        }
        if (ImageVerifier.Verify(current).Checks.FirstOrDefault(check => check is { Code: FindingCode.Rotated, Status: CheckStatus.Fail }) is { } lost)
            throw new BekenImageException(lost.Code, lost.Message, lost.Offset);
        return current;
    }

    private static FlashImage Normalized(FlashImage image, string name, List<Finding> findings)
    {
        // A package that is read as flash is none.
        if (image.IsPackagedFlash)
            return image;
        var normalized = ImageNormalizer.Normalize(image);
        foreach (string change in normalized.Changes)
        {
            var code = change.StartsWith("rotated", StringComparison.Ordinal) ? FindingCode.Rotated : FindingCode.Doubled;
            findings.Add(new Finding(FindingSeverity.Info, code, $"{name}: {change}"));
        }
        return normalized.Bytes.Length == image.Length ? image : FlashImage.Parse(normalized.Bytes, image.Options);
    }

    // Also one in which nothing is known: a device may hold anything.
    private static bool IsWholeChip(FlashImage image) => image is { IsWholeChip: true, IsPackagedFlash: false, Kind: ImageKind.Dump or ImageKind.Piece or ImageKind.Unknown } &&
        image.Origin.Start != ImageStart.App && image.Stored != StoredForm.Logical;

    private static long SizeFor(FlashImage target)
    {
        long size = IsWholeChip(target) ? target.Length : ChipRegistry.Find(target.Chip)?.FlashLength ?? ImageOrigin.SmallestWholeChip;
        while (size < target.PhysicalBase + target.Length)
            size *= 2;
        return size;
    }

    private static void CheckTarget(FlashImage target, long flashSize, bool isBlank, FlashPlanOptions options, List<Finding> findings)
    {
        bool isWhole = IsWholeChip(target) && target.Kind != ImageKind.Unknown;
        if (Unfit(target, isWhole) is { } reason)
            throw new ImageGuardException(FindingCode.PlanTargetUnfit, $"the target is no image of that flash: {reason}");
        if (isWhole && target.Length != flashSize)
        {
            throw new ImageGuardException(FindingCode.PlanTargetUnfit, FormattableString.Invariant(
                $"the target is no image of that flash: it is that of a chip of 0x{target.Length:x} bytes, the device has 0x{flashSize:x}"));
        }
        if (options.Restore && !isWhole)
            throw new ImageGuardException(FindingCode.PlanTargetUnfit, $"only the dump of a whole chip restores a device; this is {InputImages.Describe(target)}");
        long end = target.PhysicalBase + target.Length;
        if (end > flashSize)
        {
            throw new ImageGuardException(FindingCode.PlanTargetUnfit, FormattableString.Invariant(
                $"the target is no image of that flash: it reaches to 0x{end:x}, the flash ends at 0x{flashSize:x}"));
        }
        if (target.Content.Cut is { } cut)
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.Truncated, "the target: " + cut.Message, cut.Length));
        if (end < flashSize && !isBlank)
        {
            findings.Add(new Finding(FindingSeverity.Info, FindingCode.PlanKeepsRest, FormattableString.Invariant(
                $"the target ends at 0x{end:x}; what the device holds behind it stays"), end));
        }
    }

    private static string? Unfit(FlashImage target, bool isWhole)
    {
        if (target.Kind is ImageKind.Ota or ImageKind.Ug or ImageKind.Package or ImageKind.Unknown)
            return target.Kind == ImageKind.Unknown ? "nothing in it is known" : $"it is {InputImages.Describe(target)}";
        if (target is { Kind: ImageKind.Bootloader, Fal: null, Origin.IsArmino: false })
            return "it is a part of a bootloader, without the partition table that closes one";
        if (target.Stored == StoredForm.Logical || target.Origin.Start is ImageStart.AppFile or ImageStart.BootloaderFile)
            return "its programs are stored without the page CRCs that flash holds";
        if (target.Content.Cut is { AppEnd: not null } cut)
            return cut.Message;
        return isWhole || target.Origin.Start is ImageStart.Bootloader or ImageStart.App ? null : $"it is {InputImages.Describe(target)}";
    }
}
