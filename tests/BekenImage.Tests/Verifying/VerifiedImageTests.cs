using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Verifying.CheckLines;

namespace BekenImage.Tests.Verifying;

/// <summary>Which checks are made, in which order, and what each says of damage; the layouts are those of the format notes.</summary>
public class VerifiedImageTests
{
    private const int App = 0x11000;
    private const int Page = 34;

    // The N layout: 0x108700 logical bytes behind 0x11000, the header in the last three pages.
    private const int Header = 0x129F0A;

    private static VerifyResult Verify(byte[] bytes, FlashImageOptions? options = null) => ImageVerifier.Verify(FlashImage.Parse(bytes,
        options));

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
            "complete Pass Truncated", "rf-table Pass RfNotATable @1d0000", "rf-mac Pass RfMacPlaceholder",
                "rf-calibrated Pass RfUncalibrated @1d0000",
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
    [InlineData("no header", "app-header Warn RblHeaderMissing @129f0a", "has no RBL header where this bootloader looks for one",
        "started all the same")]
    [InlineData("header crc", "app-header Warn RblHeaderCrc @129f0a", "the CRC of the app's RBL header is wrong", "started all the same")]
    [InlineData("header elsewhere", "app-header Warn RblHeaderMissing @29e70", "lies at 0x29e70, this bootloader looks at 0x129f0a", "")]
    [InlineData("two headers elsewhere", "app-header Warn RblHeaderMissing @29e70", "lies at 0x29e70", "")]
    [InlineData("header off grid", "app-header Warn RblHeaderOffGrid @29e81",
        "lies at 0x29e81, off the page grid, this bootloader looks at 0x129f0a", "started all the same")]
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
            case "package header": PlainFormats.Pages(PlainFormats.Header(device.App, "app", "-o", 1, algorithm: 0x102)).CopyTo(flash,
                Header); break;
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
        Says(Verify(SyntheticArmino.DeviceBK7236(SyntheticPrograms.Noise(0x9000, 4))), "app-vectors Fail KeyUnknown @11000",
            "there are no ARM vectors");
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
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0x150000, 0x8000, false), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, 0x108700, false),
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
        Says(result, $"{name} Fail {(isApp ? "AppMissing" : "BootloaderMissing")} @0",
            "ARM vectors under key tuya, but without page CRCs; flash holds 34-byte pages");
        string other = isApp ? "bootloader-vectors" : "app-vectors";
        Assert.Contains(isApp ? "no bootloader in pages" : "no app in pages", Named(result, other).Message, StringComparison.Ordinal);
        foreach (string pages in new[] { "bootloader-pages", "app-pages" })
            Says(result, pages + " Skipped BadPage", "there are no pages to check");
        Says(result, "origin Skipped Rotated", "no read of a chip from its beginning");
        Says(result, "same-family Skipped ChipsDisagree", isApp
            ? "the bootloader does not tell its chip" : "there is no app whose chip could be read");
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
}
