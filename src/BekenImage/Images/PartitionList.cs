namespace BekenImage.Images;

/// <summary>
/// All partitions of an image: those of its partition table, the areas its firmware's flash map adds, and what a look at the sectors
/// found elsewhere.
/// </summary>
internal static class PartitionList
{
    public static IReadOnlyList<Partition> Make(FlashImage image)
    {
        var partitions = new List<Partition>(image.Programs.Partitions);
        AddTuyaAreas(image, partitions);
        if (image.PhysicalBase == 0 && image.Origin.Start is ImageStart.Bootloader or ImageStart.Other)
            AddMapAreas(image, partitions);
        // Before what is told by single sectors: a file may begin like one of those.
        if (image.LittleFs is { } volume)
            Add(image, partitions, PartitionNames.LittleFs, volume.Range, PartitionSource.Scan);
        AddFoundAreas(image, partitions);
        return partitions
            .OrderBy(partition => partition.Offset)
            .ThenByDescending(partition => partition.Length)
            .ToArray();
    }

    private static void AddMapAreas(FlashImage image, List<Partition> partitions)
    {
        if (image.Content.Map is not { } map)
            return;
        var sectors = image.Content.Sectors;
        bool rfIsElsewhere = sectors.RfTables.Count > 0 && sectors.RfTables.All(table => table.Offset != map.Rf.Start);
        if (!rfIsElsewhere)
            Add(image, partitions, PartitionNames.Rf, map.Rf, PartitionSource.Layout);
        bool isConfig = sectors.ObkConfigs.Any(config => config.Offset == map.Net.Start);
        Add(image, partitions, isConfig ? PartitionNames.ObkConfig : PartitionNames.Net, map.Net, PartitionSource.Layout);
        if (map.FlashVars is { } flashVars)
            Add(image, partitions, PartitionNames.FlashVars, flashVars, PartitionSource.Layout);
        foreach (var area in map.OtherAreas)
            Add(image, partitions, area.Name, area.Range, PartitionSource.Layout);
    }

    // What is there counts for more than where it usually lies: the storage has the length its blocks give it. Of two protected blocks the
    // one in front of the storage is the original, the one in the download partition its copy.
    private static void AddTuyaAreas(FlashImage image, List<Partition> partitions)
    {
        var tuya = image.TuyaContents;
        if (tuya.Storage is { } storage)
            Add(image, partitions, PartitionNames.Tuya, new FlashRange(storage.Offset, storage.Length), PartitionSource.Scan);
        foreach (var block in tuya.ProtectedBlocks.OrderByDescending(block => block.Offset))
            Add(image, partitions, PartitionNames.TuyaProtected, new FlashRange(block.Offset, FlashGeometry.SectorSize), PartitionSource.Scan);
        foreach (var area in tuya.FileSystem?.Areas ?? [])
            Add(image, partitions, PartitionNames.TuyaUf, area, PartitionSource.Scan);
    }

    private static void AddFoundAreas(FlashImage image, List<Partition> partitions)
    {
        var sectors = image.Content.Sectors;
        foreach (var table in sectors.RfTables)
            Add(image, partitions, PartitionNames.Rf, new FlashRange(table.Offset, FlashGeometry.SectorSize), PartitionSource.Scan);
        foreach (var config in sectors.ObkConfigs)
            Add(image, partitions, PartitionNames.ObkConfig, new FlashRange(config.Offset, FlashGeometry.SectorSize), PartitionSource.Scan);
        foreach (var table in sectors.NetParams)
            Add(image, partitions, PartitionNames.Net, new FlashRange(table.Offset, FlashGeometry.SectorSize), PartitionSource.Scan);
        foreach (var record in sectors.FastConnects)
            Add(image, partitions, PartitionNames.FastConnect, new FlashRange(record.Offset, FlashGeometry.SectorSize), PartitionSource.Scan);
        if (image.FlashVarsStore is { } store)
            Add(image, partitions, PartitionNames.FlashVars, new FlashRange(store.Offset, store.Bytes.Length), PartitionSource.Scan);
        if (image.FlashVarsJournal is { } journal)
            Add(image, partitions, PartitionNames.FlashVars, new FlashRange(journal.Offset, journal.Bytes.Length), PartitionSource.Scan);
    }

    // An area that is already known (by its place) is not added again; one clipped away by the end of the image is not there.
    private static void Add(FlashImage image, List<Partition> partitions, string name, FlashRange area, PartitionSource source)
    {
        var range = area.Intersect(new FlashRange(0, image.Length));
        if (range.IsEmpty || partitions.Any(partition => Covers(partition, range.Start, name)))
            return;
        partitions.Add(new Partition(Unique(name, partitions), range, false, source, null, null, null));
    }

    // Tuya's large areas may be left over from the firmware before this one, whose own areas lie inside them.
    private static bool Covers(Partition partition, long start, string name) =>
        partition.Source != PartitionSource.Fal && !partition.IsStriped && partition.Range.Contains(start) &&
        (IsTuya(name) || !IsTuya(partition.Name));

    private static bool IsTuya(string name) => name.StartsWith(PartitionNames.Tuya, StringComparison.Ordinal);

    private static string Unique(string name, List<Partition> partitions)
    {
        string unique = name;
        for (int number = 2; partitions.Any(partition => partition.Name == unique); number++)
            unique = FormattableString.Invariant($"{name}-{number}");
        return unique;
    }
}
