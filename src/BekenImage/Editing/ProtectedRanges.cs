using BekenImage.Images;

namespace BekenImage.Editing;

/// <summary>What a chip starts by: changes of an image and plans for a device leave it alone unless it was asked for by name.</summary>
internal static class ProtectedRanges
{
    // A piece of a dump, a packed app and a program's own file count from elsewhere: nothing in them is the bootloader.
    public static FlashRange[] Of(FlashImage image)
    {
        // Under secure boot the table says where it lies, and calibration lies between: what BL1 reads, and the loader it starts.
        if (image.Programs.Secure is not null)
            return image.Programs.Partitions.Where(IsOfSecureBoot).Select(partition => partition.Range).ToArray();
        return HasSlot(image) ? [FlashGeometry.BootloaderSlot] : [];
    }

    /// <summary>True where physical 0 is in the image: a program that lies where it must says so, or the whole chip is there.</summary>
    public static bool HasSlot(FlashImage image) =>
        image.PhysicalBase == 0 && image.Origin.Start is not (ImageStart.AppFile or ImageStart.BootloaderFile) &&
        (image.Programs.Bootloader is not null || image.Programs.App is not null || image.IsWholeChip);

    private static bool IsOfSecureBoot(Partition partition) =>
        partition.Name is "bl1_control" or "boot_flag" or "partition" or "primary_manifest" or "secondary_manifest" or "bl2" or "bl2_B" or "primary_bootloader";
}
