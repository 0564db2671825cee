using BekenImage.Chips;
using BekenImage.Formats.Rf;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Planning;

/// <summary>A device has one calibration and one MAC, which no other unit's replace.</summary>
internal static class CalibrationGuard
{
    /// <exception cref="ImageGuardException">The device would lose its own, which was not given up by name.</exception>
    public static void Check(FlashImage? current, FlashImage result, FlashPlanOptions options, List<Finding> findings)
    {
        if (current is null)
            return;
        if (current.Origin.IsArmino)
            CheckUnread(current, result, options, findings);
        if (!HasOwn(current) || DeviceRf.Kept(current, result).Any())
            return;
        var own = DeviceRf.OwnTables(current).First();
        var other = DeviceRf.OwnTables(result).FirstOrDefault();
        var (code, message) = other is null
            ? (FindingCode.PlanLosesCalibration, "the device's calibration would be lost: the target holds none")
            : (FindingCode.PlanOtherDevice, FormattableString.Invariant(
                $"the calibration at 0x{own.Offset:x}, of the device with MAC {own.Mac}, would be replaced by that of another unit, MAC {other.Mac}"));
        Refuse(code, message, own.Offset, options, findings);
    }

    private static void Refuse(FindingCode code, string message, long offset, FlashPlanOptions options, List<Finding> findings)
    {
        if (!options.AllowOtherCalibration)
            throw new ImageGuardException(code, message + "; nothing was planned", offset).About(Blame.Target);
        findings.Add(new Finding(FindingSeverity.Warning, code, message, offset, PartitionNames.Rf));
    }

    // No calibration of these chips was seen: whose it is cannot be told, so what lies in its place stays as it is.
    private static void CheckUnread(FlashImage current, FlashImage result, FlashPlanOptions options, List<Finding> findings)
    {
        var layouts = ChipRegistry.Find(current.Chip)?.Layouts.Values.Select(layout => layout.Rf.Start) ?? [];
        var places = layouts.Append(current.Length - 2 * FlashGeometry.SectorSize)
            .Select(start => new FlashRange(start, FlashGeometry.SectorSize))
            .Concat(current.Partitions.Where(partition => partition.Name is "sys_rf").Select(partition => partition.Range));
        foreach (var place in places.Where(place => place.End <= current.Length).Distinct())
        {
            var own = place.Of(current.Bytes).Span;
            var next = place.Of(result.Bytes).Span;
            if (ByteRuns.IsErased(own) || own.SequenceEqual(next) || current.Programs.Partitions.Any(program => program.LogicalStart is not null && program.Range.Overlaps(place)))
                continue;
            Refuse(ByteRuns.IsErased(next) ? FindingCode.PlanLosesCalibration : FindingCode.PlanOtherDevice,
                $"the place of the device's calibration ({place}) would hold something else", place.Start, options, findings);
        }
    }

    /// <summary>True when an image holds a calibration that is a device's.</summary>
    public static bool HasOwn(FlashImage image) => DeviceRf.OwnTables(image).Any();

    /// <summary>Where a table lies.</summary>
    public static FlashRange RangeOf(RfTable table) => new(table.Offset, table.UsedSize);
}
