using BekenImage.Formats.Rf;
using BekenImage.Images;

namespace BekenImage.Editing;

/// <summary>
/// Says what a change of bytes did to a device's calibration: it is made once, in a factory, and no firmware can make it again. Whoever
/// puts bytes without knowing what they are asks here.
/// </summary>
internal static class CalibrationGuard
{
    /// <summary>Adds what is to be said about a change to the draft's findings.</summary>
    public static void Check(DraftEdit edit)
    {
        if (edit.Changes.Count > 0)
            edit.Findings.AddRange(Judge(edit.Image, edit.ToImage()));
    }

    /// <summary>What is to be said.</summary>
    /// <param name="before">The device as it was.</param>
    /// <param name="after">What it would be.</param>
    public static IEnumerable<Finding> Judge(FlashImage before, FlashImage after)
    {
        var (had, has) = (before.Rf, after.Rf);
        if (has is null)
            return had is null ? [] : [Lost(had)];
        if (had is not null && had.Offset == has.Offset && had.Bytes.Span.SequenceEqual(has.Bytes.Span))
            return [];
        return JudgeTable(had, has, DeviceRf.MacOf(before), after.Chip != BekenChip.Unknown ? after.Chip : before.Chip);
    }

    /// <summary>What is to be said where only the outcome is known, and that a stretch of it that held a table was edited.</summary>
    /// <param name="after">The image as it would be.</param>
    /// <param name="edited">The stretch.</param>
    public static IEnumerable<Finding> JudgeNew(FlashImage after, FlashRange edited)
    {
        if (after.Rf is not { } has || !edited.Contains(has.Offset))
        {
            return [new Finding(FindingSeverity.Warning, FindingCode.CalibrationLost,
                $"what was edited ({edited}) held the device's RF table, and holds none that counts now: the device's own is only in backups", edited.Start)];
        }
        var network = after.NetParamTables.FirstOrDefault(table => table.Mac is { IsStation: true, IsPlaceholder: false });
        return JudgeTable(null, has, network is { Mac: { } mac } ? (mac, network.Offset) : null, after.Chip).Append(new Finding(
            FindingSeverity.Warning, FindingCode.CalibrationLost,
            $"the RF table was edited; it is now {has.Describe()}, and the device's own is only in backups", has.Offset));
    }

    private static IEnumerable<Finding> JudgeTable(RfTable? had, RfTable has, (MacAddress Mac, long Offset)? own, BekenChip chip)
    {
        bool isFaulty = false;
        foreach (var fault in Faults(has, own, chip))
        {
            isFaulty = true;
            yield return new Finding(FindingSeverity.Warning, fault.Code, fault.Message, fault.Offset);
        }
        if (had is not null && (had.Offset != has.Offset || !isFaulty))
        {
            string where = had.Offset == has.Offset ? string.Empty : FormattableString.Invariant($"; the one at 0x{has.Offset:x} counts now");
            yield return new Finding(FindingSeverity.Warning, FindingCode.CalibrationLost, FormattableString.Invariant(
                $"the device's RF table at 0x{had.Offset:x} ({had.Describe()}) is replaced{where}: what it was is only in backups"), had.Offset);
        }
    }

    private static IEnumerable<Finding> Faults(RfTable table, (MacAddress Mac, long Offset)? own, BekenChip chip)
    {
        foreach (var fault in RfFaults.Of(table))
            yield return fault;
        if (DeviceRf.OtherChip(table, BekenChip.Unknown, chip) is { } foreign)
            yield return foreign;
        if (table.Mac is { } mac && own is { } device && device.Mac != mac)
            yield return RfWriter.MacDiffers(device, mac);
    }

    private static Finding Lost(RfTable table) => new(FindingSeverity.Warning, FindingCode.CalibrationLost, FormattableString.Invariant(
        $"the device's RF table at 0x{table.Offset:x} ({table.Describe()}) is gone: without it the device runs uncalibrated, under a MAC its firmware makes up"),
        table.Offset);
}
