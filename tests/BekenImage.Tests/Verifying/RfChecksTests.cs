using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Verifying;

/// <summary>What verify and lint say of MAC and calibration.</summary>
public class RfChecksTests
{
    private static FlashImage Device(string mac) => FlashImage.Parse(new SyntheticImage().WithRf(0x1D0000, mac).Dump());

    private static VerifyCheck Check(IEnumerable<VerifyCheck> checks, string name) => Assert.Single(checks, check => check.Name == name);

    [Theory]
    [InlineData("C8478C000000", FindingCode.RfMacPlaceholder)]
    [InlineData("C8478C428848", FindingCode.RfMacPlaceholder)]
    [InlineData("000000000000", FindingCode.RfMacInvalid)]
    [InlineData("FFFFFFFFFFFF", FindingCode.RfMacInvalid)]
    [InlineData("030102030405", FindingCode.RfMacInvalid)]
    public void Mac_ThatIsNoDevices_Warns_AndTheCalibrationStaysWorthKeeping(string mac, FindingCode code)
    {
        var image = Device(mac);
        var result = ImageVerifier.Verify(image);

        var check = Check(result.Checks, "rf-mac");
        Assert.Equal((CheckStatus.Warn, code, 0x1D0024L), (check.Status, check.Code, check.Offset!.Value));
        Assert.Equal((true, true), (result.Boots, result.Backup));
        Assert.Contains(image.Findings, finding => finding.Code == code);
        var lint = FirmwareLinter.Lint(FlashImage.Parse(SyntheticImages.ObkN), image);
        Assert.Equal((CheckStatus.Pass, code), (Check(lint.Checks, "rf").Status, Check(lint.Checks, "rf-mac").Code));
    }

    [Fact]
    public void Mac_OfADevice_Passes() =>
        Assert.Equal(CheckStatus.Pass, Check(ImageVerifier.Verify(Device("020102030405")).Checks, "rf-mac").Status);

    [Fact]
    public void Calibration_OfAFlasher_IsNoBackup()
    {
        using var known = RfGenericTests.AsGeneric(RfTestData.CompleteTable("84E342000000", seed: 7), "BK7231N");
        var image = FlashImage.Parse(new SyntheticImage().WithRf(0x1D0000, "84E342123456", seed: 7).Dump());

        var result = ImageVerifier.Verify(image);

        var check = Check(result.Checks, "rf-calibrated");
        Assert.Equal((CheckStatus.Fail, FindingCode.RfGeneric), (check.Status, check.Code));
        Assert.Contains("another unit's calibration", check.Message, StringComparison.Ordinal);
        Assert.Equal((true, false), (result.Boots, result.Backup));
        Assert.Contains(image.Findings, finding => finding is { Code: FindingCode.RfGeneric, Severity: FindingSeverity.Warning });
        var lint = Check(FirmwareLinter.Lint(FlashImage.Parse(SyntheticImages.ObkN), image).Checks, "rf");
        Assert.Equal((CheckStatus.Warn, FindingCode.RfGeneric), (lint.Status, lint.Code));
    }

    [Fact]
    public void Table_WrittenToN_SaysThatItCalibratesNothing()
    {
        var result = ImageVerifier.Verify(FlashImage.Parse(new SyntheticImage().With(0x1D0000, RfTestData.Sector(RfGenericTests.ForN())).Dump()));

        var check = Check(result.Checks, "rf-calibrated");
        Assert.Equal((CheckStatus.Fail, FindingCode.RfGeneric, false), (check.Status, check.Code, result.Backup!.Value));
        Assert.Contains("no calibration", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibration_OfAnotherFamily_IsNotTheDevicesBackup()
    {
        byte[] sector = RfTestData.Sector(RfTestData.CompleteTable("020102030405", isT: true));
        var check = Check(ImageVerifier.Verify(FlashImage.Parse(new SyntheticImage().With(0x1D0000, sector).Dump())).Checks, "rf-calibrated");
        Assert.Equal((CheckStatus.Fail, FindingCode.RfOtherChip), (check.Status, check.Code));
    }

    [Fact]
    public void Table_WhereTheImagesFirmwareDoesNotLook_Warns()
    {
        var result = ImageVerifier.Verify(FlashImage.Parse(SyntheticImage.ObkNFirmware().WithRf(0x1E0000).Dump()));
        var check = Check(result.Checks, "rf-table");
        Assert.Equal((CheckStatus.Warn, FindingCode.RfElsewhere, 0x1E0000L), (check.Status, check.Code, check.Offset!.Value));
        Assert.True(result.Backup);
    }

    [Fact]
    public void Lint_TheTableInPlaceIsNotTheDevicesBest_Warns()
    {
        var device = FlashImage.Parse(new SyntheticImage().WithRf(0x1D0000, calibrated: false).WithRf(0x1E0000).Dump());
        var check = Check(FirmwareLinter.Lint(FlashImage.Parse(SyntheticImages.ObkN), device).Checks, "rf");
        Assert.Equal((CheckStatus.Warn, FindingCode.RfElsewhere, 0x1E0000L), (check.Status, check.Code, check.Offset!.Value));
        Assert.Contains("not calibrated", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_ATableWithoutCalibrationInPlace_Warns()
    {
        var device = FlashImage.Parse(new SyntheticImage().WithRf(0x1D0000, calibrated: false).Dump());
        var check = Check(FirmwareLinter.Lint(FlashImage.Parse(SyntheticImages.ObkN), device).Checks, "rf");
        Assert.Equal((CheckStatus.Warn, FindingCode.RfUncalibrated), (check.Status, check.Code));
    }
}
