using BekenImage.Formats.Download;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Verifying.CheckLines;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Verifying;

/// <summary>Where a read begins and ends, and whether it is a backup.</summary>
public class VerifiedReadTests
{
    private const int App = 0x11000;
    private const int Page = 34;

    private static VerifyResult Verify(byte[] bytes) => ImageVerifier.Verify(FlashImage.Parse(bytes));

    private static SyntheticImage Sound() =>
        new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Tuya) }.WithRf(0x1D0000);

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

    /// <summary>Calibration where no firmware looks proves no place; a file as long as a chip that begins with an app has no bootloader anyhow.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FileOfAChipsLength_ThatBeginsWithAnApp_IsNoBackup(bool hasPages)
    {
        var device = Sound();
        byte[] app = hasPages ? device.AppPages() : device.App;
        byte[] bytes = new byte[0x200000];
        bytes.AsSpan().Fill(0xFF);
        app.CopyTo(bytes, 0);
        device.Dump().AsSpan(0x1D0000, 0x1000).CopyTo(bytes.AsSpan(0x1A0000));

        var result = Verify(bytes);

        Assert.Equal(CheckStatus.Fail, Named(result, "bootloader-vectors").Status);
        Assert.Contains(result.BackupChecks, check => check.Name == "bootloader-vectors");
        Assert.Equal((false, false), (result.Boots, result.Backup));
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

        Says(Verify([.. dump, .. dump]), "complete Warn Doubled @200000", "0x400000 bytes of 0x200000, the same again");
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
}
