using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.Rbl;
using BekenImage.Images;

namespace BekenImage;

/// <summary>The device a firmware is held against: a dump of it, or what is known of its kind.</summary>
internal sealed class LintTarget
{
    private LintTarget(BekenChip chip, BekenKey? key, FlashRange? app, FlashRange? download, BootloaderKind bootloader, FlashImage? dump)
    {
        Chip = chip;
        Key = key;
        App = app;
        Download = download;
        BootloaderKind = bootloader;
        Dump = dump;
    }

    public BekenChip Chip { get; }

    /// <summary>Which chips the device is of; null where nothing tells it.</summary>
    public ChipGeneration? Generation => (Dump is null ? null : FamilyRule.GenerationOf(Dump)) ?? ChipRegistry.FamilyOf(Chip)?.Generation;

    /// <summary>The key the device deciphers with; null when it is not known.</summary>
    public BekenKey? Key { get; }

    /// <summary>The app partition of its bootloader's table, physical.</summary>
    public FlashRange? App { get; }

    /// <summary>Where its bootloader looks for an update package.</summary>
    public long? Updates => Download?.Start;

    /// <summary>The download partition of its bootloader's table, physical.</summary>
    public FlashRange? Download { get; }

    /// <summary>What its bootloader does with packages.</summary>
    public BootloaderKind BootloaderKind { get; }

    /// <summary>The AES key its bootloader stores for update packages; null when it is not known.</summary>
    public OtaKey? StoredOtaKey => Dump is null ? null : UpdatePackages.StoredKey(Dump);

    /// <summary>The dump; null when only the kind of device is known.</summary>
    public FlashImage? Dump { get; }

    /// <summary>Where its bootloader looks for the app's header.</summary>
    public long? Header => App is { } app ? RblHeader.OffsetAtEndOf(app) : null;

    /// <summary>The device of a dump.</summary>
    /// <param name="dump">The dump.</param>
    /// <param name="named">The chip that was named for it, where it does not tell its own.</param>
    public static LintTarget Of(FlashImage dump, BekenChip named = BekenChip.Unknown)
    {
        dump = dump is { IsArchive: true, Contained: { } inside } ? inside : dump;
        var download = dump.Fal?.Find(PartitionNames.Download);
        return new LintTarget(
            FamilyRule.ChipOf(dump, named), dump.Programs.Bootloader?.Key ?? dump.Key.Value,
            AppFit.PartitionOf(dump.Content.AppTable), download is { IsStriped: false } ? download.PhysicalRange : null,
            ChipRegistry.BootloaderKindOf(dump.BootVersion), dump);
    }

    /// <summary>A device of which only chip and key are known: the layout its usual bootloader has.</summary>
    public static LintTarget Of(BekenChip chip, BekenKey key)
    {
        var bootloader = ChipRegistry.Find(chip)?.Bootloader;
        return new LintTarget(chip, key, bootloader?.Table.App, bootloader?.Table.Download, bootloader?.Kind ?? BootloaderKind.Unknown, dump: null);
    }
}
