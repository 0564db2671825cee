using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Analysis;

/// <summary>The end of a combination in one call: what is read back, and what it is held against.</summary>
public class CombineReviewTests
{
    private static CombinePlan Plan(byte[] factory, byte[] firmware, OutputExtent extent = OutputExtent.Chip) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), new CombineOptions { Extent = extent }).Plan();

    [Fact]
    public void WholeChip_AnswersForItself()
    {
        var plan = Plan(SyntheticImages.Dreo, SyntheticImages.ObkN);
        var review = CombineReview.Of(plan);

        Assert.Equal(ImageKind.Dump, review.Image!.Kind);
        Assert.Equal(plan.ToArray(), review.Image.Bytes.ToArray());
        Assert.True(review.Verify!.Boots);
        // The calibration was moved, so that the result has it in place; the device had it elsewhere.
        Assert.Equal(CheckStatus.Pass, review.Lint!.Checks.Single(check => check.Name == "rf").Status);
        Assert.True(review.Lint.Runs);
    }

    [Fact]
    public void PartOfAChip_IsHeldAgainstTheDevice()
    {
        var review = CombineReview.Of(Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, OutputExtent.Qio));

        Assert.Equal(ImageKind.Qio, review.Image!.Kind);
        Assert.True(review.Verify!.Boots);
        Assert.Equal(CheckStatus.Warn, review.Lint!.Checks.Single(check => check.Name == "rf").Status);
    }

    [Theory]
    [InlineData(OutputExtent.App)]
    [InlineData(OutputExtent.Qio)]
    public void PartOfAChip_IsJudgedByWhatTheDeviceWillHold(OutputExtent extent)
    {
        // The device has a package staged, which neither file covers: the bootloader may install it over the new app.
        byte[] factory = SyntheticImage.DreoDevice().WithPackage().Dump();
        var plan = Plan(factory, SyntheticImages.ObkN, extent);
        byte[] flashed = factory;
        plan.ToArray().CopyTo(flashed, plan.Output.Start);

        var review = CombineReview.Of(plan);

        BytesAssert.Equal(flashed, review.Device.Bytes.Span);
        Assert.Equal(plan.ToArray(), review.Image!.Bytes.ToArray());
        Assert.Equal((true, true, null), (review.Verify!.Boots, review.Verify.BootloaderAccepts, review.Verify.Backup));
        Assert.Equal(CheckStatus.Warn, review.Verify.Checks.Single(check => check.Name == "staged-package").Status);
        var rf = review.Lint!.Checks.Single(check => check.Name == "rf");
        Assert.Equal((CheckStatus.Warn, FindingCode.RfElsewhere, 0x1E0000L), (rf.Status, rf.Code, rf.Offset!.Value));
        Assert.True(review.Lint.Runs);
    }

    [Fact]
    public void Refused_IsNotReviewed()
    {
        var error = Assert.Throws<ImageGuardException>(() => CombineReview.Of(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkT)));
        Assert.Equal((FindingCode.ChipsDiffer, "firmware"), (error.Code, error.Subject));
    }

    [Fact]
    public void Refusal_SaysInPlanAndExceptionWhichInputItIsAbout()
    {
        var options = new CombineOptions { FactoryName = "a.bin", FirmwareName = "b.bin", ObkConfigFrom = ObkConfigChoice.Keep };
        var plan = new ImageCombiner(FlashImage.Parse(SyntheticImages.TuyaN), FlashImage.Parse(SyntheticImages.ObkN), options).Plan();
        var finding = plan.Findings.Single(finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal("a.bin", options.NameOf(finding.Subject));
        Assert.Equal("b.bin", options.NameOf("firmware"));
        Assert.Null(options.NameOf(null));
    }
}
