using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Combining.PlanLines;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>Every region of a plan: who owns it, out of which file, and why. The places are those of the chips' flash maps.</summary>
public class PlannedRegionsTests
{
    private static CombineOptions Named() => new() { FactoryName = "old.bin", FirmwareName = "new.bin" };

    private static CombineOptions Named(Action<CombineOptions> change)
    {
        var options = Named();
        change(options);
        return options;
    }

    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options ?? Named()).Plan();

    private const string OwnBootloader = "bootloader 0..11000 Factory old.bin@0: the device's own bootloader stays, byte for byte";
    private const string Before = "erased before, and still";
    private const string Former = "of the former firmware; erased so that nothing is misread";

    private static string AppN(string key, string header = "0x129f0a", string end = "129f70") =>
        $"app 11000..{end} Built new.bin@11000: the firmware's app, {key} as the device needs it; " +
        $"RBL header made anew at {header}, where this bootloader looks";

    // The device of Tuya: 0x1D0000 calibration, 0x1D1000 network parameters, then Tuya's own three areas.
    [Fact]
    public void Conversion_OfATuyaDevice()
    {
        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN);

        Assert.Equal(
        [
            OwnBootloader, AppN("encrypted with tuya"), $"unused 129f70..12a000 Erased: {Before}",
                $"download 12a000..1d0000 Erased: {Before}",
            "rf 1d0000..1d1000 Factory old.bin@1d0000: calibration is where this firmware looks", $"net 1d1000..1d2000 Erased: {Former}",
            $"tuya-uf 1d2000..1ea000 Erased: {Former}", $"unused 1ea000..1ed000 Erased: {Before}",
                $"tuya-protected 1ed000..1ee000 Erased: {Before}",
            $"tuya 1ee000..200000 Erased: {Former}",
        ], Regions(plan));
        Assert.Empty(plan.Findings);
        Assert.Equal(CombineMode.Convert, plan.Mode);
        Assert.Equal(new FlashRange(0, 0x200000), plan.Output);
        Assert.Equal(["old.bin", "new.bin"], plan.Inputs.Select(input => input.ToString()));
        Assert.Equal([SyntheticImages.TuyaN.Length, SyntheticImages.ObkN.Length], plan.Inputs.Select(input => input.Image.Length));
        Assert.Equal("bootloader 0x0..0x11000 Factory", plan.Regions[0].ToString());
    }

    [Fact]
    public void Conversion_OfADeviceWithoutAKey_MovesItsCalibration()
    {
        var plan = Plan(SyntheticImages.Dreo, SyntheticImages.ObkN);

        var regions = Regions(plan);
        Assert.Equal(OwnBootloader, regions[0]);
        Assert.Equal(AppN("not encrypted", "0x131f9a", "132000"), regions[1]);
        Assert.Contains("rf 1d0000..1d1000 Moved old.bin@1e0000: calibration moved from 0x1e0000 to where this firmware looks", regions);
        Assert.Contains("rf 1e0000..1e1000 Erased: its table is at 0x1d0000 now", regions);
        // The bootloader looks for updates at 0x132000, this firmware writes them to 0x12A000, which is inside the app.
        Assert.Equal(["Warning UpdateAddressesDiffer @12a000"], Said(plan));
        Assert.Contains("to 0x12a000, the bootloader looks at 0x132000: they will not work, and writing one erases the app's RBL header",
            plan.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_KeepsWhatIsThere()
    {
        byte[] device = SyntheticImage.ObkNFirmware(seed: 30).WithRf(0x1D0000).WithConfig(0x1D1000).WithFiller(0x1F0000,
            0x1000).WithPackage().Dump();
        var plan = Plan(device, SyntheticImages.ObkN);

        var regions = Regions(plan);
        Assert.Equal(CombineMode.Update, plan.Mode);
        Assert.Contains("rf 1d0000..1d1000 Factory old.bin@1d0000: calibration is where this firmware looks", regions);
        Assert.Contains("obk-config 1d1000..1d2000 Factory old.bin@1d1000: the device's configuration stays", regions);
        Assert.Contains(
            "download 12a000..1d0000 Erased: an update package must not stay: the bootloader could install it over the new app", regions);
        Assert.Contains(regions, line => line.Contains("Factory old.bin@",
            StringComparison.Ordinal) && line.EndsWith(": stays as it is on the device", StringComparison.Ordinal));
        Assert.DoesNotContain(regions, line => line.EndsWith(Former, StringComparison.Ordinal));
    }

    // The journal lies in what the device's own firmware calls something else.
    [Fact]
    public void Areas_OfTheNewFirmware_HaveItsNames()
    {
        byte[] device = new SyntheticImage().WithRf(0x1D0000).With(0x1D3000, FlashVarsTests.Journal(FlashVarsTests.Variables(5))).Dump();

        var plan = Plan(device, SyntheticImages.ObkN);

        Assert.Equal(CombineMode.Update, plan.Mode);
        Assert.Contains("flash-vars 1d3000..1d5000 Factory old.bin@1d3000: stays as it is on the device", Regions(plan));
    }

    [Fact]
    public void Erased_OnRequest_IsSaidSo()
    {
        byte[] device = SyntheticImage.ObkNFirmware(seed: 30).WithRf(0x1D0000).WithConfig(0x1D1000)
            .With(0x1E5000, FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(5)))).Dump();

        var regions = Regions(Plan(device, SyntheticImages.ObkN, Named(options => options.Erase.Add("flash-vars"))));

        Assert.Contains("flash-vars 1e5000..1ed000 Erased: erased on request", regions);
        Assert.Contains("obk-config 1d1000..1d2000 Factory old.bin@1d1000: the device's configuration stays", regions);
    }

    [Fact]
    public void Rf_LeftOut_IsSaidWhereItWas()
    {
        var plan = Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, Named(options => options.Rf = RfChoice.None));

        Assert.Contains("rf 1e0000..1e1000 Erased: 'rf' is left out, as asked", Regions(plan));
        Assert.Contains("Warning CalibrationLost factory @1e0000", Said(plan));
        byte[] two = SyntheticImage.DreoDevice().WithRf(0x1D0000, calibrated: false).Dump();
        var regions = Regions(Plan(two, SyntheticImages.ObkN, Named(options => options.Rf = RfChoice.None)));
        Assert.Equal(2, regions.Count(line => line.Contains("is left out, as asked", StringComparison.Ordinal)));
        Assert.Contains("Warning CalibrationLost factory @1e0000", Said(Plan(two, SyntheticImages.ObkN,
            Named(options => options.Rf = RfChoice.None))));
    }

    [Fact]
    public void Rf_Given_IsBuiltOutOfThatFile()
    {
        Assert.True(RfReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable("020908070605")), 0x4000, null, out var table));
        var given = Named(options => (options.Rf, options.RfTable, options.RfTableName) = (RfChoice.Given, table, "rf.bin"));

        Assert.Equal("rf 1d0000..1d1000 Moved rf.bin: RF table from a file, where this firmware looks",
            Line(Region(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, given), "rf")));
        given.Mac = new MacAddress([2, 1, 1, 1, 1, 1]);
        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, given);
        Assert.Equal("rf 1d0000..1d1000 Built rf.bin: RF table from a file, where this firmware looks; another MAC", Line(Region(plan,
            "rf")));
        Assert.Equal(given.Mac, plan.ToImage().Rf!.Mac);
        var own = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options => options.Mac = given.Mac));
        Assert.Equal("rf 1d0000..1d1000 Built old.bin@1d0000: calibration is where this firmware looks; another MAC", Line(Region(own,
            "rf")));
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options => options.Rf = RfChoice.Given)),
            "RfNotATable rf", "no RF table was given");
        given.Mac = null;
        given.Extent = OutputExtent.App;
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, given), "ContentCutOff rf @1d0000", "'rf'");
        PlanLines.Refused(Plan(new SyntheticImage().Dump(), SyntheticImages.ObkN, Named(options => options.Mac = new MacAddress([2, 1, 1,
            1, 1, 1]))), "RfMissing factory", "give one");
    }

    [Fact]
    public void Rf_InAnUpdate_KeepsWhatLiesBehindTheTable_AMovedOneDoesNot()
    {
        byte[] device = SyntheticImages.TuyaN;
        device[0x1D0FFF] = 0x11;
        Assert.Equal(0x11, Plan(device, SyntheticImages.ObkN).ToArray()[0x1D0FFF]);
        Assert.Equal(0xFF, Plan(device, SyntheticImages.ObkN, Named(options => options.Mac = new MacAddress([2, 1, 1, 1, 1,
            1]))).ToArray()[0x1D0FFF]);
    }

    // ---- configuration -----------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Configuration_ComesFromWhereItIsAskedFor()
    {
        byte[] device = SyntheticImage.TuyaNDevice().WithConfig(0x1E1000, "echo device").Dump();
        byte[] firmware = SyntheticImage.ObkNFirmware().QioWithConfig(0x1D1000);
        string Of(byte[] from, byte[] to, ObkConfigChoice choice) => Line(Region(Plan(from, to,
            Named(options => options.ObkConfigFrom = choice)), "obk-config"));

        Assert.Equal("obk-config 1d1000..1d2000 Moved new.bin@1d1000: configuration where this firmware looks", Of(device, firmware,
            ObkConfigChoice.Default));
        Assert.Equal("obk-config 1d1000..1d2000 Moved new.bin@1d1000: configuration where this firmware looks", Of(device, firmware,
            ObkConfigChoice.Firmware));
        Assert.Equal("obk-config 1d1000..1d2000 Moved old.bin@1e1000: configuration where this firmware looks", Of(device, firmware,
            ObkConfigChoice.Keep));
        Assert.True(ObkConfigReader.TryRead(ObkTestData.Minimal(), 0, ObkPinLayout.Pins32, null, out var config));
        var given = Named(options => (options.ObkConfigFrom, options.ObkConfig, options.ObkConfigName) = (ObkConfigChoice.Given, config,
            "config.bin"));
        Assert.Equal("obk-config 1d1000..1d2000 Built config.bin: configuration where this firmware looks", Line(Region(Plan(device,
            firmware, given), "obk-config")));
        // A firmware named like the dump does not make its configuration the device's.
        var same = Named(options => options.FirmwareName = "old.bin");
        Assert.NotNull(Region(Plan(device, firmware, same), "obk-config"));
    }

    // ---- packages and tables -----------------------------------------------------------------------------------------------------------

    [Fact]
    public void App_LeftOverOfALongerOne_IsErased()
    {
        // The table was rewritten for a shorter app: what lies behind it belongs to nobody.
        byte[] device = SyntheticImages.TuyaN;
        device.AsSpan(0x129F80, 0x40).Fill(0x33);

        Assert.Contains($"unused 129f70..12a000 Erased: {Former}", Regions(Plan(device, SyntheticImages.ObkN)));
    }

    [Fact]
    public void Version_AndName_AreTheFirmwaresOrTheUsual()
    {
        var firmware = new SyntheticImage { App = SyntheticPrograms.App(0xC010, SyntheticImage.ObkN), AppName = "app",
            AppVersion = "7.8.9" };
        var other = new SyntheticImage { App = firmware.App, AppName = "main" };
        Assert.Equal("main", BootSimulator.Run(Plan(SyntheticImages.TuyaN, other.Qio()).ToArray(), SyntheticKey.Tuya).Name);
        Assert.Equal("7.8.9", BootSimulator.Run(Plan(SyntheticImages.TuyaN, firmware.Qio()).ToArray(), SyntheticKey.Tuya).Version);
        Assert.Equal("1.00", BootSimulator.Run(Plan(SyntheticImages.TuyaN, firmware.App).ToArray(), SyntheticKey.Tuya).Version);
    }

    [Fact]
    public void Key_WithoutAName_IsTheDevices()
    {
        var options = Named(options => (options.Key, options.Chip) = (SyntheticKey.Custom.ToKey(), BekenChip.BK7231N));
        var plan = Plan(SyntheticImage.TuyaNDevice(SyntheticKey.Custom).Dump(), SyntheticImages.ObkN, options);

        Assert.StartsWith("the firmware's app, encrypted with the device's key as", Region(plan, "app").Reason, StringComparison.Ordinal);
        // The result is read by what the caller said.
        Assert.Equal((BekenChip.BK7231N, true), (plan.ToImage().Chip, plan.ToImage().Key.IsKnown));
        Assert.True(ImageVerifier.Verify(plan.ToImage()).Boots);
    }

    // ---- sizes -------------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(0x200001, false)]
    [InlineData(0x200000, true)]
    [InlineData(0x1D1000, true)]
    [InlineData(0x1D3000, true)]
    public void Length_IsOneOfTheFlash(long length, bool fits)
    {
        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options => (options.Extent,
            options.Length) = (OutputExtent.Length, length)));

        if (fits)
            Assert.Equal(new FlashRange(0, length), plan.Output);
        else
            PlanLines.Refused(plan, "OutsideFlash factory", "the device's flash has 0x200000");
    }

    [Fact]
    public void Length_OfOneByte_CutsTheBootloader() => PlanLines.Refused(
        Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options => (options.Extent, options.Length) = (OutputExtent.Length, 1))),
        "ContentCutOff factory @0", "'bootloader'");

    [Theory]
    [InlineData(0x129F6F, "firmware @11000", "'app'")]
    [InlineData(0x1D0010, "factory @1d0000", "'rf'")]
    [InlineData(0x1D0000, "factory @1d0000", "'rf'")]
    public void Length_ThatCutsContent_NamesWhoseItIs(long length, string line, string words) => PlanLines.Refused(
        Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options => (options.Extent, options.Length) = (OutputExtent.Length,
            length))),
        "ContentCutOff " + line, words);

    [Fact]
    public void Length_ThatCutsOnlyWhatIsErasedInARegion_IsTaken()
    {
        // The table ends long before its sector does.
        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options => (options.Extent,
            options.Length) = (OutputExtent.Length, 0x1D0800)));

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        var last = plan.Regions[^1];
        Assert.Equal("rf 1d0000..1d0800 Factory old.bin@1d0000: calibration is where this firmware looks", Line(last));
        BytesAssert(SyntheticImages.TuyaN, plan.ToArray(), 0x1D0000, 0x800);
    }

    private static void BytesAssert(byte[] expected, byte[] actual, int start, int length) =>
        Assert.Equal(expected.AsSpan(start, length).ToArray(), actual.AsSpan(start, length).ToArray());

    [Theory]
    [InlineData(OutputExtent.Qio, true)]
    [InlineData(OutputExtent.Qio, false)]
    [InlineData(OutputExtent.App, false)]
    public void Asked_ForByName_MayNotBeLeftOut(OutputExtent extent, bool isMac)
    {
        var options = Named(options => options.Extent = extent);
        if (isMac)
            options.Mac = new MacAddress([2, 1, 1, 1, 1, 1]);
        else
            options.ObkChanges.Add(new NamedValue("wifiSsid", "network"));
        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, options);

        if (extent == OutputExtent.App)
            PlanLines.Refused(plan, "ContentCutOff obk-config @1d1000", "would be cut off");
        else
            Assert.Equal(isMac ? 0x1D1000 : 0x1D2000, plan.Output.End);
    }

    [Fact]
    public void Kept_ByName_AndNoPartOfTheOutput_IsSaid()
    {
        byte[] device = SyntheticImages.TuyaN;
        foreach (string name in new[] { "net", "all" })
        {
            var plan = Plan(device, SyntheticImages.ObkN, Named(options =>
            {
                options.Extent = OutputExtent.Qio;
                options.Keep.Add(name);
            }));
            Assert.Contains(plan.Findings, finding => finding is { Severity: FindingSeverity.Info, Code: FindingCode.ContentCutOff,
                Partition: "net", Subject: "factory", Offset: 0x1D1000 });
            Assert.Equal(name == "all", plan.Findings.Any(finding => finding is { Code: FindingCode.ContentCutOff, Partition: "tuya" }));
            Assert.Equal(name == "all", plan.Findings.Any(finding => finding is { Code: FindingCode.ContentCutOff, Partition: "rf" }));
        }
        // What moves does not stay; what is cut off behind its last byte is all there.
        var moved = Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, Named(options =>
        {
            options.Extent = OutputExtent.App;
            options.Keep.Add("all");
        }));
        Assert.DoesNotContain(moved.Findings, finding => finding is { Code: FindingCode.ContentCutOff, Offset: 0x1D0000 });
        var cut = Plan(device, SyntheticImages.ObkN, Named(options =>
        {
            (options.Extent, options.Length) = (OutputExtent.Length, 0x1D1800);
            options.Keep.Add("net");
        }));
        Assert.Empty(Said(cut));
        // Nothing was asked for, nothing is said; nor of what the output has.
        Assert.DoesNotContain(Plan(device, SyntheticImages.ObkN, Named(options => options.Extent = OutputExtent.Qio)).Findings,
            finding => finding.Code == FindingCode.ContentCutOff);
        Assert.DoesNotContain(Plan(device, SyntheticImages.ObkN, Named(options => options.Keep.Add("all"))).Findings,
            finding => finding.Code == FindingCode.ContentCutOff);
        // One byte is enough to be something.
        byte[] sparse = SyntheticImages.TuyaN;
        sparse.AsSpan(0x1D1000, 0x1000).Fill(0xFF);
        sparse[0x1D1000] = 0;
        var single = Plan(sparse, SyntheticImages.ObkN, Named(options =>
        {
            options.Extent = OutputExtent.Qio;
            options.Keep.Add("net");
        }));
        Assert.Equal(["Info ContentCutOff factory @1d1000"], Said(single));
        // A name is a beginning: Tuya's areas are kept together.
        var tuya = Plan(device, SyntheticImages.ObkN, Named(options =>
        {
            options.Extent = OutputExtent.App;
            options.Keep.Add("tuya");
        }));
        Assert.Equal(["tuya-uf", "tuya"], tuya.Findings.Where(finding => finding.Code == FindingCode.ContentCutOff).Select(finding =>
            finding.Partition));
    }

    // ---- what is made of a plan --------------------------------------------------------------------------------------------------------

    [Fact]
    public void Plan_GivesOneImageAndManyCopies()
    {
        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN);

        Assert.Same(plan.ToImage(), plan.ToImage());
        byte[] copy = plan.ToArray();
        copy[0] ^= 1;
        Assert.NotEqual(copy[0], plan.ToArray()[0]);
        byte[] edited = plan.Edit().SetMac(new MacAddress([2, 1, 1, 1, 1, 1])).ToArray();
        Assert.NotEqual(edited, plan.ToArray());
        Assert.Throws<ArgumentNullException>(() => plan.WriteTo(null!));
        using var stream = new MemoryStream();
        stream.WriteByte(9);
        plan.WriteTo(stream);
        Assert.Equal([9, .. plan.ToArray()], stream.ToArray());
    }

    [Fact]
    public void Refusal_IsThrownByEverythingThatNeedsTheImage()
    {
        var plan = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkT);

        Assert.Equal((false, CombineMode.Convert, default(FlashRange)), (plan.CanBuild, plan.Mode, plan.Output));
        Assert.Empty(plan.Regions);
        Assert.Null(plan.Target);
        Assert.Null(plan.Factory);
        Assert.Empty(plan.KeptFiles);
        Assert.Throws<ImageGuardException>(() => plan.ToImage());
        Assert.Throws<ImageGuardException>(() => plan.Edit());
        Assert.Equal(2, plan.Inputs.Count);
    }

    [Fact]
    public void Target_IsTheDeviceAndItsNewBootloader()
    {
        var device = SyntheticImage.TuyaNDevice();
        var plan = Plan(device.Dump(0x400000), SyntheticImages.ObkN);
        var target = plan.Target!;

        Assert.Equal((BekenChip.BK7231N, BekenChip.BK7231N, true, 0x400000L), (target.Chip, target.FirmwareChip, target.KeepsBootloader,
            target.FlashLength));
        Assert.Equal((SyntheticKey.Tuya.ToKey(), FirmwareFlavor.OpenBeken), (target.Key, target.App.Flavor));
        byte[] plain = target.DecipherBootloader();
        // 0x11000 bytes are 2048 pages of 32.
        Assert.Equal(0x10000, plain.Length);
        BytesAssert(device.PlainBootloader(), plain, 0, 0x100);
        BytesAssert(device.PlainBootloader(), plain, 0x200, 0x2000);
        Assert.Equal(FlashImage.Parse(device.Dump(0x400000)).Bytes.ToArray(), plan.Factory!.Bytes.ToArray());
        Assert.False(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options =>
            options.ReplaceBootloader = true)).Target!.KeepsBootloader);
    }

    [Fact]
    public void Bootloader_AskedForByName_SaysWhatWasMadeOfIt()
    {
        var same = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options => options.ReplaceBootloader = true));
        Assert.Equal("bootloader 0..11000 Firmware new.bin@0: asked for by name", Line(same.Regions[0]));
        var other = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkM, Named(options => options.ReplaceBootloader = true));
        Assert.Equal("bootloader 0..11000 Built new.bin@0: asked for by name; enciphered with the device's key", Line(other.Regions[0]));
        var table = Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, Named(options =>
            options.PartitionTable = PartitionTableChoice.Firmware));
        Assert.Equal("bootloader 0..11000 Built old.bin@0: the device's own bootloader stays, byte for byte, but for its partition " +
            "table: rewritten for the firmware's layout, as was asked for", Line(table.Regions[0]));
        // The old table had the app end at 0x132000, its header before that.
        Assert.Contains("unused 129f70..132000 Erased: left over from a longer app", Regions(table));
        var fits = Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, Named(options =>
            options.PartitionTable = PartitionTableChoice.Firmware));
        Assert.Equal(OwnBootloader, Line(fits.Regions[0]));
        byte[] lost = SyntheticImages.TuyaN;
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        var given = Plan(lost, SyntheticImages.ObkN, Named(options => (options.Bootloader,
            options.BootloaderName) = (FlashImage.Parse(SyntheticImages.ObkN), "boot.bin")));
        Assert.Equal("bootloader 0..11000 Firmware boot.bin@0: asked for by name", Line(given.Regions[0]));
        var record = new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Uascent) };
        var renewed = Plan(SyntheticImages.TuyaN, record.Qio(), Named(options => options.ReplaceBootloader = true));
        Assert.Equal("bootloader 0..11000 Built new.bin@0: asked for by name; stores the device's key now", Line(renewed.Regions[0]));
    }

    // A table that differs in one number alone is another one.
    [Theory]
    [InlineData(0x12A000u, 0xA6000u, false)]
    [InlineData(0x12A000u, 0xA0000u, true)]
    [InlineData(0x12B000u, 0xA5000u, true)]
    [InlineData(0x12B000u, 0xA6000u, true)]
    public void Table_ThatDiffersInOneNumber_IsRewritten(uint offset, uint length, bool isRewritten)
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", offset, length, false),
        ];
        // Calibration behind download, wherever that ends.
        byte[] device = new SyntheticImage { Table = table }.WithRf(0x1E0000).Dump();

        var plan = Plan(device, SyntheticImages.ObkN, Named(options => options.PartitionTable = PartitionTableChoice.Firmware));

        Assert.Equal(isRewritten ? RegionOrigin.Built : RegionOrigin.Factory, plan.Regions[0].Origin);
        Assert.Equal(0x12A000u, plan.ToImage().Fal!.Find("download")!.Offset);
        Assert.Equal(0xA6000u, plan.ToImage().Fal!.Find("download")!.Length);
    }

    [Fact]
    public void LittleFs_OfTheDevice_KeepsTheAppOutOfIt()
    {
        byte[] files = LittleFsWriter.Create(0x8000, [LittleFsEntry.File("autoexec.bat", "startDriver NTP"u8.ToArray())]);
        byte[] device = SyntheticImage.ObkNFirmware(seed: 30).WithRf(0x1D0000).With(0x1C8000, files).Dump();

        var plan = Plan(device, SyntheticImages.ObkN);

        Assert.Equal([new FlashRange(0x1C8000, 0x8000)], plan.KeptFiles);
        Assert.Contains("littlefs 1c8000..1d0000 Factory old.bin@1c8000: stays as it is on the device", Regions(plan));
        // A large one reaches into the app's partition of the SDK's table: the refusal is about the files, not about the firmware.
        byte[] large = LittleFsWriter.Create(0xA5000, [LittleFsEntry.File("autoexec.bat", "startDriver NTP"u8.ToArray())]);
        byte[] full = new SyntheticImage { Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x5000,
            SyntheticImage.ObkN) }
            .WithRf(0x1D0000).With(0x12B000, large).Dump();
        PlanLines.Refused(Plan(full, SyntheticImages.ObkM), "RegionsOverlap littlefs @12b000", "save its files, then let it be erased");
    }
}
