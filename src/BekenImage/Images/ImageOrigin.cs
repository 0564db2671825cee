using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Ua;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>What the first bytes of an image turned out to be.</summary>
internal enum ImageStart
{
    /// <summary>Nothing recognised.</summary>
    Other,

    /// <summary>Pages of a bootloader: the image begins at physical 0.</summary>
    Bootloader,

    /// <summary>Pages of an app: the image begins at physical 0x11000.</summary>
    App,

    /// <summary>A plain or enciphered application file, without pages.</summary>
    AppFile,

    /// <summary>A plain or enciphered bootloader file, without pages.</summary>
    BootloaderFile,

    /// <summary>A chip's whole flash whose bootloader is not there: something else stands in its slot, or nothing. Physical 0 all the same.</summary>
    LostBootloader,
}

/// <summary>Where physical 0 lies in an image, and what begins there. The first question of reading: pages only line up from there.</summary>
internal sealed class ImageOrigin
{
    private const int RotationAttempts = 4;

    /// <summary>The smallest flash any supported chip has; a shorter file is one only by its partition table.</summary>
    public const int SmallestWholeChip = 0x200000;

    private readonly bool _isTold;

    private ImageOrigin(ReadOnlyMemory<byte> bytes, int rotation, ProgramStart start, ImageStart standsAt0 = ImageStart.Other)
    {
        Bytes = bytes;
        Rotation = rotation;
        Start = start.Kind;
        Generation = start.Generation;
        _isTold = start.IsTold;
        StandsAt0 = standsAt0;
    }

    /// <summary>The image with its rotation undone.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many bytes the image had to be rotated right.</summary>
    public int Rotation { get; }

    public ImageStart Start { get; }

    /// <summary>Which chips what begins there is for; the BK72xx where nothing is told.</summary>
    public ChipGeneration Generation { get; }

    /// <summary>The same, null where no program at the start, or behind a lost bootloader, tells it.</summary>
    public ChipGeneration? ToldGeneration => Start == ImageStart.Other || !_isTold ? null : Generation;

    /// <summary>True for an image of the Armino chips.</summary>
    public bool IsArmino => Generation == ChipGeneration.Armino;

    /// <summary>The program that stands where a lost bootloader belongs.</summary>
    public ImageStart StandsAt0 { get; }

    /// <summary>Physical address of the first byte: 0x11000 for an app packed for that place, else 0.</summary>
    public long PhysicalBase => Start == ImageStart.App ? FlashGeometry.AppOffset : 0;

    /// <summary>The same origin of an image as long, whose beginning is the same.</summary>
    public ImageOrigin With(ReadOnlyMemory<byte> bytes) => new(bytes, Rotation, new ProgramStart(Start, Generation, _isTold), StandsAt0) { Package = Package };

    /// <summary>The origin of an image whose rotation is known.</summary>
    /// <param name="unrotated">The image from physical 0 on.</param>
    /// <param name="rotation">How many bytes its file was rotated right.</param>
    /// <param name="keys">The keys to try.</param>
    public static ImageOrigin At(ReadOnlyMemory<byte> unrotated, int rotation, IReadOnlyList<BekenKey> keys) =>
        new(unrotated, rotation, StartOf(unrotated.Span, keys));

    /// <summary>The package whose flash this is: the file's bytes are not these. Null for every other file.</summary>
    public PackagedFlash? Package { get; private init; }

    /// <summary>The same place of physical 0, in the same package, of other bytes.</summary>
    /// <param name="unrotated">The bytes.</param>
    /// <param name="keys">The keys to try.</param>
    public ImageOrigin Reread(ReadOnlyMemory<byte> unrotated, IReadOnlyList<BekenKey> keys) =>
        Package is null ? At(unrotated, Rotation, keys) : OfPackage(Package, unrotated);

    /// <summary>The file these bytes are of: rotated, or packed, as it was.</summary>
    /// <param name="unrotated">The image from physical 0 on.</param>
    public ReadOnlyMemory<byte> ToFile(ReadOnlyMemory<byte> unrotated) => Package is not null ? Package.ToFile(unrotated.Span)
        : Rotation == 0 ? unrotated : RotateRight(unrotated.Span, unrotated.Length - Rotation);

    /// <summary>The same bytes as flash of the Armino chips: for a caller who has another proof than its mark.</summary>
    public ImageOrigin AsArmino() => new(Bytes, Rotation, new ProgramStart(ImageStart.Bootloader, ChipGeneration.Armino));

