using BekenImage.Documents;

namespace BekenImage.Report.Model;

/// <summary>What one wants to know first, and how each was concluded.</summary>
internal static class ImageFacts
{
    public static IReadOnlyList<Fact> Of(FlashImage file, FlashImage image, ImageSummary summary)
    {
        var facts = new List<Fact>
        {
            new("What it is", Kind(image.Kind), image.Stored == StoredForm.Logical ? "stored without page CRCs, as the CPU sees it" : null),
            new("Chip", DocumentWords.Of(image.Chip) ?? "unknown", Chip(image)),
            new("Firmware", image.Flavor == FirmwareFlavor.Unknown ? "unknown" : FirmwareWords.Of(image.Flavor, image.AppVersion), App(image)),
            new("Bootloader", image.BootVersion ?? "unknown", Bootloader(image)),
            new("Key", image.Key.Name, Key(image.Key)),
            new("Layout", Layout(image), LayoutNote(image)),
        };
        if (summary.Module is { } module)
            facts.Add(new("Module", WifiModule.Spelled(module), "named by what its firmware keeps"));
        facts.Add(new("MAC", Mac(summary), MacNote(summary.MacState), MacTone(summary.MacState)));
        facts.Add(new("Size", Words.Size(file.FileLength), Words.Count(file.FileLength, "byte")));
        if (image.Rotation != 0)
            facts.Add(new("Rotation", Words.Hex(image.Rotation), "the read began there and wrapped around; offsets are un-rotated"));
        if (image.PhysicalBase != 0)
            facts.Add(new("Belongs at", Words.Hex(image.PhysicalBase), "physical; offsets count from the start of the file"));
        if (file != image)
            facts.Add(new("Inside", file.Member ?? string.Empty, $"the one image in a {DocumentWords.Of(file.Kind)} of {Words.Size(file.FileLength)}"));
        return facts;
    }

    public static string Kind(ImageKind kind) => kind switch
    {
        ImageKind.Dump => "dump of a whole chip",
        ImageKind.Qio => "bootloader and app (QIO)",
        ImageKind.Ua => "packed app (UA)",
        ImageKind.App => "app",
        ImageKind.Bootloader => "bootloader",
        ImageKind.Ota => "update package (RBL)",
        ImageKind.Ug => "update file (UG)",
        ImageKind.Piece => "piece of a dump",
        ImageKind.Package => "package",
        _ => "unknown file",
    };

    /// <summary>How a key is known.</summary>
    public static string? Key(ImageKey key) => (key.Value, key.Source) switch
    {
        (_, KeySource.Given) => "given by hand",
        ({ IsIdentity: true }, KeySource.Vectors) => "not encrypted: the programs' vectors are readable as they are",
        (_, KeySource.Vectors) => "the ARM vectors appear under it",
        (_, KeySource.Bootloader) => "stored in the bootloader, confirmed by vectors",
        (_, KeySource.Recovered) => "recovered from the encrypted code, confirmed by vectors",
        _ => null,
    };

    public static string Source(PartitionSource? source) => source switch
    {
        PartitionSource.Fal => "the bootloader's partition table",
        PartitionSource.Layout => "flash map of this chip and firmware",
        PartitionSource.Scan => "found by its content",
        PartitionSource.Table => "secure boot's partition table",
        _ => "nothing claims it",
    };

    private static string? Chip(FlashImage image) => image.Chip == BekenChip.Unknown ? null
        : image.BootVersion is not null ? "by bootloader and app" : "by its app";

    private static string? App(FlashImage image) => image.Flavor == FirmwareFlavor.Unknown ? null : "by texts in the deciphered app";

    private static string? Bootloader(FlashImage image) => image.BootVersion is null ? null : "as it prints at start";

    private static string Layout(FlashImage image) => image.Fal is { } table ? $"partition table, {Words.Count(table.Partitions.Count, "entry", "entries")}"
        : image.SecureBoot?.Table is not null ? "secure boot's table"
        : image.Partitions.Any(partition => partition.Source == PartitionSource.Layout) ? "flash map of the firmware" : image.Partitions.Count > 0 ? "by content" : "unknown";

    private static string? LayoutNote(FlashImage image) => image.Fal is not null ? "read from the bootloader"
        : image.Partitions.Count > 0 ? "there is no partition table to read" : null;

    private static string Mac(ImageSummary summary) => summary.Mac?.ToString() ?? (summary.MacState == MacState.NotApplicable ? "n/a" : "none");

    private static string MacNote(MacState state) => state switch
    {
        MacState.NotApplicable => "no RF table belongs in such a file",
        MacState.None => "no RF table with a MAC was found",
        MacState.Invalid => "no address a station may have",
        MacState.Placeholder => "a placeholder: the device's own is lost",
        MacState.Generic => "of a generic table that a flasher wrote",
        MacState.OtherChip => "of a table from another chip",
        MacState.Uncalibrated => "the device's own; its calibration is lost",
        _ => "the device's own, calibrated",
    };

    private static Tone MacTone(MacState state) => state switch
    {
        MacState.Own => Tone.Good,
        MacState.NotApplicable => Tone.Muted,
        MacState.Uncalibrated or MacState.Generic or MacState.Placeholder => Tone.Warn,
        _ => Tone.Bad,
    };
}
