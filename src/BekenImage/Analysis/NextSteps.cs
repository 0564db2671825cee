using BekenImage.Combining;

namespace BekenImage;

/// <summary>
/// What follows a combination, in order: what stands against flashing the image, the backup, the wires, the line of each flashing tool, what
/// the device then prints, and what to do when it does not. Holds no secrets.
/// </summary>
public static class NextSteps
{
    /// <summary>The step that says the image is not to be flashed, or what to read first; there only when there is something.</summary>
    public const string First = "first";

    /// <summary>The step about the dump.</summary>
    public const string Backup = "backup";

    /// <summary>The step about the wires and how the tools reach the chip.</summary>
    public const string Wiring = "wiring";

    /// <summary>The step whose lines are what the device prints.</summary>
    public const string BootLog = "boot log";

    /// <summary>The step for a device that does not print it.</summary>
    public const string NoBoot = "if it does not come";

    /// <summary>The steps.</summary>
    /// <param name="plan">A plan that can be built.</param>
    /// <param name="review">The answers about its result.</param>
    /// <param name="file">The name of the file the image was written to, as one would type it.</param>
    /// <exception cref="ImageGuardException">A guard refused the plan.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    public static IReadOnlyList<NextStep> After(CombinePlan plan, CombineReview review, string file)
    {
        if (plan is null)
            throw new ArgumentNullException(nameof(plan));
        if (review is null)
            throw new ArgumentNullException(nameof(review));
        if (file is null)
            throw new ArgumentNullException(nameof(file));
        if (plan.Target is not { } target)
        {
            _ = plan.Bytes;
            return [];
        }
        var steps = new List<NextStep>();
        if (Doubts(review) is { } doubts)
            steps.Add(new NextStep(First, [], doubts));
        // A read of a device that is broken is kept all the same, but leads nowhere.
        bool leadsBack = ImageVerifier.Verify(plan.Inputs[0].Image.OpenArchive()).Boots;
        steps.Add(new NextStep(Backup, [], leadsBack
            ? $"keep '{plan.Inputs[0].Name}', in two places: it is the only copy of this device's calibration and keys, and the way back"
            : $"keep '{plan.Inputs[0].Name}', in two places: what it holds of this device stands nowhere else; it does not boot, so that it is no way back"));
        // Which tool writes which of the newer chips, and over which pins, is not known here.
        bool isArmino = Chips.ChipRegistry.FamilyOf(target.Chip)?.Generation == ChipGeneration.Armino;
        if (!isArmino)
            steps.AddRange(FlashingTools.StepsFor(plan.Output, target, file));
        if (isArmino)
            return steps;
        steps.Add(ExpectedLog.Step(plan, target));
        steps.Add(new NextStep(NoBoot, [], IfItDoesNotCome(target, leadsBack)));
        return steps;
    }

    // What verify and lint warn of, by name: it was said in full above.
    private static string? Doubts(CombineReview review)
    {
        if (review.Verify is { Boots: false })
            return "do not flash this image: verify says that it does not boot";
        if (review.Lint is { Runs: false } lint)
        {
            return lint.Answer is null
                ? "do not flash this image: lint cannot tell whether its firmware runs there"
                : "do not flash this image: lint says that its firmware does not run there";
        }
        string[] warnings = (review.Verify?.Checks ?? []).Concat(review.Lint?.Checks ?? [])
            .Where(check => check.Status is CheckStatus.Warn or CheckStatus.Fail).Select(check => check.Name).Distinct().ToArray();
        return warnings.Length == 0 ? null : "before flashing, read what was said about " + string.Join(", ", warnings);
    }

    private static string IfItDoesNotCome(FlashTarget target, bool leadsBack)
    {
        string again = Chips.ChipRegistry.FamilyOf(target.Chip)?.HasDownloadRom == true
            ? "the chip's ROM takes downloads whatever the flash holds"
            : "while its bootloader runs the chip takes downloads; when that is gone, only over SPI";
        return "nothing at all: look at supply and wires, and at TX1, where some bootloaders print. The bootloader's line but not the firmware's: the " +
            "write was not complete, or the chip has another key than the dump; read the chip back and compare. " +
            $"{(leadsBack ? "Else write the dump back with the same lines" : "Else write once more")}: {again}";
    }
}
