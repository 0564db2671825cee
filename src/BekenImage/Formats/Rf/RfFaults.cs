namespace BekenImage.Formats.Rf;

/// <summary>
/// What is wrong with a table that can be read: its MAC, and whose calibration it holds. Reading, verifying, linting, combining and
/// restoring say the same of it, and it is said here.
/// </summary>
internal static class RfFaults
{
    public static IEnumerable<Finding> Of(RfTable table)
    {
        if (Mac(table) is { } mac)
            yield return mac;
        if (Calibration(table) is { } calibration)
            yield return calibration;
    }

    /// <summary>Whether a station may have this MAC, and no other has it; null when all is well.</summary>
    public static Finding? Mac(RfTable table)
    {
        if (table.Mac is not { } mac)
        {
            return new(FindingSeverity.Error, FindingCode.RfMacMissing,
                "RF table has no element TXID_MAC of 6 bytes; the firmware falls back to its default MAC", table.Offset);
        }
        long offset = table.Offset + table.Find(RfTags.Mac)!.DataOffset;
        if (!mac.IsStation)
        {
            return new(FindingSeverity.Error, FindingCode.RfMacInvalid, $"RF table has the MAC {mac}, which no station may have", offset);
        }
        return mac.IsPlaceholder
            ? new(FindingSeverity.Warning, FindingCode.RfMacPlaceholder,
                $"RF table has the MAC {mac}: a placeholder, which other devices have too, and two of them disturb a network", offset)
            : null;
    }

    /// <summary>Whether it holds calibration, and the device's own; null when all is well.</summary>
    public static Finding? Calibration(RfTable table)
    {
        if (table.IsGeneric)
        {
            return new(FindingSeverity.Warning, FindingCode.RfGeneric, table.IsCalibrated
                ? "RF table is another unit's calibration, written by a flasher: the device's own was lost"
                : "RF table was written by a flasher and holds no calibration: the device's own was lost", table.Offset);
        }
        return table.IsCalibrated
            ? null
            : new(FindingSeverity.Warning, FindingCode.RfUncalibrated,
                "RF table holds chip information only: the calibration was lost and the firmware made a new table", table.Offset);
    }
}
