using BekenImage.Combining;
using BekenImage.Formats.Fal;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>The table a firmware was laid out for, with the names, the order and the CRCs of the device's.</summary>
public class FirmwareTableTests
{
    private static readonly ChipLayout MapN = ChipLayout.For(BekenChip.BK7231N, FirmwareFlavor.OpenBeken)!;

    private static FalTable Device(SyntheticBoot boot) => FlashImage.Parse(new SyntheticImage { Boot = boot,
        Key = SyntheticKey.Zero }.Qio()).Fal!;

    private static string[] Lines(IEnumerable<FalPartition> table) => [.. table.Select(entry => FormattableString.Invariant(
        $"{entry.Name} {entry.Flash} {entry.Offset:x}+{entry.Length:x} {(entry.CrcOk is { } ok ? ok ? "crc" : "wrong crc" : "no crc")}"))];

    // 0x129F70 is the physical end of 0x108700 logical bytes behind logical 0x10000.
    private static readonly string[] InTheOrderOfTheSdk =
    [
        "download beken_onchip 12a000+a6000 crc", "app beken_onchip_crc 10000+108700 crc", "bootloader beken_onchip_crc 0+10000 crc",
    ];

    [Fact]
    public void Table_OfAFirmwareThatBringsOne_IsThatOne() =>
        Assert.Equal(InTheOrderOfTheSdk, Lines(FirmwareTable.For(Device(SyntheticBoot.U), FlashImage.Parse(SyntheticImages.ObkN), null)));

    [Fact]
    public void Table_OfAFirmwareWithoutOne_IsItsMaps() =>
        Assert.Equal(InTheOrderOfTheSdk, Lines(FirmwareTable.For(Device(SyntheticBoot.U),
            FlashImage.Parse(SyntheticImage.ObkNFirmware().Ua()), MapN)));

    [Fact]
    public void Table_OfTuyasLoaders_HasNoCrcs() => Assert.Equal(
        ["bootloader beken_onchip_crc 0+10000 no crc", "app beken_onchip_crc 10000+108700 no crc",
            "download beken_onchip 12a000+a6000 no crc"],
        Lines(FirmwareTable.For(Device(SyntheticBoot.T), FlashImage.Parse(SyntheticImages.ObkN), null)));

    [Theory]
    [InlineData("app raw")]
    [InlineData("download in pages")]
    [InlineData("no download")]
    public void Table_OfAFirmwareThatIsNone_IsNotTaken(string how)
    {
        byte[] app = PlainFormats.FalEntry("app", how == "app raw" ? "beken_onchip" : "beken_onchip_crc",
            how == "app raw" ? 0x11000u : 0x10000u, 0x108700, false);
        byte[] download = PlainFormats.FalEntry("download", how == "download in pages" ? "beken_onchip_crc" : "beken_onchip", 0x12A000,
            0xA6000, false);
        byte[] table = [.. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. app,
            .. how == "no download" ? [] : download];
        var firmware = FlashImage.Parse(new SyntheticImage { Table = table, App = SyntheticPrograms.App(0x5000,
            SyntheticImage.ObkN) }.Qio());

        var error = Assert.Throws<ImageGuardException>(() => FirmwareTable.For(Device(SyntheticBoot.U), firmware, null));

        Assert.Equal((FindingCode.AddressUnknown, "firmware"), (error.Code, error.Subject));
        Assert.Contains("for which partition table this firmware was made", error.Message, StringComparison.Ordinal);
        // The map has the word then.
        Assert.Equal(InTheOrderOfTheSdk, Lines(FirmwareTable.For(Device(SyntheticBoot.U), firmware, MapN)));
    }

    [Fact]
    public void Table_NoDeviceCanUse_IsTheFirmwaresFault()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x129000, 0xA6000, false),
        ];
        var firmware = FlashImage.Parse(new SyntheticImage { Table = table, App = SyntheticPrograms.App(0x5000,
            SyntheticImage.ObkN) }.Qio());

        var error = Assert.Throws<ImageGuardException>(() => FirmwareTable.For(Device(SyntheticBoot.U), firmware, MapN));

        Assert.Equal("firmware", error.Subject);
        Assert.Contains("overlap", error.Message, StringComparison.Ordinal);
    }
}