    private static ImageOrigin OfPackage(PackagedFlash package, ReadOnlyMemory<byte> flash) =>
        new(flash, 0, new ProgramStart(ImageStart.Bootloader, ChipGeneration.Armino)) { Package = package };

    public static ImageOrigin Find(ReadOnlyMemory<byte> bytes, IReadOnlyList<BekenKey> keys)
    {
        if (PackagedFlash.TryRead(bytes) is { } package)
            return OfPackage(package, package.ToFlash());
        // It begins with the app it is for.
        if (UaPackage.TryRead(bytes, out _))
            return new ImageOrigin(bytes, 0, ImageStart.Other);
        var start = StartOf(bytes.Span, keys);
        if (start.Kind != ImageStart.Bootloader && IsChipSize(bytes.Length) && FindRotated(bytes, keys) is { } rotated)
            return rotated;
        return new ImageOrigin(bytes, 0, start);
    }

    /// <summary>
    /// The same bytes as the chip whose bootloader was overwritten or erased, where what lies behind the slot says so; else this. Asked last:
    /// a bootloader under a key that was only recovered is still one.
    /// </summary>
    /// <param name="keys">The keys to try.</param>
    /// <param name="mayBeRotated">False where it is known where physical 0 lies.</param>
    public ImageOrigin OrLostBootloader(IReadOnlyList<BekenKey> keys, bool mayBeRotated)
    {
        if (Start == ImageStart.Other && ReadBehindBootloader.IsWithoutApp(Bytes))
            return new ImageOrigin(Bytes, Rotation, ImageStart.App);
        if (Start == ImageStart.Bootloader || !IsChipSize(Bytes.Length) || Bytes.Length < SmallestWholeChip)
            return this;
        if (HoldsAppBehindSlot(keys) || DeviceSectors.AreAtHome(Bytes))
            return new ImageOrigin(Bytes, Rotation, LostBootloader(Bytes, keys), Start);
        if (!mayBeRotated || Rotation != 0 || !DeviceSectors.AreAtHome(Bytes, FlashGeometry.AppOffset))
            return this;
        byte[] rotated = RotateRight(Bytes.Span, FlashGeometry.AppOffset);
        return new ImageOrigin(rotated, FlashGeometry.AppOffset, LostBootloader(rotated, keys), StartOf(rotated, keys).Kind);
    }

    // What lies behind the slot tells the generation, or what stands in it; the flash of the BK72xx never has more than 4 MiB.
    private static ProgramStart LostBootloader(ReadOnlyMemory<byte> flash, IReadOnlyList<BekenKey> keys)
    {
        const int largestBk72xx = 0x400000;
        var behind = StartOf(flash.Span.Slice(FlashGeometry.AppOffset), keys);
        var told = behind.Kind == ImageStart.App ? behind : StartOf(flash.Span, keys);
        bool isTold = told.Kind != ImageStart.Other;
        var generation = isTold ? told.Generation : flash.Length > largestBk72xx ? ChipGeneration.Armino : ChipGeneration.Bk72xx;
        return new ProgramStart(ImageStart.LostBootloader, generation, isTold || flash.Length > largestBk72xx);
    }

    /// <summary>Sizes of flash chips: powers of two from 1 MiB on.</summary>
    public static bool IsChipSize(long length) => length is >= 0x100000 and <= 0x1000000 && (length & (length - 1)) == 0;

    /// <summary>Undoes a read that began somewhere else and wrapped around the end of the chip.</summary>
    public static byte[] RotateRight(ReadOnlySpan<byte> bytes, int count)
    {
        var rotated = new byte[bytes.Length];
        bytes.Slice(bytes.Length - count).CopyTo(rotated);
        bytes.Slice(0, bytes.Length - count).CopyTo(rotated.AsSpan(count));
        return rotated;
    }

    private static ProgramStart StartOf(ReadOnlySpan<byte> bytes, IReadOnlyList<BekenKey> keys)
    {
        if (PagedFile.IsPaged(bytes))
        {
            var start = StartOfPages(bytes, keys);
            if (start != ImageStart.Other)
                return start;
            var armino = ArminoSigns.StartOfPages(bytes);
            return armino != ImageStart.Other ? new ProgramStart(armino, ChipGeneration.Armino) : HasTable(bytes) ? ImageStart.Bootloader : ImageStart.Other;
        }
        return Program(bytes, keys) switch
        {
            ImageStart.Bootloader => ImageStart.BootloaderFile,
            ImageStart.App => ImageStart.AppFile,
            _ => ArminoSigns.StartOfFile(bytes) is var file and not ImageStart.Other ? new ProgramStart(file, ChipGeneration.Armino) : ImageStart.Other,
        };
    }

