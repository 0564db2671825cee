using BekenImage.Layouts;

namespace BekenImage.Reading;

/// <summary>
/// All partitions of an image: those of its partition table, the areas its firmware's flash map adds, and what a look at the sectors
/// found elsewhere.
/// </summary>
internal static class PartitionList
{
    private const long TuyaStorageLength = 0x12000;

    public static IReadOnlyList<Partition> Make(FlashImage image)
    {
        var partitions = new List<Partition>(image.Programs.Partitions);
        if (image.PhysicalBase == 0 && image.Origin.Start is ImageStart.Bootloader or ImageStart.Other)
            AddMapAreas(image, partitions);
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

    private static void AddFoundAreas(FlashImage image, List<Partition> partitions)
    {
        var sectors = image.Content.Sectors;
        foreach (var table in sectors.RfTables)
            Add(image, partitions, PartitionNames.Rf, new FlashRange(table.Offset, FlashMap.SectorSize), PartitionSource.Scan);
        foreach (var config in sectors.ObkConfigs)
            Add(image, partitions, PartitionNames.ObkConfig, new FlashRange(config.Offset, FlashMap.SectorSize), PartitionSource.Scan);
        if (sectors.TuyaStorage is { } tuya)
        {
            long length = Math.Min(TuyaStorageLength, image.Length - tuya);
            Add(image, partitions, PartitionNames.Tuya, new FlashRange(tuya, length), PartitionSource.Scan);
        }
    }

    // An area that is already known (by its place) is not added again; one clipped away by the end of the image is not there.
    private static void Add(FlashImage image, List<Partition> partitions, string name, FlashRange area, PartitionSource source)
    {
        var range = area.Intersect(new FlashRange(0, image.Length));
        if (range.IsEmpty || partitions.Any(partition => partition.Source != PartitionSource.Fal && partition.Range.Contains(range.Start) && !partition.IsStriped))
            return;
        partitions.Add(new Partition(Unique(name, partitions), range, false, source, null, null, null));
    }

    private static string Unique(string name, List<Partition> partitions)
    {
        string unique = name;
        for (int number = 2; partitions.Any(partition => partition.Name == unique); number++)
            unique = FormattableString.Invariant($"{name}-{number}");
        return unique;
    }
}
