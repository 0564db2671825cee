using BekenImage.Formats.Rf;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>What combine and restore say of the RF table they take, and of one they leave behind.</summary>
public class CombineRfTests
{
    private static CombinePlan Plan(byte[] factory, CombineOptions? options = null)
    {
        var plan = new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(SyntheticImages.ObkN), options).Plan();
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        return plan;
    }

    private static CombineOptions Given(byte[] file, MacAddress? mac = null)
    {
        var table = RfSource.Read(file, out var chip);
        return new CombineOptions { Rf = RfChoice.Given, RfTable = table, RfTableChip = chip, RfTableName = "donor.bin", Mac = mac };
    }

    private static FindingCode[] RfCodes(IEnumerable<Finding> findings) =>
        findings.Where(finding => finding.Area == FindingArea.Calibration).Select(finding => finding.Code).ToArray();

    // ---- left behind ---------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(OutputExtent.App)]
    [InlineData(OutputExtent.Qio)]
    public void PartOfAChip_ThatLeavesTheCalibrationElsewhere_SaysSo(OutputExtent extent)
    {
        var finding = Assert.Single(Plan(SyntheticImages.Dreo, new CombineOptions { Extent = extent }).Findings,
            finding => finding.Code == FindingCode.RfElsewhere);
        Assert.Equal((FindingSeverity.Warning, 0x1E0000L), (finding.Severity, finding.Offset!.Value));
        Assert.Contains("also written to 0x1d0000", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OutputExtent.App)]
    [InlineData(OutputExtent.Qio)]
    [InlineData(OutputExtent.Chip)]
    public void PartOfAChip_WhoseCalibrationIsInPlace_SaysNothing(OutputExtent extent) =>
        Assert.Empty(RfCodes(Plan(SyntheticImages.TuyaN, new CombineOptions { Extent = extent }).Findings));

    [Fact]
    public void Output_ThatCarriesTheCalibration_SaysNothing()
    {
        Assert.Empty(RfCodes(Plan(SyntheticImages.Dreo).Findings));
        Assert.Empty(RfCodes(Plan(SyntheticImages.Dreo, new CombineOptions { Extent = OutputExtent.Length, Length = 0x1D1000 }).Findings));
        byte[] own = RfTestData.Sector(RfTestData.CompleteTable("020102030405"));
        var options = Given(own);
        options.Extent = OutputExtent.Qio;
        Assert.Empty(RfCodes(Plan(SyntheticImages.Dreo, options).Findings));
    }

    [Fact]
    public void PartOfAChip_OverATableThatCalibratesNothing_SaysThatTheOtherStays()
    {
        byte[] factory = SyntheticImage.DreoDevice().WithRf(0x1D0000, calibrated: false).Dump();
        Assert.Contains(FindingCode.RfElsewhere, RfCodes(Plan(factory, new CombineOptions { Extent = OutputExtent.App }).Findings));
    }

    // ---- the device's own ----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("C8478C000000", FindingCode.RfMacPlaceholder)]
    [InlineData("000000000000", FindingCode.RfMacInvalid)]
    [InlineData("FFFFFFFFFFFF", FindingCode.RfMacInvalid)]
    public void Mac_ThatIsNoDevices_IsWarnedAbout_UnlessAnotherIsSet(string mac, FindingCode code)
    {
        byte[] factory = new SyntheticImage().WithRf(0x1D0000, mac).Dump();
        var finding = Assert.Single(Plan(factory).Findings, finding => finding.Area == FindingArea.Calibration);
        Assert.Equal((FindingSeverity.Warning, code, "factory"), (finding.Severity, finding.Code, finding.Subject));

        Assert.Empty(RfCodes(Plan(factory, new CombineOptions { Mac = new MacAddress([2, 0, 0, 0, 0, 9]) }).Findings));
    }

    [Fact]
    public void Calibration_OfAFlasher_RanksBelowTheDevicesOwn()
    {
        using var known = RfGenericTests.AsGeneric(RfTestData.CompleteTable("84E342000000", seed: 7), "BK7231N");
        byte[] factory = new SyntheticImage().WithRf(0x1D0000, "84E342123456", seed: 7).WithRf(0x1E0000, "020000000002").Dump();

        var plan = Plan(factory);

        BytesAssert.Equal(factory.AsSpan(0x1E0000, 0x1000), plan.ToArray().AsSpan(0x1D0000, 0x1000));
        Assert.Contains("written by a flasher", Assert.Single(plan.Findings, finding => finding.Code == FindingCode.RfSeveral).Message, StringComparison.Ordinal);

        var alone = Plan(new SyntheticImage().WithRf(0x1D0000, "84E342123456", seed: 7).Dump());
        Assert.Equal([FindingCode.RfGeneric], RfCodes(alone.Findings));
    }

    // ---- a donor -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Donor_OfAnotherDevice_IsWarnedAbout_UnlessTheMacIsSet()
    {
        byte[] donor = RfTestData.Sector(RfTestData.CompleteTable("02AABBCCDDEE"));
        var finding = Assert.Single(Plan(SyntheticImages.TuyaN, Given(donor)).Findings, finding => finding.Area == FindingArea.Calibration);
        Assert.Equal((FindingSeverity.Warning, FindingCode.RfMacDiffers, "rf"), (finding.Severity, finding.Code, finding.Subject));
        Assert.Contains("donor.bin", finding.Message, StringComparison.Ordinal);

        Assert.Empty(RfCodes(Plan(SyntheticImages.TuyaN, Given(donor, new MacAddress([2, 1, 2, 3, 4, 5]))).Findings));
        // A device that lost its own has no MAC to differ from.
        Assert.Empty(RfCodes(Plan(new SyntheticImage().WithRf(0x1D0000, calibrated: false).Dump(), Given(donor)).Findings));
    }

    [Fact]
    public void Donor_OfAnotherFamily_IsWarnedAbout_ByItsDumpOrItsContent()
    {
        byte[] factory = new SyntheticImage().Dump();
        Assert.Contains(FindingCode.RfOtherChip, RfCodes(Plan(factory, Given(SyntheticImages.TuyaT)).Findings));
        byte[] sector = RfTestData.Sector(RfTestData.CompleteTable("020102030405", isT: true));
        Assert.Equal([FindingCode.RfOtherChip], RfCodes(Plan(factory, Given(sector)).Findings));
        // Chip information alone tells no chip; the dump it was taken out of does.
        byte[] bare = new SyntheticImage { Boot = SyntheticBoot.T, App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaT, nMarker: false) }
            .With(0x1E0000, RfTestData.Sector(RfGenericTests.ForN("020102030405"))).Dump();
        Assert.Equal([FindingCode.RfUncalibrated, FindingCode.RfOtherChip], RfCodes(Plan(factory, Given(bare)).Findings));
        // BL2028N is of the family.
        Assert.Empty(RfCodes(Plan(factory, Given(SyntheticImages.Dreo)).Findings));
    }

    [Fact]
    public void Donor_WithoutCalibration_IsTheOneThatIsNamed()
    {
        var finding = Assert.Single(Plan(SyntheticImages.TuyaN, Given(RfTestData.Sector(RfGenericTests.ForN("020102030405")))).Findings,
            finding => finding.Code == FindingCode.RfUncalibrated);
        Assert.Equal("rf", finding.Subject);
        Assert.Contains("donor.bin", finding.Message, StringComparison.Ordinal);
    }

    // ---- restore -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Restore_OfAnotherDevice_IsWarnedAbout_WhereverItsOwnTableLies()
    {
        byte[] device = SyntheticImage.ObkNFirmware().WithRf(0x1E0000, "020102030405").Dump();
        var donor = RfSource.Read(RfTestData.Sector(RfTestData.CompleteTable("02AABBCCDDEE")));

        Assert.Equal([FindingCode.RfMacDiffers], RfCodes(FlashImage.Parse(device).Edit().RestoreRf(donor).Findings));
        Assert.Empty(FlashImage.Parse(device).Edit().RestoreRf(donor, new MacAddress([2, 1, 2, 3, 4, 5])).Findings);
    }

    [Fact]
    public void Restore_OfAFlashersOrAnotherFamilysTable_IsWarnedAbout_NotRefused()
    {
        using var known = RfGenericTests.AsGeneric(RfTestData.CompleteTable("84E342000000", seed: 7), "BK7231N");
        var device = FlashImage.Parse(SyntheticImage.ObkNFirmware().Dump());
        var flashers = RfSource.Read(RfTestData.Sector(RfTestData.CompleteTable("84E342000000", seed: 7)));
        Assert.Equal([FindingCode.RfGeneric, FindingCode.RfMacPlaceholder], RfCodes(device.Edit().RestoreRf(flashers).Findings));

        var other = RfSource.Read(SyntheticImages.TuyaT, out var chip);
        var draft = device.Edit().RestoreRf(other, null, false, chip);
        Assert.Equal([FindingCode.RfOtherChip], RfCodes(draft.Findings));
        Assert.Equal(other.Mac, draft.ToImage().Rf!.Mac);
    }

    // An own table back over a flasher's: there is no MAC to warn about.
    [Fact]
    public void Restore_OfTheOwnTableOverAFlashers_SaysNothing()
    {
        var device = FlashImage.Parse(SyntheticImage.ObkNFirmware().With(0x1D0000, RfTestData.Sector(RfGenericTests.ForN())).Dump());
        Assert.Empty(device.Edit().RestoreRf(RfSource.Read(RfTestData.Sector(RfTestData.CompleteTable()))).Findings);
    }
}
