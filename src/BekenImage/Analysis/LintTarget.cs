using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.Rbl;
using BekenImage.Images;

namespace BekenImage;

/// <summary>Bootloaders that treat update packages alike.</summary>
internal enum LintBootloader
{
    Unknown,

    /// <summary>Tuya's for BK7231N and BK7231T: none, gzip and QuickLZ, with or without AES.</summary>
    Tuya,

    /// <summary>The SDK's v1.0.15: refuses packages without encryption.</summary>
    Sdk1015,
}

/// <summary>The device a firmware is held against: a dump of it, or what is known of its kind.</summary>
internal sealed class LintTarget
{
    private LintTarget(BekenChip chip, BekenKey? key, FlashRange? app, FlashRange? download, LintBootloader bootloader, FlashImage? dump)
    {
        Chip = chip;
        Key = key;
        App = app;
        Download = download;
        BootloaderKind = bootloader;
        Dump = dump;
    }

    public BekenChip Chip { get; }

    /// <summary>The key the device deciphers with; null when it is not known.</summary>
    public BekenKey? Key { get; }

    /// <summary>The app partition of its bootloader's table, physical.</summary>
    public FlashRange? App { get; }

    /// <summary>Where its bootloader looks for an update package.</summary>
    public long? Updates => Download?.Start;

    /// <summary>The download partition of its bootloader's table, physical.</summary>
    public FlashRange? Download { get; }

    /// <summary>What its bootloader does with packages.</summary>
    public LintBootloader BootloaderKind { get; }

    /// <summary>The AES key its bootloader stores for update packages; null when it is not known.</summary>
    public OtaKey? StoredOtaKey => Dump is null ? null : UpdatePackages.StoredKey(Dump);

    /// <summary>The dump; null when only the kind of device is known.</summary>
    public FlashImage? Dump { get; }

    /// <summary>Where its bootloader looks for the app's header.</summary>
    public long? Header => App is { } app ? RblHeader.OffsetAtEndOf(app) : null;

    public static LintTarget Of(FlashImage dump)
    {
        var download = dump.Fal?.Find(PartitionNames.Download);
        return new LintTarget(
            dump.Chip, dump.Programs.Bootloader?.Key ?? dump.Key.Value,
            AppFit.PartitionOf(dump.Fal), download is { IsStriped: false } ? download.PhysicalRange : null,
            KindOf(dump.BootVersion), dump);
    }

    /// <summary>A device of which only chip and key are known: the layout its usual bootloader has.</summary>
    public static LintTarget Of(BekenChip chip, BekenKey key)
    {
        var (appEnd, download, bootloader) = chip switch
        {
            BekenChip.BK7231N or BekenChip.BK7231M => (0x129F70L, new FlashRange(0x12A000, 0xA6000), LintBootloader.Tuya),
            BekenChip.BK7231T => (0x129F70L, new FlashRange(0x132000, 0xA6000), LintBootloader.Tuya),
            BekenChip.BK7231Q => (0x132000L, new FlashRange(0x132000, 0xCC000), LintBootloader.Unknown),
            BekenChip.BL2028N => (0x132000L, new FlashRange(0x132000, 0xAE000), LintBootloader.Unknown),
            _ => (0x132000L, new FlashRange(0x132000, 0xAE000), LintBootloader.Sdk1015),
        };
        return new LintTarget(chip, key, FlashRange.FromBounds(FlashGeometry.BootloaderSlot.End, appEnd), download, bootloader, dump: null);
    }

    private static LintBootloader KindOf(string? version) => version switch
    {
        "BK7231N_1.0.1" or "BK7231S_1.0.5" or "BK7231S_1.0.6" => LintBootloader.Tuya,
        not null when version.EndsWith("_1.0.15", StringComparison.Ordinal) => LintBootloader.Sdk1015,
        _ => LintBootloader.Unknown,
    };
}
