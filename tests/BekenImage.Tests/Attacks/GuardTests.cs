using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Attacks;

/// <summary>A14, A7: the ways round a guard that an attack found.</summary>
public class GuardTests
{
    private const int RfOffset = 0x1D0000;

    private static byte[] Damaged(byte[] image, int at)
    {
        byte[] damaged = (byte[])image.Clone();
        damaged[at] ^= 4;
        return damaged;
    }

    [Fact]
    public void Bootloader_WithADamagedPage_IsSuppliedToNobody()
    {
        var damaged = FlashImage.Parse(Damaged(SyntheticImages.TuyaN, 34 * 13));
        byte[] lost = SyntheticImages.TuyaN;
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        var firmware = FlashImage.Parse(SyntheticImages.ObkN);
        foreach (var plan in new[]
        {
            new ImageCombiner(FlashImage.Parse(lost), firmware, new CombineOptions { Bootloader = damaged }).Plan(),
            new ImageCombiner(FlashImage.Parse(SyntheticImages.TuyaN), FlashImage.Parse(Damaged(SyntheticImages.ObkN, 34 * 13)), new CombineOptions { ReplaceBootloader = true }).Plan(),
        })
        {
            Assert.False(plan.CanBuild);
            Assert.Contains(plan.Findings, finding => finding is { Severity: FindingSeverity.Error, Code: FindingCode.BadPage });
        }
        var error = Assert.Throws<BekenImageException>(() => FlashImage.Parse(SyntheticImages.TuyaN).Edit().ReplaceBootloader(damaged));
        Assert.Equal(FindingCode.BadPage, error.Code);
        Assert.True(new ImageCombiner(FlashImage.Parse(lost), firmware, new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.TuyaN) }).Plan().CanBuild);
    }

    [Fact]
    public void PartitionTable_WithAnEntryTwice_IsRefused()
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN);
        FalPartition bootloader = image.Fal!.Find("bootloader")!, app = image.Fal.Find("app")!;
        var error = Assert.Throws<ImageGuardException>(() => image.Edit().SetPartitionTable([bootloader, app, app]));
        Assert.Equal(FindingCode.FalTableUnusual, error.Code);
        Assert.Contains("2 entries 'app'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Put_OverTheCalibration_SaysWhatBecameOfIt()
    {
        var device = FlashImage.Parse(new SyntheticImage().WithRf(RfOffset).Dump());
        FindingCode[] Codes(byte[] sector) => device.Edit().Put("rf", sector).Findings.Select(finding => finding.Code).ToArray();

        Assert.Contains(FindingCode.RfOtherChip, Codes(RfTestData.Sector(RfTestData.CompleteTable(isT: true))));
        Assert.Contains(FindingCode.RfMacDiffers, Codes(RfTestData.Sector(RfTestData.CompleteTable())));
        Assert.Equal([FindingCode.CalibrationLost], Codes(Enumerable.Repeat((byte)0xFF, 4096).ToArray()));
        Assert.Equal([FindingCode.CalibrationLost], Codes(RfTestData.Sector(RfTestData.CompleteTable("020102030405", seed: 7))));
        Assert.Contains(device.Edit().Put(new FlashRange(RfOffset, 4096), new byte[4096]).Findings, finding => finding.Code == FindingCode.CalibrationLost);
        Assert.Empty(device.Edit().Put("rf", RfTestData.Sector(RfTestData.CompleteTable("020102030405"))).Findings);
        Assert.Empty(device.Edit().Put("download", new byte[64]).Findings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Merge_OfAnEditedRfFile_SaysWhatBecameOfTheCalibration(bool isTable)
    {
        var device = FlashImage.Parse(new SyntheticImage().WithRf(RfOffset).Dump());
        var split = ImageSplitter.Split(device);
        byte[] edited = isTable ? RfTestData.Sector(RfTestData.CompleteTable(isT: true)) : Enumerable.Repeat((byte)0xFF, 4096).ToArray();
        var findings = new List<Finding>();
        ImageMerger.Merge(split.Manifest, name => name == "rf.raw.bin" ? edited : split.Contents[name], findings);
        Assert.Contains(findings, finding => finding.Code == FindingCode.CalibrationLost);
        Assert.Equal(isTable, findings.Exists(finding => finding.Code == FindingCode.RfOtherChip));

        findings.Clear();
        ImageMerger.Merge(split.Manifest, name => split.Contents[name], findings);
        Assert.Empty(findings);
    }

    [Fact]
    public void Combine_WithoutCalibration_SaysThatItIsLeftOut_AndNotThatThereWasNone()
    {
        var plan = new ImageCombiner(
            FlashImage.Parse(new SyntheticImage().WithRf(RfOffset).Dump()), FlashImage.Parse(SyntheticImages.ObkN), new CombineOptions { Rf = RfChoice.None }).Plan();
        var said = Assert.Single(plan.Findings, finding => finding.Code == FindingCode.CalibrationLost);
        Assert.Equal(RfOffset, said.Offset);
        var check = CombineReview.Of(plan).Lint!.Checks.Single(check => check.Name == "rf");
        Assert.DoesNotContain("dump holds no calibration", check.Message, StringComparison.Ordinal);
        Assert.Contains("as asked", plan.Regions.Single(region => region.Name == "rf").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Combine_KeepingByName_WhatTheOutputDoesNotReach_SaysSo()
    {
        var device = FlashImage.Parse(new SyntheticImage().WithRf(RfOffset).WithFiller(0x1E0000, 0x1000).Dump());
        var options = new CombineOptions { Extent = OutputExtent.Qio };
        options.Keep.Add("all");
        var plan = new ImageCombiner(device, FlashImage.Parse(SyntheticImages.ObkN), options).Plan();
        Assert.True(plan.CanBuild);
        Assert.Contains(plan.Findings, finding => finding is { Code: FindingCode.ContentCutOff, Severity: FindingSeverity.Info });
        options.Extent = OutputExtent.Chip;
        Assert.DoesNotContain(new ImageCombiner(device, FlashImage.Parse(SyntheticImages.ObkN), options).Plan().Findings, finding => finding.Code == FindingCode.ContentCutOff);
    }

    [Fact]
    public void Data_ThatSeemsToLieInAProgram_IsNotWritten()
    {
        byte[] image = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.Dump();
        // Both in the app's code in use, on sector boundaries.
        ObkTestData.Sector(ObkTestData.Minimal(startupCommand: "x")).CopyTo(image, 0x14000);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(image, 0x16000);
        var planted = FlashImage.Parse(image);
        Assert.Equal((0x14000L, 0x16000L), (planted.ObkConfig!.Offset, planted.Rf!.Offset));
        foreach (var change in new Action<ImageDraft>[]
        {
            draft => draft.SetObk("mqttHost", "broker"),
            draft => draft.SetMac(new MacAddress([2, 1, 2, 3, 4, 5])),
        })
        {
            var error = Assert.Throws<ImageGuardException>(() => change(planted.Edit()));
            Assert.Equal(FindingCode.RegionsOverlap, error.Code);
        }
    }

    [Fact]
    public void TuyaStorage_ThatSeemsToLieInAProgram_IsNotWritten()
    {
        byte[] image = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.Dump();
        byte[] value = TuyaImages.Text("{\"a\":1}");
        byte[] storage = TuyaImages.Piece(TuyaImages.DataKey(), TuyaImages.Block(0, 1).Index(1, "gw_wsm", value, (0, 2, 2)).Data(2, value));
        storage.CopyTo(image, 0x14000);
        var planted = FlashImage.Parse(image);
        Assert.Equal(0x14000, planted.TuyaStorage!.Offset);
        var error = Assert.Throws<ImageGuardException>(() => planted.Edit().SetTuya("gw_wsm", "{\"a\":2}"));
        Assert.Equal(FindingCode.RegionsOverlap, error.Code);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("tuya")]
    public void Coefficients_ForAnImageUnderAes_AreRefusedAsAWrongAesKeyIs(string name)
    {
        byte[] key = [.. Enumerable.Range(7, 32).Select(i => (byte)(i * 41))];
        byte[] image = SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x9000, 3), key);
        var read = FlashImage.Parse(image, new FlashImageOptions { Key = SyntheticImagesKey(name) });
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => ImageSplitter.Split(read)).Code);
    }

    private static BekenKey SyntheticImagesKey(string name) => (name == "zero" ? SyntheticKey.Zero : SyntheticKey.Tuya).ToKey();

    [Fact]
    public void Backup_WithTheProgramsOfAnotherFamily_IsNoneWorthKeeping()
    {
        byte[] dump = new SyntheticImage().WithRf(RfOffset).Dump();
        Assert.True(ImageVerifier.Verify(FlashImage.Parse(dump)).Backup);
        SyntheticImages.ObkT.CopyTo(dump, 0);
        var verdict = ImageVerifier.Verify(FlashImage.Parse(dump));
        Assert.False(verdict.Backup);
        Assert.Equal(CheckStatus.Fail, verdict.Checks.Single(check => check.Name == "rf-calibrated").Status);
    }

    [Fact]
    public void Review_OfAWholeChipThatDoesNotBoot_HasAnObstacle()
    {
        var good = FlashImage.Parse(SyntheticImages.TuyaN);
        var bad = FlashImage.Parse(Damaged(SyntheticImages.TuyaN, 34 * 13));
        CombineReview Of(FlashImage image, FlashImage device) => new(image, device, ImageVerifier.Verify(device), FirmwareLinter.Lint(device, device));

        Assert.Null(Of(good, good).Obstacle);
        Assert.Equal((FindingCode.ResultDoesNotBoot, FindingSeverity.Error), (Of(bad, bad).Obstacle!.Code, Of(bad, bad).Obstacle!.Severity));
        Assert.Null(Of(good, bad).Obstacle);
    }
}
