using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Firmware;
using BekenImage.Formats.Rbl;
using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage.Combining;

/// <summary>The bootloader of a combined image for an Armino chip: the device's own, or where that is lost, the one that was asked for by name.</summary>
internal sealed class ArminoBootloader
{
    private ArminoBootloader(ReadOnlyMemory<byte> slot, RegionOrigin origin, string fromFile, string reason)
    {
        Slot = slot;
        Origin = origin;
        FromFile = fromFile;
        Reason = reason;
    }

    /// <summary>Physical 0 to 0x11000.</summary>
    public ReadOnlyMemory<byte> Slot { get; }

    public RegionOrigin Origin { get; }

    public string FromFile { get; }

    public string Reason { get; }

    /// <exception cref="BekenImageException">There is no usable bootloader.</exception>
    /// <exception cref="ImageGuardException">It stays, is for another chip, or what was asked for is not supported.</exception>
    public static ArminoBootloader Choose(InputImages images, CombineOptions options)
    {
        var factory = images.Factory;
        if (options.PartitionTable == PartitionTableChoice.Firmware)
            FamilyGuard.RequireBk72xx(factory, "rewriting its partition table");
        if (!HasOwn(factory))
            return Supply(images, options);
        if (options.ReplaceBootloader)
            FamilyGuard.RequireBk72xx(factory, "replacing its bootloader");
        if (options.Bootloader is not null)
        {
            throw new ImageGuardException(FindingCode.BootloaderProtected,
                "the dump has a bootloader of its own, which stays; one may be supplied only for a dump without").About(PartitionNames.Bootloader);
        }
        return new ArminoBootloader(
            factory.Bytes.Slice(0, FlashGeometry.AppOffset), RegionOrigin.Factory, options.FactoryName, "the device's own bootloader stays, byte for byte");
    }

    /// <summary>The dump with this bootloader in its place, so that what it holds is read by its table.</summary>
    public FlashImage Restore(FlashImage factory)
    {
        if (HasOwn(factory))
            return factory;
        byte[] bytes = factory.Bytes.ToArray();
        Slot.Span.CopyTo(bytes);
        return FlashImage.Parse(bytes, factory.Options);
    }

    private static bool HasOwn(FlashImage factory) =>
        factory.Programs.Bootloader is { IsStriped: true, Pages.Valid: > 0 } own && ProgramPayload.Find(factory, own).CountDamaged(factory) == 0;

    private static ArminoBootloader Supply(InputImages images, CombineOptions options)
    {
        var source = options.ReplaceBootloader ? images.Firmware : options.Bootloader;
        if (source is null)
        {
            string found = images.Factory.Origin.Start == ImageStart.LostBootloader ? SlotIntruder.Message(images.Factory.Content)
                : "the device's bootloader is damaged or missing";
            throw new BekenImageException(FindingCode.BootloaderMissing, $"{found}; a bootloader must be supplied, or the chip read again from 0", 0)
                .About(Blame.Factory);
        }
        if (source.Programs.Bootloader is not { Storage.Cipher: not null } bootloader || source.Fal is not { IsPhysical: true })
            throw new BekenImageException(FindingCode.BootloaderMissing, "no bootloader with a partition table is in what was to supply one");
        ArminoFirmware.CheckOpen(source, "the bootloader's image");
        CheckChip(images, source, options);
        byte[] slot = ByteRuns.Erased(FlashGeometry.AppOffset);
        var stored = bootloader.Range.Of(source.Bytes).Span;
        byte[] pages = bootloader.IsStriped ? stored.ToArray() : Pages(stored);
        if (pages.Length > slot.Length)
            throw new BekenImageException(FindingCode.BootloaderMissing, "the bootloader does not fit its place");
        pages.CopyTo(slot, 0);
        string name = options.ReplaceBootloader ? options.FirmwareName : options.BootloaderName;
        return new ArminoBootloader(slot, bootloader.IsStriped ? RegionOrigin.Firmware : RegionOrigin.Built, name, "asked for by name");
    }

    // Without a loader of its own the dump hardly tells its chip; the one who brings another must.
    private static void CheckChip(InputImages images, FlashImage source, CombineOptions options)
    {
        var device = FamilyRule.ChipOf(images.Factory, options.Chip);
        if (device == BekenChip.Unknown)
        {
            throw new ImageGuardException(FindingCode.ChipUnknown,
                $"the device's dump lost its bootloader and does not tell its chip; that it is a {source.Chip}, as the supplied bootloader is for, is not proven; name it")
                .About(Blame.Factory);
        }
        if (source.Content.Bootloader is { } identity && FamilyRule.BootloaderOn(device, identity) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason);
    }

    private static byte[] Pages(ReadOnlySpan<byte> plain) =>
        RblWriter.ToPages(ByteRuns.Erased((plain.Length + FlashPages.DataSize - 1) / FlashPages.DataSize * FlashPages.DataSize, plain));
}
