using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>The main job on real images, judged by the boot simulator and by the manifest.</summary>
public class ImageCombinerCorpusTests
{
    private const string DreoFile = "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin";
    private const string N = "OpenBK7231N_QIO_1.18.300.bin";
    private const string M = "OpenBK7231M_QIO_1.18.300.bin";
    private const string NWithConfig = "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin";

    [Theory]
    [InlineData(M)]
    [InlineData(N)]
    public void Dreo_WithOpenBeken_Boots(string firmwareFile)
    {
        var factory = SyntheticImages.FromCorpus(DreoFile);
        var firmware = SyntheticImages.FromCorpus(firmwareFile);
        var plan = new ImageCombiner(factory, firmware).Plan();
        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        Assert.Equal(CombineMode.Convert, plan.Mode);
        byte[] image = plan.ToArray();

        // The bootloader, byte for byte.
        Assert.Equal(0x200000, image.Length);
        BytesAssert.Equal(Corpus.Read(DreoFile).AsSpan(0, 0x11000), image.AsSpan(0, 0x11000));

        // The header where this bootloader looks, right over the app as it now lies there, unencrypted.
        var boot = BootSimulator.Run(image, SyntheticKey.Zero);
        boot.AssertBoots();
        Assert.Equal(0x131F9A, boot.HeaderOffset);
        Assert.Equal(("app", "1.00"), (boot.Name, boot.Version));
        var facts = Corpus.Manifest(firmwareFile);
        var header = facts.GetProperty("containers").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "app");
        Assert.Equal((header.GetProperty("rawSize").GetInt32(), header.GetProperty("timestamp").GetUInt32()), (boot.App.Length, boot.Timestamp));
        int compared = facts.GetProperty("app").GetProperty("comparedBytes").GetInt32();
        byte[] hash = System.Security.Cryptography.SHA256.HashData(boot.App.AsSpan(0, compared));
        Assert.Equal(facts.GetProperty("app").GetProperty("plainSha256").GetString(), Convert.ToHexString(hash).ToLowerInvariant());

        // Calibration where OpenBeken for N looks, byte for byte; everything else erased.
        BytesAssert.Equal(Corpus.Read(DreoFile).AsSpan(0x1E0000, 0x1000), image.AsSpan(0x1D0000, 0x1000));
        int appEnd = 0x11000 + (boot.App.Length + 31) / 32 * 34;
        CombineAssert.Erased(image, appEnd, 0x131F9A);
        CombineAssert.Erased(image, 0x132000, 0x1D0000);
        CombineAssert.Erased(image, 0x1D1000, 0x200000);
        CombineAssert.RegionsCoverOnce(plan);

