using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;

namespace BekenImage.Tests.Chips;

/// <summary>A chip that does not exist, described as a real one is: in one file.</summary>
internal static class MadeUpChip
{
    public const BekenChip Chip = (BekenChip)7299;

    private static readonly ProgramTable Table = new(appEnd: 0x154000, download: 0x160000, downloadLength: 0x60000);

    public static ChipFamily Family { get; } = new("BK7299")
    {
        Signs = new ChipSigns
        {
            TuyaBootPrefix = "BK7299_",
            OwnAppMarker = "BK7299",
            TuyaModules = ["XY"],
            Bootloaders = [new("BK7299_2.0.0", BootloaderKind.Sdk1015)],
        },
        Chips =
        [
            new ChipFacts(Chip, "BK7299", "T99")
            {
                Layouts = new Dictionary<FirmwareFlavor, ChipLayout>
                {
                    [FirmwareFlavor.OpenBeken] = CommonLayouts.OpenBeken(
                        Table, rf: 0x1C2000, new LittleFsPlace(end: 0x1C0000, firstStart: 0x160000)),
                },
                Bootloader = new UsualBootloader(Table, BootloaderKind.Sdk1015),
                ObkFirmware = new ObkFirmware("OpenBK7299", "bekens_99", ObkPinLayout.Pins48, new MacAddress([2, 0, 0, 0, 0, 99])),
                Recipe = new FirmwareRecipe(Chip, 0x11000, 0x143000, BekenKey.Zero, "9.99", plainStart: null),
            },
        ],
    };
}
