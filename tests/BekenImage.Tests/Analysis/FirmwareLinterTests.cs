using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Analysis;

/// <summary>Firmware files held against devices: every check passes, warns and fails for its own reason.</summary>
public class FirmwareLinterTests
{
    private static LintResult Lint(byte[] firmware, byte[] device) => FirmwareLinter.Lint(FlashImage.Parse(firmware), FlashImage.Parse(device));

    private static void AssertChecks(LintResult result, params (string Name, CheckStatus Status)[] expected)
    {
        foreach (var (name, status) in expected)
        {
            var check = Assert.Single(result.Checks, check => check.Name == name);
            Assert.True(status == check.Status, $"{name}: {check.Status}, {check.Message}");
        }
        Assert.Equal(result.Checks.All(check => check.Status != CheckStatus.Fail), result.Runs);
        Assert.Equal(result.Checks.Any(check => check.Status == CheckStatus.Warn), result.HasWarnings);
    }

    [Fact]
    public void CombinedImage_OnItsDevice_PassesEverything()
    {
        var device = new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Tuya) }.WithRf(0x1D0000);
        var plan = new ImageCombiner(FlashImage.Parse(device.Dump()), FlashImage.Parse(SyntheticImages.ObkN)).Plan();
        byte[] image = plan.ToArray();

        var result = Lint(image, image);

        Assert.All(result.Checks, check => Assert.Equal(CheckStatus.Pass, check.Status));
        Assert.Equal(["chip", "key", "stored-key", "layout", "size", "app-header", "rf", "config", "updates"], result.Checks.Select(check => check.Name).ToArray());
    }

    [Fact]
    public void OpenBekenN_OnADreo_NamesEverythingThatDoesNotFit()
    {
        var result = Lint(SyntheticImages.ObkN, SyntheticImages.Dreo);

        AssertChecks(result,
            ("chip", CheckStatus.Pass), ("key", CheckStatus.Fail), ("layout", CheckStatus.Pass), ("size", CheckStatus.Pass),
            ("app-header", CheckStatus.Warn), ("rf", CheckStatus.Warn), ("updates", CheckStatus.Warn), ("wiped", CheckStatus.Warn));
        Assert.False(result.Runs);
        Assert.Equal(0x12A000L, result.Checks.Single(check => check.Name == "updates").Offset);
        Assert.Equal(0x1E0000L, result.Checks.Single(check => check.Name == "rf").Offset);
    }

    [Fact]
    public void OpenBekenM_OnADreo_RunsWithWarnings()
    {
        var result = Lint(SyntheticImage.ObkNFirmware(SyntheticKey.Zero).Ua(), SyntheticImages.Dreo);

        AssertChecks(result, ("key", CheckStatus.Pass), ("app-header", CheckStatus.Warn), ("updates", CheckStatus.Warn));
        Assert.True(result.Runs);
        Assert.DoesNotContain(result.Checks, check => check.Name == "wiped");
    }

    [Fact]
    public void AnotherFamily_FailsByChip()
    {
        var result = Lint(SyntheticImages.ObkT, SyntheticImages.TuyaN);

        AssertChecks(result, ("chip", CheckStatus.Fail), ("key", CheckStatus.Pass));
    }

    [Fact]
    public void PlainApp_HasNoKeyAndNoHeader()
    {
        var result = Lint(SyntheticImage.ObkNFirmware().App, SyntheticImages.TuyaN);

        AssertChecks(result, ("key", CheckStatus.Skipped), ("app-header", CheckStatus.Warn), ("rf", CheckStatus.Pass));
        Assert.True(result.Runs);
    }

    [Fact]
    public void LinkedElsewhere_FailsByLayout() => AssertChecks(
        Lint(SyntheticPrograms.App(0x5000, SyntheticImage.ObkN, linkBase: 0x120000), SyntheticImages.TuyaN), ("layout", CheckStatus.Fail), ("size", CheckStatus.Pass));

    [Fact]
    public void TooLarge_FailsBySize()
    {
        const int room = (0x118F70 - 102) / 34 * 32;
        AssertChecks(Lint(SyntheticPrograms.App(room, SyntheticImage.ObkN), SyntheticImages.TuyaN), ("size", CheckStatus.Pass));
        AssertChecks(Lint(SyntheticPrograms.App(room + 1, SyntheticImage.ObkN), SyntheticImages.TuyaN), ("size", CheckStatus.Fail));
        // The Dreo's partition is longer, but this firmware writes its updates into it.
        AssertChecks(Lint(SyntheticPrograms.App(room + 0x1000, SyntheticImage.ObkN), SyntheticImages.Dreo), ("size", CheckStatus.Fail));
    }

    [Theory]
    [InlineData("calibration elsewhere", CheckStatus.Warn)]
    [InlineData("no calibration", CheckStatus.Warn)]
    [InlineData("in place", CheckStatus.Pass)]
    public void Rf_IsLookedForWhereTheFirmwareLooks(string how, CheckStatus expected)
    {
        var device = new SyntheticImage();
        if (how != "no calibration")
            device.WithRf(how == "in place" ? 0x1D0000 : 0x1E0000);

        AssertChecks(Lint(SyntheticImages.ObkN, device.Dump()), ("rf", expected));
    }

    [Theory]
    [InlineData("in place", CheckStatus.Pass)]
    [InlineData("elsewhere", CheckStatus.Warn)]
    [InlineData("erased", CheckStatus.Pass)]
    [InlineData("other data", CheckStatus.Warn)]
    public void Config_IsLookedForWhereTheFirmwareLooks(string how, CheckStatus expected)
    {
        var device = new SyntheticImage().WithRf(0x1D0000);
        _ = how switch
        {
            "in place" => device.WithConfig(0x1D1000),
            "elsewhere" => device.WithConfig(0x1E1000),
            "other data" => device.WithFiller(0x1D1000, 0x800),
            _ => device,
        };

        AssertChecks(Lint(SyntheticImages.ObkN, device.Dump()), ("config", expected));
    }

    [Fact]
    public void Wiped_NamesWhatALongFileCovers()
    {
        byte[] firmware = SyntheticImage.ObkNFirmware().QioWithConfig(0x1D1000);
        byte[] device = SyntheticImage.ObkNFirmware().WithRf(0x1D0000).WithConfig(0x1D1000, "another one").Dump();

        var wiped = Lint(firmware, device).Checks.Where(check => check.Name == "wiped").ToArray();

        Assert.Contains(wiped, check => check.Message.Contains("'rf'", StringComparison.Ordinal));
        Assert.Contains(wiped, check => check.Message.Contains("'obk-config'", StringComparison.Ordinal));
        Assert.All(wiped, check => Assert.Equal(CheckStatus.Warn, check.Status));
    }

    [Theory]
    [InlineData(BekenChip.BK7231N, "tuya", true)]
    [InlineData(BekenChip.BK7231N, "zero", false)]
    [InlineData(BekenChip.BK7231T, "tuya", false)]
    public void ChipAndKey_AreEnoughForAnAnswer(BekenChip chip, string key, bool runs)
    {
        var result = FirmwareLinter.Lint(FlashImage.Parse(SyntheticImages.ObkN), chip, SyntheticImages.ToSynthetic(key).ToKey());

        Assert.Equal(runs, result.Runs);
        AssertChecks(result, ("rf", CheckStatus.Skipped), ("config", CheckStatus.Skipped));
    }

    [Theory]
    [InlineData("bootloader")]
    [InlineData("nothing")]
    [InlineData("damaged")]
    public void WhatIsNoFirmware_IsAnsweredNotThrown(string what)
    {
        byte[] file = what switch { "bootloader" => SyntheticImage.ObkNFirmware().BootContainer(), "nothing" => [], _ => SyntheticImages.ObkN };
        if (what == "damaged")
            file[0x12000] ^= 1;

        var result = Lint(file, SyntheticImages.TuyaN);

        Assert.False(result.Runs);
        Assert.Equal(CheckStatus.Fail, Assert.Single(result.Checks).Status);
    }

    [Fact]
    public void OpenBekenN_OnTheRealDreo_FailsByKeyAlone()
    {
        var result = FirmwareLinter.Lint(
            SyntheticImages.FromCorpus("OpenBK7231N_QIO_1.18.300.bin"), SyntheticImages.FromCorpus("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin"));

        Assert.Equal("key", Assert.Single(result.Checks, check => check.Status == CheckStatus.Fail).Name);
        AssertChecks(result, ("app-header", CheckStatus.Warn), ("rf", CheckStatus.Warn), ("updates", CheckStatus.Warn));
    }
}
