using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.Fal;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>The two inputs of a combination, judged: whether they are what they should be, and what follows from them.</summary>
internal sealed class CombineInputs
{
    private CombineInputs(FlashImage factory, FlashImage firmware, FirmwareApp app, BootloaderChoice bootloader, BekenChip chip, BekenChip firmwareChip)
    {
        Factory = factory;
        Firmware = firmware;
        App = app;
        Bootloader = bootloader;
        Chip = chip;
        FirmwareChip = firmwareChip;
        Map = ChipLayout.For(firmwareChip, app.Identity.Flavor);
    }

    /// <summary>The dump, with whatever was wrong with its reading undone.</summary>
    public FlashImage Factory { get; }

    public FlashImage Firmware { get; }

    public FirmwareApp App { get; }

    /// <summary>The bootloader the result will have, its key and its partition table.</summary>
    public BootloaderChoice Bootloader { get; }

    public BekenKey Key => Bootloader.Key;

    public FalTable Fal => Bootloader.Fal;

    public BekenChip Chip { get; }

    public BekenChip FirmwareChip { get; }

    /// <summary>Where the firmware looks for its data; null where that is not known.</summary>
    public ChipLayout? Map { get; }

    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    /// <exception cref="ImageGuardException">The two do not go together.</exception>
    public static CombineInputs Judge(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        var normalized = ImageNormalizer.Normalize(factory);
        if (normalized.Bytes.Length != factory.Length)
            factory = FlashImage.Parse(normalized.Bytes, factory.Options);
        CheckKinds(factory, firmware, options);
        var app = TakeApp(firmware, factory, options);
        var (chip, firmwareChip) = CheckChips(factory, firmware, app, options);
        var bootloader = BootloaderChoice.Make(factory, firmware, options);
        if (options.PartitionTable == PartitionTableChoice.Firmware)
            bootloader = bootloader.WithTableOf(firmware, ChipLayout.For(firmwareChip, app.Identity.Flavor));
        return new CombineInputs(factory, firmware, app, bootloader, chip, firmwareChip);
    }

    private static void CheckKinds(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        if (!IsDeviceDump(factory))
        {
            string swapped = IsDeviceDump(firmware) ? "the two inputs look swapped: the dump of the device comes first; " : string.Empty;
            throw new BekenImageException(FindingCode.WrongKind,
                $"{swapped}'{options.FactoryName}' is no dump of a whole chip but {Describe(factory)}; read the device's whole flash");
        }
        if (firmware.Kind == ImageKind.Dump && !options.FirmwareIsDump)
        {
            throw new BekenImageException(FindingCode.WrongKind,
                $"'{options.FirmwareName}' is a dump of a whole chip, not a firmware file; if its app is really what you want, say so with --firmware-dump");
        }
    }

    private static FirmwareApp TakeApp(FlashImage firmware, FlashImage factory, CombineOptions options)
    {
        try
        {
            return FirmwareApp.TakeFrom(firmware, factory);
        }
        catch (BekenImageException error)
        {
            throw new BekenImageException(error.Code, $"'{options.FirmwareName}': {error.Message}", error.Offset);
        }
    }

    // A device whose app is gone is still a device; so is one whose bootloader could not be read, when the caller brings one.
    private static bool IsDeviceDump(FlashImage image) =>
        image.Kind == ImageKind.Dump || image.Kind == ImageKind.Piece && image.IsWholeChip && image.Origin.Start != ImageStart.App;

    private static string Describe(FlashImage image) => image.Kind switch
    {
        ImageKind.Qio => "a QIO image (bootloader and app as they are built, without a device's calibration)",
        ImageKind.Ua => "a packed app",
        ImageKind.App => "an application",
        ImageKind.Bootloader => "a bootloader",
        ImageKind.Ota => "an update package",
        ImageKind.Ug => "a Tuya update package",
        ImageKind.Piece => "a piece of a dump",
        _ => "nothing known",
    };

    private static (BekenChip, BekenChip) CheckChips(FlashImage factory, FlashImage firmware, FirmwareApp app, CombineOptions options)
    {
        var chip = OrGiven(factory.Chip, options.Chip);
        var firmwareChip = OrGiven(firmware.Chip != BekenChip.Unknown ? firmware.Chip : app.Identity.Chip, options.Chip);
        if (chip == BekenChip.Unknown || firmwareChip == BekenChip.Unknown)
        {
            string which = chip == BekenChip.Unknown ? options.FactoryName : options.FirmwareName;
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"'{which}' does not tell its chip; name it with --chip");
        }
        if (!BekenChips.AreSameFamily(chip, firmwareChip))
        {
            throw new ImageGuardException(FindingCode.ChipsDiffer,
                $"the device is a {chip}, the firmware is for {firmwareChip}; that does not run, and may not be flashed");
        }
        if (options.Chip != BekenChip.Unknown && !BekenChips.AreSameFamily(chip, options.Chip))
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"--chip says {options.Chip}, but the device is a {chip}");
        return (chip, firmwareChip);
    }

    private static BekenChip OrGiven(BekenChip told, BekenChip given) => told != BekenChip.Unknown ? told : given;
}
