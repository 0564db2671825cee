using BekenImage.Crypto;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Chips;

/// <summary>BK7231U.</summary>
internal static class BK7231U
{
    public static ChipFamily Family { get; } = new("BK7231U")
    {
        RfType = RfType.T,
        Signs = new ChipSigns
        {
            SdkBootName = "BK7231u",
            // The loader of Beken's SDK for AWS: the same build as Tuya's for BK7231Q but for the chip.
            ConfirmedBootloaders = [new() { ResetBranch = 0xEA001C68, Pwm = ConfirmedBootloader.NewPwm }],
            Uf2Family = 0x675A40B0,
            Bootloaders = [new("BK7231u_1.0.15", BootloaderKind.Sdk1015)],
        },
        Chips =
        [
            new ChipFacts(BekenChip.BK7231U, "BK7231U")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    [FirmwareFlavor.OpenBeken] = CommonLayouts.ObkOnSdk,
                    [FirmwareFlavor.BekenFreeRtos] = CommonLayouts.Sdk,
                    [FirmwareFlavor.LibreTiny] = CommonLayouts.LibreTiny,
                },
                Bootloader = new UsualBootloader(CommonLayouts.SdkTable, BootloaderKind.Sdk1015),
                ObkFirmware = new ObkFirmware("OpenBK7231U", "bekens_u", ObkPinLayout.Pins32, ObkMacs.FreeRtosSdk),
                // beken_freertos_sdk, beken_packager_wrapper and application.mk.
                Recipe = new FirmwareRecipe(BekenChip.BK7231U, 65280, 1156 * 1024, BekenKey.Zero, "2M.1220", plainStart: 0),
            },
        ],
    };
}
