using BekenImage.Analysis;

namespace BekenImage;

/// <summary>
/// <see cref="ImageDoctor"/> with a witness: the image's own bootloader is run, and where it does not start the app, or does something to
/// it, its own words are the problem, or explain one that was found already.
/// </summary>
public static class BootDoctor
{
    /// <summary>Examines a device's image, and runs its bootloader.</summary>
    /// <param name="image">A dump of the device as it is now.</param>
    /// <param name="backup">A dump of the same device from before; null where there is none.</param>
    /// <param name="symptom">What its owner sees: problems that look so come first.</param>
    /// <param name="options">How to run it; null for the usual.</param>
    /// <exception cref="BekenImageException">The image is not a device's, or the backup is none of this device.</exception>
    public static IReadOnlyList<DeviceProblem> Examine(
        FlashImage image, FlashImage? backup = null, DeviceSymptom symptom = DeviceSymptom.None, BootOptions? options = null)
    {
        var problems = ImageDoctor.Examine(image, backup, symptom);
        // The loader has its say up to the jump; of a chip that is not known the model may be to blame.
        var report = image.Chip == BekenChip.Unknown ? null : BootVerifier.Run(image, options ?? new BootOptions(), out _);
        return report is null or { IsCutShort: true } ? problems
            : Explained(problems, report, image, backup).OrderByDescending(problem => problem.Symptoms.Contains(symptom)).ToArray();
    }

    private static IEnumerable<DeviceProblem> Explained(IReadOnlyList<DeviceProblem> problems, BootReport report, FlashImage image, FlashImage? backup)
    {
        if (Said(report) is not { } said)
            return problems;
        // What keeps it from starting is known, or the staged update is: the loader's words explain it.
        bool isUpdate = IsUpdate(said.Code);
        var known = problems.FirstOrDefault(problem => isUpdate
            ? problem.Code == FindingCode.PackageStaged
            : problem.Severity == FindingSeverity.Error && problem.Symptoms.Contains(DeviceSymptom.Boot));
        if (known is null)
            return Insert(problems, new RepairTrial(image, backup).Try(Problem(said, report, backup is not null), stays: null));
        return problems.Select(problem => problem != known ? problem : known.With($"{known.Why}; {said.Message}"));
    }

    // What it did wrong, or what it does to the app. That it did not look is said of every app.
    private static Finding? Said(BootReport report) => report.Findings
        .Where(finding => finding.Severity == FindingSeverity.Error || IsUpdate(finding.Code))
        .OrderByDescending(finding => finding.Severity).FirstOrDefault();

    private static bool IsUpdate(FindingCode code) => code is FindingCode.BootUpdateInstalled or FindingCode.BootUpdateFailed;

    // Errors before warnings; among its like what keeps the device from starting hurts most.
    private static IEnumerable<DeviceProblem> Insert(IReadOnlyList<DeviceProblem> problems, DeviceProblem problem)
    {
        bool isError = problem.Severity == FindingSeverity.Error;
        return problems.Where(other => !isError && other.Severity == FindingSeverity.Error).Append(problem)
            .Concat(problems.Where(other => isError || other.Severity != FindingSeverity.Error));
    }

    private static DeviceProblem Problem(Finding said, BootReport report, bool hasBackup)
    {
        var (title, repair) = said.Code switch
        {
            FindingCode.BootAppRefused => ("The bootloader refuses the app", ImageRepair.Anew()),
            FindingCode.BootNoProgram => ("There is no app where the bootloader jumps", ImageRepair.AppOf(hasBackup)),
            FindingCode.BootUpdateInstalled => ("An update waits to be installed", ImageRepair.Anew()),
            FindingCode.BootUpdateFailed => ("The update that waits cannot be installed", ImageRepair.Anew()),
            _ => ("The bootloader does not get to the app", ImageRepair.ProgramsOf(hasBackup, isSlotEmpty: false)),
        };
        bool isUpdate = IsUpdate(said.Code);
        // It said no and went on: the device runs.
        bool runs = isUpdate || said.Code == FindingCode.BootAppRefused && report.Jumped is not null;
        return new DeviceProblem(
            said.Code, runs ? FindingSeverity.Warning : FindingSeverity.Error, title, said.Message, [repair],
            isUpdate ? DeviceSymptom.Updates : DeviceSymptom.Boot);
    }
}
