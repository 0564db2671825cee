using BekenImage.Formats.Tuya;

namespace BekenImage.Report.Model;

/// <summary>What a region is for, which decides its colour and pattern.</summary>
internal enum RegionClass
{
    Bootloader,
    App,
    Update,
    Calibration,
    Network,
    Settings,
    Vendor,
    Files,
    Other,
    Gap,
}

/// <summary>A region of the map with the words that go with it.</summary>
internal sealed class RegionRow
{
    private RegionRow(int number, FlashRegion region, FlashImage image)
    {
        Number = number;
        Region = region;
        // A file that is there for another one is not a flash: all of it is the package.
        bool isPackage = region.Owner is null && image.Partitions.Count == 0 && image.Kind is ImageKind.Ota or ImageKind.Ug or ImageKind.Package;
        Class = isPackage ? RegionClass.Update : ClassOf(region);
        Content = isPackage ? "the package" : ContentOf(region, image);
    }

    /// <summary>Its place on the map, from 1 on.</summary>
    public int Number { get; }

    public FlashRegion Region { get; }

    public RegionClass Class { get; }

    public string Content { get; }

    public string Name => Region.Piece == 0 ? Region.Name : $"{Region.Name} ({Words.Number(Region.Piece)})";

    public string Origin => ImageFacts.Source(Region.Source);

    public string Logical => Region.LogicalStart is { } start ? $"{Words.Hex(start.Value)} + {Words.Hex(Region.LogicalLength)}" : "-";

    public string Pages => Region.Pages is { } pages
        ? $"{Words.Number(pages.Valid)} / {Words.Number(pages.Erased)} / {Words.Number(pages.Bad)}" : "-";

    public string State => Region.IsErased ? "erased"
        : Region.DamagedBytes > 0 ? "damaged: " + Words.Count(Region.DamagedBytes / 34, "page")
        : Region.Erased * 200 < Region.Length ? "full" : Words.Percent(Region.Length - Region.Erased, Region.Length) + " written";

    public Tone StateTone => Region.IsErased ? Tone.Muted : Region.DamagedBytes > 0 ? Tone.Bad : Tone.Plain;

    public static IReadOnlyList<RegionRow> Of(FlashMap map, FlashImage image) =>
        map.Regions.Select((region, index) => new RegionRow(index + 1, region, image)).ToArray();

    private static RegionClass ClassOf(FlashRegion region)
    {
        if (region.Owner is null)
            return RegionClass.Gap;
        string name = WithoutNumber(region.Name);
        if (name.IndexOf("boot", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("manifest", StringComparison.Ordinal) >= 0 || name.StartsWith("bl", StringComparison.Ordinal))
            return RegionClass.Bootloader;
        return name switch
        {
            PartitionNames.Download or "ota" => RegionClass.Update,
            PartitionNames.Rf => RegionClass.Calibration,
            PartitionNames.Net or PartitionNames.FastConnect => RegionClass.Network,
            PartitionNames.ObkConfig or PartitionNames.FlashVars => RegionClass.Settings,
            PartitionNames.Tuya or PartitionNames.TuyaProtected or PartitionNames.TuyaUf => RegionClass.Vendor,
            PartitionNames.LittleFs or "kvs" or "userdata" => RegionClass.Files,
            _ => region.LogicalStart is not null ? RegionClass.App : RegionClass.Other,
        };
    }

    private static string ContentOf(FlashRegion region, FlashImage image)
    {
        if (region.Owner is null)
            return region.IsErased ? "free" : "something that nothing claims";
        if (region.IsErased)
            return "erased";
        string name = WithoutNumber(region.Name);
        return name switch
        {
            PartitionNames.Bootloader => Program(image.BootVersion, region, image),
            PartitionNames.App => Program(image.Flavor == FirmwareFlavor.Unknown ? null : FirmwareWords.Of(image.Flavor, image.AppVersion), region, image),
            PartitionNames.Download => image.Containers.Any(container => !container.IsBehindPayload && region.Range.Contains(container.Offset))
                ? "an update package" : "no update package; what lies here is left over or another's",
            PartitionNames.Rf => image.RfTables.FirstOrDefault(table => region.Range.Contains(table.Offset)) is { } table
                ? $"RF table, {Words.Count(table.Items.Count, "item")}, {(table.IsCalibrated ? "calibrated" : "not calibrated")}" : "no RF table",
            PartitionNames.Net => image.NetParamTables.Any(table => region.Range.Contains(table.Offset)) ? "network parameters" : "no network parameters",
            PartitionNames.FastConnect => image.FastConnectRecords.Any(record => region.Range.Contains(record.Offset))
                ? "the Wi-Fi network of the last connection" : "no record",
            PartitionNames.ObkConfig => image.ObkConfig is { } config && region.Range.Contains(config.Offset)
                ? $"OpenBeken's configuration, version {Words.Number(config.Version)}" : "no valid configuration",
            PartitionNames.FlashVars => "OpenBeken's flash variables",
            PartitionNames.LittleFs => image.LittleFs is { } volume ? $"file system, {Words.Count(volume.Files.Count, "file")}" : "no file system",
            PartitionNames.Tuya => image.TuyaStorage is { } storage ? $"Tuya's storage, {Words.Count(storage.Values.Count, "value")}" : "Tuya's storage",
            PartitionNames.TuyaProtected => Protected(image.TuyaContents.ProtectedBlocks, region),
            PartitionNames.TuyaUf => image.TuyaContents.FileSystem is { } files ? $"Tuya's file system, {Words.Count(files.Files.Count, "file")}" : "Tuya's file system",
            _ => region.LogicalStart is not null ? "a program" : "data",
        };
    }

    private static string Protected(IReadOnlyList<TuyaProtectedBlock> blocks, FlashRegion region) =>
        blocks.FirstOrDefault(block => region.Range.Contains(block.Offset)) is { } found ? $"protected block, {Words.Count(found.Entries.Count, "entry", "entries")}" : "protected block";

    private static string Program(string? what, FlashRegion region, FlashImage image)
    {
        string key = region.Owner!.IsEncrypted ? region.Owner.Key is null && region.Owner.AesKey is null ? ", key unknown" : ", encrypted" : ", not encrypted";
        string header = image.Containers.Any(container => container.IsBehindPayload && region.Range.Contains(container.Offset)) ? ", with its header" : string.Empty;
        return (what ?? "a program") + key + header;
    }

    private static string WithoutNumber(string name)
    {
        int dash = name.LastIndexOf('-');
        return dash > 0 && dash + 1 < name.Length && name.Skip(dash + 1).All(digit => digit is >= '0' and <= '9') ? name.Substring(0, dash) : name;
    }
}
