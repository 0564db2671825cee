using BekenImage.Chips;
using BekenImage.Editing;
using BekenImage.Firmware;
using BekenImage.Formats.Fal;
using BekenImage.IO;

namespace BekenImage.Combining;

/// <summary>
/// Plans a combined image for BK7236, BK7258 and their kin, where nothing is enciphered: each program of the firmware goes where the table
/// of the device's bootloader has it, and was linked for. There is no header behind it. Calibration and network parameters stay: they are
/// the chip's, and lie in the same sectors whatever firmware there is.
/// </summary>
internal sealed class ArminoPlanner : CombinePlanner
{
    private readonly ArminoInputs _inputs;
    private long _end;

    public ArminoPlanner(ArminoInputs inputs, CombineOptions options, List<Finding> findings)
        : base(inputs, options, findings)
    {
        _inputs = inputs;
        App = PlaceOf(inputs.Programs.App).PhysicalRange;
        _end = inputs.LinearLength ?? FlashGeometry.BootloaderSlot.End;
    }

    protected override FlashRange App { get; }

    protected override long ProgramsEnd => _end;

    protected override bool IsPartial => _inputs.LinearLength is not null;

    protected override bool IsProgram(ImageRegion region) => _inputs.Programs.Programs.Any(program => program.Name == region.Name && program.Used > 0);

    protected override void AddPrograms()
    {
        var bootloader = _inputs.Bootloader;
        Map.AddBootloader(new ImageRegion(
            PartitionNames.Bootloader, FlashGeometry.BootloaderSlot, bootloader.Origin, bootloader.Slot, bootloader.FromFile, 0, bootloader.Reason));
        var programs = _inputs.Programs.Programs.ToDictionary(program => program.Name, program => (program, place: PlaceOf(program)));
        foreach (var (program, place) in programs.Values)
            Add(program, place);
        foreach (var place in Places.Where(place => !programs.ContainsKey(place.Name)))
            Keep(place);
    }

    // ---- programs ----------------------------------------------------------------------------------------------------------------

    private IEnumerable<FalPartition> Places => _inputs.Fal.InForce.Where(entry => entry.IsStriped && entry.Name != PartitionNames.Bootloader);

    private FalPartition PlaceOf(ArminoProgram program) =>
        Places.FirstOrDefault(entry => entry.Name == program.Name) ?? throw new ImageGuardException(FindingCode.AddressUnknown,
            $"the device's partition table has no place for the firmware's '{program.Name}'; there is no default address").About(Blame.Firmware);

    private void Add(ArminoProgram program, FalPartition place)
    {
        if ((program.CheckLink(place) ?? program.CheckSize(place)) is { } obstacle)
            throw Refuse(obstacle);
        var range = place.PhysicalRange;
        // Before anything is made of the length, which is a number from an image.
        WriteGuards.Check(range, Map.FlashLength, program.Name, FlashGeometry.BootloaderSlot);
        if (program.Name == PartitionNames.App && AppFit.CheckSurroundings(program.Used, range, _inputs.Map, Factory, KeptFiles()).FirstOrDefault() is { } other)
            throw Refuse(other);
        _end = Math.Max(_end, program.EndIn(range));
        Map.Add(new ImageRegion(
            program.Name, range, program.IsPaged ? RegionOrigin.Firmware : RegionOrigin.Built, program.ToSlot(range), Options.FirmwareName, program.Offset,
            program.IsPaged ? "the firmware's pages, where the device's table has them and they are linked for" : "the firmware's program in pages, where the device's table has it and it is linked for"));
    }

    private void Keep(FalPartition place)
    {
        var range = place.PhysicalRange;
        WriteGuards.Check(range, Map.FlashLength, place.Name, FlashGeometry.BootloaderSlot);
        var content = range.Of(Factory.Bytes);
        if (ByteRuns.IsErased(content.Span))
        {
            Map.Add(new ImageRegion(place.Name, range, RegionOrigin.Erased, default, null, null, "erased before, and still"));
            return;
        }
        Map.Add(new ImageRegion(place.Name, range, RegionOrigin.Factory, content, Options.FactoryName, range.Start, "the firmware brings none; the device's own stays"));
        Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.ProgramNotBrought,
            $"the firmware brings no '{place.Name}'; the device's own stays, and whether it goes with the new app is not known", range.Start, place.Name)
            { Subject = Blame.Firmware });
    }

    // ---- step 4: calibration and network parameters --------------------------------------------------------------------------------

    // Also where the table cannot be read here: no dump of such a device was to be had when its formats were written down.
    protected override void AddKept()
    {
        var layouts = ChipRegistry.Find(_inputs.Chip)?.Layouts.Values ?? [];
        if (Map.Find(PartitionNames.Rf) is null && Options.Rf != RfChoice.None)
            Keep(PartitionNames.Rf, [.. layouts.Select(layout => layout.Rf.Start), Map.FlashLength - 2 * FlashGeometry.SectorSize]);
        bool erases = Options.Erase.Contains(PartitionNames.Net) || Options.Erase.Contains(DeviceData.All);
        if (!erases || Options.Keep.Contains(PartitionNames.Net))
            Keep(PartitionNames.Net, [.. layouts.Select(layout => layout.Net.Start), Map.FlashLength - FlashGeometry.SectorSize]);
    }

    private void Keep(string name, IEnumerable<long> sectors)
    {
        foreach (long start in sectors)
        {
            var sector = new FlashRange(start, FlashGeometry.SectorSize);
            if (sector.End > Map.FlashLength || Map.Overlaps(sector) || ByteRuns.IsErased(sector.Of(Factory.Bytes).Span))
                continue;
            Map.Add(new ImageRegion(name, sector, RegionOrigin.Factory, sector.Of(Factory.Bytes), Options.FactoryName, start,
                "of the chip, not of its firmware: it stays as it is"));
        }
    }

    // ---- step 9: updates ---------------------------------------------------------------------------------------------------------

    protected override void JudgeUpdates()
    {
        if (_inputs.Map is not { } map || _inputs.Fal.Find(PartitionNames.Download) is not { IsStriped: false } download || download.Offset == map.Updates)
            return;
        Warn(FindingCode.UpdateAddressesDiffer, FormattableString.Invariant(
            $"this firmware writes over-the-air updates to 0x{map.Updates:x}, the bootloader looks at 0x{download.Offset:x}: they will not work"), map.Updates);
    }
}
