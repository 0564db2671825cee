using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Formats.Fal;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Combining;

/// <summary>The bootloader of a combined image: the device's own, unless the caller asked for another by name.</summary>
internal sealed class BootloaderChoice
{
    private BootloaderChoice(ReadOnlyMemory<byte> slot, BekenKey key, FalTable fal, RegionOrigin origin, string fromFile, string reason)
    {
        Slot = slot;
        Key = key;
        Fal = fal;
        Origin = origin;
        FromFile = fromFile;
        Reason = reason;
    }

    /// <summary>The bytes of physical 0 to 0x11000.</summary>
    public ReadOnlyMemory<byte> Slot { get; }

    /// <summary>The device's key.</summary>
    public BekenKey Key { get; }

    public FalTable Fal { get; }

    public RegionOrigin Origin { get; }

    public string FromFile { get; }

    public string Reason { get; }

    /// <summary>What is wrong with the flash key it stores; null where that fits or is not known.</summary>
    public string? StoredKeyMismatch =>
        BootloaderUpdates.Read(ProgramPages.Strip(Slot.Span, BootloaderUpdates.Extent), Key)?.Mismatch;

    /// <summary>Why it may not encipher updates with the device's key, where it was moved to that; else null.</summary>
    public string? UpdateDoubt { get; private init; }

    /// <summary>The image it is taken from.</summary>
    public FlashImage Source { get; private init; } = null!;

    /// <summary>True where the bootloader has no table, and the app and its header prove where the app lies.</summary>
    public bool IsTableProven => Source.Fal is null;

    /// <exception cref="BekenImageException">There is no usable bootloader.</exception>
    /// <exception cref="ImageGuardException">The key does not fit it, or it is for another family.</exception>
    public static BootloaderChoice Make(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        if (options.ReplaceBootloader)
            return Take(firmware, options.FirmwareName, DeviceChip(factory, options), DeviceKey(factory, options));
        if (options.Bootloader is not null)
        {
            throw new ImageGuardException(FindingCode.BootloaderProtected,
                "the dump has a bootloader of its own, which stays; one may be supplied only for a dump without").About(PartitionNames.Bootloader);
        }
        return new BootloaderChoice(
            factory.Bytes.Slice(0, FlashGeometry.AppOffset), DeviceKey(factory, options), TableOf(factory),
            RegionOrigin.Factory, options.FactoryName, "the device's own bootloader stays, byte for byte") { Source = factory };
    }

    /// <summary>True where the dump holds a bootloader that the CPU can read: one with a wrong page in use is as good as lost.</summary>
    public static bool HasOwn(FlashImage factory) => factory.Programs.Bootloader is { IsStriped: true, Pages.Valid: > 0 } && DamageOf(factory) == 0;

    private static int DamageOf(FlashImage factory) => factory.Programs.Bootloader is { IsStriped: true, Pages.Valid: > 0 } bootloader
        ? ProgramPayload.Find(factory, bootloader).CountDamaged(factory)
        : 0;

    /// <summary>The bootloader for a dump that has none: the one that was asked for by name.</summary>
    /// <exception cref="BekenImageException">None was, or it is none.</exception>
    /// <exception cref="ImageGuardException">It is for another family, or nothing proves that it is for this device.</exception>
    public static BootloaderChoice Supply(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        var source = options.ReplaceBootloader ? firmware : options.Bootloader?.OpenArchive();
        if (source is null)
        {
            string found = factory.Origin.Start == ImageStart.LostBootloader ? SlotIntruder.Message(factory.Content)
                : DamageOf(factory) is > 0 and var damage ? FormattableString.Invariant($"the device's bootloader is damaged: {damage} of its pages in use are wrong or erased")
                : "the dump has no bootloader";
            throw new BekenImageException(FindingCode.BootloaderMissing, $"{found}; a bootloader must be supplied, or the chip read again from 0", 0)
                .About(Blame.Factory);
        }
        var lost = new LostBootloader(factory, source);
        return Take(
            source, options.ReplaceBootloader ? options.FirmwareName : options.BootloaderName,
            lost.Chip(DeviceChip(factory, options)), options.Key ?? lost.Key(isClaimed: !options.ReplaceBootloader));
    }

