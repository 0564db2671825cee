namespace BekenImage.Chips;

/// <summary>BK7258, in Tuya's modules T5: three Cortex-M33, 8 MiB of flash. Known from sources and a build; no dump was to be had.</summary>
internal static class BK7258
{
    // TuyaOpen-T5AI, partitions.csv; the storage by BK7231GUIFlashTool, TuyaConfig.cs.
    private static readonly ChipLayout Tuya = ArminoLayouts.Map(0x800000, appEnd: 0x121000, download: 0x473000, downloadLength: 2392 * 1024,
        new("app1", 0x121000, 3400 * 1024), new("ota_mgr", 0x6C9000, 0x2000), new("usr_config", 0x6CB000, 0x100000),
        new("easyflash", 0x7CB000, 0x2000), new(PartitionNames.Tuya, 0x7DD000, 0x10000));

    public static ChipFamily Family { get; } = new("BK7258")
    {
        Generation = ChipGeneration.Armino,
        HasDownloadRom = true,
        Signs = new ChipSigns { TuyaModules = ["T5"], TuyaPlatforms = ["t5", "t5ai", "bk7258"] },
        Chips =
        [
            new ChipFacts(BekenChip.BK7258, "BK7258", "T5")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout> { [FirmwareFlavor.Tuya] = Tuya },
                FlashLength = 0x800000,
            },
        ],
    };
}
