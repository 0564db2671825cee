using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Firmware;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Rf;
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

    public CombinePlanner(FlashImage factory, FlashImage firmware, CombineOptions options, List<Finding> findings)
    {
        _options = options;
        _findings = findings;
        _inputs = CombineInputs.Judge(factory, firmware, options);
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
        return new CombinePlan(_mode, inputs, Clip(output), output, _findings, refusal: null)
        {
            Factory = Factory,
            ReadingOptions = new FlashImageOptions { Chip = _options.Chip, Key = _options.Key },
            KeptFiles = KeptFiles(),
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
        _map.AddBootloader(new ImageRegion(
            PartitionNames.Bootloader, FlashGeometry.BootloaderSlot, choice.Origin, choice.Slot, choice.FromFile, 0, choice.Reason));
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
        if (SelectRf() is not { } table)
            return;
        if (!table.IsCalibrated)
        {
            Warn(FindingCode.RfUncalibrated, "the RF table holds no calibration; it is used all the same, there is none better", table.Offset);
        }
        bool given = _options.Rf == RfChoice.Given;
        long target = _inputs.Map?.Rf.Start ?? (given ? throw RfAddressUnknown() : table.Offset);
        if (_inputs.Map is null)
            Warn(FindingCode.FirmwareMapUnknown, "it is not known where this firmware looks for RF calibration; the table stays where it is", table.Offset);
        bool changed = _options.Mac is not null;
        _mac = _options.Mac ?? table.Mac;
        bool moved = target != table.Offset;
        ReadOnlyMemory<byte> sector = (changed, given || moved) switch
        {
            (true, _) => Blame.On(PartitionNames.Rf, () => RfWriter.ToSector(RfWriter.WithMac(table, _options.Mac!.Value))),
            (_, true) => RfWriter.ToSector(table),
            _ => new FlashRange(target, FlashGeometry.SectorSize).Of(Factory.Bytes),
        };
        var origin = changed ? RegionOrigin.Built : given || moved ? RegionOrigin.Moved : RegionOrigin.Factory;
        string reason = (given, moved) switch
        {
            (true, _) => "RF table from a file, where this firmware looks",
            (_, true) => FormattableString.Invariant($"calibration moved from 0x{table.Offset:x} to where this firmware looks"),
            _ => "calibration is where this firmware looks",
        };
        _map.Add(new ImageRegion(PartitionNames.Rf, new FlashRange(target, FlashGeometry.SectorSize), origin, sector,
            given ? _options.RfTableName : _options.FactoryName, given ? null : table.Offset, changed ? reason + "; another MAC" : reason));
        if (given || changed)
            _qioEnd = Math.Max(_qioEnd, target + FlashGeometry.SectorSize);
    }

    private RfTable? SelectRf()
    {
        if (_options.Rf == RfChoice.None && _options.Mac is null)
            return null;
        if (_options.Rf == RfChoice.Given)
            return _options.RfTable ?? throw new BekenImageException(FindingCode.RfNotATable, "no RF table was given").About(PartitionNames.Rf);
        var table = ImageAreas.SelectRf(Factory.RfTables, _inputs.Map?.Rf.Start);
        if (table is null)
        {
            if (_options.Mac is not null)
                throw new BekenImageException(FindingCode.RfMissing, "there is no RF table to put the MAC in; give one").About(Blame.Factory);
            Warn(FindingCode.RfMissing, "the dump holds no RF table; the device will run uncalibrated, under a MAC its firmware makes up");
            return null;
        }
        foreach (var other in Factory.RfTables.Where(other => other.Offset != table.Offset))
        {
            Warn(FindingCode.RfSeveral, FormattableString.Invariant(
                $"another RF table lies at 0x{other.Offset:x} ({(other.IsCalibrated ? "calibrated" : "not calibrated")}); the one at 0x{table.Offset:x} is used"), other.Offset);
        }
        return table;
    }

    private static ImageGuardException RfAddressUnknown() => new ImageGuardException(FindingCode.AddressUnknown,
        "it is not known where this firmware looks for RF calibration; there is no default address").About(Blame.Firmware);

    // ---- step 6: OpenBeken's configuration ---------------------------------------------------------------------------------------

    private void AddObkConfig()
    {
        var (config, file, from) = SelectObkConfig();
        if (config is null)
            return;
        if (_inputs.Map is not { } map || _inputs.App.Identity.Flavor != FirmwareFlavor.OpenBeken)
            throw ObkAddressUnknown();
        byte[] sector = ByteRuns.Erased(FlashGeometry.SectorSize, config.Bytes.Span);
        bool stays = from == map.Net.Start && file == _options.FactoryName;
        if (stays)
            map.Net.Of(Factory.Bytes).CopyTo(sector);
        _map.Add(new ImageRegion(PartitionNames.ObkConfig, map.Net, stays ? RegionOrigin.Factory : from is null ? RegionOrigin.Built : RegionOrigin.Moved,
            sector, file, from, stays ? "the device's configuration stays" : "configuration where this firmware looks"));
        if (IsAskedFor(PartitionNames.ObkConfig))
            _qioEnd = Math.Max(_qioEnd, map.Net.End);
    }

    private (ObkConfig? Config, string? File, long? From) SelectObkConfig()
    {
        var kept = ImageAreas.SelectObkConfig(Factory.Content.Sectors.ObkConfigs.Where(config => config.ChecksumOk), _inputs.Map?.Net.Start);
        var carried = ImageAreas.SelectObkConfig(_inputs.Firmware.Content.Sectors.ObkConfigs.Where(config => config.ChecksumOk), _inputs.Map?.Net.Start);
        bool keep = _options.Keep.Contains(PartitionNames.ObkConfig);
        bool erase = _options.Erase.Contains(PartitionNames.ObkConfig) || _options.Erase.Contains(DeviceData.All);
        switch (_options.ObkConfigFrom)
        {
            case ObkConfigChoice.None:
                return default;
            case ObkConfigChoice.Given:
                return (CheckGiven(_options.ObkConfig), _options.ObkConfigName, null);
            case ObkConfigChoice.Keep:
                return kept is null
                    ? throw new BekenImageException(FindingCode.ObkNotAConfig, "the dump holds no valid OpenBeken configuration to keep").About(Blame.Factory)
                    : (kept, _options.FactoryName, kept.Offset);
            case ObkConfigChoice.Firmware:
                return carried is null
                    ? throw new BekenImageException(FindingCode.ObkNotAConfig, "the firmware image carries no valid OpenBeken configuration").About(Blame.Firmware)
                    : (carried, _options.FirmwareName, carried.Offset);
            case ObkConfigChoice.Changed:
                return (ChangeConfig(keep, erase, kept, carried), _options.ObkConfigName, null);
        }
        return UsualConfig(keep, erase, kept, carried);
    }

    private (ObkConfig? Config, string? File, long? From) UsualConfig(bool keep, bool erase, ObkConfig? kept, ObkConfig? carried)
    {
        if ((_mode == CombineMode.Update && !erase || keep) && kept is not null)
            return (kept, _options.FactoryName, kept.Offset);
        return carried is null || erase ? default : (carried, _options.FirmwareName, carried.Offset);
    }

    private ObkConfig? ChangeConfig(bool keep, bool erase, ObkConfig? kept, ObkConfig? carried)
    {
        var changes = _options.ObkConfigChanges ?? throw new BekenImageException(FindingCode.ObkNotAConfig, "no OpenBeken configuration was given").About(PartitionNames.ObkConfig);
        if (_inputs.Map is not { } map || _inputs.App.Identity.Flavor != FirmwareFlavor.OpenBeken)
            throw ObkAddressUnknown();
        var usual = UsualConfig(keep, erase, kept, carried).Config;
        var start = usual ?? Blame.On(Blame.Firmware, () => ObkEdit.Defaults(_inputs.FirmwareChip, _mac, map));
        // How many pins there is room for, the dump need not tell; the firmware does.
        var layout = BekenChips.PinLayoutOf(_inputs.FirmwareChip);
        if (start.Layout != layout)
            start = ObkConfigReader.Read(start.Bytes, start.Offset, layout);
        return Blame.On(PartitionNames.ObkConfig, () => ObkEdit.Change(start, changes.ApplyTo, isDefault: usual is null, _findings));
    }

    private static ImageGuardException ObkAddressUnknown() => new ImageGuardException(FindingCode.AddressUnknown,
        "an OpenBeken configuration was asked for, but it is not known where this firmware keeps one; there is no default address").About(Blame.Firmware);

    private static ObkConfig CheckGiven(ObkConfig? config) => config switch
    {
        null => throw new BekenImageException(FindingCode.ObkNotAConfig, "no OpenBeken configuration was given").About(PartitionNames.ObkConfig),
        { ChecksumOk: false } => throw new BekenImageException(FindingCode.ObkChecksum, "the checksum of the given OpenBeken configuration is wrong").About(PartitionNames.ObkConfig),
        _ => config,
    };

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
        PartitionNames.ObkConfig => _options.ObkConfigFrom is ObkConfigChoice.Given or ObkConfigChoice.Changed,
        _ => false,
    };

    private List<ImageRegion> Clip(FlashRange output)
    {
        var regions = new List<ImageRegion>();
        foreach (var region in _map.ToList().Where(region => region.Range.Overlaps(output)))
        {
            var range = region.Range.Intersect(output);
            bool left = _options.Extent == OutputExtent.Qio && range.Start >= _appRange.End && !IsAskedFor(region.Name);
            if (left)
                regions.Add(new ImageRegion(region.Name, range, RegionOrigin.Erased, default, null, null, "not part of a QIO"));
            else if (range == region.Range)
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
