using System.Security.Cryptography;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Rf;
using BekenImage.Formats.Tuya;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// A flash image: what a file is and what is in it. Immutable and thread-safe. Parsing never throws on content; what is wrong or odd is
/// in <see cref="Findings"/>. Offsets are physical and count in the un-rotated image (<see cref="Bytes"/>).
/// </summary>
/// <remarks>
/// <see cref="Parse(ReadOnlyMemory{byte}, FlashImageOptions?)"/> keeps the caller's memory and copies it only to undo a rotation: do not
/// change it afterwards. Checksums, strings and decoded partitions are computed when first asked for, once.
/// </remarks>
public sealed partial class FlashImage
{
    /// <summary>The largest file that is read as an image: 64 MiB.</summary>
    public const int MaximumLength = FlashGeometry.MaximumImageLength;

    private readonly Lazy<ImageContent> _content;
    private readonly Lazy<string> _sha256;

    private FlashImage(ReadOnlyMemory<byte> source, ImageOrigin origin, ProgramLayout programs, FlashImageOptions options)
    {
        Source = source;
        Origin = origin;
        Programs = programs;
        Options = options;
        _content = new Lazy<ImageContent>(() => new ImageContent(this));
        _sha256 = new Lazy<string>(HashSource);
    }

    /// <summary>What the file is.</summary>
    public ImageKind Kind => _content.Value.Kind;

    /// <summary>The chip, as well as the image can tell.</summary>
    public BekenChip Chip => _content.Value.Chip;

    /// <summary>Whose firmware the app is.</summary>
    public FirmwareFlavor Flavor => _content.Value.Flavor;

    /// <summary>What the bootloader prints, such as <c>BK7231n_1.0.8</c>; null when it prints nothing or is not there.</summary>
    public string? BootVersion => _content.Value.BootVersion;

    /// <summary>OpenBeken's number, else the version of TuyaOS or the SDK; null when not known.</summary>
    public string? AppVersion => _content.Value.AppVersion;

    /// <summary>How many bytes the file had to be rotated right so that physical 0 comes first.</summary>
    public int Rotation => Origin.Rotation;

    /// <summary>Length of the file in bytes.</summary>
    public int Length => Source.Length;

    /// <summary>The file as it was given.</summary>
    public ReadOnlyMemory<byte> Source { get; }

    /// <summary>The image with its rotation undone; the same memory as <see cref="Source"/> where there is none.</summary>
    public ReadOnlyMemory<byte> Bytes => Origin.Bytes;

    /// <summary>Physical address of the first byte: 0x11000 for an app packed for that place, else 0.</summary>
    public long PhysicalBase => Origin.Start == ImageStart.App ? FlashGeometry.AppOffset : 0;

    /// <summary>SHA-256 of the file as it was given, lower-case hex.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>The app's key, or the bootloader's where there is no app.</summary>
    public ImageKey Key => _content.Value.Key;

    /// <summary>Everything that has a name, in physical order. Ranges may contain each other.</summary>
    public IReadOnlyList<Partition> Partitions => _content.Value.Partitions;

    /// <summary>The bootloader's partition table; null when there is none.</summary>
    public FalTable? Fal => Programs.Fal;

    /// <summary>Every RBL header, in physical order.</summary>
    public IReadOnlyList<RblContainer> Containers => _content.Value.Containers;

    /// <summary>The RF table that counts: a calibrated one, then the one where the firmware looks, then the lowest. Null when there is none.</summary>
    public RfTable? Rf => _content.Value.Rf;

    /// <summary>Every RF table, in physical order.</summary>
    public IReadOnlyList<RfTable> RfTables => _content.Value.RfTables;

    /// <summary>OpenBeken's configuration: one with a right checksum, then the one where the firmware looks. Null when there is none.</summary>
    public ObkConfig? ObkConfig => _content.Value.ObkConfig;

    /// <summary>Every NET_PARAM table, in physical order.</summary>
    public IReadOnlyList<NetParamTable> NetParamTables => _content.Value.Sectors.NetParams;

    /// <summary>Every fast-connect record, in physical order. They hold the credentials of a network.</summary>
    public IReadOnlyList<FastConnectRecord> FastConnectRecords => _content.Value.Sectors.FastConnects;

    /// <summary>OpenBeken's flash variables as releases from 1.18.255 on keep them; null when there are none.</summary>
    public EasyFlashStore? FlashVarsStore => _content.Value.FlashVars.Store;

    /// <summary>OpenBeken's flash variables as older releases kept them, where this image's firmware would look; null when there are none.</summary>
    public FlashVarsJournal? FlashVarsJournal => _content.Value.FlashVars.Journal;

    /// <summary>Tuya's enciphered key-value storage; null when there is none.</summary>
    public TuyaStorage? TuyaStorage => TuyaContents.Storage;

    /// <summary>Everything Tuya's firmware keeps in flash besides itself; empty when there is nothing.</summary>
    public TuyaContents TuyaContents => _content.Value.Tuya.Contents;

    /// <summary>
    /// The texts of Tuya's user_param_key, which describe the device's wiring: those of storage and files, then those in the deciphered
    /// app. The first counts.
    /// </summary>
    public IReadOnlyList<TuyaFoundUserParameters> UserParameters => _content.Value.Tuya.UserParameters;

    /// <summary>
    /// OpenBeken's LittleFS volume: the one the image's firmware mounts, by its chip and the configured size; else the first undamaged one,
    /// else the first. Null when there is none.
    /// </summary>
    public LittleFsVolume? LittleFs => _content.Value.LittleFs.Volume;

