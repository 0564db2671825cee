using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>A dump that lost its bootloader, given another: what comes out is what the undamaged dump gives.</summary>
public class LostBootloaderRescueTests
{
    // An OpenBeken device, so that keeping what it holds is decided too.
    private static readonly SyntheticImage Device = SyntheticImage.ObkNFirmware(appLength: 0xB000, seed: 6).WithRf(0x1D0000).WithConfig(0x1D1000);

    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options).Plan();

    private static byte[] Build(CombinePlan plan)
    {
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        CombineAssert.RegionsCoverOnce(plan);
        return plan.ToArray();
    }

    private static CombineOptions With(byte[] bootloader) => new() { Bootloader = FlashImage.Parse(bootloader) };

    public static TheoryData<string> Intruders => new(LostBootloaderTests.Intruders.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Intruders))]
    public void Rescue_OfAnOpenBekenDevice_GivesWhatTheUndamagedDumpGives(string intruder)
    {
        byte[] damaged = LostBootloaderTests.Overwrite(Device.Dump(), intruder);
        byte[] slot = Device.Dump().AsSpan(0, 0x11000).ToArray();
        foreach (byte[] firmware in new[] { SyntheticImages.ObkN, SyntheticImages.ObkM, SyntheticImage.ObkNFirmware().Ua(), SyntheticImage.ObkNFirmware().App })
        {
            var undamaged = Plan(Device.Dump(), firmware);
            CombineAssert.Refused(Plan(damaged, firmware), FindingCode.BootloaderMissing);

            var plan = Plan(damaged, firmware, With(slot));

            BytesAssert.Equal(Build(undamaged), Build(plan));
            Assert.Equal(CombineMode.Update, plan.Mode);
            Assert.Equal(undamaged.Mode, plan.Mode);
        }
        var replace = new CombineOptions { ReplaceBootloader = true, Key = SyntheticKey.Tuya.ToKey() };
        BytesAssert.Equal(Build(Plan(Device.Dump(), SyntheticImages.ObkN, replace)), Build(Plan(damaged, SyntheticImages.ObkN, replace)));
    }

    [Theory]
    [MemberData(nameof(Intruders))]
    public void Rescue_OfATuyaDevice_GivesWhatTheUndamagedDumpGives(string intruder)
    {
        byte[] damaged = LostBootloaderTests.Overwrite(SyntheticImages.TuyaN, intruder);

        byte[] image = Build(Plan(damaged, SyntheticImages.ObkM, With(SyntheticImages.TuyaN.AsSpan(0, 0x11000).ToArray())));

        BytesAssert.Equal(Build(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkM)), image);
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
    }

    [Fact]
    public void Rescue_OfARotatedRead_GivesWhatTheUndamagedDumpGives()
    {
        byte[] damaged = LostBootloaderTests.Overwrite(Device.Dump(), "app");
        byte[] rotated = [.. damaged.AsSpan(0x11000), .. damaged.AsSpan(0, 0x11000)];

        BytesAssert.Equal(
            Build(Plan(Device.Dump(), SyntheticImages.ObkN)),
            Build(Plan(rotated, SyntheticImages.ObkN, With(Device.Dump().AsSpan(0, 0x11000).ToArray()))));
    }

    [Fact]
    public void BootloaderOfAFamilyTheDumpDoesNotSpeakFor_IsRefused()
    {
        // The T keeps calibration where no Tuya bootloader of the N looks; its app is overwritten and tells nothing.
        byte[] damaged = SyntheticImages.TuyaT;
        PlainFormats.UpdatePackage(SyntheticPrograms.Noise(0x20000, 3)).CopyTo(damaged, 0);

        CombineAssert.Refused(Plan(damaged, SyntheticImages.ObkN, With(SyntheticImages.ObkN)), FindingCode.ChipUnknown);
        CombineAssert.Refused(
            Plan(damaged, SyntheticImages.ObkN, new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.ObkN), Chip = BekenChip.BK7231T }),
            FindingCode.ChipsDiffer);
    }

    [Fact]
    public void AppOfAnotherFamilyAtZero_DoesNotOutweighTheTypeOfTheCalibration()
    {
        // OpenBeken for the N was written to 0 of a T: some firmware of the N looks for calibration at 0x1e0000 too.
        byte[] table = RfTestData.Sector(RfTestData.CompleteTable("020102030405", isT: true));
        byte[] damaged = SyntheticImage.TuyaTDevice().With(0x1E0000, table).Dump();
        SyntheticImage.ObkNFirmware(appLength: 0x20000).Ua().CopyTo(damaged, 0);

        CombineAssert.Refused(Plan(damaged, SyntheticImages.ObkN, With(SyntheticImages.ObkN)), FindingCode.ChipUnknown);
        CombineAssert.Refused(Plan(damaged, SyntheticImages.ObkN, new CombineOptions { ReplaceBootloader = true }), FindingCode.ChipUnknown);
        var named = new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.ObkT), Chip = BekenChip.BK7231T };
        BootSimulator.Run(Build(Plan(damaged, SyntheticImages.ObkT, named)), SyntheticKey.Tuya).AssertBoots();
        var error = Assert.Throws<ImageGuardException>(() => ImageDoctor.Examine(FlashImage.Parse(damaged), FlashImage.Parse(SyntheticImages.TuyaN)));
        Assert.Equal(FindingCode.ChipsDiffer, error.Code);
    }

    [Fact]
    public void RealT_OverwrittenByAnNApp_IsNotMadeAnN()
    {
        byte[] damaged = Corpus.Read("BK7231T_Tuya_Globe_37783.bin");
        byte[] qio = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        qio.AsSpan(0x11000).CopyTo(damaged);

        CombineAssert.Refused(Plan(damaged, qio, With(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"))), FindingCode.ChipUnknown);
    }

    [Fact]
    public void KeyOfTheAppThatStandsAtZero_SpeaksAgainstABootloaderOfAnother()
    {
        byte[] damaged = LostBootloaderTests.Overwrite(SyntheticImages.TuyaN, "app");
        byte[] keyless = SyntheticImages.ObkM;

        var plan = Plan(damaged, SyntheticImages.ObkN, With(keyless));

        CombineAssert.Refused(plan, FindingCode.KeyDoesNotFit);
        string message = Assert.Single(plan.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit).Message;
        Assert.Contains("tuya", message, StringComparison.Ordinal);
        Assert.Contains("zero", message, StringComparison.Ordinal);
        var named = new CombineOptions { Bootloader = FlashImage.Parse(keyless), Key = SyntheticKey.Tuya.ToKey() };
        BootSimulator.Run(Build(Plan(damaged, SyntheticImages.ObkN, named)), SyntheticKey.Tuya).AssertBoots();
    }

    [Fact]
    public void FirmwaresOwnBootloader_WhereNothingTellsTheKey_IsRefused()
    {
        byte[] damaged = Device.Dump();
        SyntheticPrograms.Noise(0x30000, 12).CopyTo(damaged, 0);
        var options = new CombineOptions { ReplaceBootloader = true };

        CombineAssert.Refused(Plan(damaged, SyntheticImages.ObkM, options), FindingCode.KeyUnknown);
        options.Key = SyntheticKey.Tuya.ToKey();
        BootSimulator.Run(Build(Plan(damaged, SyntheticImages.ObkM, options)), SyntheticKey.Tuya).AssertBoots();
    }

    [Fact]
    public void RealChip_WhatIsLeftOfItsApp_SpeaksAgainstABootloaderOfAnotherKey()
    {
        byte[] damaged = Corpus.Read("BK7231N_LSPA9_Clone_First.bin");
        SyntheticPrograms.Noise(0x90000, 12).CopyTo(damaged, 0);
        byte[] keyless = Corpus.Read("OpenBK7231M_QIO_1.18.300.bin"), own = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        var options = new CombineOptions { ReplaceBootloader = true };

        CombineAssert.Refused(Plan(damaged, keyless, options), FindingCode.KeyDoesNotFit);
        CombineAssert.Refused(Plan(damaged, keyless, With(keyless)), FindingCode.KeyDoesNotFit);
        BytesAssert.Equal(Build(Plan(Corpus.Read("BK7231N_LSPA9_Clone_First.bin"), own, options)), Build(Plan(damaged, own, options)));
    }

    // ---- bootloaders without a partition table ---------------------------------------------------------------------------------------

    [Fact]
    public void BootloaderWithoutATable_AppAndHeaderProveThePlace()
    {
        byte[] device = new SyntheticImage { Table = [] }.WithRf(0x1D0000).Dump();
        byte[] firmware = SyntheticImages.ObkM;

        var plan = Plan(device, firmware);
        byte[] image = Build(plan);

        Assert.Contains(plan.Findings, finding => finding is { Code: FindingCode.FalMissing, Severity: FindingSeverity.Warning });
        // As a device whose table names that very place.
        byte[] twin = Build(Plan(new SyntheticImage().WithRf(0x1D0000).Dump(), firmware));
        BytesAssert.Equal(twin.AsSpan(0x11000), image.AsSpan(0x11000));
        BytesAssert.Equal(device.AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));
        Assert.True(FirmwareLinter.Lint(FlashImage.Parse(image), FlashImage.Parse(image)).Runs);
    }

    [Fact]
    public void BootloaderWithoutATable_NoHeaderThatFits_IsRefusedUntilItIsReplaced()
    {
        byte[] device = new SyntheticImage { Table = [], HasAppHeader = false }.WithRf(0x1D0000).Dump();

        CombineAssert.Refused(Plan(device, SyntheticImages.ObkN), FindingCode.AddressUnknown);
        BootSimulator.Run(Build(Plan(device, SyntheticImages.ObkN, new CombineOptions { ReplaceBootloader = true })), SyntheticKey.Tuya).AssertBoots();
    }

    // ---- the corpus ------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin")]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin")]
    public void RealChip_OverwrittenByItsApp_IsRescued(string firmwareFile)
    {
        byte[] qio = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        byte[] configured = Corpus.Read("OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin");
        byte[] whole = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        qio.CopyTo(whole, 0);
        Corpus.Read("BK7231N_LSPA9_Clone_First.bin").AsSpan(0x1D0000, 0x1000).CopyTo(whole.AsSpan(0x1D0000));
        configured.AsSpan(0x1D1000, 0x1000).CopyTo(whole.AsSpan(0x1D1000));
        byte[] appAt0 = (byte[])whole.Clone(), configAt0 = (byte[])whole.Clone();
        qio.AsSpan(0x11000).CopyTo(appAt0);
        configured.AsSpan(0x1D1000, 0x1000).CopyTo(configAt0);
        byte[] firmware = Corpus.Read(firmwareFile);
        byte[] expected = Build(Plan(whole, firmware));

        foreach (byte[] damaged in new[] { appAt0, configAt0 })
            BytesAssert.Equal(expected, Build(Plan(damaged, firmware, With(qio.AsSpan(0, 0x11000).ToArray()))));
    }
}
