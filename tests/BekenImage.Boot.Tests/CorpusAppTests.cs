using BekenImage.TestSupport;

namespace BekenImage.Boot.Tests;

/// <summary>
/// Behind the jump: what OpenBeken prints of itself, and what tells a pasted one from a combined one. The lines are those of the logs in
/// ../shared/vectors/boot.
/// </summary>
public class CorpusAppTests
{
    private const string ConfigLine = "Correct config has been loaded";
    private const string NoConfigLine = "Config crc or ident mismatch. Default config will be loaded.";

    [Theory]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin", "OpenBK7231N, version 1.18.300", NoConfigLine)]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin", "OpenBK7231N, version 1.18.300", NoConfigLine)]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", "OpenBK7231T, version 1.18.300", NoConfigLine)]
    [InlineData("OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin", "OpenBK7231N, version 1.18.300", ConfigLine + " with 0 changes count.")]
    public void OpenBeken_PrintsItsBannerAndItsConfiguration(string file, string banner, string config)
    {
        var report = Run(FlashImage.Parse(Corpus.Read(file)));
        Assert.Contains(banner, report.Log);
        Assert.True(report.Printed(config), report.LogText);
    }

    [Fact]
    public void Pasted_FindsNeitherConfigurationNorRfTable_CombinedFindsBoth()
    {
        byte[] device = Corpus.Read("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin");
        byte[] firmware = Corpus.Read("OpenBK7231M_QIO_1.18.300.bin");
        byte[] pasted = [.. device];
        firmware.AsSpan(0x11000, 1150832).CopyTo(pasted.AsSpan(0x11000));
        var options = new CombineOptions();
        options.ObkChanges.Add(new NamedValue("wifiSsid", "a network"));
        byte[] combined = new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(firmware), options).Plan().ToArray();

        var bad = Run(FlashImage.Parse(pasted));
        var good = Run(FlashImage.Parse(combined));

        // The loader sees no difference, and neither does a run that ends at the jump.
        Assert.Equal(bad.LogBytes.Slice(0, bad.LogBytesBeforeJump).ToArray(), good.LogBytes.Slice(0, good.LogBytesBeforeJump).ToArray());
        Assert.Equal((false, true, true), (bad.Printed(ConfigLine), bad.Printed(NoConfigLine), bad.Printed("No TLV header found in flash")));
        Assert.Equal((true, false, false), (good.Printed(ConfigLine), good.Printed(NoConfigLine), good.Printed("No TLV header found in flash")));
        Assert.Equal(CheckStatus.Warn, Check(BootVerifier.Verify(FlashImage.Parse(pasted)), "app-ran").Status);
        Assert.Equal(CheckStatus.Pass, Check(BootVerifier.Verify(FlashImage.Parse(combined)), "app-ran").Status);
    }

    private static BootReport Run(FlashImage image) => ImageBooter.Boot(image, new BootOptions { RunApp = true, Steps = 20_000_000 });

    private static VerifyCheck Check(VerifyResult result, string name) => Assert.Single(result.Checks, check => check.Name == name);
}
