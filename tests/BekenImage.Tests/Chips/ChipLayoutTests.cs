using System.Globalization;

namespace BekenImage.Tests.Chips;

/// <summary>
/// Every flash map, value for value, from the tables of the format notes: images-and-containers 7.1 to 7.7 (programs, RF, NET, other areas)
/// and 3 (partition tables), data-partitions 0 and 5.1 (flash variables, LittleFS).
/// </summary>
public class ChipLayoutTests
{
    private const string Tuya7231N = "tuya-uf 1D2000 18000, tuya-protected 1ED000 1000, tuya 1EE000 12000";
    private const string Tuya7231T =
        "fast-connect 1E2000 1000, tuya-uf 1E3000 B000, tuya-uf-2 1D8000 8000, tuya-uf-3 12A000 8000, tuya 1EE000 12000";
    private const string Tuya7231Q = "fast-connect 1E2000 1000, tuya-uf 1E3000 8000, tuya 1EB000 15000";
    private const string LibreTiny = "kvs 1D8000 8000, userdata 1E3000 1D000";
    private const string LibreTinyN = "kvs 1D3000 8000, userdata 1DB000 25000";
    private const string LibreTinyT1 = "kvs 1E4000 8000, userdata 1EC000 14000";

    // chip, firmware; app end; download, its length; RF; NET; other areas.
    public static TheoryData<BekenChip, FirmwareFlavor, int, int, int, int, int, string> Rows => new()
    {
        { BekenChip.BK7231N, FirmwareFlavor.Tuya, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, Tuya7231N },
        { BekenChip.BK7231M, FirmwareFlavor.Tuya, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, Tuya7231N },
        { BekenChip.BL2028N, FirmwareFlavor.Tuya, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, Tuya7231N },
        { BekenChip.BK7231T, FirmwareFlavor.Tuya, 0x129F70, 0x132000, 0xA6000, 0x1E0000, 0x1E1000, Tuya7231T },
        { BekenChip.BK7231Q, FirmwareFlavor.Tuya, 0x132000, 0x132000, 0xCC000, 0x1E0000, 0x1E1000, Tuya7231Q },
        // The app's end is rounded down from 0x12C000 to a whole page: 36141 pages.
        { BekenChip.BK7238, FirmwareFlavor.Tuya, 36141 * 34, 0x12C000, 0xB5000, 0x1E3000, 0x1E2000, "tuya 1F5000 B000" },

        { BekenChip.BK7231N, FirmwareFlavor.OpenBeken, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, "" },
        { BekenChip.BK7231M, FirmwareFlavor.OpenBeken, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, "" },
        { BekenChip.BL2028N, FirmwareFlavor.OpenBeken, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, "" },
        { BekenChip.BK7231T, FirmwareFlavor.OpenBeken, 0x129F70, 0x132000, 0xA6000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7231U, FirmwareFlavor.OpenBeken, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7238, FirmwareFlavor.OpenBeken, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7252, FirmwareFlavor.OpenBeken, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7252N, FirmwareFlavor.OpenBeken, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },

        { BekenChip.BK7231N, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xA6000, 0x1D0000, 0x1D1000, "" },
        { BekenChip.BK7231M, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xA6000, 0x1D0000, 0x1D1000, "" },
        { BekenChip.BL2028N, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "fast-connect 1E2000 1000" },
        { BekenChip.BK7231T, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7231U, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7231Q, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7238, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7252, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },
        { BekenChip.BK7252N, FirmwareFlavor.BekenFreeRtos, 0x132000, 0x132000, 0xAE000, 0x1E0000, 0x1E1000, "" },

        // Armino: app end, download and the rest by section 4.4 of the format notes.
        { BekenChip.BK7236, FirmwareFlavor.BekenArmino, 0x253000, 0x253000, 1564 * 1024, 0x3FE000, 0x3FF000, "usr_config 3DA000 22000, easyflash 3FC000 2000" },
        { BekenChip.BK7239N, FirmwareFlavor.BekenArmino, 0x253000, 0x253000, 1564 * 1024, 0x3FE000, 0x3FF000, "usr_config 3DA000 22000, easyflash 3FC000 2000" },
        { BekenChip.BK7236, FirmwareFlavor.Tuya, 0x242000, 0x242000, 1556 * 1024, 0x3FE000, 0x3FF000, "ota 3C7000 2000, usr_config 3C9000 7000, tuya 3D0000 10000" },
        { BekenChip.BK7258, FirmwareFlavor.Tuya, 0x121000, 0x473000, 2392 * 1024, 0x7FE000, 0x7FF000, "app1 121000 352000, ota_mgr 6C9000 2000, usr_config 6CB000 100000, easyflash 7CB000 2000, tuya 7DD000 10000" },
        { BekenChip.BK7236, FirmwareFlavor.OpenBeken, 0x242000, 0x242000, 1556 * 1024, 0x3FE000, 0x3FF000, "usr_config 3C9000 35000" },
        { BekenChip.BK7239N, FirmwareFlavor.OpenBeken, 0x242000, 0x242000, 1564 * 1024, 0x3FE000, 0x3FF000, "usr_config 3C9000 33000" },

        { BekenChip.BK7231N, FirmwareFlavor.LibreTiny, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, LibreTinyN },
        { BekenChip.BK7231M, FirmwareFlavor.LibreTiny, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, LibreTinyN },
        { BekenChip.BL2028N, FirmwareFlavor.LibreTiny, 0x129F70, 0x12A000, 0xA6000, 0x1D0000, 0x1D1000, LibreTinyN },
        { BekenChip.BK7231T, FirmwareFlavor.LibreTiny, 0x132000, 0x132000, 0xA6000, 0x1E0000, 0x1E1000, LibreTiny },
        { BekenChip.BK7231U, FirmwareFlavor.LibreTiny, 0x132000, 0x132000, 0xA6000, 0x1E0000, 0x1E1000, LibreTiny },
        { BekenChip.BK7231Q, FirmwareFlavor.LibreTiny, 0x132000, 0x132000, 0xA6000, 0x1E0000, 0x1E1000, LibreTiny },
        { BekenChip.BK7238, FirmwareFlavor.LibreTiny, 36141 * 34, 0x12C000, 0xB5000, 0x1E3000, 0x1E2000, LibreTinyT1 },
        { BekenChip.BK7252, FirmwareFlavor.LibreTiny, 0x132000, 0x132000, 0xA6000, 0x1E0000, 0x1E1000, LibreTiny },
        { BekenChip.BK7252N, FirmwareFlavor.LibreTiny, 0x132000, 0x132000, 0xA6000, 0x1E0000, 0x1E1000, LibreTiny },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void For_ChipAndFlavor_GivesTheNotesNumbers(
        BekenChip chip, FirmwareFlavor flavor, int appEnd, int download, int downloadLength, int rf, int net, string others)
    {
        var layout = ChipLayout.For(chip, flavor)!;

        Assert.Equal(FlashRange.FromBounds(0x11000, appEnd), layout.App);
        Assert.Equal(new FlashRange(download, downloadLength), layout.Download);
        Assert.Equal(download, layout.Updates);
        Assert.Equal(new FlashRange(rf, 0x1000), layout.Rf);
        Assert.Equal(new FlashRange(net, 0x1000), layout.Net);
        Assert.Equal(others, string.Join(", ", layout.OtherAreas.Select(Text)));
        bool isOpenBeken = flavor == FirmwareFlavor.OpenBeken;
        Assert.Equal(isOpenBeken ? ConfigOf(chip) ?? layout.Net : null, layout.ObkConfig);
        if (!isOpenBeken)
            Assert.Equal((null, null, null, null), (layout.FlashVars, layout.FlashVarsJournal, layout.LittleFs, layout.LittleFsPlace));
    }

    [Theory]
    [InlineData(BekenChip.BK7231N, 0x1D3000, 0x1D0000, 0x12B000)]
    [InlineData(BekenChip.BK7231M, 0x1D3000, 0x1D0000, 0x12B000)]
    [InlineData(BekenChip.BL2028N, 0x1D3000, 0x1D0000, 0x12B000)]
    [InlineData(BekenChip.BK7231T, 0x1E3000, 0x1B3000, 0x133000)]
    [InlineData(BekenChip.BK7231U, 0x1E3000, 0x1AB000, 0x12B000)]
    [InlineData(BekenChip.BK7238, 0x1E3000, 0x1AB000, 0x12B000)]
    [InlineData(BekenChip.BK7252, 0x1E3000, 0x1AB000, 0x12B000)]
    [InlineData(BekenChip.BK7252N, 0x1E3000, 0x1AB000, 0x12B000)]
    public void For_OpenBeken_GivesFlashVariablesAndLittleFs(BekenChip chip, int journal, int filesEnd, int filesFirst)
    {
        var layout = ChipLayout.For(chip, FirmwareFlavor.OpenBeken)!;

        Assert.Equal(new FlashRange(0x1E5000, 0x8000), layout.FlashVars);
        Assert.Equal(new FlashRange(journal, 0x2000), layout.FlashVarsJournal);
        Assert.Equal((filesEnd, filesFirst), (layout.LittleFsPlace!.End, layout.LittleFsPlace.FirstStart));
        Assert.Equal(new FlashRange(filesEnd - 0x8000, 0x8000), layout.LittleFs);
    }

    [Fact]
    public void For_EveryOtherPair_GivesNull()
    {
        var known = Rows.Select(row => row.Data).Select(row => (row.Item1, row.Item2)).ToHashSet();
        foreach (var chip in Enum.GetValues<BekenChip>().Append((BekenChip)999))
        {
            foreach (var flavor in Enum.GetValues<FirmwareFlavor>().Append((FirmwareFlavor)999))
                Assert.Equal(known.Contains((chip, flavor)), ChipLayout.For(chip, flavor) is not null);
        }
    }

    [Fact]
    public void Areas_OfOpenBekenN_NameEveryRangeInOrder() => Assert.Equal(
        "bootloader 0 11000, app 11000 118F70, download 12A000 A6000, " +
        "littlefs 1C8000 8000, rf 1D0000 1000, obk-config 1D1000 1000, flash-vars 1E5000 8000",
        string.Join(", ", ChipLayout.For(BekenChip.BK7231N, FirmwareFlavor.OpenBeken)!.Areas.Select(Text)));

    [Fact]
    public void Areas_OfTuyaQ_NameNetAndTheRestInOrder() => Assert.Equal(
        "bootloader 0 11000, app 11000 121000, download 132000 CC000, rf 1E0000 1000, net 1E1000 1000, " +
        "fast-connect 1E2000 1000, tuya-uf 1E3000 8000, tuya 1EB000 15000",
        string.Join(", ", ChipLayout.For(BekenChip.BK7231Q, FirmwareFlavor.Tuya)!.Areas.Select(Text)));

    // hal_flashConfig_bk_armino.c: the last sector of the partition for updates.
    private static FlashRange? ConfigOf(BekenChip chip) => chip switch
    {
        BekenChip.BK7236 => new FlashRange(0x3C6000, 0x1000),
        BekenChip.BK7239N => new FlashRange(0x3C8000, 0x1000),
        _ => null,
    };

    private static string Text(FlashArea area) =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1:X} {2:X}", area.Name, area.Range.Start, area.Range.Length);
}
