using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Firmware;

/// <summary>One thing that stands against an app at its place on a device.</summary>
internal sealed class AppObstacle(FindingCode code, string message, long offset, long needed = 0, long room = 0, string? area = null)
{
    public FindingCode Code { get; } = code;

    /// <summary>What is in the way, both sizes in it.</summary>
    public string Message { get; } = message;

    /// <summary>Physical offset of what is in the way.</summary>
    public long Offset { get; } = offset;

    /// <summary>Physical bytes the app takes; 0 where its size does not matter.</summary>
    public long Needed { get; } = needed;

    /// <summary>Physical bytes there are for it; 0 where its size does not matter.</summary>
    public long Room { get; } = room;

    /// <summary>True where only the firmware's map says that it is in the way, which may be a guess.</summary>
    public bool IsByMap { get; init; }

    /// <summary>The device's area that is in the way; null where none of its own is.</summary>
    public string? Area { get; } = area;
}

/// <summary>
/// Does an app fit the device: linked for its place, no longer than its partition, clear of what its firmware writes, and its partition
/// clear of files that stay. Linting and combining ask here, so that they answer alike.
/// </summary>
internal static class AppFit
{
    /// <summary>The app's partition in a bootloader's table, physical; null where the table has none that begins on a page.</summary>
    public static FlashRange? PartitionOf(FalTable? fal) =>
        fal?.Find(PartitionNames.App) is { IsStriped: true } app && app.Offset % FlashPages.DataSize == 0 ? app.PhysicalRange : null;

    /// <summary>Whether an app is linked for another place; null where it fits, or does not tell.</summary>
    public static AppObstacle? CheckLink(ReadOnlySpan<byte> plain, FlashRange partition)
    {
        long logical = new PhysicalAddress(partition.Start).ToLogical().Value;
        return ArmVectors.LinkedElsewhere(plain, logical) is { } linked
            ? new(FindingCode.AddressUnknown, FormattableString.Invariant(
                $"the firmware is linked for logical 0x{linked:x}, the device's app begins at logical 0x{logical:x}"), partition.Start)
            : null;
    }

    /// <summary>Everything an app is too large for, the partition's own end first. Nothing: it fits.</summary>
    /// <param name="length">Bytes of the plain app.</param>
    /// <param name="partition">The app's partition in the table of the device's bootloader.</param>
    /// <param name="map">Where the firmware looks for its data; null where that is not known.</param>
    /// <param name="device">The device, whose configuration says how large its LittleFS is; null where only its kind is known.</param>
    /// <param name="kept">Ranges of the device's files that stay.</param>
    public static IEnumerable<AppObstacle> Check(int length, FlashRange partition, ChipLayout? map, FlashImage? device, IEnumerable<FlashRange> kept)
    {
        long needed = PageGrid.StoredLength(length);
        long room = RblHeader.OffsetAtEndOf(partition) - partition.Start;
        if (needed > room)
        {
            yield return new(FindingCode.AppTooLarge, FormattableString.Invariant(
                $"the app needs 0x{needed:x} bytes, the device's app partition has 0x{room:x} before its header"), partition.Start, needed, room);
        }
        foreach (var (what, at) in WrittenByFirmware(map, device).Where(area => area.At >= partition.Start && partition.Start + needed > area.At))
        {
            yield return new(FindingCode.AppTooLarge, FormattableString.Invariant(
                $"the app needs 0x{needed:x} bytes, but this firmware writes its {what} 0x{at - partition.Start:x} bytes behind the app's start (at 0x{at:x})"),
                at, needed, at - partition.Start) { IsByMap = true };
        }
        // The partition is written to its end, where the header lies: a large volume reaches into it on some layouts.
        foreach (var files in kept.Where(partition.Overlaps))
        {
            yield return new(FindingCode.RegionsOverlap, FormattableString.Invariant(
                $"the app's partition ({partition}, 0x{partition.Length:x} bytes) is written over the device's LittleFS ({files}, 0x{files.Length:x} bytes)") +
                "; save its files, then let it be erased", files.Start, partition.Length, files.Start - partition.Start, PartitionNames.LittleFs);
        }
    }

    private static IEnumerable<(string What, long At)> WrittenByFirmware(ChipLayout? map, FlashImage? device)
    {
        if (map is null)
            yield break;
        yield return ("update package", map.Updates);
        yield return ("configuration", map.ConfigHome.Start);
        if (LittleFs(map, device) is { } littleFs)
            yield return ("LittleFS", littleFs.Start);
    }

    private static FlashRange? LittleFs(ChipLayout map, FlashImage? device) =>
        device is null ? map.LittleFs : LittleFsAreas.RangeFor(device, map);
}
