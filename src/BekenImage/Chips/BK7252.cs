using BekenImage.Crypto;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Chips;

/// <summary>BK7252, which Beken and its bootloader call BK7251; BK7252U.</summary>
internal static class BK7252
{
    public static ChipFamily Family { get; } = new("BK7252")
    {
        RfType = RfType.T,
        Hardware = new BootHardware { ChipId = 0x7221A, DeviceId = 0x18221020 },
        Signs = new ChipSigns
        {
            SdkBootName = "BK7251",
            ConfirmedBootloaders = [new() { PassesExceptionsOn = true }],
            Uf2Family = 0x6A82CC42,
            Bootloaders = [new("BK7251_1.0.15", BootloaderKind.Sdk1015)],
        },
        Chips =
        [
            new ChipFacts(BekenChip.BK7252, "BK7252", "BK7251", "BK7252U")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    [FirmwareFlavor.OpenBeken] = CommonLayouts.ObkOnSdk,
                    [FirmwareFlavor.BekenFreeRtos] = CommonLayouts.Sdk,
                    [FirmwareFlavor.LibreTiny] = CommonLayouts.LibreTiny,
                },
                Bootloader = new UsualBootloader(CommonLayouts.SdkTable, BootloaderKind.Sdk1015),
                ObkFirmware = new ObkFirmware("OpenBK7252", "bekens_52s", ObkPinLayout.Pins48, ObkMacs.FreeRtosSdk),
                // beken_freertos_sdk, beken_packager_wrapper and application.mk.
                Recipe = new FirmwareRecipe(BekenChip.BK7252, 65280, 1156 * 1024, BekenKey.Zero, "2M.1220", plainStart: 0),
            },
        ],
    };
}
