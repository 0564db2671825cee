using BekenImage.Crypto;

namespace BekenImage.Formats.Fal;

/// <summary>Something about a partition table that no device can use, or that is dangerous.</summary>
internal sealed class FalFault(FindingCode code, string message, params FalPartition[] entries)
{
    public FindingCode Code { get; } = code;

    public string Message { get; } = message;

    /// <summary>The entries it is about; none where one is missing.</summary>
    public IReadOnlyList<FalPartition> Entries { get; } = entries;
}

/// <summary>
/// What a partition table must be: reading reports it, writing refuses it, and whoever makes a table asks here. Held by every table that was
/// seen: Tuya's, the SDK's, RT-Thread's with five entries, two of which have one name.
/// </summary>
internal static class FalRules
{
    /// <summary>No program that starts is shorter; its RBL header alone takes three pages.</summary>
    private const uint ShortestProgram = 0x1000;

    private static readonly string[] Programs = [PartitionNames.Bootloader, PartitionNames.App, PartitionNames.Download];

    /// <summary>Everything that is wrong with a table.</summary>
    /// <param name="table">Its entries.</param>
    /// <param name="flashLength">Length of the flash; the largest there is where that is not known.</param>
    /// <param name="around">What lies where the table speaks of; null where that is not known.</param>
    public static IEnumerable<FalFault> Check(IReadOnlyList<FalPartition> table, long flashLength, FalSurroundings? around = null)
    {
        foreach (string name in new[] { PartitionNames.Bootloader, PartitionNames.App }.Where(name => table.All(entry => entry.Name != name)))
            yield return new(FindingCode.FalTableUnusual, $"the partition table has no entry for the {name}");
        foreach (var twice in table.GroupBy(entry => entry.Name).Where(group => group.Count() > 1 && Programs.Contains(group.Key)))
            yield return new(FindingCode.FalTableUnusual, $"the partition table has {twice.Count()} entries '{twice.Key}'", twice.ToArray());
        foreach (var entry in table)
        {
            foreach (var fault in CheckEntry(entry, flashLength).Concat(CheckProgram(entry, around)))
                yield return fault;
        }
        for (int i = 0; i < table.Count; i++)
        {
            foreach (var other in table.Skip(i + 1).Where(other => other.PhysicalRange.Overlaps(table[i].PhysicalRange) && !IsDouble(table[i], other)))
            {
                yield return new(FindingCode.FalTableUnusual, FormattableString.Invariant(
                    $"'{table[i].Name}' ({table[i].PhysicalRange}) and '{other.Name}' ({other.PhysicalRange}) overlap in physical 0x{table[i].PhysicalRange.Intersect(other.PhysicalRange).Start:x}"),
                    table[i], other);
            }
        }
        // Every table that was seen has one; without it no update over the air has a place.
        if (table.All(entry => entry.Name != PartitionNames.Download))
            yield return new(FindingCode.FalTableUnusual, $"the partition table has no entry for the {PartitionNames.Download}");
    }

    /// <summary>Refuses a table for what it says anew; an entry the device has already is its own affair.</summary>
    /// <param name="table">The new entries.</param>
    /// <param name="present">Those there are.</param>
    /// <param name="flashLength">Length of the flash; the largest there is where that is not known.</param>
    /// <param name="rf">Where the calibration lies; null where that is not known.</param>
    /// <param name="around">What lies where the table speaks of; null where that is not known.</param>
    /// <exception cref="ImageGuardException">A device could not use it, or would lose its calibration by the first update.</exception>
    public static void Guard(
        IReadOnlyList<FalPartition> table, IReadOnlyList<FalPartition> present, long flashLength, FlashRange? rf, FalSurroundings? around = null)
    {
        var known = new HashSet<string>(Check(present, flashLength, around).Select(fault => fault.Message), StringComparer.Ordinal);
        foreach (var fault in Check(table, flashLength, around))
        {
            // Entries that are there each may still be wrong together: one of them twice.
            bool isNew = !known.Contains(fault.Message) || fault.Entries.Any(entry => !present.Any(other => IsSame(other, entry)));
            if (isNew)
                throw new ImageGuardException(fault.Code, fault.Message + "; nothing was written", fault.Entries.FirstOrDefault()?.PhysicalRange.Start);
        }
        // Tables of BK7231Q and U run over the calibration; none begins in it.
        var download = table.FirstOrDefault(entry => entry.Name == PartitionNames.Download);
        if (download is not null && rf is { } sector && sector.Contains(download.PhysicalRange.Start) && !present.Any(other => IsSame(other, download)))
        {
            throw new ImageGuardException(FindingCode.FalTableUnusual,
                $"'download' ({download.PhysicalRange}) begins where the calibration lies ({sector}): the first update would erase it; nothing was written", sector.Start);
        }
    }

