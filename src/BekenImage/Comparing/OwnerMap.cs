using BekenImage.Crypto;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Rbl;

namespace BekenImage.Comparing;

/// <summary>What a stretch of an image belongs to.</summary>
internal sealed class AreaOwner(DifferenceArea area, string? name, FlashRange range)
{
    public DifferenceArea Area { get; } = area;

    /// <summary>The partition, where the area alone does not name it.</summary>
    public string? Name { get; } = name;

    /// <summary>Where it lies in the image.</summary>
    public FlashRange Range { get; } = range;

    /// <summary>True when a byte of it is not the same in the other image.</summary>
    public bool Differs { get; set; }

    /// <summary>True when the differences of its content are listed.</summary>
    public bool IsExplained { get; set; }
}

/// <summary>
/// Gives every byte of an image one owner, the innermost: partitions, and in them what is read as content. What nothing claims has none.
/// </summary>
internal sealed class OwnerMap
{
    // Each header is some work for each comparison; behind these the partitions own the bytes.
    private const int MostHeaders = 4096;

    private readonly List<AreaOwner> _owners = [];
    private readonly Dictionary<(DifferenceArea, long), AreaOwner> _byStart = [];

    public OwnerMap(ComparedImage compared)
    {
        var image = compared.Image;
        foreach (var partition in image.Partitions.Where(partition => !partition.IsPart)
            .OrderByDescending(partition => partition.Length).ThenByDescending(partition => partition.Source == PartitionSource.Fal))
        {
            var area = AreaOf(partition);
            _owners.Add(new AreaOwner(area, NameOf(area, partition.Name), partition.Range));
        }
        AddContent(image);
        foreach (var owner in _owners)
            _byStart[(owner.Area, owner.Range.Start)] = owner;
        Boundaries = Paint(compared);
    }

    /// <summary>Places where the owner changes, ascending, and the owner from there on.</summary>
    public IReadOnlyList<(long Place, AreaOwner? Owner)> Boundaries { get; }

    public IEnumerable<DifferenceArea> Areas => _owners.Select(owner => owner.Area).Where(area => area != DifferenceArea.Other).Distinct().OrderBy(area => area);

    public IEnumerable<AreaOwner> Of(DifferenceArea area) => _owners.Where(owner => owner.Area == area);

    /// <summary>The innermost owner that begins at an offset.</summary>
    public AreaOwner? Find(DifferenceArea area, long offset) => _byStart.TryGetValue((area, offset), out var owner) ? owner : null;

    /// <summary>The owner of a program's bytes.</summary>
    public AreaOwner? Find(Partition program) => _owners.Find(owner => owner.Range == program.Range && owner.Area == AreaOf(program));

    /// <summary>What lies plain inside programs: headers and the partition table.</summary>
    public static IEnumerable<FlashRange> PlainRanges(FlashImage image)
    {
        foreach (var container in image.Containers.Take(MostHeaders).Where(container => container.IsBehindPayload))
            yield return FlashRange.FromBounds(container.Offset, container.End);
        if (TableRange(image) is { } table)
            yield return table;
    }

    public static DifferenceArea AreaOf(Partition partition)
    {
        string name = WithoutNumber(partition.Name);
        if (partition.LogicalStart is not null || partition.IsStriped)
            return name.IndexOf("boot", StringComparison.Ordinal) >= 0 || name.StartsWith("bl", StringComparison.Ordinal) ? DifferenceArea.Bootloader
                : name is PartitionNames.Download ? DifferenceArea.Download : DifferenceArea.App;
        return name switch
        {
            PartitionNames.Bootloader => DifferenceArea.Bootloader,
            PartitionNames.App or PartitionNames.App1 => DifferenceArea.App,
            PartitionNames.Download or "ota" => DifferenceArea.Download,
            PartitionNames.Rf => DifferenceArea.Rf,
            PartitionNames.Net => DifferenceArea.Net,
            PartitionNames.FastConnect => DifferenceArea.FastConnect,
            PartitionNames.ObkConfig => DifferenceArea.ObkConfig,
            PartitionNames.FlashVars => DifferenceArea.FlashVars,
            PartitionNames.LittleFs => DifferenceArea.LittleFs,
            PartitionNames.Tuya => DifferenceArea.Tuya,
            PartitionNames.TuyaUf => DifferenceArea.TuyaUf,
            PartitionNames.TuyaProtected => DifferenceArea.TuyaProtected,
            _ when name.EndsWith("manifest", StringComparison.Ordinal) => DifferenceArea.Bootloader,
            _ => DifferenceArea.Other,
        };
    }

