using BekenImage.Crypto;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Chips;

/// <summary>BK7231T; its bootloader calls itself BK7231S, Tuya's SDK configures it as BK7231U.</summary>
internal static class BK7231T
{
    // The table of Tuya's 1.0.4 to 1.0.6.
    private static readonly ProgramTable TuyaTable = new(appEnd: 0x129F70, download: 0x132000, downloadLength: 0xA6000);

    public static ChipFamily Family { get; } = new("BK7231T")
    {
        RfType = RfType.T,
        Signs = new ChipSigns
        {
            TuyaBootPrefix = "BK7231S_",
            TuyaBuildPlatform = "bk7231t",
            TuyaModules = ["WB"],
            Uf2Family = 0x675A40B0,
            TuyaPlatforms = ["bk7231t", "BK7231S_2M"],
            // Of 1.0.4 it is not known which packages it installs.
            Bootloaders = [new("BK7231S_1.0.5", BootloaderKind.Tuya), new("BK7231S_1.0.6", BootloaderKind.Tuya)],
        },
        Chips =
        [
            new ChipFacts(BekenChip.BK7231T, "BK7231T", "BK7231S")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    // OpenBK7231T: BkDriverFlash.c, tuya_hal_storge.c; all seen.
                    [FirmwareFlavor.Tuya] = new(TuyaTable, rf: 0x1E0000, net: 0x1E1000)
                    {
                        OtherAreas =
                        [
                            new(PartitionNames.FastConnect, 0x1E2000, 0x1000),
                            new(PartitionNames.TuyaUf, 0x1E3000, 0xB000),
                            new(PartitionNames.TuyaUf + "-2", 0x1D8000, 0x8000),
                            new(PartitionNames.TuyaUf + "-3", 0x12A000, 0x8000),
                            new(PartitionNames.Tuya, 0x1EE000, 0x12000),
                        ],
                    },
                    // hal_ota.h, our_lfs.h.
                    [FirmwareFlavor.OpenBeken] = CommonLayouts.OpenBeken(
                        TuyaTable, rf: 0x1E0000, new LittleFsPlace(end: 0x1B3000, firstStart: 0x133000)),
                    [FirmwareFlavor.BekenFreeRtos] = CommonLayouts.Sdk,
                    [FirmwareFlavor.LibreTiny] = CommonLayouts.LibreTiny,
                },
                Bootloader = new UsualBootloader(TuyaTable, BootloaderKind.Tuya),
                ObkFirmware = new ObkFirmware("OpenBK7231T", "bekens_t", ObkPinLayout.Pins32, ObkMacs.TuyaSdks),
                // OpenBK7231T, build.sh and mpytools.py: the app ends at 1 MiB, off the page grid.
                Recipe = new FirmwareRecipe(BekenChip.BK7231T, 0x11000, 978944, BekenKey.Tuya, "1.00", plainStart: 0x10000)
                {
                    HasOtaFix = true,
                },
            },
        ],
    };
}
