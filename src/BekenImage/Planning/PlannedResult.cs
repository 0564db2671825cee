using BekenImage.Editing;
using BekenImage.Images;

namespace BekenImage.Planning;

/// <summary>What the flash is to hold, with the guards that stand before it.</summary>
internal sealed class PlannedResult
{
    private PlannedResult(byte[] after, IReadOnlyList<FlashRange> protectedRanges, FlashImage image)
    {
        After = after;
        Protected = protectedRanges;
        Image = image;
    }

    public byte[] After { get; }

    /// <summary>What the chip starts by.</summary>
    public IReadOnlyList<FlashRange> Protected { get; }

    public FlashImage Image { get; }

    /// <exception cref="ImageGuardException">The chip would not run it, or the device would lose what is its own.</exception>
    public static PlannedResult Make(PlanInputs inputs, FlashPlanOptions options, List<Finding> findings)
    {
        var starting = ProtectedOf(inputs);
        byte[] after = (byte[])inputs.Before.Clone();
        inputs.Target.Bytes.Span.CopyTo(after.AsSpan((int)inputs.Covered.Start));
        if (!options.WritesBootloader)
            KeepBootloader(inputs, after, starting, options.SectorSize, findings);
        var image = Read(inputs, after, options);
        Blame.On(Blame.Target, () => CheckPrograms(inputs, image, options));
        CalibrationGuard.Check(inputs.Current, image, options, findings);
        return new PlannedResult(after, starting, image);
    }

    /// <summary>What the caller knows of the chip counts for both; the key a device was read with is the device's.</summary>
    private static FlashImage Read(PlanInputs inputs, byte[] after, FlashPlanOptions options)
    {
        if (inputs.Current is not { } current || options.Restore)
            return FlashImage.Parse(after, inputs.Target.Options);
        var changed = FlashDifferences.Of(inputs.Before, after, FlashGeometry.SectorSize);
        return changed.Count == 0 ? current : current.With(after, changed);
    }

    private static List<FlashRange> ProtectedOf(PlanInputs inputs)
    {
        var ranges = new List<FlashRange>();
        if (inputs.Current is { } current)
            ranges.AddRange(ProtectedRanges.Of(current));
        if (inputs.Target.PhysicalBase == 0)
            ranges.AddRange(ProtectedRanges.Of(inputs.Target));
        return ranges.Count == 0 ? [FlashGeometry.BootloaderSlot] : ranges.Distinct().ToList();
    }

    private static void KeepBootloader(PlanInputs inputs, byte[] after, IEnumerable<FlashRange> starting, int sectorSize, List<Finding> findings)
    {
        long other = 0;
        long first = -1;
        foreach (var range in starting)
        {
            for (long i = range.Start; i < Math.Min(range.End, after.Length); i++)
            {
                if (after[i] == inputs.Before[i])
                    continue;
                other++;
                first = first < 0 ? i : Math.Min(first, i);
                after[i] = inputs.Before[i];
            }
        }
        if (other > 0)
        {
            string bytes = other == 1 ? "1 byte remains" : FormattableString.Invariant($"{other} bytes remain");
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.PlanKeepsBootloader,
                $"the target's bootloader is another than the device's, which stays: {bytes} different", first, PartitionNames.Bootloader));
        }
        foreach (var sector in FlashDifferences.Of(inputs.Before, after, sectorSize))
        {
            if (starting.FirstOrDefault(range => range.Overlaps(sector)) is { IsEmpty: false } range)
            {
                throw new ImageGuardException(FindingCode.BootloaderProtected, FormattableString.Invariant(
                    $"sectors of 0x{sectorSize:x} bytes: what is to change at {sector} cannot be erased without the bootloader ({range})"), sector.Start);
            }
        }
    }

    private static void CheckPrograms(PlanInputs inputs, FlashImage image, FlashPlanOptions options)
    {
        if (inputs.Current is { } current)
            FamilyGuard.Check(current.Content, image.Content);
        else
            FamilyGuard.CheckTogether(inputs.Target.Content);
        if (options.Restore || inputs.Current is { } same && ReferenceEquals(same.Programs, image.Programs))
            return;
        if (inputs.Current is { } device && DeviceKey.Foreign(device, image).FirstOrDefault() is { } program)
        {
            throw new ImageGuardException(FindingCode.KeyDoesNotFit,
                $"the device runs under key {DeviceKey.Of(device)!.Value.DisplayName}, the target's {program.Name} is for {program.Key!.Value.DisplayName}; the chip would not run it",
                program.Offset);
        }
    }
}