    /// <summary>A program's name where its area does not say it.</summary>
    public static string? NameOf(DifferenceArea area, string partition) =>
        area == DifferenceArea.Other || partition is not (PartitionNames.Bootloader or PartitionNames.App) && area is DifferenceArea.Bootloader or DifferenceArea.App
            ? partition : null;

    /// <summary>An update package with its payload, as far as it is in the image.</summary>
    public static FlashRange PackageRange(FlashImage image, RblContainer package) =>
        new FlashRange(package.Offset, RblHeader.Size + (long)package.Header.PackageSize).Intersect(new FlashRange(0, image.Length));

    private void AddContent(FlashImage image)
    {
        void Add(DifferenceArea area, long offset, long length) =>
            _owners.Add(new AreaOwner(area, null, new FlashRange(offset, length).Intersect(new FlashRange(0, image.Length))));

        foreach (var package in image.Containers.Where(container => !container.IsBehindPayload).Take(MostHeaders))
            _owners.Add(new AreaOwner(DifferenceArea.Download, null, PackageRange(image, package)));
        foreach (var table in image.RfTables)
            Add(DifferenceArea.Rf, table.Offset, table.UsedSize);
        foreach (var table in image.NetParamTables)
            Add(DifferenceArea.Net, table.Offset, table.Bytes.Length);
        foreach (var record in image.FastConnectRecords)
            Add(DifferenceArea.FastConnect, record.Offset, record.Length);
        foreach (var config in image.Content.Sectors.ObkConfigs)
            Add(DifferenceArea.ObkConfig, config.Offset, config.Length);
        if (image.FlashVarsStore is not null)
            Add(DifferenceArea.FlashVars, image.FlashVarsStore.Offset, EasyFlashStore.Size);
        foreach (var range in PlainRanges(image))
            _owners.Add(new AreaOwner(range == TableRange(image) ? DifferenceArea.Fal : DifferenceArea.Container, null, range));
    }

    private static FlashRange? TableRange(FlashImage image)
    {
        if (image.Fal is not { } table || image.Programs.Bootloader is not { } bootloader)
            return null;
        long start = table.LogicalOffset;
        long end = start + (long)table.Partitions.Count * Formats.Fal.FalPartition.Size;
        if (bootloader.Storage.IsPaged)
        {
            start = start / FlashPages.DataSize * FlashPages.PageSize;
            end = (end + FlashPages.DataSize - 1) / FlashPages.DataSize * FlashPages.PageSize;
        }
        var range = FlashRange.FromBounds(bootloader.Code.Start + start, bootloader.Code.Start + end);
        return bootloader.Code.Contains(range) ? range : null;
    }

    // The larger before the smaller, so that the inner one stays.
    private List<(long, AreaOwner?)> Paint(ComparedImage compared)
    {
        var places = _owners.Select(owner => compared.Place(owner.Range)).ToArray();
        long[] bounds = places.SelectMany(place => new[] { place.Start, place.End }).Append(compared.Start).Append(compared.End)
            .Distinct().OrderBy(bound => bound).ToArray();
        var painted = new AreaOwner?[bounds.Length];
        var order = Enumerable.Range(0, places.Length).OrderByDescending(index => places[index].Length);
        foreach (int index in order)
        {
            int at = Array.BinarySearch(bounds, places[index].Start);
            for (; bounds[at] < places[index].End; at++)
                painted[at] = _owners[index];
        }
        return bounds.Select((bound, index) => (bound, painted[index])).ToList();
    }

    private static string WithoutNumber(string name)
    {
        int dash = name.LastIndexOf('-');
        return dash > 0 && dash + 1 < name.Length && name.Skip(dash + 1).All(digit => digit is >= '0' and <= '9') ? name.Substring(0, dash) : name;
    }
}
