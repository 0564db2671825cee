using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Formats.Fal;
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

    /// <exception cref="BekenImageException">There is no usable bootloader.</exception>
    /// <exception cref="ImageGuardException">The key does not fit it, or it is for another family.</exception>
    public static BootloaderChoice Make(FlashImage factory, FlashImage firmware, CombineOptions options)
    {
        bool hasOwn = factory.Programs.Bootloader is { IsStriped: true, Pages.Valid: > 0 };
        if (options.ReplaceBootloader)
            return Take(firmware, options.FirmwareName, factory, options, DeviceKey(factory, hasOwn, options));
        if (options.Bootloader is { } given)
        {
            if (hasOwn)
            {
                throw new ImageGuardException(FindingCode.BootloaderProtected,
                    "the dump has a bootloader of its own, which stays; one may be supplied only for a dump without").About(PartitionNames.Bootloader);
            }
            return Take(given, options.BootloaderName, factory, options, DeviceKey(factory, hasOwn, options));
        }
        if (!hasOwn)
        {
            throw new BekenImageException(FindingCode.BootloaderMissing,
                "the dump has no bootloader; read it again from 0, or supply one", 0).About(Blame.Factory);
        }
        return new BootloaderChoice(
            factory.Bytes.Slice(0, FlashGeometry.AppOffset), DeviceKey(factory, hasOwn, options), TableOf(factory),
            RegionOrigin.Factory, options.FactoryName, "the device's own bootloader stays, byte for byte") { Source = factory };
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
    private static BekenKey DeviceKey(FlashImage factory, bool hasBootloader, CombineOptions options)
    {
        var app = factory.Programs.App?.Key;
        if (!hasBootloader)
        {
            return options.Key ?? app ?? throw new BekenImageException(FindingCode.KeyUnknown, "the device's key is not known; give it").About(Blame.Factory);
        }
        var bootloader = factory.Programs.Bootloader!;
        if (options.Key is { } given)
        {
            if (Shows(factory, bootloader, given))
                return given;
            string found = bootloader.Key is { } key ? $"its vectors appear under {key.DisplayName}" : "its own key is not known";
            throw new ImageGuardException(FindingCode.KeyDoesNotFit, $"the device's bootloader shows no vectors under {given.DisplayName}; {found}", 0)
                .About(Blame.Factory);
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
        ArmVectors.Match(factory.Content.Decoded.Strip(bootloader, ArmVectors.Size), key, 0);

    private static BootloaderChoice Take(
        FlashImage source, string name, FlashImage factory, CombineOptions options, BekenKey key)
    {
        var device = factory.Chip != BekenChip.Unknown ? factory.Chip : options.Chip;
        var slot = BootloaderSlot.Take(source, key, device, app: null);
        string made = slot.IsStoredKeyRenewed ? "; stores the device's key now" : slot.IsMade ? "; enciphered with the device's key" : string.Empty;
        return new BootloaderChoice(
            slot.Bytes, key, slot.Fal, slot.IsMade ? RegionOrigin.Built : RegionOrigin.Firmware, name, $"asked for by name{made}")
            { Source = source, UpdateDoubt = slot.UpdateDoubt };
    }

    private static FalTable TableOf(FlashImage image) => image.Fal ?? throw new ImageGuardException(FindingCode.AddressUnknown,
        "the bootloader holds no partition table, so it is not known where the app belongs; there is no default address");
}
