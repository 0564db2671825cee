using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>Reads that begin at 0x11000, because the loader refuses what lies before.</summary>
public class ReadBehindBootloaderTests
{
    private const int Behind = 0x11000;

    private static CombinePlan Plan(byte[] factory, byte[] firmware, byte[]? bootloader = null) => new ImageCombiner(
        FlashImage.Parse(factory), FlashImage.Parse(firmware),
        new CombineOptions { Bootloader = bootloader is null ? null : FlashImage.Parse(bootloader) }).Plan();

    public static TheoryData<string> Devices => ["tuya-n", "tuya-t", "dreo", "obk"];

    private static byte[] Device(string name) => name switch
    {
        "tuya-n" => SyntheticImages.TuyaN,
        "tuya-t" => SyntheticImages.TuyaT,
        "dreo" => SyntheticImages.Dreo,
        _ => SyntheticImage.ObkNFirmware(appLength: 0xB000, seed: 6).WithRf(0x1D0000).WithConfig(0x1D1000).Dump(),
    };

    private static byte[] FirmwareFor(string name) => name == "tuya-t" ? SyntheticImages.ObkT : SyntheticImages.ObkN;

    [Theory]
    [MemberData(nameof(Devices))]
    public void Combine_WithTheBootloader_GivesWhatTheWholeDumpGives(string name)
    {
        byte[] dump = Device(name);
        byte[] firmware = FirmwareFor(name);
        var whole = Plan(dump, firmware);
        Assert.True(whole.CanBuild, string.Join("; ", whole.Findings));

        var plan = Plan(dump[Behind..], firmware, dump[..Behind]);

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        BytesAssert.Equal(whole.ToArray(), plan.ToArray());
        Assert.Equal(whole.Mode, plan.Mode);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Parse_AndVerify_SayWhatIsMissing(string name)
    {
        byte[] read = Device(name)[Behind..];

        var image = FlashImage.Parse(read);

        Assert.Equal(ImageKind.Piece, image.Kind);
        Assert.Equal(Behind, image.PhysicalBase);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.BootloaderMissing);
        var result = ImageVerifier.Verify(image);
        Assert.False(result.Boots);
        Assert.False(result.Backup);
        Assert.Contains(result.Checks, check => check is { Name: "complete", Status: CheckStatus.Fail });
        Assert.Contains(result.Checks, check => check.Name == "rf-table" && check.Status != CheckStatus.Fail && check.Offset == image.Rf!.Offset);
    }

    /// <summary>With the bootloader before it, the last one would be larger than an image may be.</summary>
    [Theory]
    [InlineData(FlashImage.MaximumLength - Behind, true)]
    [InlineData(FlashImage.MaximumLength - Behind + 1, false)]
    [InlineData(FlashImage.MaximumLength, false)]
    public void Verify_OfAReadAsLongAsThereMayBe_Answers(int length, bool isRead)
    {
        byte[] read = new byte[length];
        read.AsSpan().Fill(0xFF);
        SyntheticImages.TuyaN.AsSpan(Behind).CopyTo(read);

        var image = FlashImage.Parse(read);

        Assert.Equal(isRead, image.Findings.Any(finding => finding.Code == FindingCode.BootloaderMissing));
        var result = ImageVerifier.Verify(image);
        Assert.Equal((false, false), (result.Boots, result.Backup));
    }

    [Fact]
    public void Combine_WithoutABootloader_IsRefusedWithTheReason()
    {
        CombineRefused(FindingCode.BootloaderMissing, SyntheticImages.TuyaN[Behind..], SyntheticImages.ObkN);
        CombineRefused(FindingCode.Truncated, SyntheticImages.TuyaN[Behind..^0x1000], SyntheticImages.ObkN, SyntheticImages.TuyaN[..Behind]);
    }

    [Fact]
    public void Combine_OfADeviceWithoutApp_WithTheBootloader_Works()
    {
        byte[] dump = SyntheticImages.TuyaN;
        dump.AsSpan(Behind, 0x12A000 - Behind).Fill(0xFF);

        var plan = Plan(dump[Behind..], SyntheticImages.ObkN, dump[..Behind]);

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        BytesAssert.Equal(Plan(dump, SyntheticImages.ObkN).ToArray(), plan.ToArray());
    }

    [Fact]
    public void Parse_OfAPackedApp_IsNoReadOfADevice()
    {
        foreach (byte[] ua in new[] { SyntheticImage.ObkNFirmware().Ua(), SyntheticImage.ObkNFirmware().AppPages() })
        {
            var image = FlashImage.Parse(ua);
            Assert.NotEqual(ImageKind.Piece, image.Kind);
            Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.BootloaderMissing);
            Assert.Null(ImageVerifier.Verify(image).Backup);
            CombineRefused(FindingCode.WrongKind, ua, SyntheticImages.ObkN, SyntheticImages.TuyaN[..Behind]);
        }
    }

    [Fact]
    public void Combine_OfTheLspa9Read_WithItsBootloader_GivesWhatTheWholeDumpGives()
    {
        byte[] dump = Corpus.Read("BK7231N_LSPA9_Clone_First.bin");
        byte[] firmware = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");

        BytesAssert.Equal(Plan(dump, firmware).ToArray(), Plan(dump[Behind..], firmware, dump[..Behind]).ToArray());
    }

    private static void CombineRefused(FindingCode code, byte[] factory, byte[] firmware, byte[]? bootloader = null)
    {
        var plan = Plan(factory, firmware, bootloader);
        Assert.False(plan.CanBuild);
        Assert.Contains(plan.Findings, finding => finding.Severity == FindingSeverity.Error && finding.Code == code);
    }
}
