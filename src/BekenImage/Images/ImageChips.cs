using BekenImage.Chips;

namespace BekenImage.Images;

/// <summary>Tells the chip from the signs of bootloader and app.</summary>
internal static class ImageChips
{
    /// <param name="bootloader">What the bootloader says; null when it is not there or cannot be read.</param>
    /// <param name="app">What the app says.</param>
    /// <param name="programs">Where the two lie and how.</param>
    public static BekenChip Tell(BootloaderIdentity? bootloader, AppIdentity? app, ProgramLayout programs)
    {
        // An app that names its chip knows better than a mark that four chips share.
        if (bootloader is { IsLikely: true } && app is { Chip: not BekenChip.Unknown, Generation: ChipGeneration.Armino })
            return app.Chip;
        if (bootloader is { Chip: not BekenChip.Unknown })
            return Disagree(bootloader, app) ? BekenChip.Unknown : Refine(bootloader, programs.Bootloader);
        return app is null ? BekenChip.Unknown : RefineApp(app, programs.App!);
    }

    /// <summary>True when the bootloader is for one family and the app for another.</summary>
    public static bool Disagree(BootloaderIdentity bootloader, AppIdentity? app)
    {
        return app is not null && FamilyRule.AppOn(bootloader.Chip, app) is not null;
    }

    // The chips of a family share bootloaders; which it is, the key and the kind of bootloader tell. What secure boot goes by names a chip
    // where no program of a bootloader was found.
    private static BekenChip Refine(BootloaderIdentity bootloader, Partition? partition)
    {
        var family = partition is not { IsEncrypted: false } ? null : ChipRegistry.FamilyOf(bootloader.Chip);
        return (bootloader.IsSdk ? family?.PlainSdkChip : family?.PlainChip) ?? bootloader.Chip;
    }

    // Packed for a device without a key. A plain application file says nothing about the key of its device.
    private static BekenChip RefineApp(AppIdentity app, Partition partition) =>
        (partition.IsStriped && !partition.IsEncrypted ? ChipRegistry.FamilyOf(app.Chip)?.PlainChip : null) ?? app.Chip;
}
