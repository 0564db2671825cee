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

    private const int BufferSize = 81920;

    private readonly Lazy<ReadOnlyMemory<byte>> _source;
    private readonly Lazy<string> _sha256;

    private FlashImage(Lazy<ReadOnlyMemory<byte>> source, ImageContent content, FlashImageOptions options)
    {
        _source = source;
        Content = content;
        Options = options;
        _sha256 = new Lazy<string>(() => Sha256Text.Of(Source.Span));
    }

    /// <summary>What the file is.</summary>
    public ImageKind Kind => Content.Kind;

    /// <summary>The chip, as well as the image can tell.</summary>
    public BekenChip Chip => Content.Chip;

    /// <summary>Whose firmware the app is.</summary>
    public FirmwareFlavor Flavor => Content.Flavor;

    /// <summary>What the bootloader prints, such as <c>BK7231n_1.0.8</c>; null when it prints nothing or is not there.</summary>
    public string? BootVersion => Content.BootVersion;

    /// <summary>OpenBeken's number, else the version of TuyaOS or the SDK; null when not known.</summary>
    public string? AppVersion => Content.AppVersion;

    /// <summary>How many bytes the file had to be rotated right so that physical 0 comes first.</summary>
    public int Rotation => Origin.Rotation;

    /// <summary>Length of <see cref="Bytes"/>: that of the file, but for a package that is read as the flash it makes.</summary>
    public int Length => Bytes.Length;

    /// <summary>Length of the file as it was given, in bytes.</summary>
    public int FileLength => Source.Length;

    /// <summary>The file as it was given.</summary>
    public ReadOnlyMemory<byte> Source => _source.Value;

    /// <summary>
    /// The image with its rotation undone; the same memory as <see cref="Source"/> where there is none. Of a headered package of the Armino
    /// chips that is whole, the flash it makes: its parts in their places, 0xFF between.
    /// </summary>
    public ReadOnlyMemory<byte> Bytes => Origin.Bytes;

    /// <summary>
    /// How the programs are stored: with page CRCs, as flash holds them, or without, as in a file or a logical read. Null where there is none.
    /// </summary>
    public StoredForm? Stored => (Programs.App ?? Programs.Bootloader) is { } program
        ? program.Storage.IsPaged ? StoredForm.Paged : StoredForm.Logical
        : null;

    /// <summary>Physical address of the first byte: 0x11000 for an app packed for that place, else 0.</summary>
    public long PhysicalBase => Origin.PhysicalBase;

    /// <summary>SHA-256 of the file as it was given, lower-case hex.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>The app's key, or the bootloader's where there is no app.</summary>
    public ImageKey Key => Content.Key;

    /// <summary>Everything that has a name, in physical order. Ranges may contain each other.</summary>
    public IReadOnlyList<Partition> Partitions => Content.Partitions;

    /// <summary>The bootloader's partition table; null when there is none.</summary>
    public FalTable? Fal => Programs.Fal;

    /// <summary>What secure boot goes by, in an image of the Armino chips; null where there is nothing of it.</summary>
    public SecureBootContents? SecureBoot => Content.SecureBoot;

    /// <summary>What the caller said the device trusts under secure boot; null where it said nothing.</summary>
    public Formats.SecureBoot.SecureBootKeys? KnownSecureBootKeys => Options.SecureBoot;

    /// <summary>Every RBL header, in physical order.</summary>
    public IReadOnlyList<RblContainer> Containers => Content.Containers;

    /// <summary>The RF table that counts: a calibrated one, then the one where the firmware looks, then the lowest. Null when there is none.</summary>
    public RfTable? Rf => Content.Rf;

    /// <summary>Every RF table, in physical order.</summary>
    public IReadOnlyList<RfTable> RfTables => Content.RfTables;

    /// <summary>OpenBeken's configuration: one with a right checksum, then the one where the firmware looks. Null when there is none.</summary>
    public ObkConfig? ObkConfig => Content.ObkConfig;

    /// <summary>Every NET_PARAM table, in physical order.</summary>
    public IReadOnlyList<NetParamTable> NetParamTables => Content.Sectors.NetParams;

    /// <summary>Every fast-connect record, in physical order. They hold the credentials of a network.</summary>
    public IReadOnlyList<FastConnectRecord> FastConnectRecords => Content.Sectors.FastConnects;

    /// <summary>OpenBeken's flash variables as releases from 1.18.255 on keep them; null when there are none.</summary>
    public EasyFlashStore? FlashVarsStore => Content.FlashVars.Store;

    /// <summary>OpenBeken's flash variables as older releases kept them, where this image's firmware would look; null when there are none.</summary>
    public FlashVarsJournal? FlashVarsJournal => Content.FlashVars.Journal;

    /// <summary>Tuya's enciphered key-value storage; null when there is none.</summary>
    public TuyaStorage? TuyaStorage => TuyaContents.Storage;

    /// <summary>Everything Tuya's firmware keeps in flash besides itself; empty when there is nothing.</summary>
    public TuyaContents TuyaContents => Content.Tuya.Contents;

    /// <summary>
    /// The texts of Tuya's user_param_key, which describe the device's wiring: those of storage and files, then those in the deciphered
    /// app. The first counts.
    /// </summary>
    public IReadOnlyList<TuyaFoundUserParameters> UserParameters => Content.Tuya.UserParameters;

    /// <summary>
    /// OpenBeken's LittleFS volume: the one the image's firmware mounts, by its chip and the configured size; else the first undamaged one,
    /// else the first. Null when there is none.
    /// </summary>
    public LittleFsVolume? LittleFs => Content.LittleFs.Volume;

    /// <summary>
    /// What is in a file that is there for another one: the application of an update package, the package in a UG file, the update package
    /// or the packed app of a UF2 file, the one image in a zip or gzip file. Opened when first asked for, within limits. Null for every
    /// other file, and where it cannot be opened: another AES key than the vendor's default, damage, several images in an archive.
    /// </summary>
    public FlashImage? Contained => Content.Wrapping?.Contained;

    /// <summary>The name of <see cref="Contained"/>: a text to show, not a path. Null where nothing is contained.</summary>
    public string? Member => Content.Wrapping?.Member;

    /// <summary>All files in a file that is there for others, as far as they can be listed; empty for every other file.</summary>
    public IReadOnlyList<ImageMember> Members => Content.Wrapping?.Members ?? [];

    /// <summary>True for a package that is read as the flash it makes: it has partitions, and nothing is contained in it.</summary>
    public bool IsPackagedFlash => Origin.Package is not null;

    /// <summary>True for a zip or gzip file.</summary>
    public bool IsArchive => Content.Wrapping is { IsArchive: true };

    /// <summary>What is wrong or remarkable.</summary>
    public IReadOnlyList<Finding> Findings => Content.Findings;

    internal ImageOrigin Origin => Content.Origin;

    internal ProgramLayout Programs => Content.Programs;

    internal FlashImageOptions Options { get; }

    internal ImageContent Content { get; }

    /// <summary>True when the image is a chip's whole flash.</summary>
    internal bool IsWholeChip => Content.IsWholeChip;

    /// <summary>Reads an image. Never throws on content.</summary>
    /// <param name="bytes">The file. It is kept, not copied.</param>
    /// <param name="options">What the caller knows; null for nothing.</param>
    /// <exception cref="BekenImageException">More than <see cref="MaximumLength"/> bytes.</exception>
    public static FlashImage Parse(ReadOnlyMemory<byte> bytes, FlashImageOptions? options = null)
    {
        if (bytes.Length > MaximumLength)
            throw TooLarge(bytes.Length);
        return Read(
            new Lazy<ReadOnlyMemory<byte>>(() => bytes), keys => ImageOrigin.Find(bytes, keys), mayBeRotated: true, options?.Copy() ?? new FlashImageOptions());
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
        var buffer = new byte[BufferSize];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            Append(copy, buffer, read);
        return Parse(Take(copy), options);
    }

    /// <summary>Reads an image from a stream, from its current position to its end. The stream stays open.</summary>
    /// <param name="stream">Any readable stream; it need not know its length.</param>
    /// <param name="options">What the caller knows; null for nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">It was asked to end.</exception>
    /// <exception cref="BekenImageException">More than <see cref="MaximumLength"/> bytes.</exception>
    public static async Task<FlashImage> LoadAsync(
        Stream stream, FlashImageOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        using var copy = new MemoryStream(RemainingLength(stream));
        var buffer = new byte[BufferSize];
        for (int read; (read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0;)
            Append(copy, buffer, read);
        return Parse(Take(copy), options);
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
        return Content.Decoded.Decode(partition);
    }

    /// <summary>The plain bytes of a partition as an edit takes them back: the leading valid pages of a striped one, deciphered; a raw one's bytes.</summary>
    /// <param name="partition">A partition of this image.</param>
    /// <exception cref="BekenImageException">The partition's key is not known, or it does not begin with a valid page.</exception>
    public ReadOnlyMemory<byte> Extract(Partition partition)
    {
        if (partition is null)
            throw new ArgumentNullException(nameof(partition));
        if (!partition.IsStriped && !LogicalReads.IsSlot(this, partition))
            return Decode(partition);
        Content.CheckGivenKey();
        if (partition.Storage.Cipher is null)
        {
            throw new BekenImageException(FindingCode.KeyUnknown,
                $"the key of '{partition.Name}' is not known; it must be given, or the stored bytes taken", partition.Offset);
        }
        return PlainProgram.Read(this, partition)?.Bytes ?? throw new BekenImageException(
            FindingCode.BadPage, $"'{partition.Name}' does not begin with a valid page; the stored bytes can be taken", partition.Offset);
    }

    /// <summary>The image to work on: the one in a zip or gzip file; for every other file this one.</summary>
    /// <exception cref="BekenImageException">There is not exactly one in the archive (<see cref="FindingCode.ArchiveListed"/>).</exception>
    public FlashImage OpenArchive() => IsArchive ? Content.TakeContained() : this;

    /// <summary>The firmware file to work on: out of an archive, out of a UF2 file; for every other file this one.</summary>
    /// <exception cref="BekenImageException">There is none in it, or several, or it is damaged.</exception>
    public FlashImage OpenPackage()
    {
        var image = this;
        while (image is { Kind: ImageKind.Package, IsPackagedFlash: false })
            image = image.Content.TakeContained();
        return image;
    }

    /// <summary>
    /// Recovers the key from the programs of this image alone, whatever is known of it: by their vectors, else by the statistics of their code.
    /// </summary>
    public KeyRecoveryResult RecoverKey()
    {
        var programs = Programs.Partitions.Where(partition => partition.LogicalStart is not null && partition.Pages is not { Valid: 0 }).ToArray();
        // The statistics are those of the older core's code; an AES key nothing recovers.
        if (Origin.IsArmino && programs.Any(program => program.Storage.Cipher is { IsIdentity: true } && Programs.BeginsWithVectors(program, Decode(program).Span)))
            return KeyRecoveryResult.OfPlainCode();
        return KeySearch.Recover(Bytes, programs);
    }

    /// <summary>The update package: the file itself, the one in a UG file, or one staged in the download partition. Null when there is none.</summary>
    public OtaPackage? UpdatePackage => UpdatePackages.Find(this);

    /// <summary>Opens the update package: the plain application in it.</summary>
    /// <param name="key">Its AES key and IV; null tries those the bootloader stores, then the vendor's default.</param>
    /// <exception cref="BekenImageException">There is no package, it is damaged, or no key opens it.</exception>
    public byte[] UnpackUpdate(OtaKey? key = null) => UpdatePackages.Open(this, key, this);

    /// <summary>
    /// The image with other bytes. Where no program was touched, what is known of the programs stays known; else it is read anew, but for
    /// the rotation: what was changed does not move physical 0.
    /// </summary>
    /// <param name="unrotated">From physical 0 on. Kept, not copied.</param>
    /// <param name="changed">The ranges that may differ.</param>
    /// <param name="key">The key the programs have now; null where it is the one they had.</param>
    internal FlashImage With(ReadOnlyMemory<byte> unrotated, IReadOnlyList<FlashRange> changed, BekenKey? key = null)
    {
        Origin.Package?.Check(unrotated.Span);
        var source = new Lazy<ReadOnlyMemory<byte>>(() => Origin.ToFile(unrotated));
        if (unrotated.Length == Length && Programs.StayAsTheyAre(changed))
            return new FlashImage(source, Content.WithData(unrotated), Options);
        var options = Options.Copy();
        // A key the caller gave wins over what is found; it must not win over the one the programs were moved to.
        if (options.Key is not null && key is not null)
            options.Key = key;
        return Read(source, keys => Origin.Reread(unrotated, keys), mayBeRotated: false, options);
    }

    // A key that shows no vectors anywhere, where the image is read without it, is not its key: it must not make the image unreadable.
    private static FlashImage Read(
        Lazy<ReadOnlyMemory<byte>> source, Func<IReadOnlyList<BekenKey>, ImageOrigin> find, bool mayBeRotated, FlashImageOptions options)
    {
        var read = Read(source, find, mayBeRotated, options, refusedKey: null);
        if (!options.IsKeyGiven || read.Programs.ProveGivenKey)
            return read;
        var without = options.Copy();
        (without.Key, without.AesKey) = (null, null);
        var other = Read(source, find, mayBeRotated, without, options.NameOfGivenKey);
        // Coefficients may be all that is known of a program whose vectors are damaged; where AES is the cipher, they are no key at all.
        return other.Key.IsKnown || options.Key is null || other.Origin.IsArmino ? other : read;
    }

    private static FlashImage Read(
        Lazy<ReadOnlyMemory<byte>> source, Func<IReadOnlyList<BekenKey>, ImageOrigin> find, bool mayBeRotated, FlashImageOptions options,
        string? refusedKey)
    {
        var keys = KeysToTry(options);
        var origin = find(keys);
        BekenKey? recovered = null;
        if (origin.Start == ImageStart.Other && !options.IsKeyGiven && !Wrapping.IsPackage(origin.Bytes))
        {
            var found = KeySearch.RecoverStart(origin.Bytes.Span, 0, FlashGeometry.AppLogicalAddress);
            if (found.Count > 0)
                origin = find([.. keys, found[0]]);
            if (found.Count == 1)
                keys = [.. keys, (recovered = found[0]).Value];
        }
        if (origin.Start == ImageStart.Other && options.AesKey is not null && ArminoCiphers.OpenStart(origin.Bytes, options))
            origin = origin.AsArmino();
        origin = origin.OrLostBootloader(keys, mayBeRotated);
        var content = new ImageContent(origin, ProgramLayout.Resolve(origin, options, keys, recovered), options, refusedKey);
        return new FlashImage(source, content, options);
    }

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

    private static void Append(MemoryStream copy, byte[] buffer, int count)
    {
        if (copy.Length + count > MaximumLength)
            throw TooLarge(copy.Length + count);
        copy.Write(buffer, 0, count);
    }

    // Where the stream told its length, the array that was filled is the one that is kept.
    private static ReadOnlyMemory<byte> Take(MemoryStream copy) =>
        copy.Capacity == copy.Length ? copy.GetBuffer() : copy.ToArray();
}
