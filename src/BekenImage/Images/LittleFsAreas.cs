using BekenImage.Chips;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;

namespace BekenImage.Images;

/// <summary>OpenBeken's LittleFS of an image, and what is odd about it.</summary>
internal sealed class LittleFsAreas
{
    private const string LengthField = "lfsSize";

    private LittleFsAreas(LittleFsVolume? volume, IReadOnlyList<Finding> findings)
    {
        Volume = volume;
        Findings = findings;
    }

    /// <summary>The volume that counts: the one the firmware mounts, else the first that was found.</summary>
    public LittleFsVolume? Volume { get; }

    /// <summary>Findings of that volume, and superblocks that lead to none. Of other volumes, which an older firmware left, nothing is told.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <param name="image">The un-rotated image.</param>
    /// <param name="chip">Its chip: OpenBeken mounts by it, whatever firmware is there now.</param>
    /// <param name="map">The flash map of its own firmware.</param>
    /// <param name="configs">Its OpenBeken configurations.</param>
    /// <param name="phase">Where its first sector begins.</param>
    public static LittleFsAreas Read(
        ReadOnlyMemory<byte> image, BekenChip chip, ChipLayout? map, IReadOnlyList<ObkConfig> configs, int phase)
    {
        var findings = new List<Finding>();
        var volumes = FindAll(image, findings, phase);
        var place = ChipLayout.For(chip, FirmwareFlavor.OpenBeken)?.LittleFsPlace;
        var mounted = place?.Choose(volumes, ConfiguredLength(configs, map));
        var volume = mounted ?? volumes.FirstOrDefault(found => !found.IsDamaged) ?? volumes.FirstOrDefault();
        var others = new HashSet<Finding>(volumes.Where(other => other != volume).SelectMany(other => other.Findings));
        findings.RemoveAll(others.Contains);
        if (volume is not null && mounted is null && RangeFor(configs, map) is { } expected)
        {
            findings.Add(new Finding(FindingSeverity.Info, FindingCode.LittleFsElsewhere, FormattableString.Invariant(
                $"this LittleFS volume is not where this image's firmware looks for one (0x{expected.Start:x})"),
                volume.Offset, PartitionNames.LittleFs));
        }
        return new LittleFsAreas(volume, findings);
    }

    /// <summary>All volumes of an image, the usual ends of the known chips helping to tell block 0 from block 1.</summary>
    public static IReadOnlyList<LittleFsVolume> FindAll(ReadOnlyMemory<byte> image, ICollection<Finding>? findings = null, int phase = 0) =>
        LittleFsReader.FindAll(image, 0, findings, ChipRegistry.LittleFsEnds, phase);

    /// <summary>The volume of an image that a firmware with this map would mount, or null.</summary>
    public static LittleFsVolume? FindMounted(FlashImage image, ChipLayout map) =>
        map.LittleFsPlace?.Choose(FindAll(image.Bytes), ConfiguredLength(image.Content.Sectors.ObkConfigs, map));

    /// <summary>Where a firmware with this map keeps its volume, there or not; null where it keeps none.</summary>
    public static FlashRange? RangeFor(FlashImage image, ChipLayout? map) => RangeFor(image.Content.Sectors.ObkConfigs, map);

    private static FlashRange? RangeFor(IReadOnlyList<ObkConfig> configs, ChipLayout? map) =>
        map?.LittleFsPlace?.RangeFor(ConfiguredLength(configs, map) ?? 0);

    // Only a configuration that the firmware reads and believes says anything.
    private static long? ConfiguredLength(IReadOnlyList<ObkConfig> configs, ChipLayout? map) =>
        configs.FirstOrDefault(config => config.ChecksumOk && config.Offset == map?.ConfigHome.Start) is { } config
            ? config[LengthField] as long? ?? 0
            : null;
}
