using BekenImage.Formats.Rf;
using BekenImage.Images;

namespace BekenImage.Verifying;

/// <summary>What verify and lint ask about MAC and calibration.</summary>
internal static class RfChecks
{
    /// <summary>Whether an image of a whole chip holds its device's calibration and MAC.</summary>
    public static IEnumerable<VerifyCheck> OfBackup(FlashImage image)
    {
        if (image.Rf is not { } table)
        {
            yield return image.Content.Cut is not null
                ? new(FindingCode.RfNotATable, "rf-table", CheckStatus.Skipped, "there is no RF table in what was read")
                : new(FindingCode.RfNotATable, "rf-table", CheckStatus.Fail,
                    "there is no RF table: MAC and calibration of this device are not in this image");
            yield break;
        }
        yield return Table(table, RfPlaces.Of(image));
        yield return Mac(table);
        yield return Calibration(table, image.Chip);
    }

    /// <summary>Whether a firmware finds the device's calibration where it looks.</summary>
    /// <param name="map">Where the firmware looks; null where that is not known.</param>
    /// <param name="device">A dump of the device; null where there is none.</param>
    /// <param name="firmware">The firmware: the dump itself where that is judged; null where it came as a file.</param>
    public static IEnumerable<VerifyCheck> OfDevice(ChipLayout? map, FlashImage? device, FlashImage? firmware = null)
    {
        const string name = "rf";
        if (map is null)
        {
            yield return new(FindingCode.FirmwareMapUnknown, name, CheckStatus.Warn,
                "it is not known where this firmware looks for calibration");
            yield break;
        }
        // Of a device that lost its bootloader only one of several places may be known: where calibration is in one of them, it is in place.
        var places = device is not null && ReferenceEquals(firmware, device) ? RfPlaces.Of(device) : [];
        long looks = map.Rf.Start;
        if (device is not { } dump)
        {
            yield return new(FindingCode.RfMissing, name, CheckStatus.Skipped, FormattableString.Invariant(
                $"the firmware looks for calibration at 0x{looks:x}; there is no dump to look in"), looks);
            yield break;
        }
        // A read that began at the app has everything that much nearer.
        long begins = dump.Origin.PhysicalBase;
        if (ImageAreas.SelectRf(dump.RfTables, looks - begins) is not { } table)
        {
            yield return new(FindingCode.RfMissing, name, CheckStatus.Warn, "the device's flash holds no RF table, neither there nor elsewhere: it would run without calibration", looks);
            yield break;
        }
        if (places.Contains(table.Offset + begins))
            looks = table.Offset + begins;
        yield return InPlace(name, looks, begins, dump, table);
        if (RfFaults.Mac(table) is { } mac)
            yield return new(mac.Code, "rf-mac", CheckStatus.Warn, mac.Message, mac.Offset);
    }

    private static VerifyCheck InPlace(string name, long looks, long begins, FlashImage dump, RfTable table)
    {
        if (table.Offset + begins != looks)
        {
            var other = dump.RfTables.FirstOrDefault(candidate => candidate.Offset + begins == looks);
            string instead = other is null ? "left there, the MAC will end in 00:00:00" : $"what lies in its place is {other.Describe()}";
            string where = FormattableString.Invariant(
                $"the firmware looks for calibration at 0x{looks:x}, the device keeps it at 0x{table.Offset + begins:x}");
            return new(FindingCode.RfElsewhere, name, CheckStatus.Warn, $"{where}; {instead}; it must be moved", table.Offset);
        }
        if (RfFaults.Calibration(table) is { } lost)
            return new(lost.Code, name, CheckStatus.Warn, lost.Message, table.Offset);
        return DeviceRf.OtherChip(table, BekenChip.Unknown, dump.Chip) is { } foreign
            ? new(foreign.Code, name, CheckStatus.Warn, foreign.Message, table.Offset)
            : new(FindingCode.RfMissing, name, CheckStatus.Pass, "the device's calibration is where the firmware looks", looks);
    }

    private static VerifyCheck Table(RfTable table, IReadOnlyList<long> places)
    {
        const string name = "rf-table";
        if (table.Mac is null)
            return new(FindingCode.RfMacMissing, name, CheckStatus.Fail, "the RF table has no MAC", table.Offset);
        if (places.Count == 0 || places.Contains(table.Offset))
        {
            string unsure = places.Count > 1 ? "; whether the firmware looks there, is not known without the bootloader" : string.Empty;
            return new(FindingCode.RfNotATable, name, CheckStatus.Pass, "the RF table is there, with a MAC" + unsure, table.Offset);
        }
        string looks = string.Join(" or ", places.Select(place => FormattableString.Invariant($"0x{place:x}")));
        return new(FindingCode.RfElsewhere, name, CheckStatus.Warn, FormattableString.Invariant(
            $"the RF table is at 0x{table.Offset:x}, this firmware looks at {looks}: it runs without it, under another MAC"), table.Offset);
    }

    // The calibration under it is worth keeping all the same.
    private static VerifyCheck Mac(RfTable table)
    {
        const string name = "rf-mac";
        return (table.Mac, RfFaults.Mac(table)) switch
        {
            (null, _) => new(FindingCode.RfMacMissing, name, CheckStatus.Skipped, "there is no MAC to judge", table.Offset),
            (_, { } fault) => new(fault.Code, name, CheckStatus.Warn, fault.Message, fault.Offset),
            _ => new(FindingCode.RfMacPlaceholder, name, CheckStatus.Pass, "the MAC is one a station may have"),
        };
    }

    // A calibration that is lost is lost in every later backup as well.
    private static VerifyCheck Calibration(RfTable table, BekenChip chip)
    {
        const string name = "rf-calibrated";
        return RfFaults.Calibration(table) switch
        {
            { Code: FindingCode.RfGeneric } lost =>
                new(lost.Code, name, CheckStatus.Fail, lost.Message + " before this backup was made", table.Offset),
            { } lost => new(lost.Code, name, CheckStatus.Fail,
                "the RF table holds no calibration: it was lost before this backup was made", table.Offset),
            _ when DeviceRf.OtherChip(table, BekenChip.Unknown, chip) is { } foreign =>
                new(foreign.Code, name, CheckStatus.Fail, foreign.Message + "; programs and calibration are not of one device", table.Offset),
            _ => new(FindingCode.RfUncalibrated, name, CheckStatus.Pass, "the RF table holds calibration", table.Offset),
        };
    }
}
