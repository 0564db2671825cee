using System.Text;
using BekenImage.Chips;
using BekenImage.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Chips;

/// <summary>Every sign a chip is told by, from images-and-containers 8.1, 8.2, 8.5 and data-partitions (modules, platforms).</summary>
public class ChipSignsTests
{
    [Theory]
    [InlineData("BK7231N_1.0.1", BekenChip.BK7231N, "BK7231N_1.0.1", false)]
    [InlineData("BK7231S_1.0.5", BekenChip.BK7231T, "BK7231S_1.0.5", false)]
    [InlineData("BK7231S_1.0.4", BekenChip.BK7231T, "BK7231S_1.0.4", false)]
    [InlineData("BK7231n|_1.0.8", BekenChip.BK7231N, "BK7231n_1.0.8", true)]
    [InlineData("BK7231u|_1.0.15", BekenChip.BK7231U, "BK7231u_1.0.15", true)]
    [InlineData("BK7251|_1.0.15", BekenChip.BK7252, "BK7251_1.0.15", true)]
    [InlineData("BK7238|_1.0.15", BekenChip.BK7238, "BK7238_1.0.15", true)]
    [InlineData("BK7252N|_1.0.15", BekenChip.BK7252N, "BK7252N_1.0.15", true)]
    // v1.0.15 for BK7252N carries the marker of BK7238 too.
    [InlineData("BK7238|_1.0.15|BK7252N", BekenChip.BK7252N, "BK7252N_1.0.15", true)]
    [InlineData("BK7238", BekenChip.Unknown, null, false)]
    // A name that is no chip's here is said all the same.
    [InlineData("BK7299|_1.0.15", BekenChip.Unknown, "BK7299_1.0.15", true)]
    [InlineData("XBK7231N_1.0.1", BekenChip.Unknown, null, false)]
    public void Bootloader_ItsTexts_TellTheFamily(string texts, BekenChip chip, string? version, bool isSdk)
    {
        var identity = BootloaderIdentity.Read(SyntheticPrograms.Bootloader(0xEA000B48, texts.Split('|'), [], nMarker: false));
        Assert.Equal((chip, version, isSdk), (identity.Chip, identity.Version, identity.IsSdk));
    }

    [Theory]
    [InlineData(0xEA001C68, 0x00802A00, BekenChip.BK7231Q)]
    [InlineData(0xEA001C68, 0x00802A80, BekenChip.BK7231U)]
    [InlineData(0xEA001C68, 0, BekenChip.Unknown)]
    [InlineData(0xEA001C67, 0x00802A00, BekenChip.Unknown)]
    [InlineData(0xEA000E62, 0x00802A00, BekenChip.Unknown)]
    public void Bootloader_WithoutTexts_IsToldByItsResetBranchAndItsRegisters(uint branch, uint register, BekenChip chip)
    {
        var identity = BootloaderIdentity.Read(SyntheticPrograms.Bootloader(branch, [], [], nMarker: false, registers: register));
        Assert.Equal((chip, null, false), (identity.Chip, identity.Version, identity.IsSdk));
    }

    [Theory]
    [InlineData("BK7231\0\0", BekenChip.BK7231N, FirmwareFlavor.BekenFreeRtos)]
    [InlineData("BK7238\0\0", BekenChip.Unknown, FirmwareFlavor.BekenFreeRtos)]
    [InlineData("BK7231T\0", BekenChip.Unknown, FirmwareFlavor.Unknown)]
    [InlineData("BK7252\0\0", BekenChip.Unknown, FirmwareFlavor.Unknown)]
    public void App_ItsMarkerAlone_TellsTheNFamilyAndTheSdk(string marker, BekenChip chip, FirmwareFlavor flavor)
    {
        byte[] app = SyntheticPrograms.App(0x1000, "nobody's", nMarker: false);
        Encoding.ASCII.GetBytes(marker).CopyTo(app, 0x100);
        var identity = AppIdentity.Read(app);
        Assert.Equal((chip, chip, flavor), (identity.Chip, identity.MarkedFor, identity.Flavor));
    }

    // Apps of BK7238 and of BK7252N carry the same marker, so each file has to name it.
    [Fact]
    public void SharedMarker_IsThatOfBK7238AndBK7252N() => Assert.Equal(
        "BK7238: BK7238, BK7252N: BK7238",
        string.Join(", ", ChipRegistry.Families.Where(family => family.Signs.SharedAppMarker is not null)
            .Select(family => family.Name + ": " + family.Signs.SharedAppMarker).OrderBy(text => text, StringComparer.Ordinal)));

    [Theory]
    [InlineData("< TUYA IOT SDK V:2.3.3 BS:40.00> < BUILD AT:2023 BY ci FOR ty_iot_sdk AT bk7231n >", BekenChip.BK7231N)]
    [InlineData("< TUYA IOT SDK V:1.0.8 BS:40.00> < BUILD AT:2021 BY ci FOR ty_iot_sdk AT bk7231t >", BekenChip.BK7231T)]
    [InlineData("< TUYA IOT SDK V:1.0.8 BS:40.00> < BUILD AT:2021 BY ci FOR ty_iot_sdk AT 8710_2M >", BekenChip.Unknown)]
    public void App_TuyasBuildLine_NamesTheChip(string text, BekenChip chip)
    {
        var identity = AppIdentity.Read(SyntheticPrograms.App(0x1000, text, nMarker: false));
        Assert.Equal((chip, BekenChip.Unknown, FirmwareFlavor.Tuya), (identity.Chip, identity.MarkedFor, identity.Flavor));
    }

    [Theory]
    [InlineData("WB2S", "BK7231T")]
    [InlineData("wb2l", "BK7231T")]
    [InlineData("CBU", "BK7231N")]
    [InlineData("T34", "BK7231N")]
    [InlineData("T2-U", "BK7231N")]
    [InlineData("T1-3S", "BK7238")]
    [InlineData("T3-U", "BK7236")]
    [InlineData("T4", "BK7252N")]
    [InlineData("T5-E1", "BK7258")]
    [InlineData("WR3", null)]
    [InlineData("T", null)]
    [InlineData(null, null)]
    public void Module_ItsName_TellsTheChip(string? module, string? chip) => Assert.Equal(chip, ChipRegistry.NameOfTuyaModule(module));

    [Theory]
    [InlineData("bk7231n", "BK7231N")]
    [InlineData("BK7231NL", "BK7231N")]
    [InlineData("t2", "BK7231N")]
    [InlineData("bk7231t", "BK7231T")]
    [InlineData("BK7231S_2M", "BK7231T")]
    [InlineData("bk7231", "BK7231Q")]
    [InlineData("T1", "BK7238")]
    [InlineData("BK7238", "BK7238")]
    [InlineData("8710_2M", null)]
    [InlineData(null, null)]
    public void Platform_ItsName_TellsTheChip(string? platform, string? chip) =>
        Assert.Equal(chip, ChipRegistry.NameOfTuyaPlatform(platform));
}
