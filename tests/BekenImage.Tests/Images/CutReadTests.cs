using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>A read that ended before its chip did is told from a firmware image that is as short by what it holds.</summary>
public class CutReadTests
{
    private const int InsideApp = 0x11000 + 34 * 500 + 7;

    [Theory]
    [InlineData(0x1FFFFF, true)]
    [InlineData(0x1FF000, true)]
    [InlineData(0x1EF000, true)]
    [InlineData(0x1D1001, true)]
    [InlineData(InsideApp, false)]
    [InlineData(0x11000 + 34 * 500, false)]
    public void DumpCutShort_FailsAsABackup_AndBootsOnlyWhereNoCodeIsMissing(int length, bool boots)
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN.AsMemory(0, length));

        Assert.Equal(ImageKind.Piece, image.Kind);
        var finding = Assert.Single(image.Findings, finding => finding.Code == FindingCode.Truncated);
        Assert.Equal(boots ? FindingSeverity.Warning : FindingSeverity.Error, finding.Severity);
        var result = ImageVerifier.Verify(image);
        Assert.Equal((boots, false), (result.Boots, result.Backup));
        var complete = Assert.Single(result.Checks, check => check.Name == "complete");
        Assert.Equal((FindingCode.Truncated, CheckStatus.Fail), (complete.Code, complete.Status));
        Assert.Contains(FormattableString.Invariant($"0x{length:x} of the chip's 0x200000"), complete.Message, StringComparison.Ordinal);
        var pages = Assert.Single(result.Checks, check => check.Name == "app-pages");
        Assert.Equal(boots ? CheckStatus.Pass : CheckStatus.Fail, pages.Status);
        Assert.DoesNotContain(boots ? "missing" : "sound", pages.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AppCutShort_SaysHowManyPagesThereAre()
    {
        var result = ImageVerifier.Verify(FlashImage.Parse(SyntheticImages.TuyaN.AsMemory(0, InsideApp)));

        // The table of the N layout gives the app 0x108700 logical bytes: 33,848 pages.
        Assert.Contains("500 of its pages are there, up to 33348 are missing",
            Assert.Single(result.Checks, check => check.Name == "app-pages").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Firmware_WithWhatABuilderPutsBehindIt_IsNoCutDump()
    {
        var firmware = SyntheticImage.ObkNFirmware();
        byte[] withRf = firmware.WithRf(0x1D0000).Dump().AsSpan(0, 0x1D1000).ToArray();
        byte[] withBoth = SyntheticImage.ObkNFirmware().WithRf(0x1D0000).WithConfig(0x1D1000).Dump().AsSpan(0, 0x1D2000).ToArray();
        var withoutHeader = new SyntheticImage { HasAppHeader = false, App = firmware.App };
        byte[] trimmed = withoutHeader.Dump().AsSpan(0, 0x11000 + 34 * 2000).ToArray();

        foreach (byte[] file in new[] { SyntheticImages.ObkN, firmware.QioWithConfig(0x1D1000), withRf, withBoth, trimmed })
        {
            var image = FlashImage.Parse(file);
            Assert.Equal(ImageKind.Qio, image.Kind);
            Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.Truncated);
            var result = ImageVerifier.Verify(image);
            Assert.Equal((true, null), (result.Boots, result.Backup));
        }
    }

    [Fact]
    public void QioWithConfiguration_FromTheCorpus_IsNoCutDump()
    {
        var image = SyntheticImages.FromCorpus("OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin");

        Assert.Equal((ImageKind.Qio, true), (image.Kind, image.ObkConfig!.ChecksumOk));
        Assert.Null(ImageVerifier.Verify(image).Backup);
    }

    [Theory]
    [InlineData(0x1FFFFF, true)]
    [InlineData(0x1EF000, true)]
    [InlineData(0x100000, false)]
    public void RealDump_CutShort_SaysBothLengths(int length, bool boots)
    {
        var image = FlashImage.Parse(Corpus.Read("BK7231N_LSPA9_Clone_First.bin").AsMemory(0, length));

        var result = ImageVerifier.Verify(image);

        Assert.Equal((ImageKind.Piece, boots, false), (image.Kind, result.Boots, result.Backup));
        Assert.Contains(result.Checks, check => check is { Name: "complete", Status: CheckStatus.Fail } &&
            check.Message.Contains(FormattableString.Invariant($"0x{length:x} of the chip's 0x200000"), StringComparison.Ordinal));
    }

    [Fact]
    public void Normalize_OfACutRead_InventsNothingAndSaysSo()
    {
        byte[] cut = SyntheticImages.TuyaN.AsSpan(0, 0x1EF000).ToArray();

        var normalized = ImageNormalizer.Normalize(FlashImage.Parse(cut));

        BytesAssert.Equal(cut, normalized.Bytes.Span);
        Assert.False(normalized.IsWholeChip);
        Assert.Equal(FindingCode.Truncated, normalized.Cut!.Code);
        Assert.Null(ImageNormalizer.Normalize(FlashImage.Parse(SyntheticImages.TuyaN)).Cut);
        Assert.Null(ImageNormalizer.Normalize(FlashImage.Parse(SyntheticImages.ObkN)).Cut);
    }

    [Fact]
    public void Combine_WithACutDump_IsRefusedWithBothLengths()
    {
        var plan = new ImageCombiner(FlashImage.Parse(SyntheticImages.TuyaN.AsMemory(0, 0x1FF000)), FlashImage.Parse(SyntheticImages.ObkN)).Plan();

        Assert.False(plan.CanBuild);
        var refusal = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal(FindingCode.Truncated, refusal.Code);
        Assert.Contains("0x1ff000", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("0x200000", refusal.Message, StringComparison.Ordinal);
    }
}
