using BekenImage.Crypto;
using BekenImage.Formats.Rf;

namespace BekenImage.Chips;

/// <summary>BK7231Q, the oldest: known from Tuya's SDK (tysdk_for_bk7231) and the dump of one device, the MOES WA2.</summary>
internal static class BK7231Q
{
    // Its own table; the download range runs over everything behind it, so it must not be erased as a whole.
    private static readonly ProgramTable TuyaTable = new(appEnd: 0x132000, download: 0x132000, downloadLength: 0xCC000);

    public static ChipFamily Family { get; } = new("BK7231Q")
    {
        RfType = RfType.T,
        Hardware = new BootHardware { HasOldPwm = true },
        Signs = new ChipSigns
        {
            // Tuya's, and the SDK's v1.0.11: Beken's sources call the chip BK7231, which is also the marker of BK7231N's programs.
            ConfirmedBootloaders =
            [
                new() { ResetBranch = 0xEA001C68, Pwm = ConfirmedBootloader.OldPwm },
                new() { SdkName = "BK7231", Pwm = ConfirmedBootloader.OldPwm },
            ],
            TuyaPlatforms = ["bk7231"],
        },
        Chips =
        [
            new ChipFacts(BekenChip.BK7231Q, "BK7231Q")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    [FirmwareFlavor.Tuya] = new(TuyaTable, rf: 0x1E0000, net: 0x1E1000)
                    {
                        OtherAreas =
                        [
                            new(PartitionNames.FastConnect, 0x1E2000, 0x1000),
                            new(PartitionNames.TuyaUf, 0x1E3000, 0x8000),
                            new(PartitionNames.Tuya, 0x1EB000, 0x15000),
                        ],
                    },
                    [FirmwareFlavor.BekenFreeRtos] = CommonLayouts.Sdk,
                    [FirmwareFlavor.LibreTiny] = CommonLayouts.LibreTiny,
                },
                Bootloader = new UsualBootloader(TuyaTable, BootloaderKind.Unknown),
                // tysdk_for_bk7231, mpytools.py: plain bootloader, plain app.
                Recipe = new FirmwareRecipe(BekenChip.BK7231Q, 0x11000, 1156 * 1024, BekenKey.Zero, "1.00", plainStart: null),
            },
        ],
    };
}
