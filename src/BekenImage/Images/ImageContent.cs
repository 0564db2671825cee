using BekenImage.Formats.Fal;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Rf;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// The stages of reading an image, each run when first asked for, once, on what it needs of those before. Thread-safe. Origin and programs
/// are settled before; here come what the programs say, the data areas, and what all of it amounts to.
/// </summary>
internal sealed class ImageContent
{
    private readonly FlashImageOptions _options;
    private readonly Lazy<BootloaderIdentity?> _bootloader;
    private readonly Lazy<AppIdentity?> _app;
    private readonly Lazy<int> _sectorPhase;
    private readonly Lazy<SectorScan> _sectors;
    private readonly Lazy<TuyaAreas> _tuya;
    private readonly Lazy<FlashVarsAreas> _flashVars;
    private readonly Lazy<LittleFsAreas> _littleFs;
    private readonly Lazy<IReadOnlyList<Partition>> _partitions;
    private readonly Lazy<IReadOnlyList<RblContainer>> _containers;
    private readonly Lazy<IReadOnlyList<Finding>> _findings;
    private readonly Lazy<ImageKind> _kind;
    private readonly Lazy<CutRead?> _cut;
    private readonly Lazy<bool> _isBehindBootloader;
    private readonly Lazy<FalTable?> _appTable;
    private readonly Lazy<Wrapping?> _wrapping;
    private readonly Lazy<SecureBootContents?> _secureBoot;

    /// <summary>Reads an image.</summary>
    /// <param name="origin">Its bytes from physical 0 on, and what begins there.</param>
    /// <param name="programs">Its programs.</param>
    /// <param name="options">What the caller knows.</param>
    /// <param name="refusedKey">A key the caller gave that is not the image's.</param>
    public ImageContent(ImageOrigin origin, ProgramLayout programs, FlashImageOptions options, string? refusedKey = null)
        : this(origin, programs, options, refusedKey, new DecodedPartitions(origin.Bytes), bootloader: null, app: null)
    {
    }

    private ImageContent(
        ImageOrigin origin, ProgramLayout programs, FlashImageOptions options, string? refusedKey, DecodedPartitions decoded,
        Lazy<BootloaderIdentity?>? bootloader, Lazy<AppIdentity?>? app)
    {
        Origin = origin;
        Programs = programs;
        _options = options;
        RefusedKey = refusedKey;
        Decoded = decoded;
        Key = FindKey();
        _bootloader = bootloader ?? new(() => ReadBootloader());
        _app = app ?? new(() => Programs.App is { Storage.Cipher: not null } found ? AppIdentity.Read(Decoded.Decode(found).Span, Origin.Generation) : null);
        _wrapping = new(() => Images.Wrapping.Is(Origin) ? Images.Wrapping.Open(Bytes, _options) : null);
        _sectorPhase = new(() => IsUnplaced ? Images.SectorPhase.Find(FlashBytes) : 0);
        _sectors = new(() => SectorScan.Run(FlashBytes, PinLayout, SectorPhase));
        _tuya = new(() => TuyaAreas.Read(FlashBytes, new Lazy<ReadOnlyMemory<byte>>(() => PlainApp), SectorPhase));
        _flashVars = new(() => FlashVarsAreas.Read(FlashBytes, Map));
        _littleFs = new(() => LittleFsAreas.Read(FlashBytes, Chip, Map, Sectors.ObkConfigs, SectorPhase));
        _partitions = new(() => PartitionList.Make(Origin, Programs, Map, Sectors, Tuya.Contents, FlashVars, LittleFs.Volume));
        _containers = new(() => ContainerJudge.FindAll(FlashBytes, Programs, Decoded, new Lazy<IReadOnlyList<OtaKey>>(() => UpdateKeys)));
        _findings = new(() => ImageFindings.Collect(this));
        _kind = new(() => ImageKinds.Tell(Origin, Programs, () => Containers, () => Partitions, () => Cut is not null));
        _cut = new(() => CutRead.Find(this));
        _isBehindBootloader = new(() => ReadBehindBootloader.Is(Origin));
        _secureBoot = new(() => SecureBootContents.Read(this));
        _appTable = new(() => Programs.Fal ?? AppPlace.Prove(this));
    }

    public ImageOrigin Origin { get; }

    public ProgramLayout Programs { get; }

    public DecodedPartitions Decoded { get; }

    public ReadOnlyMemory<byte> Bytes => Origin.Bytes;

    public ImageKey Key { get; }

    /// <summary>True when the caller gave the key: then none is looked for.</summary>
    public bool IsKeyGiven => _options.IsKeyGiven;

    /// <summary>The name of the key the caller gave, where it opens nothing and the image is read without it; else null.</summary>
    public string? RefusedKey { get; }

    /// <summary>Looking at an image forgives a wrong key; taking its programs apart or changing it does not.</summary>
    /// <exception cref="BekenImageException">The caller gave a key that is not the image's (<see cref="FindingCode.KeyUnknown"/>).</exception>
    public void CheckGivenKey()
    {
        if (RefusedKey is { } refused)
        {
            throw new BekenImageException(FindingCode.KeyUnknown,
                Key.IsKnown
                    ? $"the image shows no ARM vectors under the given key, {refused}; they appear under {Key.Value?.DisplayName ?? Key.Name}"
                    : $"the image shows no ARM vectors under the given key, {refused}, and no other key is known");
        }
    }

    /// <summary>The file inside.</summary>
    /// <exception cref="BekenImageException">It is not there, or cannot be opened.</exception>
    public FlashImage TakeContained() => Wrapping switch
    {
        { Refusal: { } refusal } => throw new BekenImageException(refusal.Code, refusal.Message, refusal.Offset),
        { Contained: { } inside } => inside,
        _ => throw new BekenImageException(FindingCode.WrongKind, "what is in the file cannot be opened"),
    };

