namespace BekenImage.Images;

/// <summary>Tells the chip from the signs of bootloader and app.</summary>
internal static class ImageChips
{
    /// <param name="bootloader">What the bootloader says; null when it is not there or cannot be read.</param>
    /// <param name="app">What the app says.</param>
    /// <param name="programs">Where the two lie and how.</param>
    public static BekenChip Tell(BootloaderIdentity? bootloader, AppIdentity? app, ProgramLayout programs)
    {
        if (bootloader is { Chip: not BekenChip.Unknown })
            return Disagree(bootloader, app) ? BekenChip.Unknown : Refine(bootloader, programs.Bootloader!);
        return app is null ? BekenChip.Unknown : RefineApp(app, programs.App!);
    }

    /// <summary>True when the bootloader is for one family and the app for another.</summary>
    public static bool Disagree(BootloaderIdentity bootloader, AppIdentity? app)
    {
        if (app is null || bootloader.Chip == BekenChip.Unknown)
            return false;
        bool isNFamily = bootloader.Chip == BekenChip.BK7231N;
        return app.Chip != BekenChip.Unknown && app.Chip != bootloader.Chip || app.HasNMarker != isNFamily && app.Flavor != FirmwareFlavor.Unknown;
    }

    // The three chips of the N family share bootloaders; which it is, the key and the kind of bootloader tell.
    private static BekenChip Refine(BootloaderIdentity bootloader, Partition partition)
    {
        if (bootloader.Chip != BekenChip.BK7231N || partition.IsEncrypted)
            return bootloader.Chip;
        return bootloader.IsSdk ? BekenChip.BL2028N : BekenChip.BK7231M;
    }

    // Packed for a device without a key: BK7231M. A plain application file says nothing about the key of its device.
    private static BekenChip RefineApp(AppIdentity app, Partition partition) =>
        app.Chip == BekenChip.BK7231N && partition.IsStriped && !partition.IsEncrypted ? BekenChip.BK7231M : app.Chip;
}
