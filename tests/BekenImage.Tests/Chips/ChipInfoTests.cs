namespace BekenImage.Tests.Chips;

/// <summary>The list of chips: what the contract's sections 2, 4.8 and 11 and the format notes say of them.</summary>
public class ChipInfoTests
{
    [Fact]
    public void All_AreTheChipsOfTheEnumeration() =>
        Assert.Equal(Enum.GetValues<BekenChip>().Where(chip => chip != BekenChip.Unknown), BekenChips.All.Select(info => info.Chip));

    [Theory]
    [InlineData(BekenChip.BK7231N, BekenChip.BK7231N, ChipGeneration.Bk72xx, 2, "OpenBK7231N", "T2 T34")]
    [InlineData(BekenChip.BK7231M, BekenChip.BK7231N, ChipGeneration.Bk72xx, 2, "OpenBK7231N", "")]
    [InlineData(BekenChip.BL2028N, BekenChip.BK7231N, ChipGeneration.Bk72xx, 2, "OpenBK7231N", "")]
    [InlineData(BekenChip.BK7238, BekenChip.BK7238, ChipGeneration.Bk72xx, 2, "OpenBK7238", "T1")]
    [InlineData(BekenChip.BK7252N, BekenChip.BK7252N, ChipGeneration.Bk72xx, 2, "OpenBK7252N", "T4")]
    [InlineData(BekenChip.BK7236, BekenChip.BK7236, ChipGeneration.Armino, 4, null, "T3")]
    [InlineData(BekenChip.BK7258, BekenChip.BK7258, ChipGeneration.Armino, 8, null, "T5")]
    public void Info_OfAChip_IsWhatIsKnownOfIt(BekenChip chip, BekenChip family, ChipGeneration generation, int mebibytes, string? build, string names)
    {
        var info = BekenChips.All.Single(candidate => candidate.Chip == chip);
        Assert.Equal((family, generation, (long)mebibytes << 20, build), (info.Family, info.Generation, info.FlashLength, info.ObkFirmware?.Name));
        Assert.Equal(names, string.Join(" ", info.OtherNames));
        Assert.Equal(chip.ToString(), info.Name);
    }

    [Fact]
    public void Flavors_OfEveryChip_AreThoseWithALayout() => Assert.All(BekenChips.All, info =>
        Assert.Equal(Enum.GetValues<FirmwareFlavor>().Where(flavor => ChipLayout.For(info.Chip, flavor) is not null), info.Flavors));
}
