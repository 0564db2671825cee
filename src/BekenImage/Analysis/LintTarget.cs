using BekenImage.Building;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;

namespace BekenImage;

/// <summary>The device a firmware is held against: a dump of it, or what is known of its kind.</summary>
internal sealed class LintTarget
{
    private LintTarget(BekenChip chip, BekenKey? key, FlashRange? app, long? updates, FlashImage? dump)
    {
        Chip = chip;
        Key = key;
        App = app;
        Updates = updates;
        Dump = dump;
    }

    public BekenChip Chip { get; }

    /// <summary>The key the device deciphers with; null when it is not known.</summary>
    public BekenKey? Key { get; }

    /// <summary>The app partition of its bootloader's table, physical.</summary>
    public FlashRange? App { get; }

    /// <summary>Where its bootloader looks for an update package.</summary>
    public long? Updates { get; }

    /// <summary>The dump; null when only the kind of device is known.</summary>
    public FlashImage? Dump { get; }

    /// <summary>Where its bootloader looks for the app's header.</summary>
    public long? Header => App?.End - RblHeader.StripedSize;

    public static LintTarget Of(FlashImage dump)
    {
        var app = dump.Fal?.Find(PartitionNames.App);
        var download = dump.Fal?.Find(PartitionNames.Download);
        return new LintTarget(
            dump.Chip, dump.Programs.Bootloader?.Key ?? dump.Key.Value,
            app is { IsStriped: true } ? app.PhysicalRange : null, download is { IsStriped: false } ? download.Offset : null, dump);
    }

    /// <summary>A device of which only chip and key are known: the layout its usual bootloader has.</summary>
    public static LintTarget Of(BekenChip chip, BekenKey key)
    {
        var (appEnd, updates) = chip switch
        {
            BekenChip.BK7231N or BekenChip.BK7231M => (0x129F70L, 0x12A000L),
            BekenChip.BK7231T => (0x129F70L, 0x132000L),
            _ => (0x132000L, 0x132000L),
        };
        return new LintTarget(chip, key, FlashRange.FromBounds(RegionMap.ProtectedBootloader.End, appEnd), updates, dump: null);
    }
}