    /// <summary>True when two entries say the same, whatever their CRC.</summary>
    public static bool IsSame(FalPartition left, FalPartition right) =>
        left.Name == right.Name && left.Flash == right.Flash && left.Offset == right.Offset && left.Length == right.Length;

    private static IEnumerable<FalFault> CheckEntry(FalPartition entry, long flashLength)
    {
        var range = entry.PhysicalRange;
        if (entry.Length == 0)
            yield return new(FindingCode.FalTableUnusual, $"'{entry.Name}' has no length", entry);
        if (range.End > flashLength)
        {
            yield return new(FindingCode.FalEntryRange, FormattableString.Invariant(
                $"'{entry.Name}' ({range}) reaches beyond the flash, which ends at 0x{flashLength:x}"), entry);
        }
        if (entry is { IsStriped: true, IsPhysical: false } && entry.Offset % FlashPages.DataSize != 0)
            yield return new(FindingCode.FalEntryRange, FormattableString.Invariant($"logical offset 0x{entry.Offset:x} of '{entry.Name}' is no page boundary"), entry);
        else if (entry is { IsStriped: true, IsPhysical: false } && entry.Length % FlashPages.DataSize != 0)
            yield return new(FindingCode.FalEntryRange, FormattableString.Invariant($"logical length 0x{entry.Length:x} of '{entry.Name}' is not whole pages"), entry);
        else if ((!entry.IsStriped || entry.IsPhysical) && entry.Offset % FlashGeometry.SectorSize != 0)
            yield return new(FindingCode.FalEntryRange, FormattableString.Invariant($"physical offset 0x{entry.Offset:x} of '{entry.Name}' is no sector boundary"), entry);
        else if (!entry.IsStriped && entry.Length % FlashGeometry.SectorSize != 0)
            yield return new(FindingCode.FalEntryRange, FormattableString.Invariant($"physical length 0x{entry.Length:x} of '{entry.Name}' is not whole sectors"), entry);
        if (entry.Name == PartitionNames.Bootloader && range.Start != 0)
            yield return new(FindingCode.FalTableUnusual, FormattableString.Invariant($"the bootloader begins at physical 0, not at 0x{range.Start:x}"), entry);
        if (entry.Name != PartitionNames.Bootloader && range.Overlaps(FlashGeometry.BootloaderSlot))
        {
            yield return new(FindingCode.FalTableUnusual,
                $"'{entry.Name}' ({range}) lies over the bootloader ({FlashGeometry.BootloaderSlot})", entry);
        }
    }

    // What runs lies in pages, and all of it in its partition: the bootloader looks for the header at the partition's end.
    private static IEnumerable<FalFault> CheckProgram(FalPartition entry, FalSurroundings? around)
    {
        if (entry.Name is not (PartitionNames.Bootloader or PartitionNames.App))
            yield break;
        var range = entry.PhysicalRange;
        if (!entry.IsStriped)
            yield return new(FindingCode.FalTableUnusual, $"'{entry.Name}' is code, which lies in pages: its flash is {FalPartition.StripedFlash}", entry);
        else if (entry.Length is > 0 and < ShortestProgram)
            yield return new(FindingCode.FalTableUnusual, FormattableString.Invariant($"'{entry.Name}' has no room for a program: its length is 0x{entry.Length:x}"), entry);
        else if (around?.InUse(entry.Name) is { } used && used.Start == range.Start && used.End > range.End)
        {
            yield return new(FindingCode.FalTableUnusual, FormattableString.Invariant(
                $"'{entry.Name}' ({range}) ends before the program in it does, which takes 0x{used.Length:x}"), entry);
        }
    }

    // Reported once already, as two entries of a name.
    private static bool IsDouble(FalPartition left, FalPartition right) => left.Name == right.Name && Programs.Contains(left.Name);
}
