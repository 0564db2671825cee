using BekenImage.Formats.Fal;

namespace BekenImage.Combining;

/// <summary>The partition table a firmware was laid out for, written with the names and in the order of a device's bootloader.</summary>
internal static class FirmwareTable
{
    /// <exception cref="ImageGuardException">It is not known where the firmware expects its partitions, or no device could use them.</exception>
    public static IReadOnlyList<FalPartition> For(FalTable device, FlashImage firmware, ChipLayout? map)
    {
        var (app, download) = PartitionsOf(firmware, map);
        var table = device.Partitions.Select(entry => entry.Name switch
        {
            PartitionNames.App => Like(entry, app),
            PartitionNames.Download => Like(entry, download),
            _ => entry,
        }).ToArray();
        Blame.On(Blame.Firmware, () => FalRules.Guard(table, device.Partitions, FlashGeometry.MaximumImageLength, rf: null));
        return table;
    }

    // The table of the firmware's own bootloader, where it comes with one. In a dump the bootloader is the device's: its table is the
    // firmware's only where that finds its updates by it. Else what its flash map says.
    private static ((uint Offset, uint Length) App, (uint Offset, uint Length) Download) PartitionsOf(FlashImage firmware, ChipLayout? map)
    {
        if (firmware.Fal?.Find(PartitionNames.App) is { IsStriped: true } app &&
            firmware.Fal.Find(PartitionNames.Download) is { IsStriped: false } download &&
            (firmware.Kind != ImageKind.Dump || map?.Download is null || download.Offset == map.Updates))
            return ((app.Offset, app.Length), (download.Offset, download.Length));
        if (map?.Download is not { } updates)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "it is not known for which partition table this firmware was made; give its QIO, which carries one").About(Blame.Firmware);
        }
        long logicalEnd = new PhysicalAddress(map.App.End).ToLogical().Value;
        return ((FlashGeometry.AppLogicalAddress, (uint)(logicalEnd - FlashGeometry.AppLogicalAddress)), ((uint)updates.Start, (uint)updates.Length));
    }

    // Tuya's bootloaders store no CRC with their entries, the SDK's do: the device gets what its own bootloader is used to.
    private static FalPartition Like(FalPartition entry, (uint Offset, uint Length) place) => new(
        FalWriter.Entry(entry.Name, entry.Flash, place.Offset, place.Length, withCrc: entry.CrcOk is not null));
}
