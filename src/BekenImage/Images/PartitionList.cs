using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <summary>
/// All partitions of an image: those of its partition table, the areas its firmware's flash map adds, and what a look at the sectors
/// found elsewhere.
/// </summary>
internal sealed class PartitionList
{
    private readonly List<Partition> _partitions;
    private readonly FlashRange _image;

    private PartitionList(IEnumerable<Partition> programs, long length)
    {
        _partitions = [.. programs];
        _image = new FlashRange(0, length);
    }

    /// <param name="origin">What the image begins with: only one that counts from physical 0 has the areas of a flash map.</param>
    /// <param name="programs">The programs, and the partitions of the bootloader's table.</param>
    /// <param name="map">The flash map of the firmware; null where none is known.</param>
    /// <param name="sectors">What single sectors hold.</param>
    /// <param name="tuya">What Tuya's firmware keeps.</param>
    /// <param name="flashVars">OpenBeken's flash variables.</param>
    /// <param name="littleFs">OpenBeken's LittleFS; null where there is none.</param>
    /// <returns>In physical order; ranges may contain each other.</returns>
    public static IReadOnlyList<Partition> Make(
        ImageOrigin origin, ProgramLayout programs, ChipLayout? map, SectorScan sectors, TuyaContents tuya, FlashVarsAreas flashVars, LittleFsVolume? littleFs)
    {
        var list = new PartitionList(programs.Partitions, origin.Bytes.Length);
        list.AddTuyaAreas(tuya);
        if (map is not null && origin.Start is ImageStart.Bootloader or ImageStart.LostBootloader or ImageStart.Other)
            list.AddMapAreas(map, sectors);
        // Before what is told by single sectors: a file may begin like one of those.
        if (littleFs is not null)
            list.Add(PartitionNames.LittleFs, littleFs.Range, PartitionSource.Scan);
        list.AddFoundAreas(sectors, flashVars);
        return list._partitions
            .OrderBy(partition => partition.Offset)
            .ThenByDescending(partition => partition.Length)
            .ToArray();
    }

    private void AddMapAreas(ChipLayout map, SectorScan sectors)
    {
        bool rfIsElsewhere = sectors.RfTables.Count > 0 && sectors.RfTables.All(table => table.Offset != map.Rf.Start);
        if (!rfIsElsewhere)
            Add(PartitionNames.Rf, map.Rf, PartitionSource.Layout);
        if (sectors.ObkConfigs.Any(config => config.Offset == map.ConfigHome.Start))
            Add(PartitionNames.ObkConfig, map.ConfigHome, PartitionSource.Layout);
        Add(PartitionNames.Net, map.Net, PartitionSource.Layout);
        if (map.FlashVars is { } flashVars)
            Add(PartitionNames.FlashVars, flashVars, PartitionSource.Layout);
        foreach (var area in map.OtherAreas)
            Add(area.Name, area.Range, PartitionSource.Layout);
    }

    // What is there counts for more than where it usually lies: the storage has the length its blocks give it. Of two protected blocks the
    // one in front of the storage is the original, the one in the download partition its copy.
    private void AddTuyaAreas(TuyaContents tuya)
    {
        if (tuya.Storage is { } storage)
            Add(PartitionNames.Tuya, new FlashRange(storage.Offset, storage.Length), PartitionSource.Scan);
        foreach (var block in tuya.ProtectedBlocks.OrderByDescending(block => block.Offset))
            AddSector(PartitionNames.TuyaProtected, block.Offset);
        foreach (var area in tuya.FileSystem?.Areas ?? [])
            Add(PartitionNames.TuyaUf, area, PartitionSource.Scan);
    }

    private void AddFoundAreas(SectorScan sectors, FlashVarsAreas flashVars)
    {
        foreach (var table in sectors.RfTables)
            AddSector(PartitionNames.Rf, table.Offset);
        foreach (var config in sectors.ObkConfigs)
            AddSector(PartitionNames.ObkConfig, config.Offset);
        foreach (var table in sectors.NetParams)
            AddSector(PartitionNames.Net, table.Offset);
        foreach (var record in sectors.FastConnects)
            AddSector(PartitionNames.FastConnect, record.Offset);
        if (flashVars.Store is { } store)
            Add(PartitionNames.FlashVars, new FlashRange(store.Offset, store.Bytes.Length), PartitionSource.Scan);
        if (flashVars.Journal is { } journal)
            Add(PartitionNames.FlashVars, new FlashRange(journal.Offset, journal.Bytes.Length), PartitionSource.Scan);
    }

    private void AddSector(string name, long offset) =>
        Add(name, new FlashRange(offset, FlashGeometry.SectorSize), PartitionSource.Scan);

    // An area that is already known (by its place) is not added again; one clipped away by the end of the image is not there.
    private void Add(string name, FlashRange area, PartitionSource source)
    {
        var range = area.Intersect(_image);
        if (range.IsEmpty || _partitions.Any(partition => Covers(partition, range.Start, name)))
            return;
        _partitions.Add(new Partition(Unique(name), range, false, source, null, null, null));
    }

    // Tuya's large areas may be left over from the firmware before this one, whose own areas lie inside them.
    private static bool Covers(Partition partition, long start, string name) =>
        partition.Source != PartitionSource.Fal && !partition.IsStriped && partition.Range.Contains(start) &&
        (IsTuya(name) || !IsTuya(partition.Name));

    private static bool IsTuya(string name) => name.StartsWith(PartitionNames.Tuya, StringComparison.Ordinal);

    private string Unique(string name)
    {
        string unique = name;
        for (int number = 2; _partitions.Any(partition => partition.Name == unique); number++)
            unique = FormattableString.Invariant($"{name}-{number}");
        return unique;
    }
}
