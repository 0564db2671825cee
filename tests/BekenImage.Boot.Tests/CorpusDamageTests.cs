using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests;

/// <summary>Damage, in the loaders' own words: most do not look at the app; those that do say so, and do not start it.</summary>
public class CorpusDamageTests
{
    private const string Q = "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin";

    [Fact]
    public void LoaderQ_OnAWrongHashInTheHeader_SaysBothHashesAndDoesNotStart()
    {
        byte[] flash = WithoutPackage();
        int at = 0x11000 + 0x110000 / 32 * 34 - 102;
        byte[] header = PlainFormats.Strip(flash.AsSpan(at, 102), out int wrong);
        Assert.Equal((0, 0x004C4252u), (wrong, PlainFormats.Word(header, 0)));
        uint hash = PlainFormats.Word(header, 0x50);
        PlainFormats.Put(header, 0x50, hash ^ 1);
        PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
        PlainFormats.Pages(header).CopyTo(flash, at);

        var report = ImageBooter.Boot(FlashImage.Parse(flash));

        Assert.Equal((BootStop.Halted, null, false, BootJudgement.Refused), (report.Stopped, report.Jumped, report.Accepted, report.Judgement));
        Assert.Contains($"Verify firmware hash(calc.hash: {hash:x8} != hdr.hash: {hash ^ 1:x8}) failed on partition 'app'.", report.JudgementLine, StringComparison.Ordinal);
        Assert.True(report.Printed("App verify failed! Need to recovery factory firmware."));
        Assert.True(report.Printed("Jump to app failed, system stops running!"));
    }

    [Fact]
    public void LoaderQ_OnAWrongPage_SaysThatTheHashFails()
    {
        byte[] flash = WithoutPackage();
        flash[0x11000 + 34 * 100 + 3] ^= 1;
        var report = ImageBooter.Boot(FlashImage.Parse(flash));
        Assert.Equal((null, false), (report.Jumped, report.Accepted));
        Assert.Contains("failed on partition 'app'", report.JudgementLine, StringComparison.Ordinal);
    }

    [Fact]
    public void LoaderN_OnTheSame_StartsItAllTheSame()
    {
        byte[] flash = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        flash[0x11000 + 34 * 3000 + 3] ^= 1;
        var report = ImageBooter.Boot(FlashImage.Parse(flash));
        Assert.Equal((0x10000, BootJudgement.None), (report.Jumped, report.Judgement));
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootAppNotJudged);
    }

    [Fact]
    public void AppUnderAForeignKey_IsNoProgramToTheDevice()
    {
        byte[] flash = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        Corpus.Read("OpenBK7231M_QIO_1.18.300.bin").AsSpan(0x11000).CopyTo(flash.AsSpan(0x11000));
        var report = ImageBooter.Boot(FlashImage.Parse(flash));
        Assert.Equal((0x10000, false), (report.Jumped, report.Accepted));
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootNoProgram);
    }

    [Fact]
    public void DeviceWithAForeignKey_PrintsNothing()
    {
        var report = ImageBooter.Boot(FlashImage.Parse(Corpus.Read("OpenBK7231N_QIO_1.18.300.bin")), new BootOptions { Key = BekenKey.Uascent, Steps = 1_000_000 });
        Assert.Equal((null, 0), (report.Jumped, report.LogBytes.Length));
        Assert.NotEqual(true, report.Accepted);
    }

    [Theory]
    [InlineData("more/bootloader_bk7231u_aws_v1.0.bin", 0x110000, "Verify 'app' partition(fw ver: 1.00, timestamp: 7) success.")]
    [InlineData("more/bootloader_BK7252_2M_plain.bin", 0x120000, null)]
    public void LoadersOfUAnd7252_JudgeTheApp(string file, int appLength, string? words)
    {
        byte[] loader = Corpus.Read(file);
        byte[] alone = Flash(loader, null);
        var without = ImageBooter.Boot(FlashImage.Parse(alone));
        Assert.Equal((BootStop.Halted, null, false), (without.Stopped, without.Jumped, without.Accepted));
        Assert.True(without.Printed("App verify failed! Need to recovery factory firmware."));

        byte[] app = SyntheticPrograms.App(0x4000, "an app");
        byte[] section = PlainFormats.Container(app, PlainFormats.Header(app, "app", "1.00", 7), appLength / 32 * 34);
        var with = ImageBooter.Boot(FlashImage.Parse(Flash(loader, section)));
        Assert.Equal((BootStop.Jumped, 0x10000, true), (with.Stopped, with.Jumped, with.Accepted));
        if (words is not null)
            Assert.Equal((BootJudgement.Accepted, true), (with.Judgement, with.Printed(words)));
    }

    // The device still holds the package of its last update; with a header that does not fit, its loader installs that once more.
    private static byte[] WithoutPackage()
    {
        byte[] flash = Corpus.Read(Q);
        flash.AsSpan(0x132000, 0x1000).Fill(0xFF);
        return flash;
    }

    private static byte[] Flash(byte[] loader, byte[]? section)
    {
        byte[] flash = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        PlainFormats.Pages([.. loader, .. Enumerable.Repeat((byte)0xFF, (32 - loader.Length % 32) % 32)]).CopyTo(flash, 0);
        section?.CopyTo(flash, 0x11000);
        return flash;
    }
}