    /// <summary>
    /// The dump as it was before its bootloader was lost, so that what it holds is read as then. Where what took the bootloader's place also
    /// ran over the beginning of the app, the rest of the app tells nothing any more.
    /// </summary>
    public FlashImage Restore(FlashImage factory)
    {
        byte[] bytes = factory.Bytes.ToArray();
        Slot.Span.CopyTo(bytes);
        if (factory.Programs.App is null && Fal.Find(PartitionNames.App)?.PhysicalRange is { } app)
        {
            var rest = app.Intersect(FlashRange.FromBounds(FlashGeometry.AppOffset, bytes.Length));
            bytes.AsSpan((int)rest.Start, (int)rest.Length).Fill(0xFF);
        }
        return FlashImage.Parse(bytes, factory.Options);
    }

    /// <summary>The same bootloader with the partition table the firmware was laid out for: the cure for updates that do not find each other.</summary>
    /// <param name="firmware">The firmware file.</param>
    /// <param name="map">Its flash map; null where it is not known.</param>
    public BootloaderChoice WithTableOf(FlashImage firmware, ChipLayout? map)
    {
        var table = FirmwareTable.For(Fal, firmware, map);
        if (table.Zip(Fal.Partitions, (wanted, own) => wanted.Offset == own.Offset && wanted.Length == own.Length).All(same => same))
            return this;
        var slot = BootloaderSlot.Make(Source, Key, table);
        return new BootloaderChoice(slot.Bytes, Key, slot.Fal, RegionOrigin.Built, FromFile,
            $"{Reason}, but for its partition table: rewritten for the firmware's layout, as was asked for{(slot.IsStoredKeyRenewed ? "; stores the device's key now" : string.Empty)}")
            { Source = Source, UpdateDoubt = UpdateDoubt };
    }

    // The key the device deciphers with: the one its bootloader shows vectors under. Another one would be a brick.
    private static BekenKey DeviceKey(FlashImage factory, CombineOptions options)
    {
        var app = factory.Programs.App?.Key;
        var bootloader = factory.Programs.Bootloader!;
        if (options.Key is { } given)
        {
            if (Shows(factory, bootloader, given))
                return given;
            string found = bootloader.Key is { } key ? $"its vectors appear under {key.DisplayName}" : "its own key is not known";
            throw new ImageGuardException(FindingCode.KeyDoesNotFit, $"the device's bootloader shows no vectors under {given.DisplayName}; {found}", 0)
                .About(Blame.Key);
        }
        if (bootloader.Key is not { } own || !Shows(factory, bootloader, own))
            throw new BekenImageException(FindingCode.KeyUnknown, "the key of the device's bootloader is not known; give it", 0).About(Blame.Factory);
        if (app is { } appKey && !appKey.IsEquivalentTo(own))
        {
            throw new ImageGuardException(FindingCode.KeyDoesNotFit,
                $"the dump's bootloader has key {own.DisplayName}, its app {appKey.DisplayName}; say which is the device's", factory.Programs.App!.Offset).About(Blame.Factory);
        }
        return own;
    }

    private static bool Shows(FlashImage factory, Partition bootloader, BekenKey key) =>
        ArmVectors.Match(factory.Content.Decoded.Strip(bootloader, ArmVectors.Size).Span, key, 0);

    private static BekenChip DeviceChip(FlashImage factory, CombineOptions options) =>
        factory.Chip != BekenChip.Unknown ? factory.Chip : options.Chip;

    private static BootloaderChoice Take(FlashImage source, string name, BekenChip device, BekenKey key)
    {
        var slot = BootloaderSlot.Take(source, key, device, app: null);
        string made = slot.IsStoredKeyRenewed ? "; stores the device's key now" : slot.IsMade ? "; enciphered with the device's key" : string.Empty;
        return new BootloaderChoice(
            slot.Bytes, key, slot.Fal, slot.IsMade ? RegionOrigin.Built : RegionOrigin.Firmware, name, $"asked for by name{made}")
            { Source = source, UpdateDoubt = slot.UpdateDoubt };
    }

    private static FalTable TableOf(FlashImage image) => image.Content.AppTable ?? throw new ImageGuardException(FindingCode.AddressUnknown,
        "the bootloader holds no partition table, and no app with a header that fits it proves where the app belongs; there is no default address");
}