        var result = FlashImage.Parse(image);
        var verdict = ImageVerifier.Verify(result);
        Assert.Equal((true, true, true), (verdict.Boots, verdict.BootloaderAccepts, verdict.Backup));
        Assert.Equal("zero", result.Key.Name);
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.UpdateAddressesDiffer);

        // And once more with the same firmware: the same bytes.
        BytesAssert.Equal(image, new ImageCombiner(result, firmware).Plan().ToArray());
    }

    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin")]
    [InlineData("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin")]
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin")]
    [InlineData("BK7231T_Tuya_LED_Moon_rotated.bin")]
    public void TuyaDevice_WithOpenBeken_BootsUnderItsOwnKey(string file)
    {
        var factory = SyntheticImages.FromCorpus(file);
        var firmware = SyntheticImages.FromCorpus(file.Contains("7231N", StringComparison.Ordinal) ? M : "OpenBK7231T_QIO_1.18.300.bin");

        var plan = new ImageCombiner(factory, firmware).Plan();

        byte[] image = plan.ToArray();
        BootSimulator.Run(image, SyntheticKey.Tuya).AssertBoots();
        BytesAssert.Equal(factory.Bytes.Span.Slice(0, 0x11000), image.AsSpan(0, 0x11000));
        int rf = Corpus.Manifest(file).GetProperty("rf")[0].GetProperty("offset").GetInt32();
        BytesAssert.Equal(factory.Bytes.Span.Slice(rf, 0x1000), image.AsSpan(rf, 0x1000));
        CombineAssert.Erased(image, 0x129F70, rf);
        CombineAssert.Erased(image, rf + 0x1000, 0x200000);
        CombineAssert.RegionsCoverOnce(plan);
        BytesAssert.Equal(image, new ImageCombiner(FlashImage.Parse(image), firmware).Plan().ToArray());
    }

    [Fact]
    public void FirmwareWithConfig_BringsIt_AndAnUpdateKeepsIt()
    {
        var carrying = SyntheticImages.FromCorpus(NWithConfig);
        byte[] first = new ImageCombiner(SyntheticImages.FromCorpus(DreoFile), carrying).Plan().ToArray();
        BytesAssert.Equal(carrying.Bytes.Span.Slice(0x1D1000, 0xE00), first.AsSpan(0x1D1000, 0xE00));
        BootSimulator.Run(first, SyntheticKey.Zero).AssertBoots();

        var plan = new ImageCombiner(FlashImage.Parse(first), FlashImage.Parse(SyntheticImages.ObkM)).Plan();
        Assert.Equal(CombineMode.Update, plan.Mode);
        byte[] second = plan.ToArray();

        BytesAssert.Equal(first.AsSpan(0x1D0000, 0x30000), second.AsSpan(0x1D0000, 0x30000));
        BootSimulator.Run(second, SyntheticKey.Zero).AssertBoots();
    }

    [Theory]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin", N, FindingCode.ChipsDiffer)]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", N, FindingCode.ChipsDiffer)]
    [InlineData(DreoFile, "OpenBK7238_QIO_1.18.300.bin", FindingCode.ChipsDiffer)]
    [InlineData(N, DreoFile, FindingCode.WrongKind)]
    [InlineData(N, M, FindingCode.WrongKind)]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", N, FindingCode.WrongKind)]
    [InlineData("BK7231T_TuyaConfig_PC44HA.bin", N, FindingCode.WrongKind)]
    [InlineData(DreoFile, "BK7231T_TuyaConfig_PC44HA.bin", FindingCode.WrongKind)]
    [InlineData(DreoFile, DreoFile, FindingCode.WrongKind)]
    public void UnfitPair_IsRefused(string factory, string firmware, FindingCode code)
    {
        var plan = new ImageCombiner(SyntheticImages.FromCorpus(factory), SyntheticImages.FromCorpus(firmware)).Plan();

        CombineAssert.Refused(plan, code);
    }
}

internal static class CombineAssert
{
    public static void Refused(CombinePlan plan, FindingCode code)
    {
        Assert.False(plan.CanBuild, "it was not refused");
        Assert.Equal(code, Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error).Code);
        Assert.Empty(plan.Regions);
        Assert.Equal(code, Assert.ThrowsAny<BekenImageException>(() => plan.ToArray()).Code);
        using var stream = new MemoryStream();
        Assert.ThrowsAny<BekenImageException>(() => plan.WriteTo(stream));
        Assert.Equal(0, stream.Length);
        Assert.Equal((int)code >= 9000, Assert.ThrowsAny<BekenImageException>(() => plan.ToArray()) is ImageGuardException);
    }

    public static void Erased(byte[] image, int start, int end)
    {
        int at = image.AsSpan(start, end - start).IndexOfAnyExcept((byte)0xFF);
        Assert.True(at < 0, FormattableString.Invariant($"0x{start + at:x} is not erased"));
    }

    public static void RegionsCoverOnce(CombinePlan plan)
    {
        long at = plan.Output.Start;
        foreach (var region in plan.Regions)
        {
            Assert.Equal(at, region.Offset);
            Assert.True(region.Length > 0);
            at = region.Range.End;
        }
        Assert.Equal(plan.Output.End, at);
        byte[] bytes = plan.ToArray();
        Assert.Equal(plan.Output.Length, bytes.Length);
        foreach (var region in plan.Regions.Where(region => region.Origin == RegionOrigin.Erased))
            Erased(bytes, (int)(region.Offset - plan.Output.Start), (int)(region.Range.End - plan.Output.Start));
    }
}
