namespace BekenImage.Tests.Findings;

public class FindingAreaTests
{
    [Theory]
    [InlineData(FindingCode.BadPage, FindingArea.Program)]
    [InlineData(FindingCode.RblHeaderCrc, FindingArea.Container)]
    [InlineData(FindingCode.UgTruncated, FindingArea.Container)]
    [InlineData(FindingCode.FalEntryCrc, FindingArea.PartitionTable)]
    [InlineData(FindingCode.RfMissing, FindingArea.Calibration)]
    [InlineData(FindingCode.FastConnectCredentials, FindingArea.Calibration)]
    [InlineData(FindingCode.ObkChecksum, FindingArea.ObkConfig)]
    [InlineData(FindingCode.FlashVarsEntryCrc, FindingArea.FlashVars)]
    [InlineData(FindingCode.TuyaNoBlocks, FindingArea.Tuya)]
    [InlineData(FindingCode.TuyaUserParamInvalid, FindingArea.Tuya)]
    [InlineData(FindingCode.LittleFsDoesNotFit, FindingArea.LittleFs)]
    [InlineData(FindingCode.Rotated, FindingArea.File)]
    [InlineData(FindingCode.AppTooLarge, FindingArea.Guard)]
    public void Area_OfACode_IsWhatItsRangeStandsFor(FindingCode code, FindingArea area) =>
        Assert.Equal(area, new Finding(FindingSeverity.Info, code, "x").Area);

    [Fact]
    public void Area_OfEveryCode_IsKnown() =>
        Assert.All(Enum.GetValues<FindingCode>().Where(code => code != 0), code =>
            Assert.NotEqual(FindingArea.Other, new Finding(FindingSeverity.Info, code, "x").Area));
}
