using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Analysis;

/// <summary>What <see cref="ImageDoctor"/> offers was tried: with what the backup knows of key and chip, or with the reason why nothing helps.</summary>
public class OfferedRepairTests
{
    private static byte[] Over(byte[] image, int at, byte[] with)
    {
        byte[] damaged = (byte[])image.Clone();
        with.CopyTo(damaged, at);
        return damaged;
    }

    private static IReadOnlyList<DeviceProblem> Examine(byte[] image, byte[]? backup = null) =>
        ImageDoctor.Examine(FlashImage.Parse(image), backup is null ? null : FlashImage.Parse(backup));

    private static DeviceProblem Problem(FindingCode code, byte[] image, byte[]? backup = null) =>
        Assert.Single(Examine(image, backup), problem => problem.Code == code);

    private static string Typed(DeviceProblem problem) =>
        string.Join(" ", (problem.Repair ?? throw new Xunit.Sdk.XunitException(problem.RepairRefusal ?? "none")).Command("now", "out", "old"));

    // ---- what was refused --------------------------------------------------------------------------------------------------------

    [Fact]
    public void ConfigurationWrittenTo0OfAnotherFirmwaresDevice_TheBootloaderComesBack_AndTheConfigurationIsNotTaken()
    {
        byte[] config = new SyntheticImage().WithConfig(0x1D1000).Dump()[0x1D1000..0x1D1E00];
        byte[] damaged = Over(SyntheticImages.Dreo, 0, config);

        Assert.Contains("--bootloader old", Typed(Problem(FindingCode.BootloaderMissing, damaged, SyntheticImages.Dreo)), StringComparison.Ordinal);

        var options = new CombineOptions { FirmwareIsDump = true, Bootloader = FlashImage.Parse(SyntheticImages.Dreo), Keep = { "all" } };
        var plan = new ImageCombiner(FlashImage.Parse(damaged), FlashImage.Parse(damaged), options).Plan();
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        BytesAssert.Equal(SyntheticImages.Dreo, plan.ToArray());
    }

    // ---- whose calibration it is -----------------------------------------------------------------------------------------------------

    private static byte[] WithoutCalibration(byte[] dump)
    {
        byte[] without = (byte[])dump.Clone();
        without.AsSpan((int)FlashImage.Parse(dump).Rf!.Offset, 0x1000).Fill(0xFF);
        return without;
    }

