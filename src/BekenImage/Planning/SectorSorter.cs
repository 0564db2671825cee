using BekenImage.Formats.Rbl;
using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage.Planning;

/// <summary>Tells of each sector that changes in which phase it does.</summary>
internal sealed class SectorSorter
{
    private readonly PlanInputs _inputs;
    private readonly PlannedResult _result;
    private readonly AreaNames? _before;
    private readonly AreaNames _after;
    private readonly PlanPhase _bootloaderPhase;
    private readonly FlashRange[] _calibration;
    private readonly FlashRange[] _calibrationBefore;
    private readonly FlashRange[] _staged;

    public SectorSorter(PlanInputs inputs, PlannedResult result, PlanStates states)
    {
        _inputs = inputs;
        _result = result;
        _before = inputs.Current is { } current ? new AreaNames(current) : null;
        _after = new AreaNames(result.Image);
        _bootloaderPhase = states.Before == StoppedState.NeedsBootloader ? PlanPhase.LostBootloader : PlanPhase.Bootloader;
        _calibration = DeviceRf.OwnTables(result.Image).Select(CalibrationGuard.RangeOf).ToArray();
        _staged = (inputs.Current?.Containers ?? []).Where(container => !container.IsBehindPayload)
            .Select(package => new FlashRange(package.Offset, RblHeader.Size + (long)package.Header.PackageSize)).ToArray();
        _calibrationBefore = inputs.Current is null ? [] : DeviceRf.OwnTables(inputs.Current).Select(CalibrationGuard.RangeOf).ToArray();
    }

    public List<PlannedSector> Sort(int sectorSize) => FlashDifferences.Of(_inputs.Before, _result.After, sectorSize)
        .SelectMany(range => PlannedSector.Of(range, PhaseOf(range), _inputs.Before, _result.After).Split()).ToList();

    /// <summary>Names of what lies in a range before or afterwards.</summary>
    public IReadOnlyList<string> Names(FlashRange range) => (_before?.Names(range) ?? []).Concat(_after.Names(range)).Distinct().ToArray();

    /// <summary>Names of what lies in a range that stays.</summary>
    public IReadOnlyList<string> KeptNames(FlashRange range) => (_before ?? _after).Names(range).Distinct().ToArray();

    private PlanPhase PhaseOf(FlashRange sector)
    {
        if (_result.Protected.Any(range => range.Overlaps(sector)))
            return _bootloaderPhase;
        if (_calibration.Any(table => table.Overlaps(sector)))
            return _calibrationBefore.Any(table => table.Overlaps(sector)) ? PlanPhase.CalibrationInPlace : PlanPhase.Calibration;
        var owners = (_before?.Owners(sector) ?? []).Concat(_after.Owners(sector)).ToArray();
        if (owners.Any(owner => owner.IsStriped || owner.LogicalStart is not null))
            return PlanPhase.Programs;
        if (_staged.Any(package => package.Overlaps(sector)))
            return PlanPhase.StagedUpdate;
        return ByteRuns.IsErased(_result.After.AsSpan((int)sector.Start, (int)sector.Length)) ? PlanPhase.LeftOver : PlanPhase.Data;
    }
}
