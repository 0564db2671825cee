using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.Fal;
using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage.Combining;

/// <summary>The two inputs of a combination for an Armino chip: neither signed nor enciphered, and programs for the places the device has.</summary>
internal sealed class ArminoInputs : CombineInputs
{
    private ArminoInputs(InputImages images, ArminoFirmware programs, ArminoBootloader bootloader, (BekenChip Device, BekenChip Firmware) chips)
        : base(images, programs.Identity, chips)
    {
        Programs = programs;
        Bootloader = bootloader;
        Fal = images.Factory.Fal ?? throw new ImageGuardException(FindingCode.AddressUnknown,
            "the device's bootloader holds no partition table, so it is not known where its programs belong; there is no default address").About(Blame.Factory);
    }

    public ArminoFirmware Programs { get; }

    public ArminoBootloader Bootloader { get; }

    /// <summary>The table of the result's bootloader.</summary>
    public FalTable Fal { get; }

    /// <summary>How long the device's image is, where it is a linear image of its programs and no read of its flash; else null.</summary>
    public long? LinearLength { get; private init; }

    public override FlashTarget Target => new(this, BekenKey.Zero, Bootloader.Slot, Bootloader.Origin == RegionOrigin.Factory);

    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    /// <exception cref="ImageGuardException">The two do not go together, or one is signed or enciphered.</exception>
    public static ArminoInputs Judge(InputImages images, CombineOptions options)
    {
        var factory = images.Factory;
        Blame.On(Blame.Factory, () => ArminoFirmware.CheckOpen(factory, "the device"));
        CheckKey(options);
        bool isLinear = InputImages.IsLinear(factory);
        var bootloader = Blame.On(PartitionNames.Bootloader, () => ArminoBootloader.Choose(images, options));
        images = images.With(bootloader.Restore(factory));
        // A dump that lost its loader, taken as firmware too: the new table says where its programs end.
        var source = images.Firmware.Origin.Start == ImageStart.LostBootloader ? bootloader.Restore(images.Firmware) : images.Firmware;
        var programs = Blame.On(Blame.Firmware, () => ArminoFirmware.TakeFrom(source, images.Factory));
        var chips = CheckChips(images, programs.Identity, options);
        if (isLinear)
            images = images.With(Extend(factory, chips.Device));
        return new ArminoInputs(images, programs, bootloader, chips) { LinearLength = isLinear ? factory.Length : null };
    }

    private static void CheckKey(CombineOptions options)
    {
        if (options.Key is { IsIdentity: false } given)
        {
            throw new ImageGuardException(FindingCode.KeyDoesNotFit,
                $"the device's programs are not enciphered, and no chip of its family has coefficients such as {given.DisplayName}", 0).About(Blame.Key);
        }
    }

    // What is not in the image is not known, and not written.
    private static FlashImage Extend(FlashImage image, BekenChip chip)
    {
        long length = Math.Max(image.Length, ChipRegistry.Find(chip)?.FlashLength ?? image.Length);
        return FlashImage.Parse(ByteRuns.Erased(length, image.Bytes.Span), image.Options);
    }
}
