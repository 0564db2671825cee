using BekenImage.Formats.LittleFs;

namespace BekenImage.Chips;

/// <summary>A named range of a flash map.</summary>
internal sealed class FlashArea(string name, long start, long length)
{
    public string Name { get; } = name;

    public FlashRange Range { get; } = new(start, length);
}

/// <summary>
/// Where a firmware looks for its data: the flash map compiled into it, for one chip and flavor. Physical addresses of a 2 MiB chip.
/// Source: Chips/FORMAT.md.
/// </summary>
internal sealed class FlashMap
{
    private FlashMap(long rf, long net, long updates)
    {
        Rf = new FlashRange(rf, FlashGeometry.SectorSize);
        Net = new FlashRange(net, FlashGeometry.SectorSize);
        Updates = updates;
    }

    /// <summary>The sector with the RF table.</summary>
    public FlashRange Rf { get; }

    /// <summary>The network parameters; OpenBeken keeps its configuration here.</summary>
    public FlashRange Net { get; }

    /// <summary>Where the firmware writes an update package.</summary>
    public long Updates { get; }

    /// <summary>OpenBeken's flash variables, 1.18.255 and later.</summary>
    public FlashRange? FlashVars { get; private init; }

    /// <summary>OpenBeken's flash variables before 1.18.255.</summary>
    public FlashRange? FlashVarsJournal { get; private init; }

    /// <summary>Where OpenBeken keeps its LittleFS; the start depends on the configured size.</summary>
    public LittleFsPlace? LittleFs { get; private init; }

    /// <summary>Areas that have only a name and a place.</summary>
    public IReadOnlyList<FlashArea> OtherAreas { get; private init; } = [];

    /// <summary>The map of a firmware, or null where none is known.</summary>
    public static FlashMap? For(BekenChip chip, FirmwareFlavor flavor) => flavor switch
    {
        FirmwareFlavor.Tuya => ForTuya(chip),
        FirmwareFlavor.OpenBeken => ForOpenBeken(chip),
        FirmwareFlavor.BekenFreeRtos => ForSdk(chip),
        FirmwareFlavor.LibreTiny => ForLibreTiny(chip),
        _ => null,
    };

    private static FlashMap? ForTuya(BekenChip chip) => chip switch
    {
        BekenChip.BK7231T => new FlashMap(0x1E0000, 0x1E1000, 0x132000)
        {
            OtherAreas =
            [
                new(PartitionNames.FastConnect, 0x1E2000, FlashGeometry.SectorSize),
                new(PartitionNames.TuyaUf, 0x1E3000, 0xB000),
                new(PartitionNames.TuyaUf + "-2", 0x1D8000, 0x8000),
                new(PartitionNames.TuyaUf + "-3", 0x12A000, 0x8000),
                new(PartitionNames.Tuya, 0x1EE000, 0x12000),
            ],
        },
        BekenChip.BK7231N or BekenChip.BK7231M or BekenChip.BL2028N => new FlashMap(0x1D0000, 0x1D1000, 0x12A000)
        {
            OtherAreas =
            [
                new(PartitionNames.TuyaUf, 0x1D2000, 0x18000),
                new(PartitionNames.TuyaProtected, 0x1ED000, FlashGeometry.SectorSize),
                new(PartitionNames.Tuya, 0x1EE000, 0x12000),
            ],
        },
        BekenChip.BK7231Q => new FlashMap(0x1E0000, 0x1E1000, 0x132000)
        {
            OtherAreas =
            [
                new(PartitionNames.FastConnect, 0x1E2000, FlashGeometry.SectorSize),
                new(PartitionNames.TuyaUf, 0x1E3000, 0x8000),
                new(PartitionNames.Tuya, 0x1EB000, 0x15000),
            ],
        },
        BekenChip.BK7238 => new FlashMap(0x1E3000, 0x1E2000, 0x12C000)
        {
            OtherAreas = [new(PartitionNames.Tuya, 0x1F5000, 0xB000)],
        },
        _ => null,
    };

    private static FlashMap? ForOpenBeken(BekenChip chip) => chip switch
    {
        BekenChip.BK7231N or BekenChip.BK7231M or BekenChip.BL2028N => OpenBeken(chip, 0x1D0000, 0x12A000),
        BekenChip.BK7231T => OpenBeken(chip, 0x1E0000, 0x132000),
        BekenChip.BK7231U or BekenChip.BK7238 or BekenChip.BK7252 or BekenChip.BK7252N => OpenBeken(chip, 0x1E0000, 0x132000),
        _ => null,
    };

    private static FlashMap OpenBeken(BekenChip chip, long rf, long updates) => new(rf, rf + FlashGeometry.SectorSize, updates)
    {
        FlashVars = new FlashRange(0x1E5000, 0x8000),
        FlashVarsJournal = new FlashRange(rf + 0x3000, 0x2000),
        LittleFs = LittleFsPlace.For(chip),
    };

    // BL2028N with its factory firmware keeps RF where the other chips do, not where BK7231N firmware looks.
    private static FlashMap? ForSdk(BekenChip chip) => chip switch
    {
        BekenChip.BK7231N or BekenChip.BK7231M => new FlashMap(0x1D0000, 0x1D1000, 0x132000),
        BekenChip.BL2028N => new FlashMap(0x1E0000, 0x1E1000, 0x132000)
        {
            OtherAreas = [new(PartitionNames.FastConnect, 0x1E2000, FlashGeometry.SectorSize)],
        },
        BekenChip.BK7231T or BekenChip.BK7231U or BekenChip.BK7231Q or BekenChip.BK7238 or BekenChip.BK7252 or BekenChip.BK7252N =>
            new FlashMap(0x1E0000, 0x1E1000, 0x132000),
        _ => null,
    };

    private static FlashMap? ForLibreTiny(BekenChip chip) => chip switch
    {
        BekenChip.Unknown => null,
        BekenChip.BK7231N or BekenChip.BK7231M or BekenChip.BL2028N => new FlashMap(0x1D0000, 0x1D1000, 0x12A000)
        {
            OtherAreas = [new("kvs", 0x1D3000, 0x8000), new("userdata", 0x1DB000, 0x25000)],
        },
        BekenChip.BK7238 => new FlashMap(0x1E3000, 0x1E2000, 0x12C000)
        {
            OtherAreas = [new("kvs", 0x1E4000, 0x8000), new("userdata", 0x1EC000, 0x14000)],
        },
        _ => new FlashMap(0x1E0000, 0x1E1000, 0x132000)
        {
            OtherAreas = [new("kvs", 0x1D8000, 0x8000), new("userdata", 0x1E3000, 0x1D000)],
        },
    };
}
