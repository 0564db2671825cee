namespace BekenImage.Chips;

/// <summary>BK7239N, and BK7236N: Cortex-M33, 4 MiB of flash, the flash cipher as IEEE 1619 has it. Known from sources alone.</summary>
internal static class BK7239N
{
    private static readonly ChipLayout Sdk = ArminoLayouts.Map(0x400000, appEnd: 0x253000, download: 0x253000, downloadLength: 1564 * 1024,
        new("usr_config", 0x3DA000, 136 * 1024), new("easyflash", 0x3FC000, 0x2000));

    private static readonly ChipLayout OpenBeken = ArminoLayouts.OpenBeken(0x242000, 1564 * 1024, easyFlash: 0x3FC000,
        new("usr_config", 0x3C9000, 204 * 1024));

    public static ChipFamily Family { get; } = new("BK7239N")
    {
        Generation = ChipGeneration.Armino,
        HasDownloadRom = true,
        HasStandardAes = true,
        Chips =
        [
            new ChipFacts(BekenChip.BK7239N, "BK7239N", "BK7236N")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    [FirmwareFlavor.OpenBeken] = OpenBeken,
                    [FirmwareFlavor.BekenArmino] = Sdk,
                },
                FlashLength = 0x400000,
            },
        ],
    };
}