    public ImageKind Kind => _kind.Value;

    /// <summary>True when the image is a chip's whole flash.</summary>
    public bool IsWholeChip => ImageKinds.IsWholeChip(Bytes.Span, Programs.Fal);

    /// <summary>True when the read of a device begins behind its bootloader.</summary>
    public bool IsBehindBootloader => _isBehindBootloader.Value;

    /// <summary>Set where the read ended before its chip did.</summary>
    public CutRead? Cut => _cut.Value;

    /// <summary>
    /// The partition table that says where the app lies: the bootloader's own, or where it has none, the one that the app and the header
    /// behind it prove. Null where neither says it.
    /// </summary>
    public FalTable? AppTable => _appTable.Value;

    public BootloaderIdentity? Bootloader => _bootloader.Value;

    public AppIdentity? App => _app.Value;

    /// <summary>What secure boot goes by; null where there is nothing of it.</summary>
    public SecureBootContents? SecureBoot => _secureBoot.Value;

    /// <summary>Set for a file that is there for another one in it.</summary>
    public Wrapping? Wrapping => _wrapping.Value;

    /// <summary>The app, or that of the file inside.</summary>
    public AppIdentity? PayloadApp => Wrapping is null ? App : Inside?.PayloadApp;

    public string? BootVersion => Wrapping is null ? Bootloader?.Version : Inside?.BootVersion;

    public string? AppVersion => PayloadApp?.Version;

    public FirmwareFlavor Flavor => PayloadApp?.Flavor ?? FirmwareFlavor.Unknown;

    public BekenChip Chip => _options.Chip != BekenChip.Unknown ? _options.Chip : ToldChip;

    /// <summary>The chip by the image's own signs, whatever the caller named.</summary>
    public BekenChip ToldChip => Inside?.ToldChip ?? FamilyRule.Agreed(
        Wrapping?.StatedChips ?? _options.StatedChips, Wrapping is null ? ImageChips.Tell(Bootloader, App, Programs) : BekenChip.Unknown, App);

    /// <summary>True where nothing at a file's beginning tells where in a chip it belongs; a whole chip's read is one of these too.</summary>
    public bool IsUnplaced => Origin.Start == ImageStart.Other && !Images.Wrapping.Is(Origin);

    /// <summary>Offset at which the first sector begins: not 0 in a read that began in the middle of one.</summary>
    public int SectorPhase => _sectorPhase.Value;

    /// <summary>True where the chip is the likeliest of several: its bootloader's mark is theirs too, and its app names none.</summary>
    public bool IsChipLikely => Bootloader is { IsLikely: true } && App is not { Chip: not BekenChip.Unknown, Generation: ChipGeneration.Armino };

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

    public RfTable? Rf => ImageAreas.SelectRf(RfTables, OffsetOf(Map?.Rf.Start));

    public ObkConfig? ObkConfig => ImageAreas.SelectObkConfig(Sectors.ObkConfigs, OffsetOf(Map?.ConfigHome.Start));

    /// <summary>Where a physical address lies in this file: in a read that began at the app everything is that much nearer.</summary>
    public long? OffsetOf(long? physical) => physical - Origin.PhysicalBase;

    /// <summary>
    /// The flash map of the image's own firmware; null where none is known. Under secure boot the image's table is the map.
    /// </summary>
    public ChipLayout? Map => Images.Wrapping.Is(Origin) || Programs.Secure is not null ? null : ChipLayout.For(Chip, Flavor);

    /// <summary>How many pins a configuration of this chip has room for.</summary>
    public ObkPinLayout PinLayout => BekenChips.PinLayoutOf(Chip);

    /// <summary>The keys that may open update packages: the bootloader's own, then the vendor's default.</summary>
    private IReadOnlyList<OtaKey> UpdateKeys => UpdatePackages.Keys(null, UpdatePackages.StoredKey(Programs, Decoded));

    private ImageContent? Inside => Wrapping?.Contained?.Content;

    /// <summary>The bytes that may be a flash's: those of a UF2 file or an archive are not where they will be.</summary>
    private ReadOnlyMemory<byte> FlashBytes => Origin.Start == ImageStart.Other && Images.Wrapping.IsPackage(Bytes) ? default : Bytes;

    private ReadOnlyMemory<byte> PlainApp => Programs.App is { Storage.Cipher: not null } app ? Decoded.Decode(app) : default;

    /// <summary>
    /// The same image with other bytes in some ranges, where no program lies: what the programs are and say need not be read again.
    /// </summary>
    /// <param name="bytes">From physical 0 on, as many as before.</param>
    public ImageContent WithData(ReadOnlyMemory<byte> bytes) =>
        new(Origin.With(bytes), Programs, _options, RefusedKey, Decoded.For(bytes), _bootloader, _app);

    // The mark of an Armino loader is readable whether or not the rest is.
    private BootloaderIdentity? ReadBootloader() => Programs.Bootloader switch
    {
        var found when Origin.IsArmino && (found is not null || SecureBoot is not null) => BootloaderIdentity.OfArmino(this, found),
        null => null,
        { Key: not null } found => BootloaderIdentity.Read(Decoded.Decode(found).Span),
        _ => null,
    };

    private ImageKey FindKey()
    {
        if (_options.Key is { } given && !Origin.IsArmino)
            return new ImageKey(new CoefficientCipher(given), KeySource.Given);
        var program = Programs.App is { Storage.Cipher: not null } app ? app : Programs.Bootloader;
        return program?.Storage.Cipher is { } cipher ? new ImageKey(cipher, program.KeySource) : ImageKey.Unknown;
    }
}
