using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Firmware;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>Plans a combined image, in the steps of the contract: bootloader, app and its header, RF, configuration, the rest, size.</summary>
internal sealed class CombinePlanner
{
    private const string DefaultVersion = "1.00";

    private readonly CombineOptions _options;
    private readonly List<Finding> _findings;
    private readonly CombineInputs _inputs;
    private readonly RegionMap _map;
    private readonly FlashRange _appRange;
    private CombineMode _mode;
    private long _qioEnd;
    private MacAddress? _mac;
    private RfPlacement? _rf;

    public CombinePlanner(FlashImage factory, FlashImage firmware, CombineOptions options, List<Finding> findings)
    {
        _options = options;
        _findings = findings;
        _inputs = CombineInputs.Judge(factory, firmware, options);
        for (var outer = firmware; outer is { Kind: ImageKind.Package }; outer = outer.Contained)
            findings.AddRange(outer.Findings.Where(finding => finding.Code == FindingCode.Uf2HalfTaken));
        _map = new RegionMap(_inputs.Factory.Bytes.Length);
        _appRange = AppRange();
        _qioEnd = _appRange.End;
    }

    private FlashImage Factory => _inputs.Factory;

    // What is only found when regions meet is the fault of the partition table that puts them there.
    public CombinePlan Plan(IReadOnlyList<CombineInput> inputs) =>
        Blame.On(PartitionNames.Bootloader, () => MakePlan(inputs));

    private CombinePlan MakePlan(IReadOnlyList<CombineInput> inputs)
    {
        _mode = DeviceData.ModeFor(Factory, _inputs.App.Identity, _inputs.Map);
        AddBootloader();
        AddApp();
        AddRf();
        AddObkConfig();
        AddRest();
        JudgeUpdates();
        var output = OutputRange();
        CheckCut(output);
        _rf?.JudgeOutput(output.Contains(_rf.Region.Range) && (_options.Extent != OutputExtent.Qio || _rf.IsAskedFor), _findings);
        return new CombinePlan(_mode, inputs, Clip(output), output, _findings, refusal: null)
        {
            Factory = Factory,
            ReadingOptions = new FlashImageOptions { Chip = _options.Chip, Key = _options.Key },
            KeptFiles = KeptFiles(),
            Target = new FlashTarget(_inputs),
        };
    }

    // ---- where things go ---------------------------------------------------------------------------------------------------------

    private FlashRange AppRange()
    {
        var partition = AppFit.PartitionOf(_inputs.Fal) ?? throw new ImageGuardException(FindingCode.AddressUnknown,
            "the bootloader's partition table does not say where the app belongs; there is no default address").About(PartitionNames.Bootloader);
        if (AppFit.CheckLink(_inputs.App.Plain.Span, partition) is { } linked)
            throw Refuse(linked);
        // Before anything is made of the length, which is a number from an image.
        return Blame.On(PartitionNames.Bootloader, () =>
        {
            WriteGuards.Check(partition, _map.FlashLength, PartitionNames.App);
            return partition;
        });
    }

    // ---- step 1: bootloader ------------------------------------------------------------------------------------------------------

