using BekenImage.Crypto;
using BekenImage.Formats.Obk;

namespace BekenImage.Chips;

/// <summary>BK7238, also sold as T1.</summary>
internal static class BK7238
{
    // libretiny, boards/_base/beken-7238-tuya.json: the app ends at 0x12C000, here the last whole page before it.
    private static readonly ProgramTable TuyaTable = new(appEnd: 0x12BFFA, download: 0x12C000, downloadLength: 0xB5000);

    public static ChipFamily Family { get; } = new("BK7238")
    {
        HasDownloadRom = true,
        Hardware = new BootHardware { ChipId = 0x7238, DeviceId = 0x21128000, LogUart = 1 },
        Signs = new ChipSigns
        {
            SdkBootName = "BK7238",
            SharedAppMarker = "BK7238",
            TuyaModules = ["T1"],
            TuyaPlatforms = ["T1", "bk7238"],
            Bootloaders = [new("BK7238_1.0.15", BootloaderKind.Sdk1015)],
        },
        Chips =
        [
            new ChipFacts(BekenChip.BK7238, "BK7238", "T1")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    // From sources of BK7231GUIFlashTool and libretiny; no dump was seen.
                    [FirmwareFlavor.Tuya] = new(TuyaTable, rf: 0x1E3000, net: 0x1E2000)
                    {
                        OtherAreas = [new(PartitionNames.Tuya, 0x1F5000, 0xB000)],
                    },
                    [FirmwareFlavor.OpenBeken] = CommonLayouts.ObkOnSdk,
                    [FirmwareFlavor.BekenFreeRtos] = CommonLayouts.Sdk,
                    [FirmwareFlavor.LibreTiny] = new(TuyaTable, rf: 0x1E3000, net: 0x1E2000)
                    {
                        OtherAreas = [new("kvs", 0x1E4000, 0x8000), new("userdata", 0x1EC000, 0x14000)],
                    },
                },
                Bootloader = new UsualBootloader(CommonLayouts.SdkTable, BootloaderKind.Sdk1015),
                ObkFirmware = new ObkFirmware("OpenBK7238", "bekens_8s", ObkPinLayout.Pins32, ObkMacs.FreeRtosSdk),
                // beken_freertos_sdk, beken_packager_wrapper and application.mk.
                Recipe = new FirmwareRecipe(BekenChip.BK7238, 65280, 1156 * 1024, BekenKey.Zero, "2M.1220", plainStart: 0),
            },
        ],
    };
}
