using BekenImage.Analysis;
using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// What is wrong with a device's image, in the order in which it hurts, and the command that repairs each. Nothing is judged here:
/// <see cref="ImageVerifier"/>, <see cref="FirmwareLinter"/> and the findings of reading did; here it is put into order and words.
/// </summary>
public static class ImageDoctor
{
    /// <summary>Examines a device's image.</summary>
    /// <param name="image">A dump of the device as it is now.</param>
    /// <param name="backup">A dump of the same device from before; null where there is none.</param>
    /// <param name="symptom">What its owner sees: problems that look so come first. <see cref="DeviceSymptom.None"/> where nothing was said.</param>
    /// <returns>The problems, the most hurtful first; none for a sound image.</returns>
    /// <exception cref="BekenImageException">The image is not a device's, or the backup is none of this device (<see cref="FindingCode.WrongKind"/>).</exception>
    /// <exception cref="ImageGuardException">The backup is of a chip of another family (<see cref="FindingCode.ChipsDiffer"/>).</exception>
    public static IReadOnlyList<DeviceProblem> Examine(FlashImage image, FlashImage? backup = null, DeviceSymptom symptom = DeviceSymptom.None)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (!IsDevice(image))
        {
            string what = image.Kind is ImageKind.Piece or ImageKind.Unknown ? "a part of a dump, or nothing known" : "a firmware file";
            throw new BekenImageException(FindingCode.WrongKind, $"this is {what}, not a dump of a device; only a device's image can be examined");
        }
        if (backup is not null)
            CheckBackup(image, backup);
        var trial = new RepairTrial(image, backup);
        var problems = new DeviceExamination(image, backup).Problems().Select(problem => trial.Try(problem, made => Has(made, backup, problem.Code))).ToArray();
        // A stable sort: within what explains the symptom, and within the rest, the order of hurt stays.
        return symptom == DeviceSymptom.None ? problems : problems.OrderByDescending(problem => problem.Symptoms.Contains(symptom)).ToArray();
    }

    private static bool Has(FlashImage image, FlashImage? backup, FindingCode code) =>
        new DeviceExamination(image, backup).Problems().Any(problem => problem.Code == code);

    // A read that was cut short is one too: what is there can be judged.
    private static bool IsDevice(FlashImage image) =>
        image.Kind == ImageKind.Dump || image.IsWholeChip || image.Content.Cut is not null || image.Content.IsBehindBootloader;

    private static void CheckBackup(FlashImage image, FlashImage backup)
    {
        if (backup.Kind != ImageKind.Dump)
            throw new BekenImageException(FindingCode.WrongKind, "the backup is no dump of a whole chip").About(Blame.Backup);
        bool known = image.Chip != BekenChip.Unknown && backup.Chip != BekenChip.Unknown;
        if (known && !BekenChips.AreSameFamily(image.Chip, backup.Chip))
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"the backup is of a {backup.Chip}, the device is a {image.Chip}").About(Blame.Backup);
        // A chip that lost its bootloader tells by the type of its calibration.
        if (image.Chip == BekenChip.Unknown && image.Rf is { } table && DeviceRf.OtherChip(table, BekenChip.Unknown, backup.Chip) is { } other)
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"the backup is of a {backup.Chip}, the device is none: {other.Message}").About(Blame.Backup);
    }
}
