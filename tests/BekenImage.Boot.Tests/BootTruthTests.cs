using BekenImage.Boot.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests;

/// <summary>Situations in which a run could say a wrong yes, or a wrong no.</summary>
public class BootTruthTests
{
    private const string Failed = "Verify firmware hash(calc.hash: 1 != hdr.hash: 2) failed on partition 'app'.";

    [Fact]
    public void AppWithADamagedPage_WhichTheLoaderDoesNotLookAt_IsAWarning()
    {
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
        flash[0x11000 + 34 * 100 + 3] ^= 1;

        var report = TinyDevice.Boot(flash);

        Assert.Equal((0x10000, true, BootJudgement.None), (report.Jumped, report.Accepted, report.Judgement));
        var finding = Assert.Single(report.Findings, finding => finding.Code == FindingCode.BootAppUnfit);
        Assert.Equal((FindingSeverity.Warning, 0x11000 + 34 * 100), (finding.Severity, finding.Offset));
        var check = Assert.Single(BootVerifier.Verify(FlashImage.Parse(flash)).Checks, check => check.Name == "bootloader-ran");
        Assert.Equal((CheckStatus.Warn, FindingCode.BootAppUnfit), (check.Status, check.Code));
        Assert.DoesNotContain(TinyDevice.Boot(TinyDevice.Loader()).Findings, finding => finding.Code == FindingCode.BootAppUnfit);
    }

