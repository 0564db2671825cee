using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Chips;

/// <summary>How long the download partition is: combine, lint and the synthetic bootloaders' own tables give one answer.</summary>
public class DownloadPartitionTests
{
    public static TheoryData<string, BekenChip> Devices => new()
    {
        { "N", BekenChip.BK7231N }, { "T", BekenChip.BK7231T }, { "U", BekenChip.BK7231U },
        { "7238", BekenChip.BK7238 }, { "7252", BekenChip.BK7252 }, { "7252N", BekenChip.BK7252N },
    };

    // The plain app carries no table, so that the layout has to know it.
    [Theory]
    [MemberData(nameof(Devices))]
    public void PartitionTableOfTheFirmware_OnTheChipsUsualBootloader_ChangesNoByteOfIt(string device, BekenChip chip)
    {
        var image = Device(device);
        byte[] factory = image.WithRf(0x1E0000).Dump();
        byte[] app = SyntheticPrograms.App(0x8000, $"Open{chip}_1.18.300", nMarker: device == "N", seed: 6);
        var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware };

        var plan = new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(app), options).Plan();

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        byte[] built = plan.ToArray();
        BytesAssert.Equal(factory.AsSpan(0, 0x11000), built.AsSpan(0, 0x11000));
        BootSimulator.Run(built, image.Key).AssertBoots();
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void LintTarget_OfTheChipAlone_EqualsThatOfADump(string device, BekenChip chip)
    {
        var dump = LintTarget.Of(FlashImage.Parse(Device(device).Dump()));
        var kind = LintTarget.Of(chip, BekenKey.Zero);

        Assert.Equal(chip, dump.Chip);
        Assert.Equal((dump.App, dump.Download, dump.BootloaderKind), (kind.App, kind.Download, kind.BootloaderKind));
        var layout = ChipLayout.For(chip, FirmwareFlavor.OpenBeken)!;
        Assert.Equal((dump.App, dump.Download), (layout.App, layout.Download));
    }

    // A table that does not fit is written anew, with the length of the firmware's layout.
    [Fact]
    public void PartitionTableOfTheFirmware_OnAnotherTable_WritesTheLayoutsRanges()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x132000, 0xA6000, true),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x110000, true),
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, true),
        ];
        var device = new SyntheticImage
        {
            Boot = SyntheticBoot.BK7238, Key = SyntheticKey.Zero, Table = table,
            App = SyntheticPrograms.App(0x9000, "OpenBK7238_1.18.300", nMarker: false),
        };
        byte[] app = SyntheticPrograms.App(0x8000, "OpenBK7238_1.18.301", nMarker: false, seed: 6);
        var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware };

        var factory = FlashImage.Parse(device.WithRf(0x1E0000).Dump());
        var built = FlashImage.Parse(new ImageCombiner(factory, FlashImage.Parse(app), options).Plan().ToArray());

        Assert.Equal(new FlashRange(0x132000, 0xAE000), built.Fal!.Find("download")!.PhysicalRange);
        BootSimulator.Run(built.Bytes.ToArray(), SyntheticKey.Zero).AssertBoots();
    }

    private static SyntheticImage Device(string name)
    {
        var (boot, text) = name switch
        {
            "N" => (SyntheticBoot.N, SyntheticImage.ObkN),
            "T" => (SyntheticBoot.T, SyntheticImage.ObkT),
            "U" => (SyntheticBoot.U, "OpenBK7231U_1.18.300"),
            "7238" => (SyntheticBoot.BK7238, "OpenBK7238_1.18.300"),
            "7252" => (SyntheticBoot.BK7252, "OpenBK7252_1.18.300"),
            _ => (SyntheticBoot.BK7252N, "OpenBK7252N_1.18.300"),
        };
        return new SyntheticImage
        {
            Boot = boot, Key = name is "N" or "T" ? SyntheticKey.Tuya : SyntheticKey.Zero,
            App = SyntheticPrograms.App(0x9000, text, nMarker: name == "N"),
        };
    }
}