    /// <summary>What is wrong or remarkable.</summary>
    public IReadOnlyList<Finding> Findings => _content.Value.Findings;

    internal ImageOrigin Origin { get; }

    internal ProgramLayout Programs { get; }

    internal FlashImageOptions Options { get; }

    internal ImageContent Content => _content.Value;

    /// <summary>Reads an image. Never throws on content.</summary>
    /// <param name="bytes">The file. It is kept, not copied.</param>
    /// <param name="options">What the caller knows; null for nothing.</param>
    /// <exception cref="BekenImageException">More than <see cref="MaximumLength"/> bytes.</exception>
    public static FlashImage Parse(ReadOnlyMemory<byte> bytes, FlashImageOptions? options = null)
    {
        if (bytes.Length > MaximumLength)
            throw TooLarge(bytes.Length);
        options ??= new FlashImageOptions();
        var keys = KeysToTry(options);
        var origin = ImageOrigin.Find(bytes, keys);
        BekenKey? recovered = null;
        if (origin.Start == ImageStart.Other && options.Key is null)
        {
            var found = KeySearch.RecoverStart(bytes.Span, 0, FlashGeometry.AppLogicalAddress);
            if (found.Count > 0)
                origin = ImageOrigin.Find(bytes, [.. keys, found[0]]);
            if (found.Count == 1)
                keys = [.. keys, (recovered = found[0]).Value];
        }
        return new FlashImage(bytes, origin, ProgramLayout.Resolve(origin, options, keys, recovered), options);
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte}, FlashImageOptions?)"/>
    public static FlashImage Parse(byte[] bytes, FlashImageOptions? options = null) =>
        Parse(new ReadOnlyMemory<byte>(bytes ?? throw new ArgumentNullException(nameof(bytes))), options);

    /// <summary>Reads an image from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the caller knows; null for nothing.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BekenImageException">More than <see cref="MaximumLength"/> bytes.</exception>
    public static FlashImage Load(string path, FlashImageOptions? options = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Load(stream, options);
    }

    /// <summary>Reads an image from a stream, from its current position to its end. The stream stays open.</summary>
    /// <param name="stream">Any readable stream; it need not know its length.</param>
    /// <param name="options">What the caller knows; null for nothing.</param>
    /// <exception cref="BekenImageException">More than <see cref="MaximumLength"/> bytes.</exception>
    public static FlashImage Load(Stream stream, FlashImageOptions? options = null)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        using var copy = new MemoryStream(RemainingLength(stream));
        var buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            if (copy.Length + read > MaximumLength)
                throw TooLarge(copy.Length + read);
            copy.Write(buffer, 0, read);
        }
        return Parse(copy.Length == copy.Capacity ? copy.GetBuffer() : copy.ToArray(), options);
    }

    /// <summary>The first partition of that name, or null.</summary>
    /// <param name="name">A name of the partition table, or one of <see cref="PartitionNames"/>.</param>
    public Partition? FindPartition(string name) => Partitions.FirstOrDefault(partition => partition.Name == name);

    /// <summary>
    /// A partition's plain bytes: the data of its whole pages, deciphered where the key is known; for a raw partition its bytes. Decoded
    /// once and then kept.
    /// </summary>
    /// <param name="partition">A partition of this image.</param>
    public ReadOnlyMemory<byte> Decode(Partition partition)
    {
        if (partition is null)
            throw new ArgumentNullException(nameof(partition));
        return _content.Value.Decode(partition);
    }

    /// <summary>
    /// Recovers the key from the programs of this image alone, whatever is known of it: by their vectors, else by the statistics of their code.
    /// </summary>
    public KeyRecoveryResult RecoverKey()
    {
        var programs = Programs.Partitions.Where(partition => partition.LogicalStart is not null && partition.Pages is not { Valid: 0 }).ToArray();
        return KeySearch.Recover(Bytes, programs);
    }

    /// <summary>The update package: the file itself, the one in a UG file, or one staged in the download partition. Null when there is none.</summary>
    public OtaPackage? UpdatePackage => UpdatePackages.Find(this);

    /// <summary>Opens the update package: the plain application in it.</summary>
    /// <param name="key">Its AES key and IV; null tries those the bootloader stores, then the vendor's default.</param>
    /// <exception cref="BekenImageException">There is no package, it is damaged, or no key opens it.</exception>
    public byte[] UnpackUpdate(OtaKey? key = null) => UpdatePackages.Open(this, key, this);

    // A hint only: where it is right, the array that is filled is the one that is kept.
    private static int RemainingLength(Stream stream) =>
        stream.CanSeek ? (int)Math.Max(0, Math.Min(stream.Length - stream.Position, MaximumLength)) : 0;

    private static BekenImageException TooLarge(long length) => new(FindingCode.TooLarge, FormattableString.Invariant(
        $"{length} bytes or more are too many for a flash image; the limit is {MaximumLength}"));

    private static IReadOnlyList<BekenKey> KeysToTry(FlashImageOptions options)
    {
        var keys = BekenKey.Named.Select(named => named.Key);
        return options.Key is { } given ? [given, .. keys] : keys.ToArray();
    }

    private string HashSource()
    {
        using var sha256 = SHA256.Create();
        byte[] hash = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(Source, out var segment)
            ? sha256.ComputeHash(segment.Array!, segment.Offset, segment.Count)
            : sha256.ComputeHash(Source.ToArray());
        return Hex.Lower(hash);
    }
}