    [Fact]
    public void AppOfAnotherFamily_WhichTheLoaderDoesNotLookAt_IsAWarning()
    {
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
        SyntheticImage.TuyaTDevice().AppPages().CopyTo(flash, 0x11000);

        var report = TinyDevice.Boot(flash);

        Assert.Equal((0x10000, true), (report.Jumped, report.Accepted));
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootAppUnfit);
        Assert.False(BootVerifier.Verify(FlashImage.Parse(flash)).Boots);
    }

    [Fact]
    public void LastWordOfTheLoader_Counts()
    {
        const string success = "Verify 'app' partition(fw ver: 1.00, timestamp: 1) success.";
        var better = TinyDevice.Boot(TinyDevice.Loader($"{Failed}\r\nApp verify failed!\r\n{success}\r\n"));
        Assert.Equal((BootJudgement.Accepted, true, success), (better.Judgement, better.Accepted, better.JudgementLine));
        var worse = TinyDevice.Boot(TinyDevice.Loader($"{success}\r\n{Failed}\r\nApp verify failed!\r\n"));
        Assert.Equal((BootJudgement.Refused, false, Failed), (worse.Judgement, worse.Accepted, worse.JudgementLine));
    }

    [Fact]
    public void RefusalWithoutEnd_IsQuotedShort()
    {
        var loader = new TinyArm().Begin().Print("App verify failed!").Number(TinyArm.R1, 20_000).Label("more").Print("x")
            .SubS(TinyArm.R1, TinyArm.R1, 1).Branch("more", TinyArm.NotEqual).JumpToApp();
        var report = TinyDevice.Boot(loader);
        Assert.Equal((false, BootJudgement.Refused), (report.Accepted, report.Judgement));
        Assert.InRange(report.JudgementLine!.Length, 100, 400);
        Assert.InRange(report.Verdict.Length, 100, 800);
        Assert.True(report.LogBytes.Length > 20_000);
    }

    [Fact]
    public void AppThatFailsItsCheck_IsNoComplaintAboutTheStagedPackage()
    {
        byte[] flash = TinyDevice.Image(TinyDevice.Loader(Failed + "\r\n")).WithPackage().Dump();
        Assert.DoesNotContain(TinyDevice.Boot(flash).Findings, finding => finding.Code == FindingCode.BootUpdateFailed);
        flash = TinyDevice.Image(TinyDevice.Loader(Failed.Replace("'app'", "'download'", StringComparison.Ordinal) + "\r\n")).WithPackage().Dump();
        Assert.Contains(TinyDevice.Boot(flash).Findings, finding => finding.Code == FindingCode.BootUpdateFailed);
    }

    [Theory]
    [InlineData(0x400000)]
    [InlineData(0x3C3C20)]
    [InlineData(0x8000000)]
    public void TableThatPutsTheAppBehindTheFlash_IsNoException(uint offset)
    {
        byte[] flash = WithApp(new TinyArm().Begin().Number(TinyArm.R0, offset).Jump(TinyArm.R0), offset).Dump(0x400000);
        var report = TinyDevice.Boot(flash);
        Assert.NotEqual(true, report.Accepted);
    }

    [Fact]
    public void LargeChip_LeavesTheRamBehindItsWindowReachable()
    {
        // As loader N does: code is copied to 0x3F0000 and run there. Of 8 MiB the logical bytes would reach over it.
        var loader = new TinyArm().Begin().Number(TinyArm.R1, 0x3F0000)
            .Number(TinyArm.R0, 0xE12FFF1E).Store(TinyArm.R0, TinyArm.R1).Word(0xE1A0E00F).Jump(TinyArm.R1).Print("back\n").JumpToApp();
        foreach (int length in new[] { 0x200000, 0x400000, 0x800000, 0x1000000 })
        {
            var report = TinyDevice.Boot(TinyDevice.Image(loader).Dump(length));
            Assert.Equal(("back\n", BootStop.Jumped), (report.Text(), report.Stopped));
        }
    }

    [Fact]
    public void TooFewSteps_SayNothingOfTheImage()
    {
        var image = FlashImage.Parse(TinyDevice.Flash(TinyDevice.Loader()));
        var options = new BootOptions { Steps = 3 };
        Assert.Equal((BootStop.Steps, null, 3), (ImageBooter.Boot(image, options).Stopped, ImageBooter.Boot(image, options).Accepted, ImageBooter.Boot(image, options).Steps));
        var verify = BootVerifier.Verify(image, options);
        Assert.Equal(CheckStatus.Skipped, Assert.Single(verify.Checks, check => check.Name == "bootloader-ran").Status);
        Assert.Equal(ImageVerifier.Verify(image).Boots, verify.Boots);
        Assert.DoesNotContain(BootDoctor.Examine(image, options: options), problem => problem.Code == FindingCode.BootNotReached);
        Assert.Equal(BootStop.Steps, ImageBooter.Boot(image, new BootOptions { Steps = -5 }).Stopped);
        Assert.Equal(BootStop.Jumped, ImageBooter.Boot(image, new BootOptions { Steps = long.MaxValue }).Stopped);
    }

    [Fact]
    public void FilesOfOtherKinds_AreNotRun()
    {
        byte[] device = TinyDevice.Flash(TinyDevice.Loader());
        byte[] doubled = [.. device, .. device];
        Assert.Equal("hello\r\n", TinyDevice.Boot(doubled).Text());
        byte[] huge = new byte[64 * 1024 * 1024];
        huge.AsSpan().Fill(0xFF);
        device.CopyTo(huge, 0);
        foreach (byte[] file in new byte[][] { [1], huge, device[..32], device[0x11000..] })
        {
            var image = FlashImage.Parse(file);
            try
            {
                Assert.NotEqual(true, ImageBooter.Boot(image, new BootOptions { Steps = 100_000 }).Accepted);
            }
            catch (BekenImageException error)
            {
                Assert.Equal(FindingCode.BootNothingToRun, error.Code);
            }
        }
    }

    private static SyntheticImage WithApp(TinyArm loader, uint offset)
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", offset, 0x10000, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0xA6000, false),
        ];
        byte[] program = loader.Assemble(0x2EDC - table.Length);
        "\0BK7231N_1.0.1\0"u8.CopyTo(program.AsSpan(0x900));
        return new SyntheticImage { Program = [.. program, .. table], App = TinyDevice.AppBytes(TinyDevice.App()), Table = table };
    }
}
