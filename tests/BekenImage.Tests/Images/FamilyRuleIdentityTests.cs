using BekenImage.Images;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>The rule of families asked with one program and one chip: each sign that contradicts, and its neighbour that does not.</summary>
public class FamilyRuleIdentityTests
{
    private static AppIdentity App(string text, bool nMarker = false, string? marker = null)
    {
        byte[] app = SyntheticPrograms.App(0x3000, text, nMarker);
        if (marker is not null)
            System.Text.Encoding.ASCII.GetBytes(marker.PadRight(8, '\0')).CopyTo(app, 0x100);
        return AppIdentity.Read(app);
    }

    private static AppIdentity Cortex(string text) => AppIdentity.Read(SyntheticArmino.App(0x3000, 7, text));

    private static BootloaderIdentity Loader(SyntheticBoot boot) => BootloaderIdentity.Read(new SyntheticImage { Boot = boot }.PlainBootloader());

    private static BootloaderIdentity Loader(params string[] texts) =>
        BootloaderIdentity.Read(SyntheticPrograms.Bootloader(0xEA000001, texts, SyntheticLayout.N.Table(), nMarker: false));

    // RT-Thread's loader of BK7252 prints no name: two signs together tell it.
    private static BootloaderIdentity Silent
    {
        get
        {
            byte[] plain = SyntheticPrograms.Bootloader(0xEA0000CA, ["RT-Thread"], SyntheticLayout.RtThread.Table(), nMarker: false);
            SyntheticPrograms.PassingVectors(plain, 0xEA0000CA);
            return BootloaderIdentity.Read(plain);
        }
    }

