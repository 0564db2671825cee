using BekenImage.Chips;
using BekenImage.Formats.LittleFs;

namespace BekenImage;

/// <summary>
/// Where a firmware looks for its data: the flash map compiled into it, for one chip and flavor. Physical addresses; the BK72xx have 2 MiB.
/// The bootloader's own partition table may say something else about app and download; the image tells. Immutable.
/// </summary>
public sealed class ChipLayout
{
    private readonly ProgramTable _programs;
    private readonly FlashRange? _configHome;
    private IReadOnlyList<FlashArea>? _areas;

    internal ChipLayout(ProgramTable programs, long rf, long net)
    {
        _programs = programs;
        Rf = new FlashRange(rf, FlashGeometry.SectorSize);
        Net = new FlashRange(net, FlashGeometry.SectorSize);
    }

    /// <summary>The app's partition in the table the firmware is laid out for, its header included.</summary>
    public FlashRange App => _programs.App;

    /// <summary>Where the firmware writes update packages, and the room its table gives them. Other areas may lie inside.</summary>
    public FlashRange? Download => _programs.Download;

    /// <summary>The sector with the RF table.</summary>
    public FlashRange Rf { get; }

    /// <summary>The network parameters; OpenBeken keeps its configuration here on the BK72xx.</summary>
    public FlashRange Net { get; }

    /// <summary>OpenBeken's configuration; null for other firmware.</summary>
    public FlashRange? ObkConfig => IsOpenBeken ? ConfigHome : null;

    /// <summary>OpenBeken's flash variables, 1.18.255 and later; null for other firmware.</summary>
    public FlashRange? FlashVars { get; internal init; }

    /// <summary>OpenBeken's LittleFS of the size it has where none is configured; null for other firmware.</summary>
    public FlashRange? LittleFs => LittleFsPlace?.RangeFor(0);

    /// <summary>Where OpenBeken's LittleFS ends, and how large it may be configured; null for other firmware.</summary>
    public LittleFsPlace? LittleFsPlace { get; internal init; }

    /// <summary>All named ranges, by ascending start: those above, the bootloader's slot, what else there is. They overlap.</summary>
    public IReadOnlyList<FlashArea> Areas => _areas ??= AllAreas();

    /// <summary>Where the firmware writes an update package.</summary>
    internal long Updates => _programs.Download.Start;

    /// <summary>OpenBeken's flash variables before 1.18.255.</summary>
    internal FlashRange? FlashVarsJournal { get; init; }

    /// <summary>Areas that have only a name and a place.</summary>
    internal IReadOnlyList<FlashArea> OtherAreas { get; init; } = [];

    internal bool IsOpenBeken { get; init; }

    /// <summary>Where OpenBeken keeps its configuration, and other firmware of the chip its network parameters, which lie there too.</summary>
    internal FlashRange ConfigHome
    {
        get => _configHome ?? Net;
        init => _configHome = value;
    }

    /// <summary>The layout of a firmware, or null where none is known.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="flavor">Whose firmware it is.</param>
    public static ChipLayout? For(BekenChip chip, FirmwareFlavor flavor) =>
        ChipRegistry.Find(chip)?.Layouts is { } layouts && layouts.TryGetValue(flavor, out var layout) ? layout : null;

    private FlashArea[] AllAreas()
    {
        var areas = new List<FlashArea>
        {
            new(PartitionNames.Bootloader, FlashGeometry.BootloaderSlot),
            new(PartitionNames.App, App),
            new(PartitionNames.Download, _programs.Download),
            new(PartitionNames.Rf, Rf),
        };
        if (ObkConfig is { } config)
            areas.Add(new FlashArea(PartitionNames.ObkConfig, config));
        if (ObkConfig != Net)
            areas.Add(new FlashArea(PartitionNames.Net, Net));
        if (FlashVars is { } variables)
            areas.Add(new FlashArea(PartitionNames.FlashVars, variables));
        if (LittleFs is { } files)
            areas.Add(new FlashArea(PartitionNames.LittleFs, files));
        areas.AddRange(OtherAreas);
        return areas.OrderBy(area => area.Range.Start).ToArray();
    }
}
