using BekenImage.Crypto;
using BekenImage.Formats.Obk;

namespace BekenImage.Chips;

/// <summary>BK7252N, also sold as T4. Its apps and its bootloader carry the marker of BK7238.</summary>
internal static class BK7252N
{
    public static ChipFamily Family { get; } = new("BK7252N")
    {
        HasDownloadRom = true,
        Hardware = new BootHardware { ChipId = 0x7252A, DeviceId = 0x23A18000, LogUart = 1 },
        Signs = new ChipSigns
        {
            SdkBootName = "BK7252N",
            SharedAppMarker = "BK7238",
            TuyaModules = ["T4"],
            Bootloaders = [new("BK7252N_1.0.15", BootloaderKind.Sdk1015)],
        },
        Chips =
        [
            new ChipFacts(BekenChip.BK7252N, "BK7252N", "T4")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    [FirmwareFlavor.OpenBeken] = CommonLayouts.ObkOnSdk,
                    [FirmwareFlavor.BekenFreeRtos] = CommonLayouts.Sdk,
                    [FirmwareFlavor.LibreTiny] = CommonLayouts.LibreTiny,
                },
                Bootloader = new UsualBootloader(CommonLayouts.SdkTable, BootloaderKind.Sdk1015),
                ObkFirmware = new ObkFirmware("OpenBK7252N", "bekens_52n", ObkPinLayout.Pins48, ObkMacs.FreeRtosSdk),
                // beken_freertos_sdk, beken_packager_wrapper and application.mk.
                Recipe = new FirmwareRecipe(BekenChip.BK7252N, 65280, 1156 * 1024, BekenKey.Zero, "2M.1220", plainStart: 0),
            },
        ],
    };
}
