using BekenImage.Images;
using BekenImage.Planning;

namespace BekenImage;

/// <summary>
/// Plans what a flasher has to erase and to write so that a device holds an image: the smallest set of sectors, in an order that keeps it
/// booting or recoverable as long as possible and never takes its calibration out of flash before it is in its new place.
/// </summary>
/// <remarks>
/// A sector that is the same stays. Every other one is erased unless it is blank, and written unless it shall be blank. Nothing of what the
/// chip starts by is touched unless <see cref="FlashPlanOptions.IncludeBootloader"/> or <see cref="FlashPlanOptions.Restore"/> asks for it.
/// </remarks>
public static class FlashPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="current">What the device holds: a read of its whole flash. Null for a blank chip.</param>
    /// <param name="target">
    /// What it is to hold: the image of a whole chip, or one that ends before the flash does or begins at 0x11000; what that does not cover stays.
    /// </param>
    /// <param name="options">What the plan may do; null for the least.</param>
    /// <exception cref="BekenImageException">What was read of the device is no whole flash.</exception>
    /// <exception cref="ImageGuardException">
    /// The target is no image of that flash, the chip would not run it, or the device would lose what is its own.
    /// </exception>
    /// <exception cref="ArgumentException">The sector size is none that flash chips erase.</exception>
    public static FlashPlan Plan(FlashImage? current, FlashImage target, FlashPlanOptions? options = null)
    {
        if (target is null)
            throw new ArgumentNullException(nameof(target));
        options ??= new FlashPlanOptions();
        if (!IsSectorSize(options.SectorSize))
            throw new ArgumentException("A sector is a power of two from 4 KiB to 64 KiB.", nameof(options));
        var findings = new List<Finding>();
        var inputs = PlanInputs.Open(current, target, options, findings);
        var result = PlannedResult.Make(inputs, options, findings);
        var states = new PlanStates(inputs, result);
        var sorter = new SectorSorter(inputs, result, states);
        var sectors = sorter.Sort(options.SectorSize);
        var steps = new StepBuilder(inputs, result, states, sorter, options.SectorSize).Build(StepOrder.Make(sectors, states.Starts));
        AddFindings(inputs, result, states, sectors, findings);
        return new FlashPlan(result.After, options.SectorSize, steps, Kept(sectors, result.After.Length, sorter), states.Before, findings)
        {
            Chip = inputs.Current is { Chip: not BekenChip.Unknown and var chip } ? chip : result.Image.Chip,
            Key = inputs.Current?.Programs.Bootloader?.Key ?? result.Image.Programs.Bootloader?.Key ?? result.Image.Key.Value,
            Image = result.Image,
        };
    }

    /// <summary>True for what is erased at once by one command of a flash chip: a power of two from 4 KiB to 64 KiB.</summary>
    /// <param name="size">A number of bytes.</param>
    public static bool IsSectorSize(long size) =>
        size is >= FlashPlanOptions.SmallestSector and <= FlashPlanOptions.LargestSector && (size & (size - 1)) == 0;

    private static void AddFindings(
        PlanInputs inputs, PlannedResult result, PlanStates states, IReadOnlyList<PlannedSector> sectors, List<Finding> findings)
    {
        if (states.After.State != StoppedState.Boots)
        {
            var failed = states.After.Verified.BootChecks.First(check => check.Status == CheckStatus.Fail);
            string why = states.After.HasBootloader ? string.Empty : "there is no whole bootloader in it; ";
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.PlanDoesNotBoot,
                $"what the plan leads to does not boot, as far as verify can tell: {why}{failed.Name}: {failed.Message}", failed.Offset));
        }
        if (inputs.Current is not { } current || !CalibrationGuard.HasOwn(current))
            return;
        var own = DeviceRf.OwnTables(current).ToArray();
        var kept = DeviceRf.Kept(current, result.Image).ToArray();
        // Where one of them stays, or comes to a place of its own, the device is never without.
        bool isErased = own.All(table => sectors.Any(sector => sector.NeedsErase && sector.Range.Overlaps(CalibrationGuard.RangeOf(table))));
        bool isInPlace = kept.Length > 0 && kept.All(table => own.Any(old => old.Offset == table.Offset));
        if (isErased && isInPlace)
        {
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.PlanRewritesCalibration,
                "the device's only calibration is erased and written again in its place: keep the dump until that is done", own[0].Offset, PartitionNames.Rf));
        }
    }

    private static List<KeptRange> Kept(IEnumerable<PlannedSector> sectors, long flashSize, SectorSorter names)
    {
        var kept = new List<KeptRange>();
        long at = 0;
        foreach (var range in sectors.Select(sector => sector.Range).Append(new FlashRange(flashSize, 0)))
        {
            if (range.Start > at)
                kept.Add(new KeptRange(FlashRange.FromBounds(at, range.Start), names.KeptNames(FlashRange.FromBounds(at, range.Start))));
            at = Math.Max(at, range.End);
        }
        return kept;
    }
}
