using System.Security.Cryptography;
using BekenImage.TestSupport;

namespace BekenImage.Boot.Tests;

/// <summary>
/// Real bootloaders: what they print up to the jump is what the research emulator recorded (../shared/vectors/boot, INDEX.tsv); that one
/// answers with the flash id 0.
/// </summary>
public class CorpusLogTests
{
    public static TheoryData<string, string> Logs => new()
    {
        { "BK7231N_LSPA9_Clone_First.log", "BK7231N_LSPA9_Clone_First.bin" },
        { "BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.log", "BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin" },
        { "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.log", "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin" },
        { "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.log", "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin" },
        { "BK7231T_Tuya_Brilo_8464455.log", "BK7231T_Tuya_Brilo_8464455.bin" },
        { "BK7231T_Tuya_Globe_37783.log", "BK7231T_Tuya_Globe_37783.bin" },
        { "BK7231T_Tuya_LED_Moon_derotated.log", "BK7231T_Tuya_LED_Moon_rotated.bin" },
        { "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.log", "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin" },
        { "OpenBK7231M_QIO_1.18.300.log", "OpenBK7231M_QIO_1.18.300.bin" },
        { "OpenBK7231N_QIO_1.18.300.log", "OpenBK7231N_QIO_1.18.300.bin" },
        { "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.log", "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin" },
        { "OpenBK7231T_QIO_1.18.300.log", "OpenBK7231T_QIO_1.18.300.bin" },
        { "OpenBK7238_QIO_1.18.300.log", "OpenBK7238_QIO_1.18.300.bin" },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void Text_UpToTheJump_IsTheRecordedOne(string log, string file)
    {
        var report = ImageBooter.Boot(FlashImage.Parse(Corpus.Read(file)), new BootOptions { FlashId = 0 });
        string[] expected = Index(log);

        Assert.Equal((BootStop.Jumped, 0x10000, true), (report.Stopped, report.Jumped, report.Accepted));
        Assert.Equal(long.Parse(expected[4], System.Globalization.CultureInfo.InvariantCulture), report.LogBytesBeforeJump);
        Assert.Equal(expected[6], Convert.ToHexStringLower(SHA256.HashData(report.LogBytes.Span)));
        Assert.Equal(Corpus.ReadVector(Path.Combine("boot", log)).AsSpan(0, report.LogBytesBeforeJump).ToArray(), report.LogBytes.ToArray());
        Assert.Equal(0, report.FlashWrites);
        // Of these loaders Q alone verifies the app.
        bool isQ = file.StartsWith("BK7231Q", StringComparison.Ordinal);
        Assert.Equal(isQ ? BootJudgement.Accepted : BootJudgement.None, report.Judgement);
        if (isQ)
            Assert.Equal("build Jan 22 2019 13:59:24", report.Loader);
    }

    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", "BK7231N_1.0.1", BootJudgement.None)]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", "BK7231S_1.0.4", BootJudgement.None)]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", "BK7231n_1.0.8", BootJudgement.None)]
    [InlineData("OpenBK7238_QIO_1.18.300.bin", "BK7238_1.0.15", BootJudgement.None)]
    public void Report_SaysWhichLoaderItWas_AndWhatItJudged(string file, string loader, BootJudgement judgement)
    {
        var report = ImageBooter.Boot(FlashImage.Parse(Corpus.Read(file)));
        Assert.Equal((loader, judgement, true), (report.Loader, report.Judgement, report.Accepted));
    }

    [Fact]
    public void PieceWithoutABootloader_IsNotRun()
    {
        var error = Assert.Throws<BekenImageException>(() => ImageBooter.Boot(FlashImage.Parse(Corpus.Read("BK7231T_TuyaConfig_PC44HA.bin"))));
        Assert.Equal(FindingCode.BootNothingToRun, error.Code);
    }

    [Fact]
    public void ImageOfAnArminoChip_IsNotRun()
    {
        var error = Assert.Throws<BekenImageException>(() => ImageBooter.Boot(FlashImage.Parse(Corpus.Read("armino/BK7258_normal_bootloader.bin"))));
        Assert.Equal(FindingCode.BootNothingToRun, error.Code);
        Assert.Contains("Cortex-M", error.Message, StringComparison.Ordinal);
    }

    private static string[] Index(string log) => System.Text.Encoding.UTF8.GetString(Corpus.ReadVector(Path.Combine("boot", "INDEX.tsv")))
        .Split('\n').Select(line => line.Split('\t')).Single(row => row[0] == log);
}
