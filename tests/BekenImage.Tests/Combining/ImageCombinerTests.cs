using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>The main job on synthetic devices, judged by the boot simulator.</summary>
public class ImageCombinerTests
{
    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options).Plan();

    private static byte[] Build(byte[] factory, byte[] firmware, CombineOptions? options = null)
    {
        var plan = Plan(factory, firmware, options);
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        CombineAssert.RegionsCoverOnce(plan);
        return plan.ToArray();
    }

    /// <summary>An OpenBeken device: what a former combination, a year of use and its owner left.</summary>
    private static SyntheticImage ObkNDevice() => SyntheticImage.ObkNFirmware(seed: 30)
        .WithRf(0x1D0000).WithConfig(0x1D1000).WithFiller(0x1D3000, 0x2000).WithFiller(0x1E5000, 0x3000).WithFiller(0x1F0000, 0x1000);

    // ---- conversion --------------------------------------------------------------------------------------------------------------------

    public static TheoryData<string> Devices => new("Tuya N + N", "Tuya N + M", "Dreo + N", "Dreo + M", "T + T", "uascent + N", "M + N");

    [Theory]
    [MemberData(nameof(Devices))]
    public void Conversion_OfEveryDevice_Boots(string pair)
    {
        var (device, firmware, oldRf, newRf) = pair switch
        {
            "Tuya N + N" => (SyntheticImage.TuyaNDevice(), SyntheticImage.ObkNFirmware(), 0x1D0000, 0x1D0000),
            "Tuya N + M" => (SyntheticImage.TuyaNDevice(), SyntheticImage.ObkNFirmware(SyntheticKey.Zero), 0x1D0000, 0x1D0000),
            "Dreo + N" => (SyntheticImage.DreoDevice(), SyntheticImage.ObkNFirmware(), 0x1E0000, 0x1D0000),
            "Dreo + M" => (SyntheticImage.DreoDevice(), SyntheticImage.ObkNFirmware(SyntheticKey.Zero), 0x1E0000, 0x1D0000),
            "T + T" => (SyntheticImage.TuyaTDevice(), SyntheticImage.ObkTFirmware(), 0x1E0000, 0x1E0000),
            "uascent + N" => (SyntheticImage.TuyaNDevice(SyntheticKey.Uascent), SyntheticImage.ObkNFirmware(), 0x1D0000, 0x1D0000),
            _ => (SyntheticImage.TuyaNDevice(SyntheticKey.Zero), SyntheticImage.ObkNFirmware(), 0x1D0000, 0x1D0000),
        };
        byte[] factory = device.Dump();

        byte[] image = Build(factory, firmware.Qio());

        var boot = BootSimulator.Run(image, device.Key);
        boot.AssertBoots();
        BytesAssert.Equal(firmware.App, boot.App);
        Assert.Equal((device.Layout.AppHeader, firmware.AppName, firmware.AppVersion, SyntheticImage.AppTimestamp), (boot.HeaderOffset, boot.Name, boot.Version, boot.Timestamp));
        BytesAssert.Equal(factory.AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));
        BytesAssert.Equal(factory.AsSpan(oldRf, 0x1000), image.AsSpan(newRf, 0x1000));
        CombineAssert.Erased(image, device.Layout.AppEnd, newRf);
        CombineAssert.Erased(image, newRf + 0x1000, 0x200000);
        Assert.True(ImageVerifier.Verify(FlashImage.Parse(image)) is { Boots: true, BootloaderAccepts: true, Backup: true });
        BytesAssert.Equal(image, Build(image, firmware.Qio()));
    }

    [Fact]
    public void CustomKey_Given_BootsUnderIt()
    {
        byte[] factory = SyntheticImage.TuyaNDevice(SyntheticKey.Custom).Dump();
        CombineAssert.Refused(Plan(factory, SyntheticImages.ObkN), FindingCode.ChipUnknown);

        var options = new CombineOptions { Key = SyntheticKey.Custom.ToKey(), Chip = BekenChip.BK7231N };
        byte[] image = Build(factory, SyntheticImages.ObkN, options);

        var boot = BootSimulator.Run(image, SyntheticKey.Custom);
        boot.AssertBoots();
        BytesAssert.Equal(SyntheticImage.ObkNFirmware().App, boot.App);
        BytesAssert.Equal(image, Build(image, SyntheticImages.ObkN, options));
    }

    public static TheoryData<string> FirmwareForms => new("qio", "ua", "pages", "plain", "enciphered", "dump");

    [Theory]
    [MemberData(nameof(FirmwareForms))]
    public void Firmware_InEveryForm_GivesTheSameApp(string form)
    {
        var firmware = SyntheticImage.ObkNFirmware();
        byte[] bytes = form switch
        {
            "qio" => firmware.Qio(), "ua" => firmware.Ua(), "pages" => firmware.AppPages(), "plain" => firmware.App,
            "enciphered" => firmware.StoredApp(), _ => firmware.Dump(),
        };
        byte[] image = Build(SyntheticImages.Dreo, bytes, new CombineOptions { FirmwareIsDump = form == "dump" });

        var boot = BootSimulator.Run(image, SyntheticKey.Zero);
        boot.AssertBoots();
        BytesAssert.Equal(firmware.App, boot.App.AsSpan(0, firmware.App.Length));
        // Without a header the exact length is not known, only its pages.
        Assert.Equal(form == "pages" ? (firmware.App.Length + 31) / 32 * 32 : firmware.App.Length, boot.App.Length);
        bool hasHeader = form is "qio" or "ua" or "dump";
        Assert.Equal(hasHeader ? ("app", "1.18.300", SyntheticImage.AppTimestamp) : ("app", "1.00", 0u), (boot.Name, boot.Version, boot.Timestamp));
    }

    [Theory]
    [InlineData("rotated")]
    [InlineData("doubled")]
    [InlineData("doubled and rotated")]
    public void Factory_ReadOddly_GivesTheSameResult(string how)
    {
        byte[] dump = SyntheticImages.Dreo;
        byte[] read = how == "doubled" ? dump : [.. dump.AsSpan(0x11000), .. dump.AsSpan(0, 0x11000)];
        if (how != "rotated")
            read = [.. read, .. read];

        BytesAssert.Equal(Build(dump, SyntheticImages.ObkM), Build(read, SyntheticImages.ObkM));
    }

    [Fact]
    public void AppWithoutItsFactoryApp_IsStillADevice()
    {
        byte[] factory = SyntheticImages.TuyaN;
        factory.AsSpan(0x11000, 0x118F70).Fill(0xFF);

        BootSimulator.Run(Build(factory, SyntheticImages.ObkM), SyntheticKey.Tuya).AssertBoots();
    }

    // ---- packages ----------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void StagedPackage_NeverSurvives(bool update, bool keepAll)
    {
        var device = update ? ObkNDevice() : SyntheticImage.TuyaNDevice();
        byte[] factory = device.WithPackage().Dump();
        Assert.True(BootSimulator.Run(factory, SyntheticKey.Tuya).PackageStaged);
        var options = new CombineOptions();
        if (keepAll)
            options.Keep.Add("all");

        var plan = Plan(factory, SyntheticImages.ObkM, options);

        Assert.Equal(update ? CombineMode.Update : CombineMode.Convert, plan.Mode);
        BootSimulator.Run(plan.ToArray(), SyntheticKey.Tuya).AssertBoots();
        CombineAssert.Erased(plan.ToArray(), 0x12A000, 0x1D0000);
    }

    // An installed package has lost its first sector; the rest of it goes too.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StagedPackage_WithoutItsHeader_NeverSurvives(bool update)
    {
        var device = update ? ObkNDevice() : SyntheticImage.TuyaNDevice();
        byte[] factory = device.WithPackage().Dump();
        factory.AsSpan(0x12A000, 0x1000).Fill(0xFF);
        var options = new CombineOptions();
        options.Keep.Add("all");

        var plan = Plan(factory, SyntheticImages.ObkM, options);

        Assert.Equal(update ? CombineMode.Update : CombineMode.Convert, plan.Mode);
        CombineAssert.Erased(plan.ToArray(), 0x12A000, 0x1D0000);
    }

    // What the table calls the place does not matter; the loader's code knows it by its address.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StagedPackage_InAPlaceOfAnotherName_NeverSurvives(bool update)
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("storage", "beken_onchip", 0x12A000, 0xA6000, false),
        ];
        var device = new SyntheticImage { Table = table, App = SyntheticPrograms.App(0xC010, update ? SyntheticImage.ObkN : SyntheticImage.TuyaN) }
            .WithRf(0x1D0000).WithPackage(0x12A000);
        byte[] factory = (update ? device.WithConfig(0x1D1000) : device).Dump();
        var options = new CombineOptions();
        options.Keep.Add("all");

        var plan = Plan(factory, SyntheticImages.ObkM, options);

        Assert.Equal(update ? CombineMode.Update : CombineMode.Convert, plan.Mode);
        CombineAssert.Erased(plan.ToArray(), 0x12A000, 0x1D0000);
    }

    // ---- update ------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Update_KeepsEverythingOutsideAppAndDownload()
    {
        byte[] factory = ObkNDevice().Dump();
        // Nobody's bytes behind the RF table stay too: an update changes nothing it did not name.
        SyntheticPrograms.Noise(0x100, 3).CopyTo(factory, 0x1D0E00);
        SyntheticPrograms.Noise(0x100, 3).CopyTo(factory, 0x1D1F00);

        var plan = Plan(factory, SyntheticImages.ObkM);
        byte[] image = plan.ToArray();

        Assert.Equal(CombineMode.Update, plan.Mode);
        CombineAssert.RegionsCoverOnce(plan);
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
        BytesAssert.Equal(factory.AsSpan(0x1D0000), image.AsSpan(0x1D0000));
        BytesAssert.Equal(image, Build(image, SyntheticImages.ObkM));
    }

    [Fact]
    public void Update_OfADeviceWhoseDownloadCoversItsConfig_KeepsIt()
    {
        // BL2028N: the table's download runs from 0x132000 over RF and config of OpenBeken for N.
        byte[] factory = new SyntheticImage { Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x5000, SyntheticImage.ObkN) }
            .WithRf(0x1D0000).WithConfig(0x1D1000).WithPackage().Dump();

        byte[] image = Build(factory, SyntheticImages.ObkN);

        BytesAssert.Equal(factory.AsSpan(0x1D0000, 0x2000), image.AsSpan(0x1D0000, 0x2000));
        CombineAssert.Erased(image, 0x132000, 0x1D0000);
        BootSimulator.Run(image, SyntheticKey.Zero).AssertBoots();
    }

    [Fact]
    public void Update_WithAnotherFirmwaresConfig_KeepsTheDevices()
    {
        byte[] factory = ObkNDevice().Dump();
        byte[] firmware = SyntheticImage.ObkNFirmware().QioWithConfig(0x1D1000);

        BytesAssert.Equal(factory.AsSpan(0x1D1000, 0x1000), Build(factory, firmware).AsSpan(0x1D1000, 0x1000));
        BytesAssert.Equal(firmware.AsSpan(0x1D1000, 0x1000), Build(factory, firmware, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Firmware }).AsSpan(0x1D1000, 0x1000));
    }

    [Fact]
    public void ConfigWithWrongChecksum_IsNoUpdate()
    {
        byte[] factory = ObkNDevice().Dump();
        factory[0x1D1100] ^= 1;

        var plan = Plan(factory, SyntheticImages.ObkM);

        Assert.Equal(CombineMode.Convert, plan.Mode);
        CombineAssert.Erased(plan.ToArray(), 0x1D1000, 0x200000);
    }

    // ---- RF ----------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Rf_CalibratedWins_AndTheOthersAreSaid()
    {
        byte[] factory = new SyntheticImage().WithRf(0x1D0000, "020000000001", calibrated: false).WithRf(0x1E0000, "020000000002").Dump();

        var plan = Plan(factory, SyntheticImages.ObkM);

        BytesAssert.Equal(factory.AsSpan(0x1E0000, 0x1000), plan.ToArray().AsSpan(0x1D0000, 0x1000));
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.RfSeveral && finding.Offset == 0x1D0000);
        CombineAssert.Erased(plan.ToArray(), 0x1E0000, 0x1E1000);
    }

    [Fact]
    public void Rf_OfTwoCalibrated_TheOneWhereTheFirmwareLooksWins()
    {
        byte[] factory = new SyntheticImage().WithRf(0x1D0000, "020000000001").WithRf(0x12C000, "020000000002").Dump();

        BytesAssert.Equal(factory.AsSpan(0x1D0000, 0x1000), Build(factory, SyntheticImages.ObkM).AsSpan(0x1D0000, 0x1000));
    }

    [Fact]
    public void Rf_OnlyUncalibrated_IsUsedWithAWarning_NoneIsAWarning()
    {
        var uncalibrated = Plan(new SyntheticImage().WithRf(0x1E0000, calibrated: false).Dump(), SyntheticImages.ObkM);
        Assert.Contains(uncalibrated.Findings, finding => finding.Code == FindingCode.RfUncalibrated);
        BytesAssert.Equal(RfTestData.WorkedTable, uncalibrated.ToArray().AsSpan(0x1D0000, RfTestData.WorkedTable.Length));

        var none = Plan(new SyntheticImage().Dump(), SyntheticImages.ObkM);
        Assert.Contains(none.Findings, finding => finding.Code == FindingCode.RfMissing);
        CombineAssert.Erased(none.ToArray(), 0x1D0000, 0x1D1000);
    }

    [Fact]
    public void Rf_OfAFirmwareWhoseMapIsNotKnown_StaysPutWithAWarning()
    {
        byte[] firmware = new SyntheticImage { App = SyntheticPrograms.App(0x5000, "nothing known", nMarker: false) }.Ua();

        var plan = Plan(SyntheticImages.TuyaT, firmware, new CombineOptions { Chip = BekenChip.BK7231T });

        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.FirmwareMapUnknown);
        BytesAssert.Equal(SyntheticImages.TuyaT.AsSpan(0x1E0000, 0x1000), plan.ToArray().AsSpan(0x1E0000, 0x1000));
    }

    [Fact]
    public void Mac_ChangesTheCopyOnly()
    {
        Assert.True(MacAddress.TryParse("02:aa:bb:cc:dd:ee", out var mac));
        byte[] image = Build(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Mac = mac });

        byte[] expected = SyntheticImages.Dreo.AsSpan(0x1E0000, 0x1000).ToArray();
        new byte[] { 0x02, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE }.CopyTo(expected, 0x24);
        BytesAssert.Equal(expected, image.AsSpan(0x1D0000, 0x1000));
    }

    [Fact]
    public void Mac_ThatNoStationMayHave_IsRefused()
    {
        Assert.True(MacAddress.TryParse("03:aa:bb:cc:dd:ee", out var mac));
        var plan = Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Mac = mac });
        Assert.False(plan.CanBuild);
        Assert.Equal(FindingCode.RfMacRefused, plan.Findings[plan.Findings.Count - 1].Code);
    }

    [Fact]
    public void Rf_GivenOne_GoesWhereTheFirmwareLooks()
    {
        byte[] sector = RfTestData.Sector(RfTestData.CompleteTable("020908070605"));
        Assert.True(RfReader.TryRead(sector, 0, null, out var table));

        byte[] image = Build(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Rf = RfChoice.Given, RfTable = table });

        BytesAssert.Equal(sector, image.AsSpan(0x1D0000, 0x1000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rf_None_LeavesNone(bool update)
    {
        byte[] image = Build((update ? ObkNDevice() : SyntheticImage.DreoDevice()).Dump(), SyntheticImages.ObkM, new CombineOptions { Rf = RfChoice.None });

        Assert.Null(FlashImage.Parse(image).Rf);
    }

    // ---- configuration -----------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Config_CarriedByTheFirmware_ComesAlong_UnlessNoneIsAsked()
    {
        byte[] firmware = SyntheticImage.ObkNFirmware().QioWithConfig(0x1D1000);

        BytesAssert.Equal(firmware.AsSpan(0x1D1000, 0x1000), Build(SyntheticImages.Dreo, firmware).AsSpan(0x1D1000, 0x1000));
        CombineAssert.Erased(Build(SyntheticImages.Dreo, firmware, new CombineOptions { ObkConfigFrom = ObkConfigChoice.None }), 0x1D1000, 0x1D2000);
    }

    [Fact]
    public void Config_NoneInAnUpdate_LeavesNone() =>
        CombineAssert.Erased(Build(ObkNDevice().Dump(), SyntheticImages.ObkM, new CombineOptions { ObkConfigFrom = ObkConfigChoice.None }), 0x1D1000, 0x1D2000);

    [Fact]
    public void Config_Given_GoesWhereTheFirmwareLooks_AndItsChecksumIsJudged()
    {
        byte[] bytes = ObkTestData.Minimal(startupCommand: "echo given");
        Assert.True(ObkConfigReader.TryRead(bytes, 0, ObkPinLayout.Pins32, null, out var config));
        byte[] image = Build(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Given, ObkConfig = config });
        BytesAssert.Equal(ObkTestData.Sector(bytes), image.AsSpan(0x1D1000, 0x1000));

        bytes[0x700] ^= 1;
        Assert.True(ObkConfigReader.TryRead(bytes, 0, ObkPinLayout.Pins32, null, out config));
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Given, ObkConfig = config }), FindingCode.ObkChecksum);
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Keep }), FindingCode.ObkNotAConfig);
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Firmware }), FindingCode.ObkNotAConfig);
    }

    [Fact]
    public void Config_AtAnotherPlace_KeptOnRequest_IsMoved()
    {
        byte[] factory = SyntheticImage.DreoDevice().WithConfig(0x1E1000, "echo moved").Dump();
        Assert.Equal(CombineMode.Convert, Plan(factory, SyntheticImages.ObkM).Mode);

        byte[] image = Build(factory, SyntheticImages.ObkM, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Keep });

        BytesAssert.Equal(factory.AsSpan(0x1E1000, 0x1000), image.AsSpan(0x1D1000, 0x1000));
        CombineAssert.Erased(image, 0x1E1000, 0x1E2000);
    }

    // ---- keep and erase ----------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("tuya", 0x1EE000, 0x5000)]
    [InlineData("tuya", 0x1D2000, 0x3000)]
    [InlineData("net", 0x1D1000, 0x1000)]
    [InlineData("all", 0x1D1000, 0x20000)]
    public void Keep_ByName_LeavesThoseBytes(string name, int offset, int length)
    {
        var options = new CombineOptions();
        options.Keep.Add(name);
        byte[] image = Build(SyntheticImages.TuyaN, SyntheticImages.ObkM, options);

        BytesAssert.Equal(SyntheticImages.TuyaN.AsSpan(offset, length), image.AsSpan(offset, length));
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
        if (name == "net")
            CombineAssert.Erased(image, 0x1D2000, 0x200000);
    }

    [Theory]
    [InlineData("obk-config")]
    [InlineData("all")]
    public void Erase_InAnUpdate_WipesByName(string name)
    {
        var options = new CombineOptions();
        options.Erase.Add(name);
        byte[] factory = ObkNDevice().Dump();
        byte[] image = Build(factory, SyntheticImages.ObkM, options);

        CombineAssert.Erased(image, 0x1D1000, 0x1D2000);
        BytesAssert.Equal(factory.AsSpan(0x1D0000, 0x1000), image.AsSpan(0x1D0000, 0x1000));
        if (name == "all")
            CombineAssert.Erased(image, 0x1D1000, 0x200000);
        else
            BytesAssert.Equal(factory.AsSpan(0x1D2000), image.AsSpan(0x1D2000));
    }

    // A name beats "all", and keeping beats erasing the same: what is kept can still be erased, not the other way round.
    [Theory]
    [InlineData(false, "it", "it", true)]
    [InlineData(false, "it", "all", true)]
    [InlineData(false, "all", "it", false)]
    [InlineData(false, "tuya", "it", false)]
    [InlineData(true, "it", "it", true)]
    [InlineData(true, "it", "all", true)]
    [InlineData(true, "all", "it", false)]
    [InlineData(true, "all", "all", false)]
    [InlineData(true, "it", "tuya", true)]
    public void KeepAndErase_OfOneArea_FollowTheMoreExactName(bool update, string keep, string erase, bool stays)
    {
        byte[] factory = SyntheticImages.TuyaN;
        var (name, area) = ("net", 0x1D1000);
        if (update)
        {
            (name, area) = ("flash-vars", 0x1E5000);
            factory = SyntheticImage.ObkNFirmware(seed: 30).WithRf(0x1D0000).WithConfig(0x1D1000)
                .With(area, FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(5)))).Dump();
        }
        var options = new CombineOptions();
        options.Keep.Add(keep == "it" ? name : keep);
        options.Erase.Add(erase == "it" ? name : erase);

        var plan = Plan(factory, SyntheticImages.ObkM, options);

        Assert.Equal(update ? CombineMode.Update : CombineMode.Convert, plan.Mode);
        byte[] image = plan.ToArray();
        if (stays)
            BytesAssert.Equal(factory.AsSpan(area, 0x1000), image.AsSpan(area, 0x1000));
        else
            CombineAssert.Erased(image, area, area + 0x1000);
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
    }

    // Where another firmware kept it, only the choice of a configuration brings it over: its own place would be wiped.
    [Fact]
    public void Config_KeptByName_MovesAlsoWhereAllIsErased()
    {
        byte[] factory = SyntheticImage.ObkNFirmware(seed: 30).WithRf(0x1D0000).WithConfig(0x1E1000).Dump();
        var options = new CombineOptions();
        options.Keep.Add("obk-config");
        options.Erase.Add("all");
        byte[] image = Build(factory, SyntheticImages.ObkM, options);
        BytesAssert.Equal(factory.AsSpan(0x1E1000, 0x400), image.AsSpan(0x1D1000, 0x400));
    }

    [Theory]
    [InlineData("obk-config")]
    [InlineData("all")]
    public void Config_OfTheFirmware_IsErasedOnRequest(string erase)
    {
        byte[] firmware = SyntheticImage.ObkNFirmware().QioWithConfig(0x1D1000);
        CombineAssert.Erased(Build(SyntheticImages.TuyaN, firmware, Erasing(erase)), 0x1D1000, 0x1D2000);
    }

    private static CombineOptions Erasing(string name)
    {
        var options = new CombineOptions();
        options.Erase.Add(name);
        return options;
    }

    [Theory]
    [InlineData("obk-config", "obk-config", true)]
    [InlineData("obk-config", "all", true)]
    [InlineData("all", "obk-config", false)]
    public void KeepAndErase_OfTheConfig_FollowTheMoreExactName(string keep, string erase, bool stays)
    {
        byte[] factory = ObkNDevice().Dump();
        var options = new CombineOptions();
        options.Keep.Add(keep);
        options.Erase.Add(erase);
        byte[] image = Build(factory, SyntheticImages.ObkM, options);
        if (stays)
            BytesAssert.Equal(factory.AsSpan(0x1D1000, 0x1000), image.AsSpan(0x1D1000, 0x1000));
        else
            CombineAssert.Erased(image, 0x1D1000, 0x1D2000);
    }

    // ---- sizes -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Extents_CutTheSameImage()
    {
        byte[] chip = Build(SyntheticImages.Dreo, SyntheticImages.ObkM);
        byte[] qio = Build(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.Qio });
        BytesAssert.Equal(chip.AsSpan(0, 0x132000), qio);

        var app = Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.App });
        Assert.Equal(FlashRange.FromBounds(0x11000, 0x132000), app.Output);
        CombineAssert.RegionsCoverOnce(app);
        BytesAssert.Equal(chip.AsSpan(0x11000, 0x121000), app.ToArray());

        BytesAssert.Equal(chip.AsSpan(0, 0x1D1000), Build(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.Length, Length = 0x1D1000 }));
        BytesAssert.Equal(chip, Build(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.Length, Length = 0x200000 }));
    }

    [Fact]
    public void Qio_ReachesToWhatWasAskedFor()
    {
        Assert.True(MacAddress.TryParse("02:aa:bb:cc:dd:ee", out var mac));
        var options = new CombineOptions { Extent = OutputExtent.Qio, Mac = mac };
        byte[] image = Build(SyntheticImages.Dreo, SyntheticImages.ObkM, options);
        Assert.Equal(0x1D1000, image.Length);

        options.Extent = OutputExtent.App;
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, options), FindingCode.ContentCutOff);
    }

    [Fact]
    public void FourMegabyteChip_KeepsItsSize()
    {
        byte[] image = Build(SyntheticImage.TuyaNDevice().Dump(0x400000), SyntheticImages.ObkM);
        Assert.Equal(0x400000, image.Length);
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
    }

    // ---- bootloader on request ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void ReplaceBootloader_OfTheSameKey_TakesItAndItsTable()
    {
        byte[] image = Build(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { ReplaceBootloader = true });

        BytesAssert.Equal(SyntheticImages.ObkM.AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));
        var boot = BootSimulator.Run(image, SyntheticKey.Zero);
        boot.AssertBoots();
        Assert.Equal(0x129F0A, boot.HeaderOffset);
    }

    [Fact]
    public void Bootloader_ForADumpWithoutOne_IsTaken()
    {
        byte[] factory = SyntheticImages.TuyaN;
        factory.AsSpan(0, 0x11000).Fill(0xFF);
        CombineAssert.Refused(Plan(factory, SyntheticImages.ObkN), FindingCode.BootloaderMissing);

        byte[] image = Build(factory, SyntheticImages.ObkM, new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.ObkN) });

        BytesAssert.Equal(SyntheticImages.ObkN.AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
    }

    [Fact]
    public void Plan_TellsWhereThingsComeFrom()
    {
        var plan = Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { FactoryName = "old.bin", FirmwareName = "new.bin" });

        var rf = Assert.Single(plan.Regions, region => region.Name == "rf" && region.Origin != RegionOrigin.Erased);
        Assert.Equal((0x1D0000L, RegionOrigin.Moved, "old.bin", 0x1E0000L), (rf.Offset, rf.Origin, rf.FromFile, rf.From));
        var app = Assert.Single(plan.Regions, region => region.Name == "app");
        Assert.Equal((0x11000L, 0x121000L, RegionOrigin.Built, "new.bin"), (app.Offset, app.Length, app.Origin, app.FromFile));
        var bootloader = plan.Regions[0];
        Assert.Equal(("bootloader", RegionOrigin.Factory, "old.bin", 0L), (bootloader.Name, bootloader.Origin, bootloader.FromFile, bootloader.From));
        using var stream = new MemoryStream();
        plan.WriteTo(stream);
        BytesAssert.Equal(plan.ToArray(), stream.ToArray());
        Assert.NotSame(plan.ToArray(), plan.ToArray());
    }

    [Fact]
    public void Inputs_StayAsTheyWere()
    {
        byte[] factory = SyntheticImages.Dreo, firmware = SyntheticImages.ObkM;
        Build(factory, firmware).AsSpan().Clear();
        BytesAssert.Equal(SyntheticImages.Dreo, factory);
        BytesAssert.Equal(SyntheticImages.ObkM, firmware);
    }
}
