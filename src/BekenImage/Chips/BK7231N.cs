using BekenImage.Crypto;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Chips;

/// <summary>BK7231N, BK7231M (without a key) and BL2028N (another name, mostly without a key): one firmware, three chips.</summary>
internal static class BK7231N
{
    // Tuya 1.0.1's table.
    private static readonly ProgramTable TuyaTable = new(appEnd: 0x129F70, download: 0x12A000, downloadLength: 0xA6000);

    // OpenBK7231N's build, which is that of BK7231M too.
    private static readonly ObkFirmware ObkFirmware = new("OpenBK7231N", "bekens_n", ObkPinLayout.Pins32, ObkMacs.TuyaSdks);

    // OpenBK7231N: tuya_os_adapt_storge.c; the protected block is seen on all but the four oldest builds.
    private static readonly ChipLayout Tuya = new(TuyaTable, rf: 0x1D0000, net: 0x1D1000)
    {
        OtherAreas =
        [
            new(PartitionNames.TuyaUf, 0x1D2000, 0x18000),
            new(PartitionNames.TuyaProtected, 0x1ED000, 0x1000),
            new(PartitionNames.Tuya, 0x1EE000, 0x12000),
        ],
    };

    // our_lfs.h since 21 April 2023; older builds used the place of BK7231T.
    private static readonly ChipLayout OpenBeken =
        CommonLayouts.OpenBeken(TuyaTable, rf: 0x1D0000, new LittleFsPlace(end: 0x1D0000, firstStart: 0x12B000));

    // BkDriverFlash.c of beken_freertos_sdk; the download range runs over RF, as it does there.
    private static readonly ChipLayout Sdk = new(
        new ProgramTable(appEnd: 0x132000, download: 0x132000, downloadLength: 0xA6000), rf: 0x1D0000, net: 0x1D1000);

    // The factory firmware of BL2028N keeps RF where the other chips do, not where BK7231N firmware looks. Seen on the Dreo fan.
    private static readonly ChipLayout SdkOnBL2028N = new(CommonLayouts.SdkTable, rf: 0x1E0000, net: 0x1E1000)
    {
        OtherAreas = [new(PartitionNames.FastConnect, 0x1E2000, 0x1000)],
    };

    // libretiny, boards/_base/beken-7231n-tuya.json.
    private static readonly ChipLayout LibreTiny = new(TuyaTable, rf: 0x1D0000, net: 0x1D1000)
    {
        OtherAreas = [new("kvs", 0x1D3000, 0x8000), new("userdata", 0x1DB000, 0x25000)],
    };

    public static ChipFamily Family { get; } = new("BK7231N")
    {
        RfType = RfType.N,
        Hardware = new BootHardware { ChipId = 0x7231A, DeviceId = 0x18520001 },
        HasDownloadRom = true,
        Signs = new ChipSigns
        {
            TuyaBootPrefix = "BK7231N_",
            SdkBootName = "BK7231n",
            OwnAppMarker = "BK7231",
            TuyaBuildPlatform = "bk7231n",
            TuyaModules = ["CB", "T34", "T2"],
            Uf2Family = 0x7B3EF230,
            TuyaPlatforms = ["bk7231n", "BK7231NL", "t2"],
            Bootloaders = [new("BK7231N_1.0.1", BootloaderKind.Tuya), new("BK7231n_1.0.15", BootloaderKind.Sdk1015)],
        },
        PlainChip = BekenChip.BK7231M,
        PlainSdkChip = BekenChip.BL2028N,
        Chips =
        [
            new ChipFacts(BekenChip.BK7231N, "BK7231N", "T2", "T34")
            {
                Layouts = Layouts(Sdk),
                Bootloader = new UsualBootloader(TuyaTable, BootloaderKind.Tuya),
                ObkFirmware = ObkFirmware,
                // OpenBK7231N, build.sh and mpytools.py.
                Recipe = new FirmwareRecipe(BekenChip.BK7231N, 0x11000, 1150832, BekenKey.Tuya, "1.00", plainStart: 0x10000),
            },
            new ChipFacts(BekenChip.BK7231M, "BK7231M")
            {
                Layouts = Layouts(Sdk),
                Bootloader = new UsualBootloader(TuyaTable, BootloaderKind.Tuya),
                ObkFirmware = ObkFirmware,
                // As OpenBK7231M 1.18.300 was made; it holds the plain bootloader.
                Recipe = new FirmwareRecipe(BekenChip.BK7231M, 0x11000, 1150832, BekenKey.Zero, "1.00", plainStart: 0x10000),
            },
            new ChipFacts(BekenChip.BL2028N, "BL2028N")
            {
                Layouts = Layouts(SdkOnBL2028N),
                // SDK v1.0.8: which packages it installs is not known.
                Bootloader = new UsualBootloader(CommonLayouts.SdkTable, BootloaderKind.Unknown),
                ObkFirmware = ObkFirmware,
                // As the Dreo fan's firmware was made: the app did not go through "encrypt".
                Recipe = new FirmwareRecipe(BekenChip.BL2028N, 65280, 1156 * 1024, BekenKey.Zero, "2M.1220", plainStart: null),
            },
        ],
    };

    private static Dictionary<FirmwareFlavor, ChipLayout> Layouts(ChipLayout sdk) => new()
    {
        [FirmwareFlavor.Tuya] = Tuya,
        [FirmwareFlavor.OpenBeken] = OpenBeken,
        [FirmwareFlavor.BekenFreeRtos] = sdk,
        [FirmwareFlavor.LibreTiny] = LibreTiny,
    };
}
