using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Planning;

/// <summary>Secure boot: what the chip starts by lies in several places, and calibration between them that no one reads here.</summary>
public class FlashPlanArminoTests
{
    private const int Calibration = 0x2000;
    private const int FreeData = 0x21000;

    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + 3)).ToArray();

    private static FlashImageOptions? Options(bool encrypted) => encrypted ? new FlashImageOptions { AesKey = new AesFlashKey(Key) } : null;

    private static FlashPlan Plan(byte[] current, byte[] target, bool encrypted, FlashPlanOptions? options = null) =>
        FlashPlanner.Plan(FlashImage.Parse(current, Options(encrypted)), FlashImage.Parse(target, Options(encrypted)), options);

    private static byte[] With(byte[] flash, params int[] places)
    {
        byte[] other = (byte[])flash.Clone();
        foreach (int place in places)
            other[place] ^= 0x40;
        return other;
    }

    public static TheoryData<bool, int> Starting => new()
    {
        { false, 0x40 }, { false, 0x1010 }, { false, SyntheticSecureImage.ManifestOffset + 0x20 }, { false, SyntheticSecureImage.Bl2Offset + 0x900 },
        { true, 0x40 }, { true, SyntheticSecureImage.ManifestOffset + 0x20 }, { true, SyntheticSecureImage.Bl2Offset + 0x900 },
    };

    [Theory]
    [MemberData(nameof(Starting))]
    public void WhatTheChipStartsBy_IsWrittenOnlyWhereAsked(bool encrypted, int place)
    {
        using var made = new SyntheticSecureImage(encrypted ? Key : null, tableInPages: false);
        byte[] target = With(made.Flash, place, FreeData);
        byte[] kept = With(made.Flash, FreeData);

        var plan = Plan(made.Flash, target, encrypted);
        PlanAssert.Ends(plan, made.Flash, kept);
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.PlanKeepsBootloader);
        Assert.All(plan.Steps, step => Assert.Equal(StoppedState.Boots, step.IfStopped));

        var asked = Plan(made.Flash, target, encrypted, new FlashPlanOptions { IncludeBootloader = true });
        PlanAssert.Ends(asked, made.Flash, target);
        Assert.Contains(asked.Steps, step => step.Range.Contains(place) && step.WhileRunning == StoppedState.NeedsBootloader);
        // Last, as the data does not need it.
        Assert.True(asked.Steps[^1].Range.Contains(place));
        var back = Plan(target, made.Flash, encrypted, new FlashPlanOptions { Restore = true });
        PlanAssert.Ends(back, target, made.Flash);
        Assert.Equal(StoppedState.Boots, back.Steps[^1].IfStopped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SignedProgram_ThatIsAnother_LeavesTheLoaderWhole(bool encrypted)
    {
        using var made = new SyntheticSecureImage(encrypted ? Key : null, tableInPages: false);
        byte[] other = With(made.Flash, SyntheticSecureImage.PrimaryOffset + 0x5000, SyntheticSecureImage.PrimaryOffset + 0x9000);

        var plan = Plan(other, made.Flash, encrypted);

        PlanAssert.Ends(plan, other, made.Flash);
        Assert.All(plan.Steps, step => Assert.True(step.Offset >= SyntheticSecureImage.PrimaryOffset && step.WhileRunning >= StoppedState.Recoverable));
        Assert.Equal(StoppedState.Boots, plan.Steps[^1].IfStopped);
    }

    // Whose it is cannot be told: what lies there stays, in the table's sys_rf and where the SDK's layout has it at the end.
    [Theory]
    [InlineData(Calibration)]
    [InlineData(SyntheticSecureImage.FlashLength - 0x2000)]
    public void PlaceOfACalibrationThatIsNotRead_IsGuarded(int place)
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        byte[] current = (byte[])made.Flash.Clone();
        SyntheticPrograms.Noise(0x400, 21).CopyTo(current, place);
        byte[] other = (byte[])made.Flash.Clone();
        SyntheticPrograms.Noise(0x400, 22).CopyTo(other, place);
        foreach (bool restore in new[] { false, true })
        {
            var options = new FlashPlanOptions { Restore = restore };
            Assert.Equal(FindingCode.PlanLosesCalibration, Assert.Throws<ImageGuardException>(() => Plan(current, made.Flash, false, options)).Code);
            var refusal = Assert.Throws<ImageGuardException>(() => Plan(current, other, false, options));
            Assert.Equal((FindingCode.PlanOtherDevice, "target", (long)place), (refusal.Code, refusal.Subject, refusal.Offset));
            PlanAssert.Ends(Plan(made.Flash, current, false, options), made.Flash, current);
            PlanAssert.Ends(Plan(current, With(current, FreeData), false, options), current, With(current, FreeData));
            var given = new FlashPlanOptions { Restore = restore, AllowOtherCalibration = true };
            var plan = Plan(current, other, false, given);
            PlanAssert.Ends(plan, current, other);
            Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.PlanOtherDevice);
        }
    }
}
