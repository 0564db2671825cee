namespace BekenImage.Chips;

/// <summary>BK7236, in Tuya's modules T3: Cortex-M33, 4 MiB of flash. Known from sources and from bootloaders; no dump was to be had.</summary>
internal static class BK7236
{
    // Armino SDK, bk7236 partitions: 0x11000 + 2312K and so on. Source: formats of the SDK, auto_partitions.csv.
    private static readonly ChipLayout Sdk = ArminoLayouts.Map(0x400000, appEnd: 0x253000, download: 0x253000, downloadLength: 1564 * 1024,
        new("usr_config", 0x3DA000, 136 * 1024), new("easyflash", 0x3FC000, 0x2000));

    // TuyaOpen-T3, the partition file of tuya_app; the storage by BK7231GUIFlashTool, TuyaConfig.cs.
    private static readonly ChipLayout Tuya = ArminoLayouts.Map(0x400000, appEnd: 0x242000, download: 0x242000, downloadLength: 1556 * 1024,
        new("ota", 0x3C7000, 0x2000), new("usr_config", 0x3C9000, 0x7000), new(PartitionNames.Tuya, 0x3D0000, 0x10000));

    private static readonly ChipLayout OpenBeken = ArminoLayouts.OpenBeken(0x242000, 1556 * 1024, easyFlash: 0x3C7000,
        new("usr_config", 0x3C9000, 212 * 1024));

    public static ChipFamily Family { get; } = new("BK7236")
    {
        Generation = ChipGeneration.Armino,
        HasDownloadRom = true,
        Signs = new ChipSigns { TuyaModules = ["T3"], TuyaPlatforms = ["t3", "bk7236"] },
        Chips =
        [
            new ChipFacts(BekenChip.BK7236, "BK7236", "T3")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    [FirmwareFlavor.Tuya] = Tuya,
                    [FirmwareFlavor.OpenBeken] = OpenBeken,
                    [FirmwareFlavor.BekenArmino] = Sdk,
                },
                FlashLength = 0x400000,
            },
        ],
    };
}
