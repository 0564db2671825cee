using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Foreign;
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
        factory = Blame.On(Blame.Factory, factory.OpenArchive);
        firmware = Blame.On(Blame.Firmware, firmware.OpenPackage);
        var normalized = Blame.On(Blame.Factory, () => ImageNormalizer.Normalize(factory));
        if (normalized.Bytes.Length != factory.Length)
            factory = FlashImage.Parse(normalized.Bytes, factory.Options);
        bool isBehind = factory.Content.IsBehindBootloader;
        if (isBehind)
            factory = FlashImage.Parse(ReadBehindBootloader.Place(factory.Bytes.Span), factory.Options);
        CheckKinds(factory, firmware, options);
        if (isBehind && options.Bootloader is null && !options.ReplaceBootloader)
        {
            throw new BekenImageException(FindingCode.BootloaderMissing,
                $"{ReadBehindBootloader.Message}; a bootloader must be supplied, or the chip read again from 0").About(Blame.Factory);
        }
        BootloaderChoice? supplied = null;
        if (!BootloaderChoice.HasOwn(factory))
        {
            supplied = Blame.On(PartitionNames.Bootloader, () => BootloaderChoice.Supply(factory, firmware, options));
            factory = supplied.Restore(factory);
        }
        var app = Blame.On(Blame.Firmware, () => FirmwareApp.TakeFrom(firmware, factory));
        var (chip, firmwareChip) = CheckChips(factory, firmware, app, options);
        var bootloader = supplied ?? Blame.On(PartitionNames.Bootloader, () => BootloaderChoice.Make(factory, firmware, options));
        if (bootloader.Source.Content.Bootloader is { } identity && FamilyRule.Together(identity, app.Identity) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason).About(Blame.Firmware);
        if (options.PartitionTable == PartitionTableChoice.Firmware)
            bootloader = Blame.On(PartitionNames.Bootloader, () => bootloader.WithTableOf(firmware, ChipLayout.For(firmwareChip, app.Identity.Flavor)));
        return new CombineInputs(factory, firmware, app, bootloader, chip, firmwareChip);
    }

    private static void CheckKinds(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        if (!IsDeviceDump(factory))
        {
            if (factory.Content.Cut is { } cut)
            {
                throw new BekenImageException(FindingCode.Truncated,
                    $"{cut.Message}; nothing makes up for what was not read: read the device's whole flash again", cut.Length).About(Blame.Factory);
            }
            string swapped = IsDeviceDump(firmware)
                ? $"the two inputs look swapped: '{options.FirmwareName}' is the dump of a device, '{options.FactoryName}' is not; the dump comes first; "
                : string.Empty;
            throw new BekenImageException(FindingCode.WrongKind,
                $"{swapped}the device's dump is no dump of a whole chip but {Describe(factory)}; read the device's whole flash").About(Blame.Factory);
        }
        if (firmware.Kind == ImageKind.Dump && !options.FirmwareIsDump)
        {
            throw new BekenImageException(FindingCode.WrongKind,
                "the firmware is a dump of a whole chip, not a firmware file; its app is taken only where that was asked for").About(Blame.Firmware);
        }
    }

    // A device whose app is gone is still a device; so is one whose bootloader could not be read, when the caller brings one.
    private static bool IsDeviceDump(FlashImage image) =>
        image.Kind == ImageKind.Dump || image.Content.IsBehindBootloader ||
        image.Kind == ImageKind.Piece && image.IsWholeChip && image.Origin.Start != ImageStart.App;

    private static string Describe(FlashImage image) => image.Kind switch
    {
        ImageKind.Qio when image.Stored == StoredForm.Logical =>
            "a logical read (bootloader and app without page CRCs, and nothing whole of what else the device holds)",
        ImageKind.App or ImageKind.Bootloader when (image.Programs.App ?? image.Programs.Bootloader) is { } program && LogicalReads.IsSlot(image, program) =>
            $"a logical read of its {program.Name}'s slot, without page CRCs",
        ImageKind.Qio => "a QIO image (bootloader and app as they are built, without a device's calibration)",
        ImageKind.Ua => "a packed app",
        ImageKind.App => "an application",
        ImageKind.Bootloader => "a bootloader",
        ImageKind.Ota => "an update package",
        ImageKind.Ug => "a Tuya update package",
        ImageKind.Piece when image.Content.IsUnplaced =>
            "a part of a dump (it begins neither at 0 nor at 0x11000, and nothing proves where in the chip it belongs)",
        ImageKind.Piece => "a piece of a dump",
        ImageKind.Package => "a UF2 file, firmware for a device",
        _ => ForeignFormats.Describe(image.Bytes.Span) ?? "nothing known",
    };

    private static (BekenChip, BekenChip) CheckChips(FlashImage factory, FlashImage firmware, FirmwareApp app, CombineOptions options)
    {
        if (options.Chip != BekenChip.Unknown && FamilyRule.Named(options.Chip, factory.Content) is { } other)
            throw new ImageGuardException(FindingCode.ChipsDiffer, other).About(Blame.Factory);
        var chip = OrGiven(factory.Chip, options.Chip);
        if (FamilyRule.AppOn(chip, app.Identity) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"{reason}; that does not run, and may not be flashed").About(Blame.Firmware);
        var firmwareChip = OrGiven(firmware.Chip != BekenChip.Unknown ? firmware.Chip : app.Identity.Chip, options.Chip);
        if (chip == BekenChip.Unknown || firmwareChip == BekenChip.Unknown)
        {
            bool isFactory = chip == BekenChip.Unknown;
            throw new ImageGuardException(FindingCode.ChipUnknown, $"the {(isFactory ? "device's dump" : "firmware")} does not tell its chip; name it")
                .About(isFactory ? Blame.Factory : Blame.Firmware);
        }
        if (!BekenChips.AreSameFamily(chip, firmwareChip))
        {
            throw new ImageGuardException(FindingCode.ChipsDiffer,
                $"the device is a {chip}, the firmware is for {firmwareChip}; that does not run, and may not be flashed").About(Blame.Firmware);
        }
        if (options.Chip != BekenChip.Unknown && !BekenChips.AreSameFamily(chip, options.Chip))
        {
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"the chip that was named is {options.Chip}, but the device is a {chip}")
                .About(Blame.Factory);
        }
        return (chip, firmwareChip);
    }

    private static BekenChip OrGiven(BekenChip told, BekenChip given) => told != BekenChip.Unknown ? told : given;
}
