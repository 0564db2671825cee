using BekenImage.Chips;
using BekenImage.Formats.Foreign;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>The two images of a combination: opened, whatever was wrong with the dump's reading undone, of the kinds they should be.</summary>
internal sealed class InputImages
{
    private InputImages(FlashImage factory, FlashImage firmware, ChipGeneration generation)
    {
        Factory = factory;
        Firmware = firmware;
        Generation = generation;
    }

    public FlashImage Factory { get; }

    public FlashImage Firmware { get; }

    /// <summary>Which chips the device is of.</summary>
    public ChipGeneration Generation { get; }

    /// <summary>The same with the dump as it was before it lost its bootloader.</summary>
    public InputImages With(FlashImage factory) => new(factory, Firmware, Generation);

    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    /// <exception cref="ImageGuardException">The inputs are for different generations of chips.</exception>
    public static InputImages Open(FlashImage factory, FlashImage firmware, CombineOptions options)
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
        var generation = CheckGenerations(factory, firmware, options);
        if (isBehind && options.Bootloader is null && !options.ReplaceBootloader)
        {
            throw new BekenImageException(FindingCode.BootloaderMissing,
                $"{ReadBehindBootloader.Message}; a bootloader must be supplied, or the chip read again from 0").About(Blame.Factory);
        }
        return new InputImages(factory, firmware, generation);
    }

    // By what the images are, not by their chips: another core, another cipher and other addresses, whatever is named.
    private static ChipGeneration CheckGenerations(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        var named = ChipRegistry.FamilyOf(options.Chip)?.Generation;
        var device = FamilyRule.GenerationOf(factory);
        var loader = options.Bootloader is { } given ? FamilyRule.GenerationOf(given) : null;
        var program = FamilyRule.GenerationOf(firmware);
        if (FamilyRule.OtherGeneration(device, named) is not null)
        {
            throw new ImageGuardException(FindingCode.ChipsDiffer,
                $"the chip that was named is {options.Chip}, but the device's programs are for {FamilyRule.NameOf(device!.Value)}").About(Blame.Factory);
        }
        if (FamilyRule.OtherGeneration(device ?? named ?? loader, program) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"{reason}; that does not run, and may not be flashed").About(Blame.Firmware);
        if (FamilyRule.OtherGeneration(device ?? named ?? program, loader) is { } other)
            throw new ImageGuardException(FindingCode.ChipsDiffer, other).About(PartitionNames.Bootloader);
        return device ?? named ?? loader ?? program ?? ChipGeneration.Bk72xx;
    }

    private static void CheckKinds(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        if (!IsDeviceDump(factory) && !(IsLinear(factory) && !IsDeviceDump(firmware)))
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

    /// <summary>What an image is, as a sentence calls it that says it is not what was needed.</summary>
    public static string Describe(FlashImage image) => image.Kind switch
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
        ImageKind.Package => $"{Wrapping.NameOf(image.Source)}, firmware for a device",
        _ => ForeignFormats.Describe(image.Bytes.Span) ?? "nothing known",
    };

    /// <summary>True for the linear image of an Armino device: what its flash holds of programs, and nothing of its data.</summary>
    public static bool IsLinear(FlashImage image) => image is { Origin.IsArmino: true, Kind: ImageKind.Qio, Stored: StoredForm.Paged };
}
