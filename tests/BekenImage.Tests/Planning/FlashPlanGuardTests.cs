using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Planning;

/// <summary>What is not planned: programs the chip would not run, the loss of what is the device's own, what is no image of that flash.</summary>
public class FlashPlanGuardTests
{
    private static readonly byte[] Device = SyntheticImage.TuyaNDevice().Dump();

    private static FlashPlan Plan(byte[]? current, byte[] target, FlashPlanOptions? options = null) =>
        FlashPlanner.Plan(current is null ? null : FlashImage.Parse(current), FlashImage.Parse(target), options);

    private static byte[] Unit(string mac, int seed) =>
        new SyntheticImage().WithRf(0x1D0000, mac, seed: seed).WithNet(0x1D1000).WithFiller(0x1D2000, 0x3000).WithFiller(0x1EE000, 0x5000).Dump();

    [Fact]
    public void CalibrationOfAnotherUnit_IsRefused_UnlessGivenUpByName()
    {
        byte[] other = Unit("020102030499", seed: 5);
        foreach (bool restore in new[] { false, true })
        {
            var refusal = Assert.Throws<ImageGuardException>(() => Plan(Device, other, new FlashPlanOptions { Restore = restore }));
            Assert.Equal((FindingCode.PlanOtherDevice, "target", 0x1D0000L), (refusal.Code, refusal.Subject, refusal.Offset));
            Assert.Contains("02:01:02:03:04:99", refusal.Message, StringComparison.Ordinal);
            var plan = Plan(Device, other, new FlashPlanOptions { Restore = restore, AllowOtherCalibration = true });
            PlanAssert.Holds(plan, Device, other);
            Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.PlanOtherDevice);
        }
    }

    [Fact]
    public void Calibration_ThatWouldBeGone_IsRefused_UnlessGivenUpByName()
    {
        byte[] target = (byte[])Device.Clone();
        target.AsSpan(0x1D0000, 0x1000).Fill(0xFF);
        Assert.Equal(FindingCode.PlanLosesCalibration, Assert.Throws<ImageGuardException>(() => Plan(Device, target)).Code);
        PlanAssert.Holds(Plan(Device, target, new FlashPlanOptions { AllowOtherCalibration = true }), Device, target);
        byte[] poor = new SyntheticImage().WithRf(0x1D0000, calibrated: false).Dump();
        Assert.Equal(FindingCode.PlanLosesCalibration, Assert.Throws<ImageGuardException>(() => Plan(Device, poor)).Code);
        Assert.NotEmpty(Plan(poor, Device).Steps);
    }

    [Fact]
    public void CalibrationOfThisDevice_UnderAnotherMac_OrAnotherOneUnderItsMac_IsItsOwn()
    {
        byte[] renamed = FlashImage.Parse(Device).Edit().SetMac(new MacAddress([2, 9, 9, 9, 9, 9])).ToArray();
        Assert.NotEmpty(Plan(Device, renamed).Steps);
        Assert.NotEmpty(Plan(Device, Unit("020102030405", seed: 8)).Steps);
    }

    [Fact]
    public void ProgramOfAnotherFamily_IsRefused()
    {
        byte[] target = (byte[])Device.Clone();
        SyntheticImage.ObkTFirmware().Ua().CopyTo(target, 0x11000);
        foreach (byte[] wrong in new[] { target, SyntheticImage.ObkTFirmware().Qio(), SyntheticImage.ObkTFirmware().Ua() })
        {
            Assert.Equal(FindingCode.ChipsDiffer, Assert.Throws<ImageGuardException>(() => Plan(Device, wrong)).Code);
            Assert.Equal(FindingCode.ChipsDiffer, Assert.Throws<ImageGuardException>(() => Plan(Device, wrong, new FlashPlanOptions { IncludeBootloader = true })).Code);
        }
        Assert.Equal(FindingCode.ChipsDiffer, Assert.Throws<ImageGuardException>(() => Plan(null, target)).Code);
    }

    [Fact]
    public void ProgramUnderAnotherKey_IsRefused_ButRestored()
    {
        byte[] plain = SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Dump();
        foreach (byte[] wrong in new[] { plain, SyntheticImage.ObkNFirmware(SyntheticKey.Zero).Qio(), SyntheticImage.ObkNFirmware(SyntheticKey.Zero).Ua() })
        {
            Assert.Equal(FindingCode.KeyDoesNotFit, Assert.Throws<ImageGuardException>(() => Plan(Device, wrong)).Code);
            Assert.Equal(FindingCode.KeyDoesNotFit, Assert.Throws<ImageGuardException>(() => Plan(Device, wrong, new FlashPlanOptions { IncludeBootloader = true })).Code);
        }
        var plan = Plan(plain, Device, new FlashPlanOptions { Restore = true });
        PlanAssert.Holds(plan, plain, Device);
    }

    [Fact]
    public void WrongProgramThatIsThereAlready_DoesNotStandAgainstChangingData()
    {
        byte[] current = (byte[])Device.Clone();
        SyntheticImage.ObkTFirmware().Ua().CopyTo(current, 0x11000);
        byte[] target = (byte[])current.Clone();
        target[0x1F5000] = 0;
        PlanAssert.Holds(Plan(current, target), current, target);
    }

    public static TheoryData<string> UnfitTargets => new("package", "logical", "noise", "text", "larger", "cut app", "loader head", "piece", "empty archive member");

    [Theory]
    [MemberData(nameof(UnfitTargets))]
    public void Target_ThatIsNoImageOfThatFlash_IsRefused(string what)
    {
        byte[] target = what switch
        {
            "package" => PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN, seed: 77)),
            "logical" => SyntheticImage.ObkNFirmware().Qio().Chunk(34).SelectMany(page => page.Take(32)).ToArray(),
            "noise" => SyntheticPrograms.Noise(0x200000, 3),
            "text" => "a text that somebody took for an image"u8.ToArray(),
            "larger" => SyntheticImage.TuyaNDevice().Dump(0x400000),
            "cut app" => Device[..0x15005],
            "loader head" => Device[..0x100],
            "piece" => Device[0x1D0000..0x1D3000],
            _ => SyntheticArchive.Zip(("a.txt", "text"u8.ToArray())),
        };
        var refusal = Assert.ThrowsAny<BekenImageException>(() => Plan(Device, target));
        Assert.Equal("target", refusal.Subject);
        if (what == "empty archive member")
            return;
        Assert.IsType<ImageGuardException>(refusal);
        Assert.Equal(FindingCode.PlanTargetUnfit, refusal.Code);
    }

    [Fact]
    public void SmallerChip_IsNotTheImageOfALarger_AndAFirmwareRestoresNothing()
    {
        byte[] large = SyntheticImage.TuyaNDevice().Dump(0x400000);
        Assert.Equal(FindingCode.PlanTargetUnfit, Assert.Throws<ImageGuardException>(() => Plan(large, Device)).Code);
        Assert.Equal(FindingCode.PlanTargetUnfit,
            Assert.Throws<ImageGuardException>(() => Plan(Device, SyntheticImage.ObkNFirmware().Qio(), new FlashPlanOptions { Restore = true })).Code);
    }

    [Theory]
    [InlineData("qio", FindingCode.WrongKind)]
    [InlineData("ua", FindingCode.WrongKind)]
    [InlineData("package", FindingCode.WrongKind)]
    [InlineData("cut", FindingCode.Truncated)]
    [InlineData("behind", FindingCode.BootloaderMissing)]
    public void Current_ThatIsNoWholeFlash_IsNoReadToPlanFrom(string what, FindingCode code)
    {
        byte[] current = what switch
        {
            "qio" => SyntheticImage.ObkNFirmware().Qio(),
            "ua" => SyntheticImage.ObkNFirmware().Ua(),
            "package" => PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN, seed: 77)),
            "cut" => Device[..0x1D5000],
            _ => Device[0x11000..],
        };
        var error = Assert.Throws<BekenImageException>(() => Plan(current, Device));
        Assert.Equal((code, "current"), (error.Code, error.Subject));
    }

    [Fact]
    public void UnknownContent_IsPlannedFrom_AsADeviceMayHoldAnything()
    {
        byte[] noise = SyntheticPrograms.Noise(0x200000, 4);
        var plan = Plan(noise, Device, new FlashPlanOptions { Restore = true });
        PlanAssert.Holds(plan, noise, Device);
        Assert.Equal(StoppedState.NeedsBootloader, plan.Before);
    }

    [Fact]
    public void KeyOfItsOwn_IsTheKeyOfEveryStateOnTheWay()
    {
        var key = new BekenKey(0x11223344, 0x55667788, 0x99AABBCC, 0xDDEEFF00);
        var synthetic = new SyntheticKey("own", 0x11223344, 0x55667788, 0x99AABBCC, 0xDDEEFF00);
        byte[] current = SyntheticImage.TuyaNDevice(synthetic).Dump();
        byte[] target = SyntheticImage.ObkNFirmware(synthetic).Qio();
        var options = new FlashImageOptions { Key = key };
        var plan = FlashPlanner.Plan(FlashImage.Parse(current, options), FlashImage.Parse(target, options));
        byte[] expected = (byte[])current.Clone();
        target.AsSpan(0x11000).CopyTo(expected.AsSpan(0x11000));
        PlanAssert.Holds(plan, current, expected, options, deep: true);
        Assert.Equal(StoppedState.Boots, plan.Steps[^1].IfStopped);
    }

    [Fact]
    public void Arguments_ThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => FlashPlanner.Plan(null, null!));
        var plan = Plan(Device, SyntheticImage.ObkNFirmware().Qio());
        Assert.Throws<ArgumentNullException>(() => plan.Apply(null!));
        Assert.Throws<ArgumentException>(() => plan.Apply(new byte[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Apply(Device, plan.Steps.Count + 1));
    }
}
