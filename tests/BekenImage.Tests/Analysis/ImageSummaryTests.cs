using BekenImage.Formats.Rf;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Analysis;

/// <summary>An image in one line.</summary>
public class ImageSummaryTests
{
    private const string Banner = "LibreTiny v1.8.0 on generic-bk7231n-qfn32-tuya, compiled at May 28 2025 16:16:19, GCC 10.3.1 (-O1)";

    [Fact]
    public void Of_ADump_SaysWhatItIs()
    {
        var summary = Of(Synthetic.Images.TuyaN);
        Assert.Equal(ImageKind.Dump, summary.Kind);
        Assert.Equal(BekenChip.BK7231N, summary.Chip);
        Assert.Equal("tuya", summary.Key.Name);
        Assert.Equal(FirmwareFlavor.Tuya, summary.Flavor);
        Assert.Equal("2.3.3", summary.AppVersion);
        Assert.Null(summary.Module);
        Assert.Equal(true, summary.Backup);
        Assert.Equal(MacState.Own, summary.MacState);
    }

    [Theory]
    [InlineData("020102030405", true, MacState.Own)]
    [InlineData("020102030405", false, MacState.Uncalibrated)]
    [InlineData("c8478c000000", true, MacState.Placeholder)]
    [InlineData("c8478c000000", false, MacState.Placeholder)]
    [InlineData("ffffffffffff", true, MacState.Invalid)]
    [InlineData("010203040506", true, MacState.Invalid)]
    public void MacState_OfATable_IsThatOfItsMacAndCalibration(string mac, bool calibrated, MacState state)
    {
        byte[] dump = new SyntheticImage().WithRf(0x1D0000, calibrated: calibrated).Dump();
        Convert.FromHexString(mac).CopyTo(dump, 0x1D0000 + RfTable.UsualMacOffset);
        var summary = Of(dump);
        Assert.Equal(state, summary.MacState);
        Assert.Equal(mac, summary.Mac?.ToString().Replace(":", string.Empty));
    }

    [Fact]
    public void MacState_WithoutATable_IsNoneOfADumpAndNotApplicableElsewhere()
    {
        var dump = Of(new SyntheticImage().Dump());
        Assert.Equal((MacState.None, (MacAddress?)null, false), (dump.MacState, dump.Mac, dump.Backup));
        foreach (byte[] file in new[] { Synthetic.Images.ObkN, [1, 2, 3], SyntheticImage.ObkNFirmware().Ua() })
            Assert.Equal((MacState.NotApplicable, (MacAddress?)null, (bool?)null), (Of(file).MacState, Of(file).Mac, Of(file).Backup));
    }

    [Fact]
    public void Module_OfLibreTiny_IsTheBoardItNames() =>
        Assert.Equal("generic-bk7231n-qfn32-tuya", Of(new SyntheticImage { App = SyntheticPrograms.App(0x9A75, Banner) }.Qio()).Module);

    [Fact]
    public void FirstProblem_IsTheFirstErrorThenTheFirstWarning()
    {
        Assert.Equal(FindingSeverity.Error, Of(new byte[0x200000]).FirstProblem?.Severity);
        Assert.Equal((FindingSeverity.Warning, FindingCode.NotRecognised), (Of([1, 2, 3]).FirstProblem!.Severity, Of([1, 2, 3]).FirstProblem!.Code));
        Assert.Null(Of(Synthetic.Images.TuyaN).FirstProblem);
        byte[] both = new SyntheticImage().WithRf(0x1D0000, "c8478c000000").Dump();
        Assert.Equal(FindingCode.RfMacPlaceholder, Of(both).FirstProblem?.Code);
        both[0x11000] ^= 1;
        Assert.Equal(FindingSeverity.Error, Of(both).FirstProblem?.Severity);
    }

    [Fact]
    public void Of_AnArchive_IsThatOfTheOneImageInIt() =>
        Assert.Equal(ImageKind.Dump, Of(SyntheticArchive.Zip(("a.bin", Synthetic.Images.TuyaN))).Kind);

    // The key and the length of the RF table as the manifest has them; 98 bytes are chip information only (Formats/Rf/FORMAT.md).
    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Of_ACorpusImage_AgreesWithTheManifest(string file)
    {
        var manifest = Corpus.Manifest(file);
        var summary = Of(Corpus.Read(file));
        if (manifest.TryGetProperty("app", out var app))
            Assert.Equal(app.GetProperty("key").GetString()!.Replace("none", "zero"), summary.Key.Name);
        var tables = manifest.GetProperty("rf").EnumerateArray().ToArray();
        Assert.Equal(tables.FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } table ? table.GetProperty("mac").GetString() : null, summary.Mac?.ToString());
        Assert.Equal(tables.Length == 0 ? MacState.NotApplicable : tables[0].GetProperty("length").GetInt32() == 98 ? MacState.Uncalibrated : MacState.Own, summary.MacState);
    }

    // What the texts of user_param_key in the dumps say, and the chips of those modules.
    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", "CB2S")]
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "CBU")]
    [InlineData("BK7231T_TuyaConfig_PC44HA.bin", "WB2S")]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", null)]
    public void Module_OfACorpusImage_IsTheOneItNames(string file, string? module) => Assert.Equal(module, Of(Corpus.Read(file)).Module);

    [Fact]
    public void Of_AnUpdateOfAnArminoChipWithoutABootloaderProgram_IsAnswered()
    {
        var summary = Of(Corpus.Read(Path.Combine("armino", "BK7236_ota_published_k09da.bin")));
        Assert.NotEqual(ImageKind.Unknown, summary.Kind);
    }

    private static ImageSummary Of(byte[] bytes) => ImageSummary.Of(FlashImage.Parse(bytes));
}
