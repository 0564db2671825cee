using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.Fal;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>The two inputs of a combination for the BK72xx: with a key, a bootloader that may be another, and a header behind the app.</summary>
internal sealed class Bk72xxInputs : CombineInputs
{
    private Bk72xxInputs(InputImages images, FirmwareApp app, BootloaderChoice bootloader, (BekenChip Device, BekenChip Firmware) chips)
        : base(images, app.Identity, chips)
    {
        App = app;
        Bootloader = bootloader;
    }

    public FirmwareApp App { get; }

    /// <summary>The bootloader the result will have, its key and its partition table.</summary>
    public BootloaderChoice Bootloader { get; }

    public BekenKey Key => Bootloader.Key;

    public FalTable Fal => Bootloader.Fal;

    public override FlashTarget Target => new(this, Key, Bootloader.Slot, Bootloader.Origin == RegionOrigin.Factory);

    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    /// <exception cref="ImageGuardException">The two do not go together.</exception>
    public static Bk72xxInputs Judge(InputImages images, CombineOptions options)
    {
        BootloaderChoice? supplied = null;
        if (!BootloaderChoice.HasOwn(images.Factory))
        {
            supplied = Blame.On(PartitionNames.Bootloader, () => BootloaderChoice.Supply(images.Factory, images.Firmware, options));
            images = images.With(supplied.Restore(images.Factory));
        }
        var firmware = images.Firmware;
        var app = Blame.On(Blame.Firmware, () => FirmwareApp.TakeFrom(firmware, images.Factory));
        var chips = CheckChips(images, app.Identity, options);
        var bootloader = supplied ?? Blame.On(PartitionNames.Bootloader, () => BootloaderChoice.Make(images.Factory, firmware, options));
        if (bootloader.Source.Content.Bootloader is { } identity && FamilyRule.Together(identity, app.Identity) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason).About(Blame.Firmware);
        if (options.PartitionTable == PartitionTableChoice.Firmware)
        {
            bootloader = Blame.On(
                PartitionNames.Bootloader, () => bootloader.WithTableOf(firmware, ChipLayout.For(chips.Firmware, app.Identity.Flavor)));
        }
        return new Bk72xxInputs(images, app, bootloader, chips);
    }
}
