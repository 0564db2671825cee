using BekenImage.Formats.Download;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Verifying.CheckLines;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Verifying;

/// <summary>Which checks are made of which image, in which order, and what each says; the layouts are those of the format notes.</summary>
public class VerifiedImageTests
{
    private const int App = 0x11000;
    private const int Page = 34;

    // The N layout: 0x108700 logical bytes behind 0x11000, the header in the last three pages.
    private const int Header = 0x129F0A;

    private static VerifyResult Verify(byte[] bytes, FlashImageOptions? options = null) => ImageVerifier.Verify(FlashImage.Parse(bytes, options));

    private static SyntheticImage Sound() =>
        new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Tuya) }.WithRf(0x1D0000);

    [Fact]
    public void Device_IsAskedInTheOrderOfTheBoot()
    {
        var result = Verify(Sound().Dump());

        Assert.Equal(
        [
            "bootloader-vectors Pass BootloaderMissing @0", "bootloader-pages Pass BadPage @0", "app-vectors Pass AppMissing @11000",
            "same-key Pass KeysDiffer", "stored-key Pass StoredKeyDiffers @0", "same-family Pass ChipsDisagree @11000",
            "app-pages Pass BadPage @11000", "app-header Pass RblPayloadHash @129f0a", "staged-package Pass PackageStaged",
            "origin Pass Rotated @0",
        ], Lines(result.BootChecks));
        Assert.Equal(
        [
            "bootloader-pages Pass BadPage @0", "app-pages Pass BadPage @11000", "origin Pass Rotated @0", "not-blank Pass Blank",
            "complete Pass Truncated", "rf-table Pass RfNotATable @1d0000", "rf-mac Pass RfMacPlaceholder", "rf-calibrated Pass RfUncalibrated @1d0000",
        ], Lines(result.BackupChecks));
        // What counts for both stands once.
        Assert.Equal(15, result.Checks.Count);
        Assert.Equal(Lines(result.BootChecks), Lines(result.Checks.Take(10)));
        Assert.False(result.HasWarnings);
        Assert.Equal("boots: yes, bootloader accepts: yes, backup: yes", result.ToString());
        // 0x9A75 bytes of code are 1236 pages of 32.
        Says(result, "app-pages Pass BadPage @11000", "all 1236 pages in use are sound");
        Says(result, "bootloader-vectors Pass BootloaderMissing @0", "ARM vectors under key tuya");
        Says(result, "complete Pass Truncated", "the whole chip: 0x200000 bytes");
        Assert.StartsWith("Pass ", result.Checks[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("bootloader-vectors: ARM vectors", result.Checks[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Firmware_IsNoBackupAndIsNotAskedForOne()
    {
        var result = Verify(Sound().Qio());

        Assert.Equal((true, true, null), (result.Boots, result.BootloaderAccepts, result.Backup));
        Assert.Empty(result.BackupChecks);
        Assert.Equal(result.BootChecks, result.Checks);
        Assert.Equal("boots: yes, bootloader accepts: yes, backup: n/a", result.ToString());
    }

    [Fact]
    public void Warning_AmongManyThatPass_IsSaid()
    {
        var result = Verify(Sound().WithPackage().Dump());

        Assert.True(result.HasWarnings);
        Says(result, "staged-package Warn PackageStaged @12a000", "lies in the download partition");
        Assert.Equal("boots: yes, bootloader accepts: yes, backup: yes", result.ToString());
    }

    [Theory]
    [InlineData("bootloader page", "bootloader-pages Fail BadPage @d48", "1 of the ", "has a wrong CRC, the first is page 100")]
    [InlineData("app page", "app-pages Fail BadPage @12a90", "1 of the 1236 pages in use has a wrong CRC, the first is page 200", "")]
    [InlineData("two app pages", "app-pages Fail BadPage @12a90", "2 of the 1236 pages in use have a wrong CRC, the first is page 200", "")]
    [InlineData("app page erased", "app-pages Fail BadPage @11000", "1 of the 1236 pages in use is erased", "")]
    [InlineData("last app page", "app-pages Fail BadPage @1b406", "1 of the 1236 pages in use has a wrong CRC, the first is page 1235", "")]
    [InlineData("app changed", "app-header Fail RblPayloadHash @129f0a", "does not give the hash", "")]
    [InlineData("payload crc", "app-header Fail RblPayloadCrc @129f0a", "does not give the CRC", "")]
    [InlineData("no header", "app-header Warn RblHeaderMissing @129f0a", "has no RBL header where this bootloader looks for one", "started all the same")]
    [InlineData("header crc", "app-header Warn RblHeaderCrc @129f0a", "the CRC of the app's RBL header is wrong", "started all the same")]
    [InlineData("header elsewhere", "app-header Warn RblHeaderMissing @29e70", "lies at 0x29e70, this bootloader looks at 0x129f0a", "")]
    [InlineData("two headers elsewhere", "app-header Warn RblHeaderMissing @29e70", "lies at 0x29e70", "")]
    [InlineData("header off grid", "app-header Warn RblHeaderOffGrid @29e81", "lies at 0x29e81, off the page grid, this bootloader looks at 0x129f0a", "started all the same")]
    [InlineData("package in its place", "app-header Warn RblHeaderMissing @129f0a", "has no RBL header where", "")]
    [InlineData("package in the app", "app-header Warn RblHeaderMissing @129f0a", "has no RBL header where", "")]
    [InlineData("package header", "app-header Warn RblHeaderOfPackage @129f0a", "that of the update package it came in", "")]
    [InlineData("other key", "same-key Fail KeysDiffer @11000", "different keys", "")]
    [InlineData("app erased", "app-vectors Fail AppMissing @11000", "there is no app in pages in this image", "")]
    [InlineData("no vectors", "app-vectors Fail KeyUnknown @11000", "no known key gives ARM vectors", "")]
    [InlineData("other key", "app-vectors Pass AppMissing @11000", "ARM vectors under key zero", "")]
    [InlineData("no rf", "rf-table Fail RfNotATable", "there is no RF table", "")]
    [InlineData("rf mac", "rf-mac Warn RfMacInvalid @1d0024", "", "")]
    public void Damage_IsNamedWhereItIs(string damage, string line, string words, string more)
    {
        var result = Verify(Damaged(damage));

        Says(result, line, words);
        Says(result, line, more);
        if (line.StartsWith("app-header", StringComparison.Ordinal))
            Assert.Equal(damage == "package header", result.BootloaderAccepts);
    }

    private static byte[] Damaged(string damage)
    {
        var device = Sound();
        byte[] flash = damage switch
        {
            "other key" => SyntheticImage.TuyaNDevice(SyntheticKey.Tuya).Dump(),
            _ => device.Dump(),
        };
        byte[] header = PlainFormats.Header(device.StoredApp(), "app", "1.00", 1);
        switch (damage)
        {
            case "bootloader page": flash[Page * 100 + 5] ^= 1; break;
            case "app page": flash[App + Page * 200 + 5] ^= 1; break;
            case "two app pages":
                flash[App + Page * 200 + 5] ^= 1;
                flash[App + Page * 201 + 5] ^= 1;
                break;
            case "app page erased": flash.AsSpan(App + Page * 200, Page).Fill(0xFF); break;
            case "last app page": flash[App + Page * 1235] ^= 1; break;
            case "app changed": PlainFormats.Pages(new byte[32]).CopyTo(flash, App + Page * 200); break;
            case "payload crc":
                header[0x4C] ^= 1;
                PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
                PlainFormats.Pages(header).CopyTo(flash, Header);
                break;
            case "no header": flash.AsSpan(Header, 102).Fill(0xFF); break;
            case "header crc":
                header[0x5C] ^= 1;
                PlainFormats.Pages(header).CopyTo(flash, Header);
                break;
            case "header elsewhere":
                flash.AsSpan(Header, 102).Fill(0xFF);
                PlainFormats.Pages(header).CopyTo(flash, App + Page * 3000);
                break;
            case "two headers elsewhere":
                flash.AsSpan(Header, 102).Fill(0xFF);
                PlainFormats.Pages(header).CopyTo(flash, App + Page * 3000);
                PlainFormats.Pages(header).CopyTo(flash, App + Page * 3100);
                break;
            case "header off grid":
                flash.AsSpan(Header, 102).Fill(0xFF);
                PlainFormats.Pages(header).CopyTo(flash, App + Page * 3000 + 17);
                break;
            case "package in its place":
                flash.AsSpan(Header, 102).Fill(0xFF);
                PlainFormats.UpdatePackage(device.App).CopyTo(flash, Header);
                break;
            // As many bytes behind the app's start as its header would be in a read without page CRCs.
            case "package in the app":
                flash.AsSpan(Header, 102).Fill(0xFF);
                PlainFormats.UpdatePackage(device.App).CopyTo(flash, App + 0x1086A0);
                break;
            case "package header": PlainFormats.Pages(PlainFormats.Header(device.App, "app", "-o", 1, algorithm: 0x102)).CopyTo(flash, Header); break;
            case "other key": SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Ua().CopyTo(flash, App); break;
            case "app erased": flash.AsSpan(App, 0x12A000 - App).Fill(0xFF); break;
            case "no vectors": PlainFormats.Pages(SyntheticPrograms.Noise(64, 4)).CopyTo(flash, App); break;
            case "no rf": flash.AsSpan(0x1D0000, 0x1000).Fill(0xFF); break;
            case "rf mac": flash[0x1D0024] = 0x03; break;
        }
        return flash;
    }

    // ---- vectors and keys --------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Key_ThatIsNotTheImages_IsTheReasonGiven()
    {
        byte[] dump = new SyntheticImage { Key = SyntheticKey.Custom }.WithRf(0x1D0000).Dump();

        var wrong = Verify(dump, new FlashImageOptions { Key = SyntheticKey.Tuya.ToKey() });
        Says(wrong, "bootloader-vectors Fail KeyUnknown @0", "the given key gives no ARM vectors");
        Says(wrong, "app-vectors Fail KeyUnknown @11000", "the given key gives no ARM vectors");
        var none = Verify(dump);
        Says(none, "bootloader-vectors Fail KeyUnknown @0", "no known key gives ARM vectors");
        Says(none, "same-key Skipped KeysDiffer", "one of the two keys is not known");
        Assert.Equal("stored-key Skipped StoredKeyDiffers", Line(Named(none, "stored-key")));
        Says(none, "same-family Skipped ChipsDisagree", "the bootloader does not tell its chip, or there is none");
    }

    [Fact]
    public void Program_WithoutVectors_IsToldWhetherAKeyIsMissing()
    {
        // The newer chips have no key: there is nothing to give.
        Says(Verify(SyntheticArmino.DeviceBK7236(SyntheticPrograms.Noise(0x9000, 4))), "app-vectors Fail KeyUnknown @11000", "there are no ARM vectors");
        // The key that was given is the bootloader's, and not the app's.
        byte[] flash = new SyntheticImage { Key = SyntheticKey.Custom }.WithRf(0x1D0000).Dump();
        PlainFormats.Pages(SyntheticPrograms.Noise(64, 4)).CopyTo(flash, App);
        var given = Verify(flash, new FlashImageOptions { Key = SyntheticKey.Custom.ToKey() });
        Says(given, "bootloader-vectors Pass BootloaderMissing @0", "ARM vectors under key");
        Says(given, "app-vectors Fail KeyUnknown @11000", "the given key gives no ARM vectors");
    }

    // One page is enough to be there, and none is not.
    [Fact]
    public void Program_OfOnePage_IsAsked()
    {
        byte[] flash = Sound().Dump();
        flash.AsSpan(App + Page, 0x12A000 - App - Page).Fill(0xFF);

        var result = Verify(flash);

        Says(result, "app-vectors Pass AppMissing @11000", "ARM vectors under key tuya");
        Says(result, "app-pages Pass BadPage @11000", "all 1 pages in use are sound");
        var none = Verify(Damaged("app erased"));
        Says(none, "app-pages Skipped BadPage", "there are no pages to check");
    }

    [Fact]
    public void Bootloader_ThatItsTableHasElsewhere_IsNotThere()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0x150000, 0x8000, false), .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0x20000, false),
        ];

        var result = Verify(new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump());

        Says(result, "bootloader-vectors Fail BootloaderMissing @165000", "there is no bootloader in pages");
        Says(result, "bootloader-pages Skipped BadPage", "there are no pages to check");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void File_WithoutPages_IsToldThatFlashHoldsPages(bool isApp)
    {
        var firmware = SyntheticImage.ObkNFirmware();
        var result = Verify(isApp ? firmware.StoredApp() : firmware.StoredBootloader());

        Assert.False(result.Boots);
        Assert.Null(result.Backup);
        string name = isApp ? "app-vectors" : "bootloader-vectors";
        Says(result, $"{name} Fail {(isApp ? "AppMissing" : "BootloaderMissing")} @0", "ARM vectors under key tuya, but without page CRCs; flash holds 34-byte pages");
        string other = isApp ? "bootloader-vectors" : "app-vectors";
        Assert.Contains(isApp ? "no bootloader in pages" : "no app in pages", Named(result, other).Message, StringComparison.Ordinal);
        foreach (string pages in new[] { "bootloader-pages", "app-pages" })
            Says(result, pages + " Skipped BadPage", "there are no pages to check");
        Says(result, "origin Skipped Rotated", "no read of a chip from its beginning");
        Says(result, "same-family Skipped ChipsDisagree", isApp ? "the bootloader does not tell its chip" : "there is no app whose chip could be read");
    }

    [Fact]
    public void App_PackedForItsPlace_HasNoBootloader()
    {
        var result = Verify(SyntheticImage.ObkNFirmware().Ua());

        Says(result, "bootloader-vectors Fail BootloaderMissing", "there is no bootloader in pages in this image");
        Says(result, "app-vectors Pass AppMissing @0", "ARM vectors under key tuya");
        Says(result, "app-pages Pass BadPage @0", "sound");
        Says(result, "app-header Skipped FalMissing", "no partition table");
        Assert.Equal((false, null, null), (result.Boots, result.BootloaderAccepts, result.Backup));
        Assert.Equal("boots: no, bootloader accepts: n/a, backup: n/a", result.ToString());
    }

    // ---- where the read begins ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void Rotated_Read_SaysByHowMuch()
    {
        byte[] dump = SyntheticImages.TuyaN;
        var result = Verify([.. dump.AsSpan(App), .. dump.AsSpan(0, App)]);

        Says(result, "origin Warn Rotated", "the read began at 0x11000 and wrapped around");
        Assert.True(result.Boots);
        Assert.True(result.Backup);
    }

    [Fact]
    public void Read_BehindTheBootloader_IsJudgedWhereItBelongs()
    {
        var result = Verify(Sound().Dump()[App..]);

        Assert.Equal(
        [
            "bootloader-vectors Fail BootloaderMissing", "app-pages Pass BadPage @0", "origin Skipped Rotated", "complete Fail Truncated",
            "rf-table Pass RfNotATable @1bf000", "rf-mac Pass RfMacPlaceholder", "rf-calibrated Pass RfUncalibrated @1bf000",
        ], Lines(result.BackupChecks));
        Assert.False(result.Backup);
        Says(result, "origin Skipped Rotated", "a read of a chip from physical 0x11000 on");
        string whole = Named(result, "complete").Message;
        Assert.Equal(whole, Named(result, "bootloader-vectors").Message);
        var cut = Named(Verify(Sound().Dump()[App..^0x1000]), "complete");
        Assert.StartsWith(whole + "; and ", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BehindTheBootloader_WithoutItsApp_IsStillPlaced()
    {
        byte[] dump = Sound().Dump();
        dump.AsSpan(App, 0x12A000 - App).Fill(0xFF);

        var result = Verify(dump[App..]);

        Assert.Contains("there is no app in pages in this image", Named(result, "app-vectors").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("app in pages", Named(result, "bootloader-vectors").Message, StringComparison.Ordinal);
        Assert.Contains("0x11000", Named(result, "bootloader-vectors").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Device_WithCalibrationWhereNoFirmwareLooks_StillBeginsAtZero() =>
        Says(Verify(new SyntheticImage().WithRf(0x1F0000).Dump()), "origin Pass Rotated @0", "the file begins at physical 0");

    [Fact]
    public void File_ThatIsNothingKnown_IsNoPartOfADump()
    {
        var result = Verify(SyntheticPrograms.Noise(0x3000, 3));

        Says(result, "bootloader-vectors Fail BootloaderMissing", "there is no bootloader in pages in this image");
        Says(result, "origin Skipped Rotated", "no read of a chip from its beginning");
        Assert.Null(result.Backup);
    }

    [Fact]
    public void Read_WithoutItsBootloader_IsJudgedByWhatStandsThere()
    {
        var result = Verify(LostBootloaderTests.Overwrite(SyntheticImages.TuyaN, "app"));

        Says(result, "bootloader-vectors Fail BootloaderMissing @0", "an app stands where the bootloader belongs");
        Says(result, "origin Pass Rotated @0", "the file begins at physical 0");
        Assert.Contains(result.BackupChecks, check => check.Name == "bootloader-vectors");
        Assert.DoesNotContain(result.BackupChecks, check => check.Name is "app-vectors" or "app-header" or "stored-key");
        Assert.False(result.Backup);
        // What is left of it is judged as itself.
        var erased = Verify(LostBootloaderTests.Overwrite(SyntheticImages.TuyaN, "erased"));
        Says(erased, "app-vectors Pass AppMissing @11000", "ARM vectors under key tuya");
        Says(erased, "bootloader-vectors Fail BootloaderMissing @0", "erased flash stands");
    }

    [Theory]
    [InlineData(0x1D0000, "Skipped", "")]
    [InlineData(0x1E0000, "Skipped", "")]
    [InlineData(0x55000, "Fail", " @55000")]
    public void Read_ThatBeginsWithNoProgram_IsPlacedByItsCalibration(int rf, string status, string offset)
    {
        // Zeros for programs: neither vectors nor pages.
        byte[] bytes = SyntheticPrograms.Noise(0x200000, 5);
        SyntheticImages.TuyaN.AsSpan(0x1D0000, 0x1000).CopyTo(bytes.AsSpan(rf));

        var result = Verify(bytes);

        var check = Named(result, "origin");
        if (status == "Fail")
        {
            Assert.Equal($"origin {status} Rotated{offset}", Line(check));
            Assert.Contains("calibration lies at 0x55000, where no firmware looks", check.Message, StringComparison.Ordinal);
        }
        else
            Assert.NotEqual(CheckStatus.Fail, check.Status);
    }

    [Theory]
    [InlineData(0x12345, "not in this part of a dump", "not in this part of a dump")]
    [InlineData(0x100000, "not in this part of a dump", "not in this part of a dump")]
    public void Part_OfARead_IsToldThatItIsOne(int start, string vectors, string origin)
    {
        var result = Verify(SyntheticImages.TuyaN[start..]);

        Says(result, "bootloader-vectors Fail BootloaderMissing", vectors);
        Says(result, "app-vectors Fail AppMissing", vectors);
        Says(result, "origin Skipped Rotated", origin);
        Assert.Null(result.Backup);
    }

    [Fact]
    public void Whole_ChipWithoutPrograms_IsNoPart()
    {
        // Data that names its place, and no program: a chip that was never flashed with one that is known.
        byte[] flash = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        SyntheticImages.TuyaN.AsSpan(0x1D0000, 0x1000).CopyTo(flash.AsSpan(0x55000));
        flash[0] = 0x55;

        var result = Verify(flash);

        Says(result, "bootloader-vectors Fail BootloaderMissing", "there is no bootloader in pages in this image");
        Says(result, "app-vectors Fail AppMissing", "there is no app in pages in this image");
        Says(result, "not-blank Pass Blank", "there is content");
        Assert.False(result.Backup);
    }

    // ---- a backup ----------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(0xFF, 0x200000)]
    [InlineData(0x00, 0x200000)]
    [InlineData(0xFF, 0x400000)]
    public void Blank_Chip_IsNoBackup(int value, int length)
    {
        var result = Verify(Enumerable.Repeat((byte)value, length).ToArray());

        Says(result, "not-blank Fail Blank", "every byte is the same");
        Assert.Equal((false, false), (result.Boots, result.Backup));
        Says(result, "origin Skipped Rotated", "no read of a chip from its beginning");
    }

    [Fact]
    public void Chip_OfOneByteThatIsNeither_HasContent() =>
        Says(Verify(Enumerable.Repeat((byte)0x5A, 0x200000).ToArray()), "not-blank Pass Blank", "there is content");

    [Fact]
    public void Doubled_And_Overlong_Reads_AreCompleteWithAWarning()
    {
        byte[] dump = SyntheticImages.TuyaN;

        Says(Verify([.. dump, .. dump]), "complete Warn Doubled", "twice as long as the chip");
        var overlong = Verify([.. dump, .. dump.AsSpan(0, 0x1000)]);
        Says(overlong, "complete Warn Doubled @200000", "went on behind the chip's end: 0x201000 bytes of 0x200000");
        Assert.True(overlong.Backup);
    }

    [Fact]
    public void Cut_Read_SaysWhereItEnds()
    {
        var result = Verify(SyntheticImages.TuyaN[..0x1FF000]);

        Says(result, "complete Fail Truncated @1ff000", "0x1ff000 of the chip's 0x200000");
        Assert.False(result.Backup);
        var inApp = Verify(SyntheticImages.TuyaN[..(App + Page * 500)]);
        Says(inApp, "app-pages Fail Truncated @15268", "500 of its pages are there, up to 33348 are missing");
        Says(inApp, "rf-table Skipped RfNotATable", "there is no RF table in what was read");
    }

    [Fact]
    public void Package_OfAWholeFlash_IsNoBackup()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var result = Verify(made.Package());

        Assert.Null(result.Backup);
        Assert.Empty(result.BackupChecks);
        Says(result, "origin Pass Rotated @0", "the file begins at physical 0");

        // Also one that writes a chip from end to end.
        byte[] flash = made.Flash.AsSpan(0, 0x200000).ToArray();
        byte[] whole = DownloadWriter.Pack(DownloadKind.Bl1, [new DownloadPart(new FlashRange(0, flash.Length), flash)]);
        Assert.Null(Verify(whole).Backup);
        Assert.Empty(Verify(whole).BackupChecks);
    }

    // ---- families ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void App_OfAnotherFamily_Fails()
    {
        byte[] flash = SyntheticImage.TuyaNDevice().Dump();
        SyntheticImage.ObkTFirmware().Ua().CopyTo(flash, App);

        var result = Verify(flash);

        Says(result, "same-family Fail ChipsDisagree @11000", "no chip runs both");
        Assert.False(result.Boots);
    }

    [Theory]
    [InlineData(true, SyntheticImage.TuyaN, "Pass ChipsDisagree @11000", "nothing contradicts that bootloader and app are both for BK7231N")]
    [InlineData(true, SyntheticImage.Sdk, "Pass ChipsDisagree @11000", "nothing contradicts that bootloader and app are both for BK7231N")]
    [InlineData(false, SyntheticImage.Sdk, "Skipped ChipsDisagree", "the app does not name its chip, and nothing in it contradicts")]
    public void Family_OfAnApp_IsToldByItsMarkOrItsTexts(bool isN, string text, string line, string words)
    {
        byte[] flash = new SyntheticImage
        {
            Boot = isN ? SyntheticBoot.N : SyntheticBoot.T, App = SyntheticPrograms.App(0x9A75, text, isN),
        }.Dump();

        Says(Verify(flash), "same-family " + line, words);
    }

    // The mark BK7236 is in the loaders of four chips: beside an app that names another of them it forbids nothing.
    [Theory]
    [InlineData("OpenBK7239N_1.18.300", "Skipped ChipsDisagree", "the app is for BK7239N, and nothing in the two contradicts")]
    [InlineData("OpenBK7236_1.18.300", "Pass ChipsDisagree @11000", "nothing contradicts that bootloader and app are both for BK7236")]
    [InlineData("nothing", "Skipped ChipsDisagree", "the app does not name its chip")]
    public void Family_OfALoaderWhoseMarkIsThatOfSeveral_IsNoContradiction(string text, string line, string words) =>
        Says(Verify(SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0x9001, 6, text))), "same-family " + line, words);

    // ---- Armino ------------------------------------------------------------------------------------------------------------------------

    private static byte[] T5(byte[] app1, int length = 0x800000) => SyntheticArmino.Dump(SyntheticArmino.Linear(
        null, (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5)), (App, SyntheticArmino.App(0x9001, 6, "OpenT5")), (0x121000, app1)), length);

    [Fact]
    public void Armino_HasMoreProgramsAndNoHeader()
    {
        var result = Verify(T5(SyntheticArmino.Program(0x5000, 0x110000, 8)));

        Assert.Equal(
        [
            "bootloader-vectors", "bootloader-pages", "app-vectors", "same-key", "stored-key", "same-family", "app-pages", "app1-pages", "app-header",
            "staged-package", "origin",
        ], result.BootChecks.Select(check => check.Name));
        Says(result, "app1-pages Pass BadPage @121000", "all 640 pages in use are sound");
        Says(result, "app-header Skipped RblHeaderMissing", "the loaders of these chips ask for no RBL header");
        Assert.Null(result.BootloaderAccepts);
        Assert.True(result.Boots);
    }

    [Fact]
    public void Armino_WrongPageOfTheSecondProgram_DoesNotBoot()
    {
        byte[] flash = T5(SyntheticArmino.Program(0x5000, 0x110000, 8));
        flash[0x121000 + 34 * 3] ^= 1;

        var result = Verify(flash);

        Says(result, "app1-pages Fail BadPage @121066", "1 of the 640 pages in use has a wrong CRC, the first is page 3");
        Assert.False(result.Boots);
    }

    [Fact]
    public void Armino_SecondProgramThatIsNotThere_IsNotAsked() =>
        Says(Verify(SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0x9001, 6, "OpenBK7236_1.18.300"))), "app-pages Pass BadPage @11000", "sound");

    // ---- packages and tables -----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("staged", true)]
    [InlineData("header crc", false)]
    [InlineData("elsewhere", false)]
    [InlineData("a header in pages", false)]
    [InlineData("two", true)]
    public void Package_CountsWhereTheBootloaderLooksForIt(string how, bool isStaged)
    {
        byte[] flash = Sound().Dump();
        byte[] package = PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN, seed: 77));
        if (how == "header crc")
            package[0x5C] ^= 1;
        if (how == "a header in pages")
            package = PlainFormats.Pages(PlainFormats.Header(package, "download", "1.00", 1));
        package.CopyTo(flash, how == "elsewhere" ? 0x1E0000 : 0x12A000);
        if (how == "two")
            package.CopyTo(flash, 0x140000);

        var check = Named(Verify(flash), "staged-package");

        Assert.Equal(isStaged ? "staged-package Warn PackageStaged @12a000" : "staged-package Pass PackageStaged", Line(check));
    }

    [Fact]
    public void Table_ADeviceCannotUse_IsSaidWithEveryFault()
    {
        // Both partitions reach beyond 2 MiB, and download lies over the app.
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x129000, 0xA6100, false),
        ];

        var image = FlashImage.Parse(new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump());

        var check = Named(ImageVerifier.Verify(image), "partition-table");
        Assert.Equal(CheckStatus.Warn, check.Status);
        var faults = image.Findings.Where(finding => finding.Code is FindingCode.FalTableUnusual or FindingCode.FalEntryRange).ToArray();
        Assert.Equal(2, faults.Select(finding => finding.Code).Distinct().Count());
        Assert.Equal((faults[0].Code, faults[0].Offset), (check.Code, check.Offset));
        Assert.Contains("overlap", check.Message, StringComparison.Ordinal);
        Assert.Contains("whole sectors", check.Message, StringComparison.Ordinal);
        Assert.Contains("; ", check.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Verify(Sound().Dump()).Checks, other => other.Name == "partition-table");
        // What else is found is not the table's fault.
        byte[] other = new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Uascent) }.Dump();
        Assert.NotEmpty(FlashImage.Parse(other).Findings);
        Assert.DoesNotContain(Verify(other).Checks, found => found.Name == "partition-table");
    }

    [Fact]
    public void Table_WithOneFault_IsSaid()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0xA5F00, false),
        ];

        var check = Named(Verify(new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump()), "partition-table");

        Assert.Equal((CheckStatus.Warn, FindingCode.FalEntryRange), (check.Status, check.Code));
        Assert.DoesNotContain("; ", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loader_OfQ_DoesNotStartAnAppWithoutItsHeader()
    {
        var device = new SyntheticImage
        {
            Boot = SyntheticBoot.Q, Key = SyntheticKey.Zero, HasAppHeader = false, App = SyntheticPrograms.App(0x9A75, SyntheticImage.Sdk, nMarker: false),
        };

        var result = Verify(device.WithRf(0x1E0000).Dump());

        Says(result, $"app-header Warn RblHeaderMissing @{SyntheticLayout.Q.AppHeader:x}", "and does not start it");
        Assert.False(result.BootloaderAccepts);
    }

    [Fact]
    public void Header_OfAReadWithoutPages_IsOffNoGrid()
    {
        // Bootloader and app as the CPU sees them, the header a little before the end of its slot.
        var device = Sound();
        byte[] flash = device.Dump();
        flash.AsSpan(Header, 102).Fill(0xFF);
        byte[] logical = PlainFormats.Strip(flash.AsSpan(0, 0x129F70), out _);
        const int at = 0x10000 + 0x108700 - 0x60 - 0x4010;
        PlainFormats.Header(device.StoredApp(), "app", "1.00", 1).CopyTo(logical, at);

        var check = Named(Verify(logical), "app-header");

        Assert.NotEqual(FindingCode.RblHeaderOffGrid, check.Code);
        Assert.Equal(CheckStatus.Warn, check.Status);
    }

    [Fact]
    public void Header_OfAReadWithoutPages_CountsBeforeOneInPagesBehindIt()
    {
        var device = Sound();
        byte[] logical = PlainFormats.Strip(device.Dump().AsSpan(0, 0x129F70), out _);
        byte[] wrong = PlainFormats.Pages(PlainFormats.Header(new byte[device.App.Length], "app", "1.00", 1));

        var result = Verify([.. logical, .. Enumerable.Repeat((byte)0xFF, Header - logical.Length), .. wrong]);

        Says(result, "app-header Pass RblPayloadHash @1186a0", "where this bootloader looks, and fits");
    }

    // As every build of OpenBeken for BK7231T is closed: in the last three pages before 1 MiB, which are off the grid.
    [Fact]
    public void Header_OffTheGridAsOpenBekenOfTHasIt_IsNamedSo()
    {
        var firmware = SyntheticImage.ObkTFirmware();
        byte[] flash = firmware.WithRf(0x1E0000).Dump();
        flash.AsSpan(firmware.Layout.AppHeader, 102).Fill(0xFF);
        PlainFormats.Pages(PlainFormats.Header(firmware.StoredApp(), "app", "1.00", 1)).CopyTo(flash, 0xFFF9A);

        var result = Verify(flash);

        Says(result, "app-header Warn RblHeaderOffGrid @fff9a", "every build of OpenBeken for BK7231T closes its app there");
    }
}
