namespace BekenImage;

/// <summary>What a plan may do, and in which units.</summary>
public sealed class FlashPlanOptions
{
    /// <summary>The smallest unit a flash chip erases: 4 KiB.</summary>
    public const int SmallestSector = FlashGeometry.SectorSize;

    /// <summary>The largest unit that is erased by one command of a flash chip: 64 KiB.</summary>
    public const int LargestSector = 0x10000;

    /// <summary>True to write the bootloader as well: without it the device's stays, whatever the image holds.</summary>
    public bool IncludeBootloader { get; set; }

    /// <summary>True to end in exactly the image, which must be that of a whole chip: its bootloader, and every byte.</summary>
    public bool Restore { get; set; }

    /// <summary>What is erased at once: a power of two from 4 KiB to 64 KiB.</summary>
    public int SectorSize { get; set; } = SmallestSector;

    /// <summary>True to lose the device's own calibration, or to replace calibration and MAC by those of another unit.</summary>
    public bool AllowOtherCalibration { get; set; }

    internal bool WritesBootloader => IncludeBootloader || Restore;
}
