using BekenImage.Formats.Rf;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Combining.PlanLines;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>Chips, keys and bootloaders of the two inputs: every refusal with whom it is about, every warning with what it says.</summary>
public class CombineChipsTests
{
    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options).Plan();

    private static byte[] Nameless(bool nMarker = false) => SyntheticPrograms.App(0x5000, "no name", nMarker);

    private static SyntheticImage Of(SyntheticBoot boot, byte[] app) => new() { Boot = boot, Key = SyntheticKey.Zero, App = app };

    // ---- chips -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Chip_ThatContradicts_IsRefusedForWhomItIs()
    {
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Chip = BekenChip.BK7231T }),
            "ChipsDiffer factory", "the chip that was named is BK7231T");
        PlanLines.Refused(Plan(SyntheticImages.TuyaT, SyntheticImages.ObkN), "ChipsDiffer firmware",
            "the firmware is for BK7231N, the device is a BK7231T; that does not run, and may not be flashed");
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkT), "ChipsDiffer firmware",
            "the firmware is for BK7231T, the device is a BK7231N");
    }

    [Fact]
    public void Chip_ThatIsNotTold_MustBeNamed()
    {
        PlanLines.Refused(Plan(SyntheticImages.TuyaT, Nameless()), "ChipUnknown firmware", "the firmware does not tell its chip; name it");
        byte[] silent = new SyntheticImage { Key = SyntheticKey.Custom }.WithRf(0x1D0000).Dump();
        PlanLines.Refused(Plan(silent, SyntheticImages.ObkN), "ChipUnknown factory", "the device's dump does not tell its chip; name it");
        // Neither does: the device is the one that is asked for.
        PlanLines.Refused(Plan(silent, Nameless()), "ChipUnknown factory", "the device's dump");
    }

    // The firmware's app names nothing, the bootloader it comes with does.
    [Fact]
    public void Chip_OfTheFirmwaresBootloader_CountsToo()
    {
        byte[] device = Of(SyntheticBoot.U, Nameless()).WithRf(0x1E0000).Dump();

        PlanLines.Refused(Plan(device, Of(SyntheticBoot.BK7238, Nameless()).Qio()), "ChipsDiffer firmware",
            "the device is a BK7231U, the firmware is for BK7238");
        Assert.True(Plan(device, Of(SyntheticBoot.U, Nameless()).Qio()).CanBuild);
    }

    // A loader of one family and an app of another in one file: the app is what is taken.
    [Fact]
    public void Chip_OfAFileOfTwoFamilies_IsItsApps()
    {
        byte[] mixed = new SyntheticImage { App = SyntheticImage.ObkTFirmware().App }.Qio();
        Assert.Equal(BekenChip.Unknown, FlashImage.Parse(mixed).Chip);

        Assert.True(Plan(SyntheticImages.TuyaT, mixed).CanBuild);
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, mixed), "ChipsDiffer firmware",
            "the firmware is for BK7231T, the device is a BK7231N");
    }

    [Fact]
    public void Chip_ThatWasNamed_IsTheDevices_AlsoWhereItsLoaderIsSilent()
    {
        byte[] device = Of(SyntheticBoot.Q, Nameless()).WithRf(0x1E0000).Dump();
        byte[] firmware = Of(SyntheticBoot.Q, Nameless()).Qio();
        Assert.Equal(BekenChip.BK7231Q, FlashImage.Parse(device).Chip);

        Assert.True(Plan(device, firmware).CanBuild);
        PlanLines.Refused(Plan(device, firmware, new CombineOptions { Chip = BekenChip.BK7231T }), "ChipsDiffer factory",
            "the chip that was named is BK7231T, but the device is a BK7231Q");
    }

    // A mark that the loaders of four chips carry forbids nothing: who knows the chip may name it.
    [Fact]
    public void Chip_OfALoaderWithTheMarkOfSeveral_IsAskedFor()
    {
        byte[] device = SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0xA000, 5));
        byte[] app = SyntheticArmino.App(0x9001, 6, "OpenBK7239N_1.18.300");

        PlanLines.Refused(Plan(device, app), "ChipUnknown factory", "which it is, is no more than likely: name it");
        PlanLines.Refused(Plan(device, app, new CombineOptions { Chip = BekenChip.BK7236 }), "ChipsDiffer firmware", "that does not run");
        Assert.True(Plan(device, app, new CombineOptions { Chip = BekenChip.BK7239N }).CanBuild);
    }

    // ---- keys and bootloaders ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void Key_OfTheDevice_IsTheOneItsBootloaderShows()
    {
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Key = SyntheticKey.Zero.ToKey() }),
            "KeyDoesNotFit key @0", "shows no vectors under zero; its vectors appear under tuya");
        byte[] custom = new SyntheticImage { Key = SyntheticKey.Custom }.WithRf(0x1D0000).Dump();
        PlanLines.Refused(Plan(custom, SyntheticImages.ObkN, new CombineOptions { Key = SyntheticKey.Tuya.ToKey(),
            Chip = BekenChip.BK7231N }),
            "KeyDoesNotFit key @0", "its own key is not known");
        PlanLines.Refused(Plan(custom, SyntheticImages.ObkN, new CombineOptions { Chip = BekenChip.BK7231N }), "KeyUnknown factory @0",
            "the key of the device's bootloader is not known; give it");
        byte[] mixed = SyntheticImages.TuyaN;
        SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Ua().CopyTo(mixed, 0x11000);
        PlanLines.Refused(Plan(mixed, SyntheticImages.ObkN), "KeyDoesNotFit factory @11000",
            "the dump's bootloader has key tuya, its app zero");
    }

    [Fact]
    public void Bootloader_ThatIsGone_IsSaidAsItIs()
    {
        byte[] damaged = SyntheticImages.TuyaN;
        damaged[34 * 100 + 3] ^= 1;
        damaged[34 * 101 + 3] ^= 1;
        PlanLines.Refused(Plan(damaged, SyntheticImages.ObkN), "BootloaderMissing factory @0",
            "the device's bootloader is damaged: 2 of its pages in use are wrong or erased; a bootloader must be supplied");
        byte[] lost = SyntheticImages.TuyaN;
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        PlanLines.Refused(Plan(lost, SyntheticImages.ObkN), "BootloaderMissing factory @0",
            "erased flash stands where the bootloader belongs");
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN,
            new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.ObkN) }),
            "BootloaderProtected bootloader", "which stays; one may be supplied only for a dump without");
        // Supplied out of an archive it is the same.
        var archived = new CombineOptions { Bootloader = FlashImage.Parse(SyntheticArchive.Zip(("boot.bin",
            SyntheticImages.TuyaN[..0x11000]))) };
        Assert.Equal(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN).ToArray(), Plan(lost, SyntheticImages.ObkN, archived).ToArray());
    }

    // A table that has the bootloader in erased flash, and in one page of nothing.
    [Theory]
    [InlineData(0, "BootloaderMissing factory @0", "the dump has no bootloader; a bootloader must be supplied")]
    [InlineData(1, "KeyUnknown factory @0", "the key of the device's bootloader is not known")]
    public void Bootloader_ThatItsTableHasElsewhere_IsWhatIsThere(int pages, string line, string words)
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0x150000, 0x8000, false), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0x20000, false),
        ];
        byte[] device = new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump();
        // Logical 0x150000 is physical 0x165000.
        PlainFormats.Pages(SyntheticPrograms.Noise(32 * pages, 4)).CopyTo(device, 0x165000);

        PlanLines.Refused(Plan(device, SyntheticImages.ObkN, new CombineOptions { Chip = BekenChip.BK7231N }), line, words);
    }

    [Fact]
    public void Bootloader_WithOneWrongPage_IsAsGoodAsLost()
    {
        byte[] damaged = SyntheticImages.TuyaN;
        damaged[34 * 100 + 3] ^= 1;
        var options = new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.TuyaN[..0x11000]) };

        Assert.Equal(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN).ToArray(), Plan(damaged, SyntheticImages.ObkN, options).ToArray());
    }

    // What ran over the beginning of the app leaves a rest that tells nothing: it does not stay.
    [Fact]
    public void App_WhoseBeginningIsGone_DoesNotComeBackWithTheBootloader()
    {
        byte[] damaged = SyntheticImages.TuyaN;
        SyntheticPrograms.Noise(0x13000, 12).CopyTo(damaged, 0);
        var options = new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.TuyaN[..0x11000]), Chip = BekenChip.BK7231N,
            Key = SyntheticKey.Tuya.ToKey() };
        options.Keep.Add("all");

        var plan = Plan(damaged, SyntheticImages.ObkN, options);

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        byte[] factory = plan.Factory!.Bytes.ToArray();
        Assert.Equal(SyntheticImages.TuyaN[..0x11000], factory[..0x11000]);
        CombineAssert.Erased(factory, 0x11000, 0x129F70);
        Assert.Equal(damaged[0x129F70..], factory[0x129F70..]);
    }

    [Fact]
    public void Bootloader_OfAnotherFamilyThanTheNewApp_IsRefused()
    {
        byte[] device = SyntheticImages.TuyaN;
        SyntheticImages.TuyaT.AsSpan(0, 0x11000).CopyTo(device);

        PlanLines.Refused(Plan(device, SyntheticImages.ObkN, new CombineOptions { Chip = BekenChip.BK7231N }), "ChipsDiffer firmware",
            "no chip runs both");
    }

    [Fact]
    public void App_LinkedForAnotherPlace_IsRefused() => PlanLines.Refused(
        Plan(SyntheticImages.TuyaN, SyntheticPrograms.App(0x5000, SyntheticImage.ObkN, linkBase: 0x120000)),
            "AddressUnknown firmware @11000", "the device's app begins at logical 0x10000");

    [Theory]
    [InlineData(0x1E0000u, "OutsideFlash bootloader")]
    [InlineData(0x1000u, "AppTooLarge firmware @11000")]
    public void Table_ThatHasNoRoomForTheApp_IsTheBootloadersFaultOrTheApps(uint length, string line)
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, true), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, length, true),
        ];
        byte[] lost = SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Dump();
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        var options = new CombineOptions { Bootloader = FlashImage.Parse(new SyntheticImage { Key = SyntheticKey.Zero,
            Table = table }.BootContainer()) };

        var plan = Plan(lost, SyntheticImages.ObkM, options);

        var error = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.StartsWith("Error " + line, Line(error), StringComparison.Ordinal);
    }

    [Fact]
    public void StoredKey_AndTable_OfTheDevicesBootloader_AreWarnedAbout()
    {
        byte[] device = new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya,
            SyntheticKey.Uascent) }.WithRf(0x1D0000).Dump();
        var plan = Plan(device, SyntheticImages.ObkN);
        Assert.Equal(["Warning StoredKeyDiffers factory @0"], Said(plan));
        Assert.Equal("bootloader", plan.Findings[0].Partition);

        byte[] tableless = new SyntheticImage { Table = [] }.WithRf(0x1D0000).Dump();
        var proven = Plan(tableless, SyntheticImages.ObkN);
        Assert.Equal(["Warning FalMissing @11000"], Said(proven));
        Assert.Contains("prove that the app lies at 0x11000..0x129f70", proven.Findings[0].Message, StringComparison.Ordinal);
        var moved = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkM, new CombineOptions { ReplaceBootloader = true });
        Assert.Equal(["Warning UpdateKeyUncertain @0"], Said(moved));
        Assert.Equal("bootloader", moved.Findings[0].Partition);
    }

    // ---- updates over the air ----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(0x12A000u, "beken_onchip", null)]
    [InlineData(0x12B000u, "beken_onchip", "they will not work")]
    [InlineData(0x12B000u, "beken_onchip_crc", null)]
    public void Updates_WhereTheBootloaderDoesNotLook_AreSaid(uint download, string flash, string? words)
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", flash, download, 0x90000, false),
        ];

        var plan = Plan(new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump(), SyntheticImages.ObkN);

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        var said = plan.Findings.SingleOrDefault(finding => finding.Code == FindingCode.UpdateAddressesDiffer);
        if (words is null)
            Assert.Null(said);
        else
            Assert.EndsWith($"to 0x12a000, the bootloader looks at 0x12b000: {words}", said!.Message, StringComparison.Ordinal);
    }

    // ---- calibration -------------------------------------------------------------------------------------------------------------------

    private static readonly MacAddress Other = new([2, 1, 1, 1, 1, 1]);

    [Fact]
    public void Calibration_ThatIsWrong_IsUsedAndSaid()
    {
        var own = Plan(new SyntheticImage().WithRf(0x1D0000, calibrated: false).Dump(), SyntheticImages.ObkN);
        var uncalibrated = Assert.Single(own.Findings, finding => finding.Code == FindingCode.RfUncalibrated);
        Assert.Equal("Warning RfUncalibrated factory @1d0000", Line(uncalibrated));
        Assert.EndsWith("; it is used, the dump holds none better", uncalibrated.Message, StringComparison.Ordinal);
        Assert.True(RfReader.TryRead(RfTestData.Sector(RfGenericTests.ForN("020102030405")), 0, null, out var table));
        var given = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Rf = RfChoice.Given, RfTable = table,
            RfTableName = "rf.bin" });
        var donor = Assert.Single(given.Findings, finding => finding.Code == FindingCode.RfUncalibrated);
        Assert.Equal("Warning RfUncalibrated rf @0", Line(donor));
        Assert.StartsWith("'rf.bin': ", donor.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("none better", donor.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibration_OfAnotherDevice_IsToldByItsMac()
    {
        Assert.True(RfReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable("020908070605")), 0, null, out var table));
        CombinePlan Given(byte[] device, MacAddress? mac = null) =>
            Plan(device, SyntheticImages.ObkN, new CombineOptions { Rf = RfChoice.Given, RfTable = table, RfTableName = "rf.bin",
                Mac = mac });

        Assert.Contains("Warning RfMacDiffers rf", Said(Given(SyntheticImages.TuyaN)).Select(line => line.Split(" @")[0]));
        Assert.DoesNotContain(Given(SyntheticImages.TuyaN, Other).Findings, finding => finding.Code == FindingCode.RfMacDiffers);
        // The device's own table back, or a device that has no MAC of its own.
        Assert.Empty(Given(new SyntheticImage().WithRf(0x1D0000, "020908070605").Dump()).Findings);
        Assert.Empty(Given(new SyntheticImage().Dump()).Findings);
        // Without a donor nothing differs.
        Assert.Empty(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN).Findings);
    }

    // The table that is used has a placeholder, another one the device's own MAC: nothing was given that could differ.
    [Fact]
    public void Calibration_OfTheDevice_DiffersFromNothing()
    {
        byte[] device = new SyntheticImage().WithRf(0x1D0000, "C8478C000000").With(0x1E0000,
            RfTestData.Sector(RfGenericTests.ForN("020102030405"))).Dump();

        Assert.DoesNotContain(Plan(device, SyntheticImages.ObkN).Findings, finding => finding.Code == FindingCode.RfMacDiffers);
    }

    [Fact]
    public void Calibration_GivenOutOfTheSamePlace_IsStillTheGivenOne()
    {
        byte[] sector = RfTestData.Sector(RfTestData.CompleteTable("020908070605"));
        Assert.True(RfReader.TryRead(sector, 0x1D0000, null, out var table));

        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Rf = RfChoice.Given, RfTable = table,
            RfTableName = "rf.bin" });

        Assert.Equal("rf 1d0000..1d1000 Moved rf.bin: RF table from a file, where this firmware looks", Line(Region(plan, "rf")));
        Assert.Equal(sector, plan.ToArray().AsSpan(0x1D0000, 0x1000).ToArray());
    }

    [Fact]
    public void Calibration_SeveralTables_AreNamedButForTheOneThatIsUsed()
    {
        byte[] device = new SyntheticImage().WithRf(0x1D0000).WithRf(0x1E0000, "020102030406").WithRf(0x1F0000, "020102030407").Dump();

        var plan = Plan(device, SyntheticImages.ObkN);

        Assert.Equal(["Warning RfSeveral @1e0000", "Warning RfSeveral @1f0000"], Said(plan));
        // They are of the former firmware: nobody asked for them to be left out, and none of them was moved.
        Assert.Equal(["of the former firmware; erased so that nothing is misread"],
            plan.Regions.Where(region => region.Offset == 0x1F0000 || region.Range.Contains(0x1F0000)).Select(region => region.Reason));
    }

    [Fact]
    public void Calibration_ThatIsNotThere_IsSaidWithoutAPlace()
    {
        Assert.Equal(["Warning RfMissing"], Said(Plan(new SyntheticImage().Dump(), SyntheticImages.ObkN)));
        Assert.Empty(Plan(new SyntheticImage().Dump(), SyntheticImages.ObkN, new CombineOptions { Rf = RfChoice.None }).Findings);
        // None, but a MAC: there is a table to put it in.
        Assert.Equal(Other, Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Rf = RfChoice.None,
            Mac = Other }).ToImage().Rf!.Mac);
    }

    [Theory]
    [InlineData(OutputExtent.Chip, 0, false)]
    [InlineData(OutputExtent.Qio, 0, true)]
    [InlineData(OutputExtent.App, 0, true)]
    [InlineData(OutputExtent.Length, 0x1D1000, false)]
    [InlineData(OutputExtent.Length, 0x200000, false)]
    public void Calibration_LeftBehindElsewhere_IsSaid(OutputExtent extent, long length, bool isSaid)
    {
        var plan = Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, new CombineOptions { Extent = extent, Length = length });

        Assert.Equal(isSaid, plan.Findings.Any(finding => Line(finding) == "Warning RfElsewhere factory @1e0000"));
        Assert.Equal(isSaid, plan.Findings.Any(finding => finding.Code == FindingCode.RfElsewhere));
    }

    // A QIO that reaches over the place, for the table's sake or for the configuration behind it, writes the table.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Qio_ThatReachesOverTheTable_WritesIt(bool isForMac)
    {
        var options = new CombineOptions { Extent = OutputExtent.Qio };
        if (isForMac)
            options.Mac = Other;
        else
            options.ObkChanges.Add(new NamedValue("wifiSsid", "network"));

        var plan = Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, options);

        Assert.DoesNotContain(plan.Findings, finding => finding.Code == FindingCode.RfElsewhere);
        var table = RfSource.Read(plan.ToArray().AsSpan(0x1D0000, 0x1000).ToArray());
        Assert.Equal(isForMac ? Other : RfSource.Read(SyntheticImages.Dreo).Mac, table.Mac);
    }

    [Fact]
    public void Map_ThatIsNotKnown_LeavesTheTableWhereItIs()
    {
        byte[] firmware = new SyntheticImage { App = SyntheticPrograms.App(0x5000, "nothing known", nMarker: false) }.Ua();
        CombinePlan With(RfChoice rf, MacAddress? mac = null) => Plan(SyntheticImages.TuyaT, firmware,
            new CombineOptions { Chip = BekenChip.BK7231T, Rf = rf, Mac = mac });

        Assert.Contains("Warning FirmwareMapUnknown @1e0000", Said(With(RfChoice.Keep)));
        Assert.Equal("rf 1e0000..1e1000 Factory factory@1e0000: calibration is where this firmware looks", Line(Region(With(RfChoice.Keep),
            "rf")));
        Assert.Equal("rf 1e0000..1e1000 Built factory@1e0000: calibration is where this firmware looks; another MAC",
            Line(Region(With(RfChoice.Keep, Other), "rf")));
        Assert.True(RfReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable()), 0, null, out var table));
        PlanLines.Refused(Plan(SyntheticImages.TuyaT, firmware, new CombineOptions { Chip = BekenChip.BK7231T, Rf = RfChoice.Given,
            RfTable = table }),
            "AddressUnknown firmware", "where this firmware looks for RF calibration; there is no default address");
    }
}