    [Fact]
    public void LostCalibration_OfABackupOfThisChip_IsOfferedWithItsMac()
    {
        var problem = Problem(FindingCode.RfMissing, WithoutCalibration(SyntheticImages.TuyaN), SyntheticImages.TuyaN);
        Assert.Contains("rf restore now --from old", Typed(problem), StringComparison.Ordinal);
        Assert.Contains($"MAC {FlashImage.Parse(SyntheticImages.TuyaN).Rf!.Mac}: compare the device's label", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void LostCalibration_OfABackupOfAnotherChip_IsNotOffered()
    {
        var problems = Examine(WithoutCalibration(SyntheticImages.Dreo), SyntheticImages.TuyaN);
        Assert.Contains(problems, problem => problem.Code == FindingCode.KeyDoesNotFit);
        Assert.Null(Assert.Single(problems, problem => problem.Code == FindingCode.RfMissing).Repair);
    }

    // A table whose MAC is damaged is not another device's.
    [Fact]
    public void CalibrationWithoutAMac_IsSaidToHaveNone_WithABackupToo()
    {
        byte[] damaged = (byte[])SyntheticImages.TuyaN.Clone();
        damaged[FlashImage.Parse(damaged).Rf!.Offset + 0x1C] ^= 0x40;
        Assert.DoesNotContain(Examine(damaged, SyntheticImages.TuyaN), problem => problem.Code == FindingCode.PlanOtherDevice);
        Assert.Contains("rf restore", Typed(Problem(FindingCode.RfMacMissing, damaged, SyntheticImages.TuyaN)), StringComparison.Ordinal);
    }

    [Fact]
    public void AppUnderAnotherKeyAt0_TheLineHasTheBackupsKey()
    {
        byte[] damaged = Over(SyntheticImages.Dreo, 0, SyntheticImage.ObkNFirmware(appLength: 0x20000).Ua());
        string typed = Typed(Problem(FindingCode.BootloaderMissing, damaged, SyntheticImages.Dreo));
        Assert.Contains("--key zero", typed, StringComparison.Ordinal);
    }

    [Fact]
    public void AppThatHidesTheChip_TheLineHasTheBackupsChip()
    {
        byte[] app = SyntheticImage.ObkTFirmware().Ua();
        byte[] damaged = Over(SyntheticImages.TuyaN, 0x11000, app);
        var problem = Problem(FindingCode.ChipsDisagree, damaged, SyntheticImages.TuyaN);
        Assert.Contains("--chip BK7231N", Typed(problem), StringComparison.Ordinal);
    }

    [Fact]
    public void AppUnderAnotherKey_WhatFollowsHasTheKeyToo()
    {
        byte[] damaged = Over(SyntheticImages.Dreo, 0x11000, SyntheticImage.ObkNFirmware().Ua());
        var problems = Examine(damaged);
        Assert.Contains(problems, problem => problem.Code == FindingCode.KeysDiffer);
        Assert.All(problems.Where(problem => problem.Repair?.ToString() == "bekenimage combine" && problem.Repair.Needs.Count == 0),
            problem => Assert.Contains("--key zero", Typed(problem), StringComparison.Ordinal));
    }

    [Fact]
    public void RepairThatIsRefused_IsNotOffered_AndItsReasonIsSaid()
    {
        // The app is damaged in the image and in the backup: neither is what it was.
        byte[] damaged = SyntheticImages.TuyaN;
        damaged[0x11000 + 1000] ^= 0x55;
        var problem = Problem(FindingCode.BadPage, damaged, damaged);
        Assert.Null(problem.Repair);
        Assert.Contains("wrong CRC", problem.RepairRefusal, StringComparison.Ordinal);
    }

    // ---- what plan compares --------------------------------------------------------------------------------------------------------

    [Fact]
    public void ProgramsUnderAnotherKeyThanTheBackups_DoNotStart_AndComeUnderItWithTheDevicesOwnBootloader()
    {
        byte[] damaged = Over(SyntheticImages.Dreo, 0, SyntheticImage.ObkNFirmware().Qio());
        Assert.DoesNotContain(Examine(damaged), problem => problem.Code == FindingCode.KeyDoesNotFit);

        var problem = Examine(damaged, SyntheticImages.Dreo)[0];

        Assert.Equal((FindingCode.KeyDoesNotFit, FindingSeverity.Error), (problem.Code, problem.Severity));
        Assert.Equal([DeviceSymptom.Boot], problem.Symptoms);
        Assert.Contains("runs under key zero", problem.Why, StringComparison.Ordinal);
        Assert.Equal("bekenimage combine old now --firmware-dump --keep all -o out", Typed(problem));
        // plan says the same of such an image.
        var plan = Assert.Throws<ImageGuardException>(() => FlashPlanner.Plan(
            FlashImage.Parse(SyntheticImages.Dreo), FlashImage.Parse(damaged), new FlashPlanOptions { IncludeBootloader = true }));
        Assert.Equal(problem.Code, plan.Code);
    }

    [Fact]
    public void CalibrationOfAnotherDeviceThanTheBackups_IsSaid_AndTheBackupsComesBack()
    {
        byte[] sound = new SyntheticImage().WithRf(0x1D0000).Dump();
        byte[] damaged = new SyntheticImage().WithRf(0x1D0000, "02aabbccddee", seed: 5).Dump();
        Assert.Empty(Examine(damaged));

        var problem = Assert.Single(Examine(damaged, sound));

        Assert.Equal((FindingCode.PlanOtherDevice, FindingSeverity.Error), (problem.Code, problem.Severity));
        Assert.Equal("bekenimage rf restore now --from old -o out", Typed(problem));
        // Another MAC over the same calibration is the device's own choice.
        Assert.Empty(Examine(new SyntheticImage().WithRf(0x1D0000, "02aabbccddee").Dump(), sound));
    }

    // ---- what is not known ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void CalibrationOfADeviceWithoutItsBootloader_IsNotCalledMisplaced_WhereTheChipIsNotTold()
    {
        byte[] erased = Over(SyntheticImages.Dreo, 0, Enumerable.Repeat((byte)0xFF, 0x11000).ToArray());
        byte[] behind = SyntheticImages.Dreo[0x11000..];
        foreach (byte[] read in new[] { erased, behind })
        {
            foreach (byte[]? backup in new[] { null, SyntheticImages.Dreo })
                Assert.DoesNotContain(Examine(read, backup), problem => problem.Code == FindingCode.RfElsewhere);
            var check = ImageVerifier.Verify(FlashImage.Parse(read)).Checks.First(check => check.Name == "rf-table");
            Assert.Equal(CheckStatus.Pass, check.Status);
            Assert.Contains("not known", check.Message, StringComparison.Ordinal);
        }
        // OpenBeken looks in one place on all chips of the family.
        byte[] openBeken = SyntheticImage.ObkNFirmware().WithRf(0x1E0000).Dump();
        _ = Problem(FindingCode.RfElsewhere, Over(openBeken, 0, Enumerable.Repeat((byte)0xFF, 0x11000).ToArray()));
    }

    [Fact]
    public void AppAloneOfAChipsOwnFirmware_LooksWhereTheDeviceKeepsItsCalibration()
    {
        // The file tells the family; BL2028N keeps calibration elsewhere than BK7231M, which the app is taken for without a device.
        var app = FlashImage.Parse(SyntheticImage.DreoDevice().Ua());
        var device = FlashImage.Parse(SyntheticImages.Dreo);

        var plan = new ImageCombiner(device, app, new CombineOptions { Keep = { "all" } }).Plan();

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        BytesAssert.Equal(SyntheticImages.Dreo, plan.ToArray());
        Assert.Equal(CheckStatus.Pass, Assert.Single(FirmwareLinter.Lint(app, device).Checks, check => check.Name == "rf").Status);
    }

    // ---- what changed nothing ------------------------------------------------------------------------------------------------------

    [Fact]
    public void UpdatesThatDoNotFindEachOther_FindEachOtherAfterTheRepair()
    {
        byte[] device = new SyntheticImage
        {
            Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0xC010, SyntheticImage.ObkN),
        }.WithRf(0x1D0000).Dump();
        var problem = Problem(FindingCode.UpdateAddressesDiffer, device);
        Assert.Contains("--partition-table firmware", Typed(problem), StringComparison.Ordinal);

        var options = new CombineOptions { FirmwareIsDump = true, PartitionTable = PartitionTableChoice.Firmware, Keep = { "all" } };
        var plan = new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(device), options).Plan();

        Assert.Equal(0x12A000u, plan.ToImage().Fal!.Find(PartitionNames.Download)!.Offset);
        Assert.DoesNotContain(Examine(plan.ToArray()), left => left.Code == FindingCode.UpdateAddressesDiffer);
        BootSimulator.Run(plan.ToArray(), SyntheticKey.Zero).AssertBoots();
    }
}
