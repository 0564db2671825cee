using BekenImage.Firmware;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>
/// Plans a combined image, in the steps of the contract: bootloader and programs, RF, configuration, the rest, size. How programs are
/// stored and where, each generation of chips has a planner for; everything else is the same for all.
/// </summary>
internal abstract class CombinePlanner
{
    private readonly CombineInputs _inputs;
    private CombineMode _mode;
    private long _qioEnd;
    private MacAddress? _mac;
    private RfPlacement? _rf;

    protected CombinePlanner(CombineInputs inputs, CombineOptions options, List<Finding> findings)
    {
        _inputs = inputs;
        Options = options;
        Findings = findings;
        Map = new RegionMap(inputs.Factory.Bytes.Length);
    }

    protected CombineOptions Options { get; }

    protected List<Finding> Findings { get; }

    protected RegionMap Map { get; }

    protected FlashImage Factory => _inputs.Factory;

    /// <summary>The app's partition.</summary>
    protected abstract FlashRange App { get; }

    /// <summary>Where the last program ends, so that a QIO image does.</summary>
    protected virtual long ProgramsEnd => App.End;

    /// <summary>True where only a part of the chip is known, so that only a part can be written.</summary>
    protected virtual bool IsPartial => false;

    /// <summary>The planner for the device's generation of chips.</summary>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    /// <exception cref="ImageGuardException">The two do not go together.</exception>
    public static CombinePlanner For(FlashImage factory, FlashImage firmware, CombineOptions options, List<Finding> findings)
    {
        var images = InputImages.Open(factory, firmware, options);
        for (var outer = firmware; outer is { Kind: ImageKind.Package }; outer = outer.Contained)
            findings.AddRange(outer.Findings.Where(finding => finding.Code == FindingCode.Uf2HalfTaken));
        return images.Generation == ChipGeneration.Armino
            ? new ArminoPlanner(ArminoInputs.Judge(images, options), options, findings)
            : new Bk72xxPlanner(Bk72xxInputs.Judge(images, options), options, findings);
    }

    // What is only found when regions meet is the fault of the partition table that puts them there.
    public CombinePlan Plan(IReadOnlyList<CombineInput> inputs) =>
        Blame.On(PartitionNames.Bootloader, () => MakePlan(inputs));

    private CombinePlan MakePlan(IReadOnlyList<CombineInput> inputs)
    {
        _mode = DeviceData.ModeFor(Factory, _inputs.Identity, _inputs.Map);
        AddPrograms();
        _qioEnd = ProgramsEnd;
        AddRf();
        AddObkConfig();
        AddKept();
        AddRest();
        JudgeUpdates();
        var output = OutputRange();
        CheckCut(output);
        _rf?.JudgeOutput(output.Contains(_rf.Region.Range), Findings);
        return new CombinePlan(_mode, inputs, Clip(output), output, Findings, refusal: null)
        {
            Factory = Factory,
            ReadingOptions = new FlashImageOptions { Chip = Options.Chip, Key = Options.Key },
            KeptFiles = KeptFiles(),
            Target = _inputs.Target,
        };
    }

    /// <summary>Bootloader and programs.</summary>
    protected abstract void AddPrograms();

    /// <summary>What stays whatever is asked for, besides programs, calibration and configuration.</summary>
    protected virtual void AddKept()
    {
    }

    /// <summary>Says when updates over the air cannot work.</summary>
    protected abstract void JudgeUpdates();

    /// <summary>True for a program of the firmware that belongs to its app.</summary>
    protected virtual bool IsProgram(ImageRegion region) => false;

    /// <summary>Where files of the device stay.</summary>
    protected IReadOnlyList<FlashRange> KeptFiles() => DeviceData.KeptLittleFs(Factory, _inputs.Map, _mode, Options);

    protected static ImageGuardException Refuse(AppObstacle obstacle) =>
        new ImageGuardException(obstacle.Code, obstacle.Message + "; nothing was written", obstacle.Offset).About(obstacle.Area ?? Blame.Firmware);

    protected void Warn(FindingCode code, string message, long? offset = null) =>
        Findings.Add(new Finding(FindingSeverity.Warning, code, message, offset));

    // ---- step 4: RF --------------------------------------------------------------------------------------------------------------

    private void AddRf()
    {
        // Of what is not known of the device nothing is said, and nothing written.
        if (IsPartial && Options.Rf == RfChoice.Keep && Options.Mac is null)
            return;
        var choice = RfPlacement.Make(_inputs, Options, Findings);
        if (choice?.Region is not { } region)
            return;
        _rf = choice;
        _mac = choice.Mac;
        Map.Add(region);
        if (choice.IsAskedFor)
            _qioEnd = Math.Max(_qioEnd, region.Range.End);
    }

    // ---- step 6: OpenBeken's configuration ---------------------------------------------------------------------------------------

    private void AddObkConfig()
    {
        if (new ObkConfigStep(_inputs, Options, _mode, _mac, Findings).Plan() is not { } region)
            return;
        Map.Add(region);
        if (Options.AsksForObkConfig)
            _qioEnd = Math.Max(_qioEnd, region.Range.End);
    }

    // ---- step 5: the rest --------------------------------------------------------------------------------------------------------

