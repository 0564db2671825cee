namespace BekenImage;

/// <summary>
/// Sizes and places that are the same on every chip of the BK72xx line with a paged flash: what erases, where the bootloader ends, where
/// the app begins. What differs from chip to chip is in the chip files.
/// </summary>
public static class FlashGeometry
{
    /// <summary>The smallest stretch the flash erases, in bytes; every data area begins at a multiple of it.</summary>
    public const int SectorSize = 0x1000;

    /// <summary>The largest file that is read as an image, in bytes.</summary>
    public const int MaximumImageLength = 64 * 1024 * 1024;

    /// <summary>First byte of the app, physical; the bootloader's slot ends here.</summary>
    public const int AppOffset = 0x11000;

    /// <summary>First byte of the app as the CPU sees it: logical.</summary>
    public const uint AppLogicalAddress = 0x10000;

    /// <summary>Physical 0 to 0x11000. A wrong byte here and the device does not start again.</summary>
    public static FlashRange BootloaderSlot => new(0, AppOffset);
}
