using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>The two inputs of a combination, judged: what follows from them for every generation of chips.</summary>
internal abstract class CombineInputs
{
    /// <param name="images">The two images.</param>
    /// <param name="identity">The application in the firmware.</param>
    /// <param name="chips">The device's chip and the firmware's.</param>
    protected CombineInputs(InputImages images, AppIdentity identity, (BekenChip Device, BekenChip Firmware) chips)
    {
        Factory = images.Factory;
        Firmware = images.Firmware;
        Identity = identity;
        Chip = chips.Device;
        FirmwareChip = chips.Firmware;
        Map = ChipLayout.For(FirmwareChip, identity.Flavor);
    }

    /// <summary>The dump, with whatever was wrong with its reading undone.</summary>
    public FlashImage Factory { get; }

    public FlashImage Firmware { get; }

    /// <summary>What the firmware's application says of itself.</summary>
    public AppIdentity Identity { get; }

    public BekenChip Chip { get; }

    public BekenChip FirmwareChip { get; }

    /// <summary>Where the firmware looks for its data; null where that is not known.</summary>
    public ChipLayout? Map { get; }

    /// <summary>The device the result is for.</summary>
    public abstract FlashTarget Target { get; }

    /// <summary>The chips of device and firmware.</summary>
    /// <exception cref="ImageGuardException">They are of different families, or one is not told.</exception>
    protected static (BekenChip Device, BekenChip Firmware) CheckChips(InputImages images, AppIdentity app, CombineOptions options)
    {
        var (factory, firmware) = (images.Factory, images.Firmware);
        if (FamilyRule.Named(options.Chip, factory.Content) is { } other)
            throw new ImageGuardException(FindingCode.ChipsDiffer, other).About(Blame.Factory);
        var chip = FamilyRule.ChipOf(factory, options.Chip);
        if (FamilyRule.AppOn(chip, app) is { } reason)
            throw Differ(factory, options, reason);
        var firmwareChip = firmware.Content.IsChipLikely ? FamilyRule.ChipOf(firmware, options.Chip)
            : OrGiven(firmware.Chip != BekenChip.Unknown ? firmware.Chip : app.Chip, options.Chip);
        if (chip == BekenChip.Unknown || firmwareChip == BekenChip.Unknown)
        {
            bool isFactory = chip == BekenChip.Unknown;
            throw new ImageGuardException(FindingCode.ChipUnknown, $"the {(isFactory ? "device's dump" : "firmware")} does not tell its chip; name it")
                .About(isFactory ? Blame.Factory : Blame.Firmware);
        }
        if (!BekenChips.AreSameFamily(chip, firmwareChip))
            throw Differ(factory, options, $"the device is a {chip}, the firmware is for {firmwareChip}");
        if (options.Chip != BekenChip.Unknown && !BekenChips.AreSameFamily(chip, options.Chip))
        {
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"the chip that was named is {options.Chip}, but the device is a {chip}")
                .About(Blame.Factory);
        }
        return (chip, FamilyRule.MappedAs(firmware, firmwareChip, chip));
    }

    // A mark that the loaders of four chips carry forbids nothing: who knows the chip may name it.
    private static ImageGuardException Differ(FlashImage factory, CombineOptions options, string reason) =>
        factory.Content.IsChipLikely && options.Chip == BekenChip.Unknown
            ? new ImageGuardException(FindingCode.ChipUnknown,
                $"{reason}; but the device's loader carries the mark of several chips, and which it is, is no more than likely: name it").About(Blame.Factory)
            : new ImageGuardException(FindingCode.ChipsDiffer, $"{reason}; that does not run, and may not be flashed").About(Blame.Firmware);

    private static BekenChip OrGiven(BekenChip told, BekenChip given) => told != BekenChip.Unknown ? told : given;
}
