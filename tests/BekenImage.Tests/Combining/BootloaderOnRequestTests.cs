using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>Bootloaders and partition tables that were asked for by name, and update packages as firmware; judged by the boot simulator.</summary>
public class BootloaderOnRequestTests
{
    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null, FlashImageOptions? reading = null) =>
        new ImageCombiner(FlashImage.Parse(factory, reading), FlashImage.Parse(firmware), options).Plan();

    private static byte[] Build(CombinePlan plan)
    {
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        CombineAssert.RegionsCoverOnce(plan);
        return plan.ToArray();
    }

    private static SyntheticKey KeyOf(string name) => name == "custom" ? SyntheticKey.Custom : SyntheticImages.ToSynthetic(name);

    /// <summary>The header of the bootloader itself: where its container ends, CRC and hash of what is stored.</summary>
    private static void AssertBootloaderHeader(byte[] image, int end)
    {
        byte[] header = PlainFormats.Strip(image.AsSpan(end - PlainFormats.HeaderPages, PlainFormats.HeaderPages), out int wrong);
        Assert.Equal(0, wrong);
        int raw = (int)PlainFormats.Word(header, 0x54);
        byte[] stored = PlainFormats.Strip(image.AsSpan(0, (raw + 31) / 32 * 34), out wrong).AsSpan(0, raw).ToArray();
        Assert.Equal(0, wrong);
        byte[] expected = PlainFormats.Header(stored, "bootloader", "x", 0);
        Assert.Equal(expected.AsSpan(0x4C, 0x10).ToArray(), header.AsSpan(0x4C, 0x10).ToArray());
        Assert.Equal(PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()), PlainFormats.Word(header, 0x5C));
    }

    // ---- --replace-bootloader --------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("tuya", "zero")]
    [InlineData("tuya", "uascent")]
    [InlineData("tuya", "custom")]
    [InlineData("zero", "tuya")]
    [InlineData("uascent", "tuya")]
    public void ReplaceBootloader_AcrossKeys_BootsUnderTheDevicesKey(string firmwareKey, string deviceKey)
    {
        var key = KeyOf(deviceKey);
        var device = SyntheticImage.TuyaNDevice(key);
        var firmware = SyntheticImage.ObkNFirmware(KeyOf(firmwareKey));
        var options = new CombineOptions { ReplaceBootloader = true, Key = key.ToKey(), Chip = BekenChip.BK7231N };
        var reading = new FlashImageOptions { Key = key.ToKey() };

        byte[] image = Build(Plan(device.Dump(), firmware.Qio(), options, reading));

        var boot = BootSimulator.Run(image, key);
        boot.AssertBoots();
        BytesAssert.Equal(firmware.App, boot.App);
        AssertBootloaderHeader(image, 0x11000);
        Assert.Contains(Plan(device.Dump(), firmware.Qio(), options, reading).Regions, region => region is { Name: "bootloader", Origin: RegionOrigin.Built });
        BytesAssert.Equal(image, Build(Plan(image, firmware.Qio(), options, reading)));
    }

    // ---- --bootloader FILE -------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("plain")]
    [InlineData("enciphered")]
    [InlineData("other key")]
    [InlineData("qio")]
    [InlineData("qio of another key")]
    [InlineData("piece")]
    public void Bootloader_FileOfEveryForm_BootsADumpThatLostIts(string form)
    {
        var device = SyntheticImage.TuyaNDevice();
        byte[] factory = device.Dump();
        factory.AsSpan(0, 0x11000).Fill(0xFF);
        byte[] file = form switch
        {
            "plain" => device.PlainBootloader(),
            "enciphered" => device.StoredBootloader(),
            "other key" => SyntheticImage.ObkNFirmware(SyntheticKey.Uascent).StoredBootloader(),
            "qio" => SyntheticImages.ObkN,
            "qio of another key" => SyntheticImages.ObkM,
            _ => device.BootContainer(),
        };
        var options = new CombineOptions { Bootloader = FlashImage.Parse(file) };

        byte[] image = Build(Plan(factory, SyntheticImages.ObkM, options));

        var boot = BootSimulator.Run(image, SyntheticKey.Tuya);
        boot.AssertBoots();
        BytesAssert.Equal(SyntheticImage.ObkNFirmware().App, boot.App);
        AssertBootloaderHeader(image, 0x11000);
        // The device has one now: a second one is refused.
        CombineAssert.Refused(Plan(image, SyntheticImages.ObkM, options), FindingCode.BootloaderProtected);
        BytesAssert.Equal(image, Build(Plan(image, SyntheticImages.ObkM)));
    }

    [Fact]
    public void Bootloader_OfAnotherFamily_IsRefusedInEveryForm()
    {
        byte[] factory = SyntheticImages.TuyaN;
        factory.AsSpan(0, 0x11000).Fill(0xFF);
        var t = SyntheticImage.ObkTFirmware();
        foreach (byte[] file in new[] { t.PlainBootloader(), t.StoredBootloader(), t.BootContainer() })
            CombineAssert.Refused(Plan(factory, SyntheticImages.ObkN, new CombineOptions { Bootloader = FlashImage.Parse(file) }), FindingCode.ChipsDiffer);
        foreach (byte[] file in new[] { [], t.App, SyntheticPrograms.Noise(0x3000, 1) })
            CombineAssert.Refused(Plan(factory, SyntheticImages.ObkN, new CombineOptions { Bootloader = FlashImage.Parse(file) }), FindingCode.BootloaderMissing);
    }

    // ---- --partition-table firmware ----------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("qio")]
    [InlineData("ua")]
    [InlineData("plain")]
    [InlineData("package")]
    public void PartitionTable_OfTheFirmware_CuresUpdatesOnADreo(string form)
    {
        var firmware = SyntheticImage.ObkNFirmware();
        byte[] file = form switch
        {
            "qio" => firmware.Qio(), "ua" => firmware.Ua(), "plain" => firmware.App, _ => OtaWriter.Pack(firmware.App),
        };
        Assert.Contains(Plan(SyntheticImages.Dreo, file).Findings, finding => finding.Code == FindingCode.UpdateAddressesDiffer);
        var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware };

        var plan = Plan(SyntheticImages.Dreo, file, options);
        byte[] image = Build(plan);

        Assert.DoesNotContain(plan.Findings, finding => finding.Code == FindingCode.UpdateAddressesDiffer);
        var boot = BootSimulator.Run(image, SyntheticKey.Zero);
        boot.AssertBoots();
        BytesAssert.Equal(firmware.App, boot.App);
        Assert.Equal(0x129F0A, boot.HeaderOffset);
        AssertBootloaderHeader(image, 0xFF00);
        var fal = FlashImage.Parse(image).Fal!;
        Assert.Equal((0x12A000L, 0x129F70L), ((long)fal.Find("download")!.Offset, fal.Find("app")!.PhysicalRange.End));
        Assert.Equal(["download", "app", "bootloader"], fal.Partitions.Select(partition => partition.Name).ToArray());
        Assert.DoesNotContain(FlashImage.Parse(image).Findings, finding => finding.Severity == FindingSeverity.Error);
        BytesAssert.Equal(image, Build(Plan(image, file, options)));
        BytesAssert.Equal(image, Build(Plan(image, file)));
    }

    [Fact]
    public void PartitionTable_ThatFitsAlready_ChangesNothingButWhereItMust()
    {
        var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware };
        foreach (var (device, firmware) in new[] { (SyntheticImages.TuyaN, SyntheticImages.ObkN), (SyntheticImages.TuyaT, SyntheticImages.ObkT) })
        {
            byte[] image = Build(Plan(device, firmware, options));
            BytesAssert.Equal(Build(Plan(device, firmware)), image);
            BytesAssert.Equal(device.AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));
        }
    }

    [Fact]
    public void PartitionTable_OfAFirmwareOfUnknownLayout_IsRefused()
    {
        byte[] app = SyntheticPrograms.App(0x5000, "nobody's firmware", nMarker: false, seed: 8);
        var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware };

        // The marker of BK7231N would make it an SDK's; without a marker only the chip is said.
        CombineAssert.Refused(
            Plan(SyntheticImages.TuyaT, app, new CombineOptions { PartitionTable = PartitionTableChoice.Firmware, Chip = BekenChip.BK7231T }), FindingCode.AddressUnknown);
        Assert.True(Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, options).CanBuild);
    }

    [Fact]
    public void PartitionTable_WithReplaceBootloader_TakesTheNewOnesTable()
    {
        var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware, ReplaceBootloader = true };

        byte[] image = Build(Plan(SyntheticImages.Dreo, SyntheticImages.ObkN, options));

        BootSimulator.Run(image, SyntheticKey.Zero).AssertBoots();
        AssertBootloaderHeader(image, 0x11000);
        Assert.Equal(0x12A000L, FlashImage.Parse(image).Fal!.Find("download")!.Offset);
    }

    [Fact]
    public void RealDreo_WithTheFirmwaresTable_Boots()
    {
        byte[] factory = Corpus.Read("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin");
        byte[] firmware = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        foreach (bool replace in new[] { false, true })
        {
            var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware, ReplaceBootloader = replace };

            byte[] image = Build(Plan(factory, firmware, options));

            var boot = BootSimulator.Run(image, SyntheticKey.Zero);
            boot.AssertBoots();
            Assert.Equal(0x129F0A, boot.HeaderOffset);
            AssertBootloaderHeader(image, replace ? 0x11000 : 0xF000 + 0xF00);
            BytesAssert.Equal(image, Build(Plan(image, firmware, options)));
        }
    }

    // ---- update packages as firmware ---------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(RblCompression.None, false)]
    [InlineData(RblCompression.None, true)]
    [InlineData(RblCompression.Gzip, false)]
    [InlineData(RblCompression.Gzip, true)]
    [InlineData(RblCompression.QuickLz, false)]
    [InlineData(RblCompression.QuickLz, true)]
    [InlineData(RblCompression.FastLz, false)]
    [InlineData(RblCompression.FastLz, true)]
    public void Package_AsFirmware_GivesWhatItsQioGives(RblCompression compression, bool aes)
    {
        var firmware = SyntheticImage.ObkNFirmware();
        byte[] package = OtaWriter.Pack(firmware.App, new OtaPackOptions
        {
            Compression = compression, Encryption = aes ? RblEncryption.Aes256 : RblEncryption.None,
            Version = firmware.AppVersion, Timestamp = SyntheticImage.AppTimestamp,
        });

        foreach (byte[] device in new[] { SyntheticImages.TuyaN, SyntheticImages.Dreo })
        {
            byte[] expected = Build(Plan(device, firmware.Qio()));
            BytesAssert.Equal(expected, Build(Plan(device, package)));
            BytesAssert.Equal(expected, Build(Plan(device, UgWriter.Pack(package, "1.0.0"))));
        }
    }

    [Fact]
    public void Package_UnderTheDevicesOwnKey_OpensAndUnderAnother_IsRefused()
    {
        const string key = "5AC0EE0B2379005E3F52CCA49B2D741D", iv = "8BCC2EF2EDEC53C7";
        var device = new SyntheticImage { Boot = SyntheticBoot.N with { Texts = ["BK7231N_1.0.1", "\0\0\0" + iv + "\0" + key] } }.WithRf(0x1D0000);
        byte[] app = SyntheticImage.ObkNFirmware().App;
        byte[] own = OtaWriter.Pack(app, new OtaPackOptions { Key = new OtaKey(key, iv) });
        byte[] foreign = OtaWriter.Pack(app, new OtaPackOptions { Key = new OtaKey("12345678901234567890123456789012", "1234567890123456") });

        BootSimulator.Run(Build(Plan(device.Dump(), own)), SyntheticKey.Tuya).AssertBoots();
        BootSimulator.Run(Build(Plan(device.Dump(), OtaWriter.Pack(app))), SyntheticKey.Tuya).AssertBoots();
        CombineAssert.Refused(Plan(device.Dump(), foreign), FindingCode.OtaWrongKey);
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, own), FindingCode.OtaWrongKey);
    }

    [Theory]
    [InlineData("cut", FindingCode.OtaTruncated)]
    [InlineData("flipped", FindingCode.RblPayloadCrc)]
    [InlineData("no app", FindingCode.AppMissing)]
    [InlineData("enciphered app", FindingCode.AppMissing)]
    [InlineData("pages", FindingCode.PackageNotPlain)]
    [InlineData("header", FindingCode.WrongKind)]
    public void Package_Damaged_IsRefused(string damage, FindingCode code)
    {
        byte[] app = SyntheticImage.ObkNFirmware().App;
        byte[] package = OtaWriter.Pack(damage switch
        {
            "no app" => SyntheticPrograms.Noise(0x4000, 5),
            "enciphered app" => SyntheticImage.ObkNFirmware().StoredApp(),
            "pages" => PlainFormats.Pages(app),
            _ => app,
        });
        switch (damage)
        {
            case "cut":
                package = package.AsSpan(0, package.Length - 16).ToArray();
                break;
            case "flipped":
                package[package.Length / 2] ^= 4;
                break;
            case "header":
                package = package.AsSpan(0, 95).ToArray();
                break;
        }
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, package), code);
    }
}