    private static ImageStart StartOfPages(ReadOnlySpan<byte> bytes, IReadOnlyList<BekenKey> keys)
    {
        return Program(ProgramPages.Strip(bytes, 2 * FlashPages.DataSize), keys);
    }

    // Bootloader or app, by vectors under some key for the one address or the other; plain vectors fit both, their handlers decide.
    private static ImageStart Program(ReadOnlySpan<byte> data, IReadOnlyList<BekenKey> keys)
    {
        Span<byte> plain = stackalloc byte[2 * ArmVectors.Size];
        foreach (var key in keys)
        {
            foreach (uint address in (ReadOnlySpan<uint>)[0, FlashGeometry.AppLogicalAddress])
            {
                if (!ArmVectors.Match(data, key, address))
                    continue;
                if (data.Length < plain.Length)
                    return address == 0 ? ImageStart.Bootloader : ImageStart.App;
                FlashCipher.Apply(key, address, data.Slice(0, plain.Length), plain);
                return ArmVectors.LinkBase(plain) == 0 ? ImageStart.Bootloader : ImageStart.App;
            }
        }
        return ImageStart.Other;
    }

    // Vectors of an app prove the place. Pages alone do where none begin at 0: a read that began elsewhere would show them there too.
    private bool HoldsAppBehindSlot(IReadOnlyList<BekenKey> keys)
    {
        var app = Bytes.Span.Slice(FlashGeometry.AppOffset);
        return PagedFile.IsPaged(app) && (StartOf(app, keys).Kind == ImageStart.App || !PagedFile.IsPaged(Bytes.Span));
    }

    private static bool HasTable(ReadOnlySpan<byte> bytes)
    {
        byte[] logical = ProgramPages.Strip(bytes.Slice(0, Math.Min(bytes.Length, FlashGeometry.AppOffset)));
        return FalReader.Find(logical) is not null;
    }

    // Where vectors of a bootloader show under a known key, there it is. Without a known key only its table tells, and that is costly to
    // look for: sectors that begin with a page are tried, the usual rotation first.
    private static ImageOrigin? FindRotated(ReadOnlyMemory<byte> bytes, IReadOnlyList<BekenKey> keys) =>
        FindRotated(bytes, keys, needsVectors: true) ?? FindRotated(bytes, keys, needsVectors: false);

    // A read of a chip that refuses its bootloader begins at 0x11000, so that place is tried first, then every other sector.
    private static ImageOrigin? FindRotated(ReadOnlyMemory<byte> bytes, IReadOnlyList<BekenKey> keys, bool needsVectors)
    {
        int attempts = 0;
        for (int rotation = FlashGeometry.AppOffset; rotation != 0; rotation = NextRotation(rotation, bytes.Length))
        {
            var tail = bytes.Span.Slice(bytes.Length - rotation);
            if (FlashPages.Check(tail.Slice(0, FlashPages.PageSize)).Valid == 0 ||
                needsVectors && StartOfPages(tail, keys) != ImageStart.Bootloader && ArminoSigns.MarkInPages(tail) is null)
                continue;
            if (++attempts > RotationAttempts)
                return null;
            byte[] rotated = RotateRight(bytes.Span, rotation);
            var start = StartOf(rotated, keys);
            // Firmware may hold another chip's loader; with its table it stands at 0 of a device.
            bool isFirst = start.Kind == ImageStart.Bootloader && (start.Generation != ChipGeneration.Armino || ArminoSigns.HasTable(rotated));
            if (isFirst && PagedFile.IsPaged(rotated.AsSpan(FlashGeometry.AppOffset)))
                return new ImageOrigin(rotated, rotation, start);
        }
        return null;
    }

    /// <summary>What begins somewhere, and for which chips.</summary>
    private readonly struct ProgramStart(ImageStart kind, ChipGeneration generation, bool isTold = true)
    {
        public bool IsTold { get; } = isTold;

        public ImageStart Kind { get; } = kind;

        public ChipGeneration Generation { get; } = generation;

        public static implicit operator ProgramStart(ImageStart kind) => new(kind, ChipGeneration.Bk72xx);
    }

    private static int NextRotation(int rotation, int length)
    {
        int next = rotation == FlashGeometry.AppOffset ? FlashGeometry.SectorSize : rotation + FlashGeometry.SectorSize;
        if (next == FlashGeometry.AppOffset)
            next += FlashGeometry.SectorSize;
        return next < length ? next : 0;
    }
}