    private void AddBootloader()
    {
        var choice = _inputs.Bootloader;
        if (choice.IsTableProven)
        {
            Warn(FindingCode.FalMissing, FormattableString.Invariant(
                $"the device's bootloader holds no partition table; its app and the header behind it prove that the app lies at {_appRange}, but not where updates over the air belong"),
                _appRange.Start);
        }
        _map.AddBootloader(new ImageRegion(
            PartitionNames.Bootloader, FlashGeometry.BootloaderSlot, choice.Origin, choice.Slot, choice.FromFile, 0, choice.Reason));
        if (choice.StoredKeyMismatch is { } mismatch)
        {
            _findings.Add(new Finding(FindingSeverity.Warning, FindingCode.StoredKeyDiffers, mismatch, 0, PartitionNames.Bootloader)
                { Subject = Blame.Factory });
        }
        if (choice.UpdateDoubt is { } doubt)
            _findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UpdateKeyUncertain, doubt, 0, PartitionNames.Bootloader));
    }

    // ---- steps 2 and 3: app and its header ---------------------------------------------------------------------------------------

    private void AddApp()
    {
        var app = _inputs.App;
        CheckAppFits();
        var stored = new byte[app.Plain.Length];
        FlashCipher.Apply(_inputs.Key, (uint)new PhysicalAddress(_appRange.Start).ToLogical().Value, app.Plain.Span, stored);
        var header = RblWriter.CreateFlashHeader(
            app.Header?.Name ?? PartitionNames.App, app.Header?.Version ?? DefaultVersion, app.Header?.Timestamp ?? 0, stored);
        byte[] section = RblWriter.WriteSection(stored, header, (int)_appRange.Length);
        string key = _inputs.Key.IsIdentity ? "not encrypted" : $"encrypted with {_inputs.Key.Name ?? "the device's key"}";
        _map.Add(new ImageRegion(PartitionNames.App, _appRange, RegionOrigin.Built, section, _options.FirmwareName, app.Offset,
            FormattableString.Invariant($"the firmware's app, {key} as the device needs it; RBL header made anew at 0x{RblHeader.OffsetAtEndOf(_appRange):x}, where this bootloader looks")));
    }

    private void CheckAppFits()
    {
        if (AppFit.Check(_inputs.App.Plain.Length, _appRange, _inputs.Map, Factory, KeptFiles()).FirstOrDefault() is { } obstacle)
            throw Refuse(obstacle);
    }

    private IReadOnlyList<FlashRange> KeptFiles() => DeviceData.KeptLittleFs(Factory, _inputs.Map, _mode, _options);

    private static ImageGuardException Refuse(AppObstacle obstacle) =>
        new ImageGuardException(obstacle.Code, obstacle.Message + "; nothing was written", obstacle.Offset).About(obstacle.Area ?? Blame.Firmware);

    // ---- step 4: RF --------------------------------------------------------------------------------------------------------------

    private void AddRf()
    {
        var choice = RfPlacement.Make(_inputs, _options, _findings);
        if (choice?.Region is not { } region)
            return;
        _rf = choice;
        _mac = choice.Mac;
        _map.Add(region);
        if (choice.IsAskedFor)
            _qioEnd = Math.Max(_qioEnd, region.Range.End);
    }

    // ---- step 6: OpenBeken's configuration ---------------------------------------------------------------------------------------

    private void AddObkConfig()
    {
        if (new ObkConfigStep(_inputs, _options, _mode, _mac, _findings).Plan() is not { } region)
            return;
        _map.Add(region);
        if (_options.AsksForObkConfig)
            _qioEnd = Math.Max(_qioEnd, region.Range.End);
    }

    // ---- step 5: the rest --------------------------------------------------------------------------------------------------------

    // What is free goes to the partition of the dump that lies there, so that the plan says by name what stays and what is wiped.
    private void AddRest()
    {
        var whole = new FlashRange(0, _map.FlashLength);
        var owners = RangeOwners.Resolve(_map.FlashLength, Factory.Partitions.Concat(DeviceData.FirmwareAreas(Factory, _inputs.Map)));
        foreach (var free in _map.Free(whole).ToArray())
        {
            foreach (var owned in owners.Where(owned => owned.Range.Overlaps(free)))
                AddLeftOver(owned.Range.Intersect(free), owned.Owner);
        }
    }

    private void AddLeftOver(FlashRange range, Partition? owner)
    {
        var content = range.Of(Factory.Bytes);
        string name = owner?.Name is null or PartitionNames.App ? "unused" : owner.Name;
        if (ByteRuns.IsErased(content.Span))
            _map.Add(new ImageRegion(name, range, RegionOrigin.Erased, default, null, null, "erased before, and still"));
        else if (DeviceData.Stays(owner, _mode, _options) && !IsPackage(content.Span))
            _map.Add(new ImageRegion(name, range, RegionOrigin.Factory, content, _options.FactoryName, range.Start, "stays as it is on the device"));
        else
            _map.Add(new ImageRegion(name, range, RegionOrigin.Erased, default, null, null, ErasedBecause(owner)));
    }

    // An update package never stays, whatever the table calls the place it lies in.
    private static bool IsPackage(ReadOnlySpan<byte> content) => RblHeader.TryRead(content, out var header) && header.HeaderCrcOk;

    private string ErasedBecause(Partition? owner) => owner?.Name switch
    {
        PartitionNames.App => "left over from a longer app",
        PartitionNames.Rf when _map.Find(PartitionNames.Rf) is { } moved => FormattableString.Invariant($"its table is at 0x{moved.Offset:x} now"),
        PartitionNames.Download => "an update package must not stay: the bootloader could install it over the new app",
        _ when _mode == CombineMode.Convert => "of the former firmware; erased so that nothing is misread",
        _ => "erased on request",
    };

    // ---- steps 7 and 9: size, updates --------------------------------------------------------------------------------------------

    private void JudgeUpdates()
    {
        if (_inputs.Map is not { } map || _inputs.Fal.Find(PartitionNames.Download) is not { IsStriped: false } download || download.Offset == map.Updates)
            return;
        Warn(FindingCode.UpdateAddressesDiffer, FormattableString.Invariant(
            $"this firmware writes over-the-air updates to 0x{map.Updates:x}, the bootloader looks at 0x{download.Offset:x}: they will not work{(_appRange.Contains(map.Updates) ? ", and writing one erases the app's RBL header" : string.Empty)}"),
            map.Updates);
    }

    private FlashRange OutputRange() => _options.Extent switch
    {
        OutputExtent.App => _appRange,
        OutputExtent.Qio => new FlashRange(0, _qioEnd),
        OutputExtent.Length when _options.Length <= 0 || _options.Length > _map.FlashLength => throw new ImageGuardException(FindingCode.OutsideFlash,
            FormattableString.Invariant($"0x{_options.Length:x} bytes were asked for, the device's flash has 0x{_map.FlashLength:x}")).About(Blame.Factory),
        OutputExtent.Length => new FlashRange(0, _options.Length),
        _ => new FlashRange(0, _map.FlashLength),
    };

    // A part of a chip is flashed over the device's own content, so what stays or only moves there may be left out; what was asked for may not.
    private void CheckCut(FlashRange output)
    {
        foreach (var region in _map.ToList().Where(region => !output.Contains(region.Range) && region.Origin != RegionOrigin.Erased))
        {
            bool askedFor = region.Origin is RegionOrigin.Built or RegionOrigin.Moved && IsAskedFor(region.Name);
            bool isLost = _options.Extent == OutputExtent.Length && !ByteRuns.IsErased(Outside(region, output).Span);
            if (askedFor && _options.Extent != OutputExtent.Chip || isLost)
            {
                throw new ImageGuardException(FindingCode.ContentCutOff,
                    $"'{region.Name}' ({region.Range}) is not erased and would be cut off; a larger output keeps it", region.Offset)
                    .About(SubjectOf(region));
            }
        }
    }

    private string SubjectOf(ImageRegion region) => region.Name switch
    {
        PartitionNames.Rf or PartitionNames.ObkConfig when IsAskedFor(region.Name) => region.Name,
        _ => region.Origin == RegionOrigin.Factory ? Blame.Factory : Blame.Firmware,
    };

    private static ReadOnlyMemory<byte> Outside(ImageRegion region, FlashRange output) =>
        region.Content.Slice((int)Math.Min(region.Length, Math.Max(0, output.End - region.Offset)));

    private bool IsAskedFor(string name) => name switch
    {
        PartitionNames.Rf => _options.Rf == RfChoice.Given || _options.Mac is not null,
        PartitionNames.ObkConfig => _options.AsksForObkConfig,
        _ => false,
    };

    // What lies before the end is flashed with it: a QIO that reaches past the app holds what the chip shall hold there, calibration above all.
    private List<ImageRegion> Clip(FlashRange output)
    {
        var regions = new List<ImageRegion>();
        foreach (var region in _map.ToList().Where(region => region.Range.Overlaps(output)))
        {
            var range = region.Range.Intersect(output);
            if (range == region.Range)
                regions.Add(region);
            else
                regions.Add(new ImageRegion(region.Name, range, region.Origin, Cut(region, range), region.FromFile, region.From, region.Reason));
        }
        return regions;
    }

    private static ReadOnlyMemory<byte> Cut(ImageRegion region, FlashRange range) =>
        region.Content.IsEmpty ? default : region.Content.Slice((int)(range.Start - region.Offset), (int)range.Length);

    private void Warn(FindingCode code, string message, long? offset = null) =>
        _findings.Add(new Finding(FindingSeverity.Warning, code, message, offset));
}
