using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Formats.Obk;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Chips;

/// <summary>
/// Names, bootloaders, OpenBeken's builds and recipes, value for value, from the tables of the format notes: images-and-containers 3, 4.3,
/// 4.4, 6.2 and 8.2, data-partitions 1.5, 3.2 and 3.4.
/// </summary>
public class ChipFactsTests
{
    [Theory]
    [InlineData(BekenChip.BK7231T, "BK7231T", "BK7231S")]
    [InlineData(BekenChip.BK7231N, "BK7231N", "T2", "T34")]
    [InlineData(BekenChip.BK7231M, "BK7231M")]
    [InlineData(BekenChip.BK7231U, "BK7231U")]
    [InlineData(BekenChip.BK7231Q, "BK7231Q")]
    [InlineData(BekenChip.BL2028N, "BL2028N")]
    [InlineData(BekenChip.BK7238, "BK7238", "T1")]
    [InlineData(BekenChip.BK7252, "BK7252", "BK7251", "BK7252U")]
    [InlineData(BekenChip.BK7252N, "BK7252N", "T4")]
    public void TryParse_EveryNameInAnyCase_GivesTheChip(BekenChip chip, params string[] names)
    {
        foreach (string name in names)
        {
            Assert.True(BekenChips.TryParse(name, out var parsed) && parsed == chip, name);
            Assert.True(BekenChips.TryParse(" " + name.ToLowerInvariant() + " ", out parsed) && parsed == chip, name);
        }
        Assert.Equal(names[0], chip.ToString());
        Assert.Equal(names, new[] { ChipRegistry.Find(chip)!.Name }.Concat(ChipRegistry.Find(chip)!.Aliases));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Unknown")]
    [InlineData("BK7256")]
    [InlineData("T7")]
    [InlineData("BK7231")]
    public void TryParse_NoName_GivesUnknown(string? text)
    {
        Assert.False(BekenChips.TryParse(text, out var chip));
        Assert.Equal(BekenChip.Unknown, chip);
    }

    [Fact]
    public void Names_AreTheChipsAndWhatTheyAreAlsoCalled() => Assert.Equal(
        "BK7231T BK7231N BK7231M BK7231U BK7231Q BL2028N BK7238 BK7252 BK7252N BK7236 BK7258 BK7239N BK7231S T2 T34 T1 BK7251 BK7252U T4 T3 T5 BK7236N",
        string.Join(" ", BekenChips.Names));

    [Fact]
    public void Registry_EveryChipOfTheEnum_HasItsPlaceOnce()
    {
        Assert.Equal(Enum.GetValues<BekenChip>().Where(chip => chip != BekenChip.Unknown), ChipRegistry.Chips.Select(facts => facts.Chip));
        Assert.Null(ChipRegistry.Find(BekenChip.Unknown));
    }

    [Fact]
    public void Families_NMAndBL2028NAreOne_EveryOtherChipStandsAlone()
    {
        BekenChip[] family = [BekenChip.BK7231N, BekenChip.BK7231M, BekenChip.BL2028N];
        foreach (var one in Enum.GetValues<BekenChip>())
        {
            foreach (var other in Enum.GetValues<BekenChip>())
            {
                bool same = one != BekenChip.Unknown && (one == other || family.Contains(one) && family.Contains(other));
                Assert.Equal(same, BekenChips.AreSameFamily(one, other));
            }
        }
    }

    // The last two: which chip it is without encryption, under Tuya's bootloader and under the SDK's.
    [Theory]
    [InlineData("BK7231N", BekenChip.BK7231N, BekenChip.BK7231M, BekenChip.BL2028N)]
    [InlineData("BK7231T", BekenChip.BK7231T, null, null)]
    [InlineData("BK7231U", BekenChip.BK7231U, null, null)]
    [InlineData("BK7231Q", BekenChip.BK7231Q, null, null)]
    [InlineData("BK7238", BekenChip.BK7238, null, null)]
    [InlineData("BK7252", BekenChip.BK7252, null, null)]
    [InlineData("BK7252N", BekenChip.BK7252N, null, null)]
    [InlineData("BK7236", BekenChip.BK7236, null, null)]
    [InlineData("BK7258", BekenChip.BK7258, null, null)]
    [InlineData("BK7239N", BekenChip.BK7239N, null, null)]
    public void Family_ItsHeadAndItsPlainChips_AreAsInTheTable(string name, BekenChip head, BekenChip? plain, BekenChip? plainSdk)
    {
        var family = Assert.Single(ChipRegistry.Families, family => family.Name == name);
        Assert.Equal((head, plain, plainSdk), (family.Head, family.PlainChip, family.PlainSdkChip));
        Assert.Equal(10, ChipRegistry.Families.Count);
    }

    // ---- the bootloader a chip usually comes with ---------------------------------------------------------------------------------------

    [Theory]
    [InlineData(BekenChip.BK7231N, 0x129F70, 0x12A000, 0xA6000, "Tuya")]
    [InlineData(BekenChip.BK7231M, 0x129F70, 0x12A000, 0xA6000, "Tuya")]
    [InlineData(BekenChip.BK7231T, 0x129F70, 0x132000, 0xA6000, "Tuya")]
    [InlineData(BekenChip.BK7231Q, 0x132000, 0x132000, 0xCC000, "Unknown")]
    [InlineData(BekenChip.BL2028N, 0x132000, 0x132000, 0xAE000, "Unknown")]
    [InlineData(BekenChip.BK7231U, 0x132000, 0x132000, 0xAE000, "Sdk1015")]
    [InlineData(BekenChip.BK7238, 0x132000, 0x132000, 0xAE000, "Sdk1015")]
    [InlineData(BekenChip.BK7252, 0x132000, 0x132000, 0xAE000, "Sdk1015")]
    [InlineData(BekenChip.BK7252N, 0x132000, 0x132000, 0xAE000, "Sdk1015")]
    public void LintTarget_OfAChipAlone_HasItsUsualTable(BekenChip chip, int appEnd, int download, int length, string kind)
    {
        var target = LintTarget.Of(chip, BekenKey.Zero);

        Assert.Equal(FlashRange.FromBounds(0x11000, appEnd), target.App);
        Assert.Equal(new FlashRange(download, length), target.Download);
        Assert.Equal(kind, target.BootloaderKind.ToString());
    }

    [Fact]
    public void LintTarget_OfAnUnknownChip_SaysNothing()
    {
        var target = LintTarget.Of(BekenChip.Unknown, BekenKey.Zero);
        Assert.Equal((null, null, BootloaderKind.Unknown), (target.App, target.Download, target.BootloaderKind));
    }

    [Theory]
    [InlineData("BK7231N_1.0.1", "Tuya")]
    [InlineData("BK7231S_1.0.5", "Tuya")]
    [InlineData("BK7231S_1.0.6", "Tuya")]
    [InlineData("BK7231S_1.0.4", "Unknown")]
    [InlineData("BK7231n_1.0.8", "Unknown")]
    [InlineData("BK7231n_1.0.15", "Sdk1015")]
    [InlineData("BK7231u_1.0.15", "Sdk1015")]
    [InlineData("BK7238_1.0.15", "Sdk1015")]
    [InlineData("BK7251_1.0.15", "Sdk1015")]
    [InlineData("BK7252N_1.0.15", "Sdk1015")]
    [InlineData(null, "Unknown")]
    public void BootloaderKind_OfAVersion_IsAsItsStringsSay(string? version, string kind) =>
        Assert.Equal(kind, ChipRegistry.BootloaderKindOf(version).ToString());

    // ---- OpenBeken ----------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(BekenChip.BK7231N, "OpenBK7231N", "bekens_n", ObkPinLayout.Pins32, "C8478C000000")]
    [InlineData(BekenChip.BK7231M, "OpenBK7231N", "bekens_n", ObkPinLayout.Pins32, "C8478C000000")]
    [InlineData(BekenChip.BL2028N, "OpenBK7231N", "bekens_n", ObkPinLayout.Pins32, "C8478C000000")]
    [InlineData(BekenChip.BK7231T, "OpenBK7231T", "bekens_t", ObkPinLayout.Pins32, "C8478C000000")]
    [InlineData(BekenChip.BK7231U, "OpenBK7231U", "bekens_u", ObkPinLayout.Pins32, "C8478C428848")]
    [InlineData(BekenChip.BK7238, "OpenBK7238", "bekens_8s", ObkPinLayout.Pins32, "C8478C428848")]
    [InlineData(BekenChip.BK7252, "OpenBK7252", "bekens_52s", ObkPinLayout.Pins48, "C8478C428848")]
    [InlineData(BekenChip.BK7252N, "OpenBK7252N", "bekens_52n", ObkPinLayout.Pins48, "C8478C428848")]
    public void ObkFirmware_OfAChip_IsItsBuild(BekenChip chip, string name, string group, ObkPinLayout pins, string mac)
    {
        var firmware = BekenChips.ObkFirmwareOf(chip);
        Assert.Equal((name, group, pins), (firmware.Name, firmware.MqttGroup, firmware.PinLayout));
        Assert.Equal(Convert.FromHexString(mac), firmware.DefaultMac.ToArray());
        Assert.Equal(pins, BekenChips.PinLayoutOf(chip));
    }

    [Theory]
    [InlineData(BekenChip.BK7231Q)]
    [InlineData(BekenChip.Unknown)]
    public void ObkFirmware_OfAChipWithout_IsRefusedByCode(BekenChip chip)
    {
        Assert.Equal(FindingCode.ObkChipUnknown, Assert.Throws<BekenImageException>(() => BekenChips.ObkFirmwareOf(chip)).Code);
        Assert.False(BekenChips.TryGetObkFirmware(chip, out _));
        Assert.Equal(ObkPinLayout.Pins32, BekenChips.PinLayoutOf(chip));
    }

    // ---- recipes ----------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(BekenChip.BK7231T, 0x11000, 978944, "tuya", "1.00")]
    [InlineData(BekenChip.BK7231N, 0x11000, 1150832, "tuya", "1.00")]
    [InlineData(BekenChip.BK7231M, 0x11000, 1150832, "zero", "1.00")]
    [InlineData(BekenChip.BK7231Q, 0x11000, 1156 * 1024, "zero", "1.00")]
    [InlineData(BekenChip.BL2028N, 65280, 1156 * 1024, "zero", "2M.1220")]
    [InlineData(BekenChip.BK7231U, 65280, 1156 * 1024, "zero", "2M.1220")]
    [InlineData(BekenChip.BK7238, 65280, 1156 * 1024, "zero", "2M.1220")]
    [InlineData(BekenChip.BK7252, 65280, 1156 * 1024, "zero", "2M.1220")]
    [InlineData(BekenChip.BK7252N, 65280, 1156 * 1024, "zero", "2M.1220")]
    public void Recipe_OfAChip_HasTheVendorsLengthsAndTexts(BekenChip chip, int bootloader, int app, string key, string version)
    {
        var recipe = FirmwareRecipe.For(chip)!;
        Assert.Equal((chip, bootloader, app, version), (recipe.Chip, recipe.BootloaderLength, recipe.AppLength, recipe.Version));
        Assert.Equal(Synthetic.Images.ToSynthetic(key).ToKey(), recipe.DefaultKey);
    }

    [Fact]
    public void Recipe_OfAnUnknownChip_IsNull() => Assert.Null(FirmwareRecipe.For(BekenChip.Unknown));

    /// <summary>
    /// What the payload of a whole number of sectors tells: the length, whether "otafix" added 32 bytes and "encrypt" 16; its last 16
    /// bytes, whether "encrypt" ran with 0 (plain 0xFF) or 0x10000 (the bytes from 0x10000 before, format notes 2.5).
    /// </summary>
    [Theory]
    [InlineData(BekenChip.BK7231T, "zero", 48, "repeat")]
    [InlineData(BekenChip.BK7231T, "tuya", 48, "repeat")]
    [InlineData(BekenChip.BK7231N, "zero", 16, "repeat")]
    [InlineData(BekenChip.BK7231N, "tuya", 16, "repeat")]
    [InlineData(BekenChip.BK7231M, "zero", 16, "repeat")]
    [InlineData(BekenChip.BK7231Q, "zero", 0, "app")]
    [InlineData(BekenChip.BK7231Q, "tuya", 16, "repeat")]
    [InlineData(BekenChip.BL2028N, "zero", 0, "app")]
    [InlineData(BekenChip.BL2028N, "tuya", 16, "repeat")]
    [InlineData(BekenChip.BK7231U, "zero", 16, "erased")]
    [InlineData(BekenChip.BK7231U, "tuya", 16, "repeat")]
    [InlineData(BekenChip.BK7238, "zero", 16, "erased")]
    [InlineData(BekenChip.BK7252, "zero", 16, "erased")]
    [InlineData(BekenChip.BK7252N, "zero", 16, "erased")]
    public void Recipe_MakesThePayloadAsTheVendorsBuildDoes(BekenChip chip, string keyName, int added, string tail)
    {
        var key = Synthetic.Images.ToSynthetic(keyName);
        byte[] app = SyntheticPrograms.App(0x13000, "made");

        byte[] payload = FirmwareRecipe.For(chip)!.MakeAppPayload(app, key.ToKey());

        Assert.Equal(app.Length + added, payload.Length);
        Assert.Equal(PlainFormats.Cipher(key, 0x10000, app), payload.AsSpan(0, app.Length).ToArray());
        byte[] expected = tail switch
        {
            "repeat" => payload.AsSpan(payload.Length - 16 - 0x10000, 16).ToArray(),
            "erased" => Enumerable.Repeat((byte)0xFF, 16).ToArray(),
            _ => app.AsSpan(app.Length - 16).ToArray(),
        };
        Assert.Equal(expected, payload.AsSpan(payload.Length - 16).ToArray());
    }
}
