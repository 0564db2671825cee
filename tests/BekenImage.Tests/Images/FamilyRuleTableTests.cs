using BekenImage.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

/// <summary>The rule of families, sentence by sentence: what contradicts, and what is silent.</summary>
public class FamilyRuleTableTests
{
    [Theory]
    [InlineData(BekenChip.Unknown, BekenChip.Unknown, BekenChip.Unknown)]
    [InlineData(BekenChip.Unknown, BekenChip.BK7231T, BekenChip.BK7231T)]
    [InlineData(BekenChip.BK7231N, BekenChip.Unknown, BekenChip.BK7231N)]
    [InlineData(BekenChip.BK7231N, BekenChip.BL2028N, BekenChip.BL2028N)]
    [InlineData(BekenChip.BK7231N, BekenChip.BK7231T, BekenChip.BK7231N)]
    public void Chip_ThatIsTold_IsRefinedByTheNamedOneOfItsFamilyOnly(BekenChip told, BekenChip named, BekenChip expected) =>
        Assert.Equal(expected, FamilyRule.Resolve(told, named));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, ChipGeneration.Armino, false)]
    [InlineData(ChipGeneration.Armino, null, false)]
    [InlineData(ChipGeneration.Armino, ChipGeneration.Armino, false)]
    [InlineData(ChipGeneration.Bk72xx, ChipGeneration.Bk72xx, false)]
    [InlineData(ChipGeneration.Bk72xx, ChipGeneration.Armino, true)]
    [InlineData(ChipGeneration.Armino, ChipGeneration.Bk72xx, true)]
    public void Generations_ThatAreBothTold_HaveToBeOne(ChipGeneration? device, ChipGeneration? program, bool contradicts)
    {
        string? said = FamilyRule.OtherGeneration(device, program);
        Assert.Equal(contradicts, said is not null);
        if (contradicts)
            Assert.Contains(device == ChipGeneration.Armino ? "the device is of the family of BK7236" : "the device is a BK72xx", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfTheGenerations_AreTheirs()
    {
        Assert.Contains("BK7236", FamilyRule.NameOf(ChipGeneration.Armino), StringComparison.Ordinal);
        Assert.Equal("the BK72xx", FamilyRule.NameOf(ChipGeneration.Bk72xx));
    }

    [Fact]
    public void Generation_OfAFile_IsThatOfItsVectors_PlainAndInPages()
    {
        byte[] arm = SyntheticPrograms.App(0x5000, SyntheticImage.ObkN);
        byte[] cortex = SyntheticArmino.App(0x5000, 7, "OpenBK7236_1.18.300");
        Assert.Equal(ChipGeneration.Bk72xx, FamilyRule.GenerationOfFile(arm));
        Assert.Equal(ChipGeneration.Bk72xx, FamilyRule.GenerationOfFile(PlainFormats.Pages(arm)));
        Assert.Equal(ChipGeneration.Armino, FamilyRule.GenerationOfFile(cortex));
        Assert.Equal(ChipGeneration.Armino, FamilyRule.GenerationOfFile(SyntheticArmino.Pages(cortex)));
        Assert.Null(FamilyRule.GenerationOfFile(SyntheticPrograms.Noise(0x2000, 3)));
        Assert.NotNull(FamilyRule.FileOn(BekenChip.BK7231N, cortex));
        Assert.NotNull(FamilyRule.FileOn(BekenChip.BK7258, arm));
        Assert.Null(FamilyRule.FileOn(BekenChip.BK7231N, arm));
        Assert.Null(FamilyRule.FileOn(BekenChip.BK7258, cortex));
    }

    [Fact]
    public void Stated_ByAFile_ContradictsAnAppThatRunsOnNoneOfThem()
    {
        var app = FlashImage.Parse(SyntheticImage.ObkNFirmware().Qio()).Content.App!;
        Assert.Null(FamilyRule.AgainstStated(null, app));
        Assert.NotNull(FamilyRule.AgainstStated([], app));
        Assert.NotNull(FamilyRule.AgainstStated([], null));
        Assert.Null(FamilyRule.AgainstStated([BekenChip.BK7231T], null));
        Assert.NotNull(FamilyRule.AgainstStated([BekenChip.BK7231T], app));
        Assert.Null(FamilyRule.AgainstStated([BekenChip.BK7231T, BekenChip.BK7231N], app));
        Assert.Equal(BekenChip.Unknown, FamilyRule.Agreed([BekenChip.BK7231T], BekenChip.BK7231N, app));
        Assert.Equal(BekenChip.BK7231N, FamilyRule.Agreed([BekenChip.BK7231N], BekenChip.Unknown, null));
        Assert.Equal(BekenChip.Unknown, FamilyRule.Agreed([BekenChip.BK7231N, BekenChip.BK7231T], BekenChip.Unknown, null));
        Assert.Equal(BekenChip.BL2028N, FamilyRule.Agreed([BekenChip.BK7231N], BekenChip.BL2028N, app));
        Assert.Equal(BekenChip.Unknown, FamilyRule.Agreed(null, BekenChip.Unknown, app));
    }

    [Fact]
    public void Chip_ThatWasNamed_IsContradictedWhereEveryProgramThatTellsDoes()
    {
        var n = FlashImage.Parse(Synthetic.Images.TuyaN).Content;
        var t = FlashImage.Parse(Synthetic.Images.TuyaT).Content;
        Assert.Null(FamilyRule.Named(BekenChip.BK7231N, n));
        Assert.Null(FamilyRule.Named(BekenChip.BL2028N, n));
        Assert.Contains("the bootloader is for BK7231N", FamilyRule.Named(BekenChip.BK7231T, n), StringComparison.Ordinal);
        Assert.Contains("the bootloader is for BK7231T", FamilyRule.Named(BekenChip.BK7231N, t), StringComparison.Ordinal);
        // One of them agrees: then it is no other chip, but a mixture, which others name.
        byte[] mixed = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkT, nMarker: false) }.WithRf(0x1D0000).Dump();
        Assert.Null(FamilyRule.Named(BekenChip.BK7231N, FlashImage.Parse(mixed).Content));
        Assert.Null(FamilyRule.Named(BekenChip.BK7231T, FlashImage.Parse(mixed).Content));
        // The app alone, where the bootloader is gone.
        byte[] app = Synthetic.Images.TuyaN;
        app.AsSpan(0, 0x11000).Fill(0xFF);
        Assert.Contains("the app", FamilyRule.Named(BekenChip.BK7231T, FlashImage.Parse(app).Content), StringComparison.Ordinal);
    }
}