    private static BootloaderIdentity ArminoLoader(string mark, BekenChip expected)
    {
        byte[] loader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236);
        System.Text.Encoding.ASCII.GetBytes(mark.PadRight(8, '\0')).CopyTo(loader, 0x100);
        byte[] image = SyntheticArmino.Linear(null, (0, loader), (SyntheticArmino.AppOffset, SyntheticArmino.App(0x3000, 7, "OpenBK7236_1.18.300")));
        var identity = FlashImage.Parse(image).Content.Bootloader!;
        Assert.Equal(expected, identity.Chip);
        return identity;
    }

    [Theory]
    [InlineData(BekenChip.Unknown, null)]
    [InlineData(BekenChip.BK7231N, null)]
    [InlineData(BekenChip.BL2028N, null)]
    [InlineData(BekenChip.BK7231M, null)]
    [InlineData(BekenChip.BK7231T, "the firmware is for BK7231N, the device is a BK7231T")]
    [InlineData(BekenChip.BK7258, "the firmware is for BK7231N, the device is a BK7258")]
    public void App_ThatNamesItsChip_RunsOnItsFamily(BekenChip chip, string? reason) =>
        Assert.Equal(reason, FamilyRule.AppOn(chip, App(SyntheticImage.ObkN, nMarker: true)));

    [Theory]
    [InlineData(null, BekenChip.BK7231T, null)]
    [InlineData(null, BekenChip.BK7252, null)]
    [InlineData(null, BekenChip.BK7231N, "has no 'BK7231' at logical 0x100")]
    [InlineData("BK7238", BekenChip.BK7238, null)]
    [InlineData("BK7238", BekenChip.BK7231T, "carries 'BK7238' at logical 0x100")]
    [InlineData("BK7238", BekenChip.BK7231N, "carries 'BK7238' at logical 0x100")]
    [InlineData("BK7231", BekenChip.BK7231N, null)]
    public void App_ThatNamesNoChip_IsToldByItsMarker(string? marker, BekenChip chip, string? reason)
    {
        string? said = FamilyRule.AppOn(chip, App(SyntheticImage.TuyaOS, marker: marker));
        if (reason is null)
            Assert.Null(said);
        else
            Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public void App_TooShortForAMarker_TellsNothingByItsLack()
    {
        byte[] app = SyntheticPrograms.App(0x3000, SyntheticImage.TuyaOS, nMarker: false);
        Assert.Null(FamilyRule.AppOn(BekenChip.BK7231N, AppIdentity.Read(app.AsSpan(0, 0x107))));
        Assert.NotNull(FamilyRule.AppOn(BekenChip.BK7231N, AppIdentity.Read(app.AsSpan(0, 0x108))));
    }

    [Theory]
    [InlineData("", BekenChip.BK7236, null)]
    [InlineData("", BekenChip.BK7231N, "the device is a BK72xx, with another core and another flash cipher; the device is a BK7231N")]
    [InlineData("OpenBK7236_1.18.300", BekenChip.BK7236, null)]
    [InlineData("OpenBK7236_1.18.300", BekenChip.BK7258, "the firmware is for BK7236, the device is a BK7258")]
    public void App_OfCortexVectors_IsOfTheOtherGeneration(string text, BekenChip chip, string? reason)
    {
        string? said = FamilyRule.AppOn(chip, Cortex(text));
        if (reason is null)
            Assert.Null(said);
        else
            Assert.EndsWith(reason, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BekenChip.BK7231N, null)]
    [InlineData(BekenChip.BL2028N, null)]
    [InlineData(BekenChip.Unknown, null)]
    [InlineData(BekenChip.BK7231T, "the bootloader is for BK7231N, the device is a BK7231T")]
    [InlineData(BekenChip.BK7236, "the device is of the family of BK7236, with another core and another flash cipher")]
    public void Bootloader_ThatNamesItsChip_RunsOnItsFamily(BekenChip chip, string? reason)
    {
        string? said = FamilyRule.BootloaderOn(chip, Loader(SyntheticBoot.N));
        if (reason is null)
            Assert.Null(said);
        else
            Assert.EndsWith(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Bootloader_OfAChipThatIsNotKnownHere_RunsOnNoneThatIs()
    {
        var foreign = Loader("BK7235", "_1.0.15");
        Assert.Equal(("BK7235", BekenChip.Unknown), (foreign.Foreign, foreign.Chip));
        Assert.Equal("the bootloader is for BK7235, the device is a BK7231N", FamilyRule.BootloaderOn(BekenChip.BK7231N, foreign));
        Assert.Null(FamilyRule.BootloaderOn(BekenChip.Unknown, foreign));
    }

    [Fact]
    public void Bootloader_ToldBySignsAlone_ForbidsNothing()
    {
        Assert.Equal((BekenChip.BK7252, null), (Silent.Chip, Silent.Version));
        Assert.Null(FamilyRule.BootloaderOn(BekenChip.BK7231N, Silent));
        Assert.Null(FamilyRule.BootloaderOn(BekenChip.BK7231N, Loader()));
        Assert.NotNull(FamilyRule.BootloaderOn(BekenChip.BK7231N, Loader(SyntheticBoot.BK7252)));
    }

    [Fact]
    public void Bootloader_OfBK7236sKin_IsForbiddenByAMarkOfOneChip_AndNotByOneOfFour()
    {
        var beken = ArminoLoader("BEKEN", BekenChip.BK7239N);
        Assert.False(beken.IsLikely);
        Assert.Null(FamilyRule.BootloaderOn(BekenChip.BK7239N, beken));
        Assert.Null(FamilyRule.BootloaderOn(BekenChip.Unknown, beken));
        Assert.Equal("the bootloader is for BK7239N, the device is a BK7236", FamilyRule.BootloaderOn(BekenChip.BK7236, beken));
        var shared = ArminoLoader("BK7236", BekenChip.BK7236);
        Assert.True(shared.IsLikely);
        Assert.Null(FamilyRule.BootloaderOn(BekenChip.BK7236, shared));
        Assert.Null(FamilyRule.BootloaderOn(BekenChip.BK7258, shared));
        Assert.Contains("the device is a BK72xx", FamilyRule.BootloaderOn(BekenChip.BK7231T, shared), StringComparison.Ordinal);
        // Together with an app: the mark of four chips gives way to one that is named, the mark of one does not.
        Assert.Null(FamilyRule.Together(shared, Cortex("OpenBK7258_1.18.300")));
        Assert.Null(FamilyRule.Together(shared, Cortex("")));
        Assert.NotNull(FamilyRule.Together(shared, App(SyntheticImage.ObkN, nMarker: true)));
        Assert.NotNull(FamilyRule.Together(Loader(SyntheticBoot.N), Cortex("OpenBK7258_1.18.300")));
    }

    [Fact]
    public void Together_BootloaderThatPrintsItsName_ContradictsAnAppWithoutTheMarker()
    {
        string? said = FamilyRule.Together(Loader(SyntheticBoot.N), App(SyntheticImage.TuyaOS));
        Assert.Equal("the bootloader is for BK7231N and its family, the app lacks the family's marker at logical 0x100; no chip runs both", said);
        Assert.Null(FamilyRule.Together(Loader(SyntheticBoot.T), App(SyntheticImage.TuyaOS)));
        Assert.Null(FamilyRule.Together(Loader(SyntheticBoot.N), App(SyntheticImage.TuyaOS, nMarker: true)));
        Assert.Contains("the app is for BK7231T", FamilyRule.Together(Loader(SyntheticBoot.N), App(SyntheticImage.ObkT)), StringComparison.Ordinal);
    }

    [Fact]
    public void Together_BootloaderThatPrintsNothing_ContradictsAMarkerOrAnAppWhoseLoadersTalk()
    {
        Assert.Contains("carries 'BK7238'", FamilyRule.Together(Silent, App(SyntheticImage.TuyaOS, marker: "BK7238")), StringComparison.Ordinal);
        Assert.Contains("is for BK7231T", FamilyRule.Together(Silent, App(SyntheticImage.ObkT)), StringComparison.Ordinal);
        // BK7231U's loaders print no name either: nothing is told.
        Assert.Null(FamilyRule.Together(Silent, App("OpenBK7231U_1.18.300")));
        Assert.Null(FamilyRule.Together(Silent, App("OpenBK7252_1.18.300")));
        Assert.Null(FamilyRule.Together(Silent, App(SyntheticImage.TuyaOS)));
    }

    [Fact]
    public void Named_OneProgramContradictsAndTheOtherTellsNothing_IsContradicted()
    {
        // A nameless app without a marker agrees with T and with nothing.
        byte[] dump = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaOS, nMarker: false) }.Dump();
        Assert.Equal(
            "the chip that was named is BK7231T, but the bootloader is for BK7231N", FamilyRule.Named(BekenChip.BK7231T, FlashImage.Parse(dump).Content));
        // A loader that tells nothing, and an app that does not either.
        byte[] silent = SyntheticPrograms.Bootloader(0xEA000001, [], SyntheticLayout.T.Table(), nMarker: false);
        byte[] open = new SyntheticImage { Boot = SyntheticBoot.T, Program = silent, App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaOS, nMarker: false) }.Dump();
        Assert.Null(FamilyRule.Named(BekenChip.BK7231T, FlashImage.Parse(open).Content));
        // And an app that does.
        byte[] told = new SyntheticImage { Boot = SyntheticBoot.T, Program = silent, App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.Dump();
        Assert.Equal("the chip that was named is BK7231T, but the app is for BK7231N", FamilyRule.Named(BekenChip.BK7231T, FlashImage.Parse(told).Content));
        Assert.Null(FamilyRule.Named(BekenChip.BK7231N, FlashImage.Parse(told).Content));
    }

    [Theory]
    [InlineData(BekenChip.Unknown, BekenChip.BK7236)]
    [InlineData(BekenChip.BK7258, BekenChip.BK7258)]
    [InlineData(BekenChip.BK7236, BekenChip.BK7236)]
    [InlineData(BekenChip.BK7231N, BekenChip.BK7236)]
    public void ChipOf_AMarkThatSeveralShare_GivesWayToOneOfThemThatWasNamed(BekenChip named, BekenChip expected)
    {
        var image = FlashImage.Parse(SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x3000, 7)));
        Assert.Equal((BekenChip.BK7236, true), (image.Chip, image.Content.IsChipLikely));
        Assert.Equal(expected, FamilyRule.ChipOf(image, named));
    }

    [Theory]
    [InlineData(BekenChip.Unknown)]
    [InlineData(BekenChip.BK7231T)]
    [InlineData(BekenChip.BK7258)]
    public void ChipOf_SignsOfItsOwn_CountBeforeWhatWasNamed(BekenChip named)
    {
        Assert.Equal(BekenChip.BK7231N, FamilyRule.ChipOf(FlashImage.Parse(SyntheticImages.TuyaN), named));
        Assert.Equal(named, FamilyRule.ChipOf(FlashImage.Parse(SyntheticPrograms.Noise(0x2000, 3)), named));
    }

    // A loader under its cipher shows no vectors; its mark stands in the clear, in pages and without.
    [Fact]
    public void GenerationOfFile_LoaderWhoseVectorsDoNotShow_IsToldByItsMark()
    {
        byte[] loader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236);
        byte[] hidden = SyntheticPrograms.Noise(loader.Length / 32 * 32, 5);
        Assert.Null(FamilyRule.GenerationOfFile(hidden));
        Assert.Null(FamilyRule.GenerationOfFile(SyntheticArmino.Pages(hidden)));
        "BK7236\0\0"u8.CopyTo(hidden.AsSpan(0x100));
        Assert.Equal(ChipGeneration.Armino, FamilyRule.GenerationOfFile(hidden));
        Assert.Equal(ChipGeneration.Armino, FamilyRule.GenerationOfFile(SyntheticArmino.Pages(hidden)));
        Assert.NotNull(FamilyRule.FileOn(BekenChip.BK7231N, SyntheticArmino.Pages(hidden)));
        Assert.Null(FamilyRule.FileOn(BekenChip.Unknown, SyntheticArmino.Pages(hidden)));
    }
}