    // What is free goes to the partition of the dump that lies there, so that the plan says by name what stays and what is wiped.
    private void AddRest()
    {
        var behindBootloader = FlashRange.FromBounds(FlashGeometry.AppOffset, Map.FlashLength);
        var owners = RangeOwners.Resolve(Map.FlashLength, Factory.Partitions.Concat(DeviceData.FirmwareAreas(Factory, _inputs.Map)));
        foreach (var free in Map.Free(behindBootloader).ToArray())
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
            Map.Add(new ImageRegion(name, range, RegionOrigin.Erased, default, null, null, "erased before, and still"));
        else if (DeviceData.Stays(owner, _mode, Options) && !IsPackage(content.Span))
            Map.Add(new ImageRegion(name, range, RegionOrigin.Factory, content, Options.FactoryName, range.Start, "stays as it is on the device"));
        else
            Map.Add(new ImageRegion(name, range, RegionOrigin.Erased, default, null, null, ErasedBecause(owner)));
    }

    // An update package never stays, whatever the table calls the place it lies in.
    private static bool IsPackage(ReadOnlySpan<byte> content) => RblHeader.TryRead(content, out var header) && header.HeaderCrcOk;

    private string ErasedBecause(Partition? owner) => owner?.Name switch
    {
        PartitionNames.App => "left over from a longer app",
        PartitionNames.Rf when Map.Find(PartitionNames.Rf) is { } moved => FormattableString.Invariant($"its table is at 0x{moved.Offset:x} now"),
        { } name when Options.Rf == RfChoice.None && DeviceData.IsNamed(owner, PartitionNames.Rf) => $"'{name}' is left out, as asked",
        PartitionNames.Download => "an update package must not stay: the bootloader could install it over the new app",
        _ when _mode == CombineMode.Convert => "of the former firmware; erased so that nothing is misread",
        _ => "erased on request",
    };

    // ---- step 7: size ------------------------------------------------------------------------------------------------------------

    private FlashRange OutputRange() => Options.Extent switch
    {
        OutputExtent.App => App,
        OutputExtent.Qio => new FlashRange(0, _qioEnd),
        OutputExtent.Chip when IsPartial => new FlashRange(0, _qioEnd),
        OutputExtent.Length when Options.Length <= 0 || Options.Length > Map.FlashLength => throw new ImageGuardException(FindingCode.OutsideFlash,
            FormattableString.Invariant($"0x{Options.Length:x} bytes were asked for, the device's flash has 0x{Map.FlashLength:x}")).About(Blame.Factory),
        OutputExtent.Length => new FlashRange(0, Options.Length),
        _ => new FlashRange(0, Map.FlashLength),
    };

    // A part of a chip is flashed over the device's own content, so what stays or only moves there may be left out; what was asked for may not.
    private void CheckCut(FlashRange output)
    {
        foreach (var region in Map.ToList().Where(region => !output.Contains(region.Range) && region.Origin != RegionOrigin.Erased))
        {
            bool askedFor = region.Origin is RegionOrigin.Built or RegionOrigin.Moved && IsAskedFor(region.Name);
            bool isLost = Options.Extent == OutputExtent.Length && !ByteRuns.IsErased(Outside(region, output).Span);
            // An app without the program it was built with is no firmware.
            bool isSplit = IsProgram(region) && !ByteRuns.IsErased(Outside(region, output).Span);
            if (askedFor || isLost || isSplit)
            {
                throw new ImageGuardException(FindingCode.ContentCutOff,
                    $"'{region.Name}' ({region.Range}) is not erased and would be cut off; a larger output keeps it", region.Offset)
                    .About(SubjectOf(region));
            }
            if (region.Origin == RegionOrigin.Factory && IsKeptByName(region.Name) && !ByteRuns.IsErased(Outside(region, output).Span))
            {
                Findings.Add(new Finding(FindingSeverity.Info, FindingCode.ContentCutOff,
                    $"'{region.Name}' ({region.Range}) was to be kept and is no part of this output: the device keeps it as long as nothing but this output is written",
                    region.Offset, region.Name) { Subject = Blame.Factory });
            }
        }
    }

    private bool IsKeptByName(string name) => Options.Keep.Contains(DeviceData.All) || Options.Keep.Any(kept => name.StartsWith(kept, StringComparison.Ordinal));

    private string SubjectOf(ImageRegion region) => region.Name switch
    {
        PartitionNames.Rf or PartitionNames.ObkConfig when IsAskedFor(region.Name) => region.Name,
        _ => region.Origin == RegionOrigin.Factory ? Blame.Factory : Blame.Firmware,
    };

    private static ReadOnlyMemory<byte> Outside(ImageRegion region, FlashRange output) =>
        region.Content.Slice((int)Math.Min(region.Length, Math.Max(0, output.End - region.Offset)));

    private bool IsAskedFor(string name) => name switch
    {
        PartitionNames.Rf => Options.Rf == RfChoice.Given || Options.Mac is not null,
        PartitionNames.ObkConfig => Options.AsksForObkConfig,
        _ => false,
    };

    // What lies before the end is flashed with it: a QIO that reaches past the app holds what the chip shall hold there, calibration above all.
    private List<ImageRegion> Clip(FlashRange output)
    {
        var regions = new List<ImageRegion>();
        foreach (var region in Map.ToList().Where(region => region.Range.Overlaps(output)))
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
}
