using System.Collections.Concurrent;
using BekenImage.Crypto;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Images;

/// <summary>What an image holds, each part worked out when first asked for and then kept. Thread-safe.</summary>
internal sealed class ImageContent
{
    private readonly FlashImage _image;
    private readonly ConcurrentDictionary<Partition, Lazy<ReadOnlyMemory<byte>>> _decoded = new();
    private readonly Lazy<BootloaderIdentity?> _bootloader;
    private readonly Lazy<AppIdentity?> _app;
    private readonly Lazy<SectorScan> _sectors;
    private readonly Lazy<TuyaAreas> _tuya;
    private readonly Lazy<FlashVarsAreas> _flashVars;
    private readonly Lazy<LittleFsAreas> _littleFs;
    private readonly Lazy<IReadOnlyList<Partition>> _partitions;
    private readonly Lazy<IReadOnlyList<RblContainer>> _containers;
    private readonly Lazy<IReadOnlyList<Finding>> _findings;
    private readonly Lazy<ImageKind> _kind;

    public ImageContent(FlashImage image)
    {
        _image = image;
        Key = FindKey();
        _bootloader = new(ReadBootloader);
        _app = new(ReadApp);
        _sectors = new(() => SectorScan.Run(_image.Bytes, PinLayout));
        _tuya = new(() => TuyaAreas.Read(_image));
        _flashVars = new(() => FlashVarsAreas.Read(_image.Bytes, Map));
        _littleFs = new(() => LittleFsAreas.Read(_image));
        _partitions = new(() => PartitionList.Make(_image));
        _containers = new(() => ContainerJudge.FindAll(_image));
        _findings = new(() => ImageFindings.Collect(_image));
        _kind = new(() => ImageKinds.Tell(_image));
    }

    public ImageKey Key { get; }

    public ImageKind Kind => _kind.Value;

    public BootloaderIdentity? Bootloader => _bootloader.Value;

    public AppIdentity? App => _app.Value;

    public string? BootVersion => Bootloader?.Version;

    public string? AppVersion => App?.Version;

    public FirmwareFlavor Flavor => App?.Flavor ?? FirmwareFlavor.Unknown;

    public BekenChip Chip => _image.Options.Chip != BekenChip.Unknown ? _image.Options.Chip : ImageChips.Tell(_image);

    public SectorScan Sectors => _sectors.Value;

    /// <summary>What Tuya's firmware left, and what is odd about it.</summary>
    public TuyaAreas Tuya => _tuya.Value;

    /// <summary>OpenBeken's flash variables, and what is odd about them.</summary>
    public FlashVarsAreas FlashVars => _flashVars.Value;

    /// <summary>OpenBeken's LittleFS, and what is odd about it.</summary>
    public LittleFsAreas LittleFs => _littleFs.Value;

    public IReadOnlyList<Partition> Partitions => _partitions.Value;

    public IReadOnlyList<RblContainer> Containers => _containers.Value;

    public IReadOnlyList<Finding> Findings => _findings.Value;

    public IReadOnlyList<RfTable> RfTables => Sectors.RfTables;

    public RfTable? Rf => ImageAreas.SelectRf(RfTables, Map?.Rf.Start);

    public ObkConfig? ObkConfig => ImageAreas.SelectObkConfig(Sectors.ObkConfigs, Map?.Net.Start);

    /// <summary>The flash map of the image's own firmware; null where none is known.</summary>
    public ChipLayout? Map => ChipLayout.For(Chip, Flavor);

    /// <summary>How many pins a configuration of this chip has room for.</summary>
    public ObkPinLayout PinLayout => BekenChips.PinLayoutOf(Chip);

    public ReadOnlyMemory<byte> Decode(Partition partition) =>
        _decoded.GetOrAdd(partition, item => new Lazy<ReadOnlyMemory<byte>>(() => DecodeNow(item))).Value;

    /// <summary>The data of a striped partition's whole pages as stored: without page CRCs, not deciphered.</summary>
    public byte[] Strip(Partition partition, long maximumLength = long.MaxValue)
    {
        var stored = partition.Range.Of(_image.Bytes).Span;
        long wanted = (maximumLength / FlashPages.DataSize) + (maximumLength % FlashPages.DataSize == 0 ? 0 : 1);
        int pages = (int)Math.Min(stored.Length / FlashPages.PageSize, wanted);
        var data = new byte[pages * FlashPages.DataSize];
        FlashPages.Decode(stored.Slice(0, pages * FlashPages.PageSize), data);
        return data;
    }

    private ReadOnlyMemory<byte> DecodeNow(Partition partition)
    {
        var stored = partition.Range.Of(_image.Bytes);
        uint logical = (uint)(partition.LogicalStart?.Value ?? 0);
        if (!partition.IsStriped)
        {
            if (partition.Key is not { IsIdentity: false } fileKey)
                return stored;
            var plain = new byte[stored.Length];
            FlashCipher.Apply(fileKey, logical, stored.Span, plain);
            return plain;
        }
        int pages = stored.Length / FlashPages.PageSize;
        var data = new byte[pages * FlashPages.DataSize];
        FlashPages.Decode(stored.Span.Slice(0, pages * FlashPages.PageSize), data, partition.Key ?? BekenKey.Zero, logical);
        return data;
    }

    private ImageKey FindKey()
    {
        if (_image.Options.Key is { } given)
            return new ImageKey(given, KeySource.Given);
        var program = _image.Programs.App is { Key: not null } app ? app : _image.Programs.Bootloader;
        return program?.Key is null ? ImageKey.Unknown : new ImageKey(program.Key, program.KeySource);
    }

    private BootloaderIdentity? ReadBootloader() =>
        _image.Programs.Bootloader is { Key: not null } bootloader ? BootloaderIdentity.Read(Decode(bootloader).Span) : null;

    private AppIdentity? ReadApp() =>
        _image.Programs.App is { Key: not null } app ? AppIdentity.Read(Decode(app).Span) : null;
}
