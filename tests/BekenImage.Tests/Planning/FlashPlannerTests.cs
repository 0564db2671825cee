using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Planning;

/// <summary>What is planned, in which order, and what a device is on the way.</summary>
public class FlashPlannerTests
{
    private const string Dreo = "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin";

    private static byte[] Combined(byte[] factory, byte[] firmware) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware)).Plan().ToArray();

    private static FlashPlan Plan(byte[] current, byte[] target, FlashPlanOptions? options = null) =>
        FlashPlanner.Plan(FlashImage.Parse(current), FlashImage.Parse(target), options);

    public static TheoryData<string> Devices => new("dreo", "tuya-n", "tuya-n plain", "tuya-t", "update");

    private static (byte[] Factory, byte[] Target) Pair(string device) => device switch
    {
        "dreo" => (Synthetic.Images.Dreo, Combined(Synthetic.Images.Dreo, Synthetic.Images.ObkM)),
        "tuya-n" => (Synthetic.Images.TuyaN, Combined(Synthetic.Images.TuyaN, Synthetic.Images.ObkN)),
        "tuya-n plain" => (SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Dump(), Combined(SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Dump(), Synthetic.Images.ObkN)),
        "tuya-t" => (Synthetic.Images.TuyaT, Combined(Synthetic.Images.TuyaT, Synthetic.Images.ObkT)),
        _ => (Combined(Synthetic.Images.TuyaN, Synthetic.Images.ObkN), Combined(Combined(Synthetic.Images.TuyaN, Synthetic.Images.ObkN), SyntheticImage.ObkNFirmware(appLength: 0xD010, seed: 8).Qio())),
    };

    [Theory]
    [MemberData(nameof(Devices))]
    public void Plan_ToTheCombinedImage_NeverTouchesTheBootloader(string device)
    {
        var (factory, target) = Pair(device);
        var plan = Plan(factory, target);
        PlanAssert.Holds(plan, factory, target, deep: true);
        Assert.NotEmpty(plan.Steps);
        Assert.All(plan.Steps, step => Assert.True(step.Offset >= 0x11000));
        Assert.Equal(StoppedState.Boots, plan.Steps[^1].IfStopped);
        Assert.All(plan.Steps, step => Assert.True(step.WhileRunning >= StoppedState.Recoverable));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Restore_EndsInExactlyTheFactoryImage(string device)
    {
        var (factory, target) = Pair(device);
        byte[] odd = (byte[])target.Clone();
        SyntheticImage.ObkNFirmware().Qio().AsSpan(0, 0x100).CopyTo(odd.AsSpan(0x8000));
        var plan = Plan(odd, factory, new FlashPlanOptions { Restore = true });
        PlanAssert.Holds(plan, odd, factory, deep: true);
        Assert.Contains(plan.Steps, step => step.Offset < 0x11000);
        Assert.Equal(StoppedState.Boots, plan.Steps[^1].IfStopped);
    }

    [Fact]
    public void Plan_ToTheSameImage_HasNoSteps()
    {
        var plan = Plan(Synthetic.Images.TuyaN, Synthetic.Images.TuyaN);
        PlanAssert.Holds(plan, Synthetic.Images.TuyaN, Synthetic.Images.TuyaN);
        Assert.Empty(plan.Steps);
        Assert.Equal((0, 0, StoppedState.Boots), ((int)plan.ErasedBytes, (int)plan.WrittenBytes, plan.Before));
        Assert.Equal(new FlashRange(0, 0x200000), Assert.Single(plan.Kept).Range);
        Assert.Empty(plan.Findings);
    }

    [Fact]
    public void Calibration_ThatMoves_IsWrittenFirst_AndItsOldPlaceErasedLast()
    {
        var (factory, target) = Pair("dreo");
        var plan = Plan(factory, target);
        Assert.Equal(new FlashRange(0x1D0000, 0x1000), plan.Steps[0].Range);
        Assert.Equal(FlashStepAction.Write, plan.Steps[0].Action);
        Assert.Contains("rf", plan.Steps[0].Areas);
        int old = plan.Steps.ToList().FindIndex(step => step.Range.Contains(0x1E0000));
        Assert.True(old > plan.Steps.ToList().FindLastIndex(step => step.Range.Contains(0x11000)));
    }

    [Fact]
    public void Calibration_ThatChangesInItsPlace_IsTold_AndWrittenAtOnce()
    {
        byte[] target = FlashImage.Parse(Synthetic.Images.TuyaN).Edit().SetMac(new MacAddress([2, 9, 9, 9, 9, 9])).ToArray();
        var plan = Plan(Synthetic.Images.TuyaN, target);
        PlanAssert.Holds(plan, Synthetic.Images.TuyaN, target, deep: true);
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.PlanRewritesCalibration);
        Assert.Equal([FlashStepAction.Erase, FlashStepAction.Write], plan.Steps.Select(step => step.Action));
        Assert.All(plan.Steps, step => Assert.Equal((0x1D0000L, StoppedState.Boots), (step.Offset, step.IfStopped)));
    }

    [Fact]
    public void StagedUpdate_GoesBeforeTheApp()
    {
        byte[] factory = SyntheticImage.TuyaNDevice().WithPackage().Dump();
        var plan = Plan(factory, Combined(factory, Synthetic.Images.ObkN));
        Assert.True(IndexOf(plan, 0x12A000) < IndexOf(plan, 0x11000));
        Assert.Contains("download", plan.Steps[IndexOf(plan, 0x12A000)].Areas);
    }

    [Fact]
    public void StagedUpdate_OfTheTarget_ComesAfterTheApp_WhatItReplacesBefore()
    {
        byte[] factory = SyntheticImage.TuyaNDevice().WithPackage().Dump();
        byte[] target = Combined(factory, Synthetic.Images.ObkN);
        PlainFormats.UpdatePackage(SyntheticPrograms.App(0x2800, SyntheticImage.ObkN, seed: 5)).CopyTo(target, 0x12A000);
        var plan = Plan(factory, target);
        PlanAssert.Holds(plan, factory, target, deep: true);
        int app = IndexOf(plan, 0x11000);
        int write = plan.Steps.ToList().FindIndex(step => step.Action == FlashStepAction.Write && step.Range.Contains(0x12A000));
        Assert.True(IndexOf(plan, 0x12A000) < app && write > plan.Steps.ToList().FindLastIndex(step => step.Range.Contains(0x11000)));
        Assert.Equal(FlashStepAction.Erase, plan.Steps[IndexOf(plan, 0x12A000)].Action);
    }

    private static int IndexOf(FlashPlan plan, long address) => plan.Steps.ToList().FindIndex(step => step.Range.Contains(address));

    [Fact]
    public void Vectors_GoFirst_AndComeLast()
    {
        // Two stretches of the app differ; the first holds its vectors.
        byte[] target = (byte[])Synthetic.Images.TuyaN.Clone();
        byte[] other = SyntheticImage.TuyaNDevice().Dump();
        foreach (int at in new[] { 0x11000, 0x16000 })
            SyntheticPrograms.Noise(0x100, at).CopyTo(other, at);
        var plan = Plan(other, target);
        PlanAssert.Holds(plan, other, target);
        Assert.Equal([0x11000L, 0x16000, 0x16000, 0x11000], plan.Steps.Select(step => step.Offset));
    }

    // Sound pages, vectors in place, and no header whose hash could tell: verify sees a shorter app.
    [Fact]
    public void MixtureOfTwoPrograms_IsNeverSaidToBoot()
    {
        byte[] app = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN);
        byte[] other = (byte[])app.Clone();
        other[0x2000] ^= 1;
        other[0x6000] ^= 1;
        byte[] current = new SyntheticImage { App = app, HasAppHeader = false }.WithRf(0x1D0000).Dump();
        byte[] target = new SyntheticImage { App = other, HasAppHeader = false }.WithRf(0x1D0000).Dump();
        var plan = Plan(current, target);
        PlanAssert.Holds(plan, current, target);
        Assert.Equal(
            [StoppedState.Recoverable, StoppedState.Recoverable, StoppedState.Recoverable, StoppedState.Boots], plan.Steps.Select(step => step.IfStopped));
    }

    [Fact]
    public void Bootloader_OfTheTarget_IsLeftOut_AndSaid()
    {
        byte[] target = (byte[])Synthetic.Images.TuyaN.Clone();
        target[0x4000] ^= 1;
        var plan = Plan(Synthetic.Images.TuyaN, target);
        Assert.Empty(plan.Steps);
        var finding = Assert.Single(plan.Findings);
        Assert.Equal((FindingCode.PlanKeepsBootloader, 0x4000L), (finding.Code, finding.Offset));
        Assert.Contains("1 byte remains", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bootloader_AskedFor_ComesLast()
    {
        var newer = new SyntheticImage { Boot = SyntheticBoot.N with { ResetBranch = 0xEA000B50 } }
            .WithRf(0x1D0000).WithNet(0x1D1000).WithFiller(0x1D2000, 0x3000).WithFiller(0x1EE000, 0x5000).Dump();
        newer[0x1F0000] = 0;
        var plan = Plan(Synthetic.Images.TuyaN, newer, new FlashPlanOptions { IncludeBootloader = true });
        PlanAssert.Holds(plan, Synthetic.Images.TuyaN, newer, deep: true);
        Assert.True(plan.Steps[0].Offset >= 0x11000);
        Assert.Equal((0L, StoppedState.Boots), (plan.Steps[^1].Offset, plan.Steps[^1].IfStopped));
        Assert.Contains(plan.Steps, step => step.IfStopped == StoppedState.NeedsBootloader);
    }

    [Fact]
    public void Bootloader_ThatIsLost_ComesFirst()
    {
        byte[] lost = Synthetic.Images.TuyaN;
        lost.AsSpan(0, 0x9000).Fill(0xFF);
        lost[0x1F0000] = 0;
        var plan = Plan(lost, Synthetic.Images.TuyaN, new FlashPlanOptions { Restore = true });
        PlanAssert.Holds(plan, lost, Synthetic.Images.TuyaN, deep: true);
        // Its vectors close it, and the app is there already.
        Assert.Equal([0x1000L, 0L], plan.Steps.Take(2).Select(step => step.Offset));
        Assert.Equal([StoppedState.NeedsBootloader, StoppedState.NeedsBootloader, StoppedState.Boots], plan.Steps.Take(2).Select(step => step.IfStopped).Prepend(plan.Before));
    }

    [Fact]
    public void LostBootloader_ThatIsNotAskedFor_StaysLost_AndIsSaid()
    {
        byte[] lost = Synthetic.Images.TuyaN;
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        lost[0x1F0000] = 0;
        var plan = Plan(lost, Synthetic.Images.TuyaN);
        Assert.All(plan.Steps, step => Assert.Equal(StoppedState.NeedsBootloader, step.IfStopped));
        Assert.Equal([FindingCode.PlanKeepsBootloader, FindingCode.PlanDoesNotBoot], plan.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void BlankChip_GetsWhatTheTargetHolds_WithoutErasing()
    {
        byte[] blank = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        var plan = FlashPlanner.Plan(null, FlashImage.Parse(Synthetic.Images.TuyaN), new FlashPlanOptions { IncludeBootloader = true });
        PlanAssert.Holds(plan, blank, Synthetic.Images.TuyaN, deep: true);
        Assert.All(plan.Steps, step => Assert.Equal(FlashStepAction.Write, step.Action));
        // The stretch with the vectors closes the bootloader, before anything of the app is there.
        Assert.Equal(0, plan.Steps.Last(step => step.Offset < 0x11000).Offset);
        Assert.All(plan.Steps.SkipWhile(step => step.Offset < 0x11000), step => Assert.True(step.Offset >= 0x11000));

        var without = FlashPlanner.Plan(null, FlashImage.Parse(Synthetic.Images.TuyaN));
        Assert.All(without.Steps, step => Assert.True(step.Offset >= 0x11000));
        Assert.Contains(without.Findings, finding => finding.Code == FindingCode.PlanDoesNotBoot);
    }

    [Fact]
    public void Firmware_ShorterThanTheFlash_KeepsTheRest()
    {
        byte[] firmware = SyntheticImage.ObkNFirmware(seed: 12).Qio();
        byte[] expected = Synthetic.Images.TuyaN;
        firmware.AsSpan(0x11000).CopyTo(expected.AsSpan(0x11000));
        var plan = Plan(Synthetic.Images.TuyaN, firmware);
        PlanAssert.Holds(plan, Synthetic.Images.TuyaN, expected, deep: true);
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.PlanKeepsRest && finding.Offset == firmware.Length);
        var first = plan.Steps.First(step => step.Action == FlashStepAction.Write && step.Range.Contains(0x11000));
        Assert.Equal(0x11000, first.SourceOffset);
    }

    [Fact]
    public void PackedApp_IsPlacedAt0x11000()
    {
        byte[] app = SyntheticImage.ObkNFirmware(seed: 12).Ua();
        byte[] expected = Synthetic.Images.TuyaN;
        app.CopyTo(expected.AsSpan(0x11000));
        var plan = Plan(Synthetic.Images.TuyaN, app);
        PlanAssert.Holds(plan, Synthetic.Images.TuyaN, expected);
        Assert.Equal(0, plan.Steps.First(step => step.Action == FlashStepAction.Write && step.Range.Contains(0x11000)).SourceOffset);
    }

    [Fact]
    public void Sector_HalfOfWhichIsTheDevices_IsWrittenWithBoth_AndHasNoPlaceInTheTarget()
    {
        byte[] firmware = SyntheticImage.ObkNFirmware(seed: 12).QioWithConfig(0x1D1000)[..0x1D1E00];
        byte[] expected = Synthetic.Images.TuyaN;
        expected[0x1D1F00] = 0x5A;
        byte[] current = (byte[])expected.Clone();
        firmware.AsSpan(0x11000, 0x1D0000 - 0x11000).CopyTo(expected.AsSpan(0x11000));
        firmware.AsSpan(0x1D1000).CopyTo(expected.AsSpan(0x1D1000));
        FlashImage.Parse(current).Bytes.Span.Slice(0x1D0000, 0x1000).CopyTo(firmware.AsSpan(0x1D0000));
        var plan = Plan(current, firmware);
        PlanAssert.Holds(plan, current, expected);
        Assert.Null(plan.Steps.Single(step => step.Action == FlashStepAction.Write && step.Range.Contains(0x1D1000)).SourceOffset);
    }

    [Theory]
    [InlineData("rotated")]
    [InlineData("doubled")]
    [InlineData("over-long")]
    [InlineData("zip")]
    public void OtherReadsOfTheSame_ArePlannedAsWhatTheyAre(string form)
    {
        byte[] Read(byte[] chip) => form switch
        {
            "rotated" => [.. chip[0x11000..], .. chip[..0x11000]],
            "doubled" => [.. chip, .. chip],
            "over-long" => [.. chip, .. Enumerable.Repeat((byte)0xFF, 0x1000)],
            _ => SyntheticArchive.Zip(("a.bin", chip)),
        };
        var (factory, target) = Pair("tuya-n");
        var plain = Plan(factory, target);
        foreach (var plan in new[] { Plan(Read(factory), target), Plan(factory, Read(target)) })
        {
            PlanAssert.Holds(plan, factory, target);
            Assert.Equal(plain.Steps.Select(step => (step.ToString(), step.IfStopped, step.SourceOffset)), plan.Steps.Select(step => (step.ToString(), step.IfStopped, step.SourceOffset)));
            Assert.Equal(form != "zip", plan.Findings.Any(finding => finding.Code is FindingCode.Rotated or FindingCode.Doubled));
        }
    }

    [Fact]
    public void LargerSectors_AreErasedWhole()
    {
        byte[] target = Synthetic.Images.TuyaN;
        target[0x1F3000] ^= 0x55;
        var plan = Plan(Synthetic.Images.TuyaN, target, new FlashPlanOptions { SectorSize = 0x10000 });
        PlanAssert.Holds(plan, Synthetic.Images.TuyaN, target);
        Assert.All(plan.Steps, step => Assert.Equal(new FlashRange(0x1F0000, 0x10000), step.Range));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x800)]
    [InlineData(0x3000)]
    [InlineData(0x20000)]
    public void SectorSize_ThatNoFlashErases_IsRefused(int size) =>
        Assert.Throws<ArgumentException>(() => Plan(Synthetic.Images.TuyaN, Synthetic.Images.TuyaN, new FlashPlanOptions { SectorSize = size }));

    // Each is a stretch of its own in the app's partition, and none is anything the device starts by.
    [Fact]
    public void ManyStretchesBehindTheApp_TakeNothingFromWhatTheDeviceIs()
    {
        byte[] target = Synthetic.Images.TuyaN;
        for (int at = 0x30000; at < 0x90000; at += 0x2000)
            target.AsSpan(at, 0x1000).Clear();
        foreach (var (from, to) in new[] { (Synthetic.Images.TuyaN, target), (target, Synthetic.Images.TuyaN) })
        {
            var plan = Plan(from, to);
            PlanAssert.Holds(plan, from, to);
            Assert.Equal(48, plan.Steps.Count);
            Assert.All(plan.Steps, step => Assert.Equal(StoppedState.Boots, step.IfStopped));
        }
    }

    // The new one is shorter, and the calibration goes where the end of the old one was: that is gone with the first step.
    [Fact]
    public void Calibration_ThatGoesWhereTheOldProgramIs_EndsThatProgram()
    {
        byte[] current = new SyntheticImage { App = SyntheticPrograms.App(0xE0000, SyntheticImage.TuyaN) }.WithRf(0x1D0000).Dump();
        byte[] target = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN) }.WithRf(0xC0000).Dump();
        var plan = Plan(current, target);
        PlanAssert.Holds(plan, current, target, deep: true);
        Assert.Equal((0xC0000L, StoppedState.Recoverable, StoppedState.Recoverable), (plan.Steps[0].Offset, plan.Steps[0].IfStopped, plan.Steps[0].WhileRunning));
        Assert.Equal(StoppedState.Boots, plan.Steps[^1].IfStopped);
    }

    // The lines have no erase of their own: what the plan takes away first must not start a mixture, nor be installed, until the tool gets to it.
    [Fact]
    public void LinesOfATool_TakeVectorsAndStagedUpdateAwayFirst()
    {
        byte[] current = SyntheticImage.TuyaNDevice().WithPackage().Dump();
        byte[] target = (byte[])current.Clone();
        foreach (int at in new[] { 0x11000, 0x16000 })
            SyntheticPrograms.Noise(0x100, at).CopyTo(current, at);
        PlainFormats.UpdatePackage(SyntheticPrograms.App(0x2800, SyntheticImage.ObkN, seed: 5)).CopyTo(target, 0x12A000);
        var plan = Plan(current, target);
        var files = FlashPlanFiles.Of(plan, FlasherTool.LtChipTool);
        byte[] flash = (byte[])current.Clone();
        var writes = new List<(int Offset, string File)>();
        foreach (string line in files.Commands!.Lines)
        {
            string[] words = line.Split(' ');
            int offset = Convert.ToInt32(words[Array.IndexOf(words, "-s") + 1], 16);
            writes.Add((offset, words[^1]));
            files.Contents.Single(content => content.Key == words[^1]).Value.Span.CopyTo(flash.AsSpan(offset));
        }
        BytesAssert.Equal(target, flash);
        Assert.Equal([0x12A000, 0x11000, 0x16000, 0x11000, 0x12A000], writes.Select(write => write.Offset));
        Assert.Equal([true, true, false, false, false], writes.Select(write => write.File.StartsWith("blank-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Crc_IsTheRoms() => Assert.Equal(0x340BC6D9u, PlanAssert.Crc("123456789"u8));

    [Theory]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin")]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin")]
    public void DreoDump_ToItsCombinedImage_IsTheMainJob(string firmware)
    {
        byte[] factory = Corpus.Read(Dreo);
        byte[] target = Combined(factory, Corpus.Read(firmware));
        var plan = Plan(factory, target);
        PlanAssert.Holds(plan, factory, target, deep: true);
        Assert.All(plan.Steps, step => Assert.True(step.Offset >= 0x11000));
        Assert.Equal(StoppedState.Boots, plan.Steps[^1].IfStopped);
        PlanAssert.Holds(Plan(target, factory, new FlashPlanOptions { Restore = true }), target, factory);
    }
}
