using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>What a device holds besides programs, and whether it stays when its firmware changes.</summary>
internal static class DeviceData
{
    /// <summary>The name for every area at once.</summary>
    public const string All = "all";

    /// <summary>The data decides, not the app: a device that holds what this firmware would read is updated, every other is converted.</summary>
    public static CombineMode ModeFor(FlashImage device, AppIdentity app, ChipLayout? map) =>
        app.Flavor == FirmwareFlavor.OpenBeken && map is not null && IsThere(device, map) ? CombineMode.Update : CombineMode.Convert;

    /// <summary>The device's LittleFS volumes that stay.</summary>
    public static IReadOnlyList<FlashRange> KeptLittleFs(FlashImage device, ChipLayout? map, CombineMode mode, CombineOptions options) =>
        LittleFsAreas(device, map).Where(area => Stays(area, mode, options)).Select(area => area.Range).Distinct().ToArray();

    /// <summary>True when the device holds a configuration, a LittleFS or flash variables where this firmware looks for them.</summary>
    public static bool IsThere(FlashImage factory, ChipLayout map)
    {
        bool config = factory.Content.Sectors.ObkConfigs.Any(candidate => candidate.ChecksumOk && candidate.Offset == map.ConfigHome.Start);
        return config || LittleFsRange(factory, map) is not null || FlashVarsAreas.Read(factory.Bytes, map).HoldsVariables;
    }

    /// <summary>The LittleFS of the device where this firmware looks for it, or null.</summary>
    public static FlashRange? LittleFsRange(FlashImage factory, ChipLayout map) => Images.LittleFsAreas.FindMounted(factory, map)?.Range;

    /// <summary>The areas this firmware's map names, so that a plan can say what they are.</summary>
    public static IEnumerable<Partition> FirmwareAreas(FlashImage factory, ChipLayout? map)
    {
        if (map is null)
            yield break;
        var flashVars = FlashVarsAreas.Read(factory.Bytes, map);
        if (flashVars.Store is { } store)
            yield return Area(PartitionNames.FlashVars, new FlashRange(store.Offset, store.Bytes.Length));
        if (flashVars.Journal is { } journal)
            yield return Area(PartitionNames.FlashVars, new FlashRange(journal.Offset, journal.Bytes.Length));
        if (LittleFsRange(factory, map) is { } littleFs)
            yield return Area(PartitionNames.LittleFs, littleFs);
    }

    /// <summary>Every LittleFS there is to keep or to erase: where this firmware looks, and the one of the dump's own firmware.</summary>
    public static IEnumerable<Partition> LittleFsAreas(FlashImage factory, ChipLayout? map) => FirmwareAreas(factory, map)
        .Concat(factory.Partitions)
        .Where(area => IsNamed(area, PartitionNames.LittleFs));

    /// <summary>Whether bytes of an area stay. In an update everything does that is outside app and download; in a conversion nothing.</summary>
    public static bool Stays(Partition? owner, CombineMode mode, CombineOptions options)
    {
        if (owner?.Name is PartitionNames.App or PartitionNames.Download)
            return false;
        if (options.Rf == RfChoice.None && IsNamed(owner, PartitionNames.Rf) ||
            options.ObkConfigFrom == ObkConfigChoice.None && IsNamed(owner, PartitionNames.ObkConfig))
            return false;
        string name = NameOf(owner);
        if (options.Erase.Contains(name) || options.Erase.Contains(All))
            return options.Keep.Contains(name);
        return mode == CombineMode.Update || options.Keep.Contains(name) || options.Keep.Contains(All);
    }

    // A second one of a kind has a number behind its name.
    public static bool IsNamed(Partition? owner, string name) =>
        owner is not null && (owner.Name == name || owner.Name.StartsWith(name + "-", StringComparison.Ordinal));

    // Tuya's several areas are kept or erased together; so are the two homes of network parameters. What an area's name begins with is its
    // kind: of several the further ones have a number behind it, Tuya's a word.
    private static string NameOf(Partition? owner) => owner?.Name switch
    {
        null => string.Empty,
        { } name when name.StartsWith(PartitionNames.FastConnect, StringComparison.Ordinal) => PartitionNames.Net,
        { } name => CombineOptions.AreaNames.FirstOrDefault(known => name.StartsWith(known + "-", StringComparison.Ordinal)) ?? name,
    };

    private static Partition Area(string name, FlashRange range) => new(name, range, false, PartitionSource.Layout, null, null, null);
}
