using BekenImage.Formats.Ug;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>A chip whose bootloader was overwritten or erased is still a dump, and what stands in its place has a name.</summary>
public class LostBootloaderTests
{
    /// <summary>What people wrote to 0, and how it is named.</summary>
    public static TheoryData<string, string> Intruders => new()
    {
        { "app", "an app stands" },
        { "first sector of an app", "an app stands" },
        { "plain app", "an application without page CRCs stands" },
        { "plain bootloader", "a bootloader without page CRCs stands" },
        { "package", "an update package stands" },
        { "ug", "a Tuya update package stands" },
        { "config", "an OpenBeken configuration stands" },
        { "rf", "an RF table stands" },
        { "text", "text stands" },
        { "noise", "nothing that is known stands" },
        { "erased", "erased flash stands" },
        { "erased sector", "erased flash stands" },
        { "zeros", "nothing but 0x00 stands" },
    };

    /// <summary>A chip over whose first bytes something was written.</summary>
    internal static byte[] Overwrite(byte[] flash, string by)
    {
        var firmware = SyntheticImage.ObkNFirmware();
        byte[] intruder = by switch
        {
            "app" => firmware.Ua(),
            "first sector of an app" => firmware.Ua().AsSpan(0, 0x1000).ToArray(),
            "plain app" => firmware.App,
            "plain bootloader" => firmware.PlainBootloader(),
            "package" => PlainFormats.UpdatePackage(firmware.App),
            "ug" => UgWriter.Pack(PlainFormats.UpdatePackage(firmware.App), "1.0.0"),
            "config" => ObkTestData.Sector(ObkTestData.Minimal()),
            "rf" => flash.AsSpan(0x1D0000, 0x1000).ToArray(),
            "text" => Enumerable.Repeat("<html><body>404 Not Found</body></html>\n"u8.ToArray(), 103).SelectMany(line => line).ToArray(),
            "noise" => SyntheticPrograms.Noise(0x2000, 77),
            "erased" => Enumerable.Repeat((byte)0xFF, 0x11000).ToArray(),
            "erased sector" => Enumerable.Repeat((byte)0xFF, 0x1000).ToArray(),
            _ => new byte[0x11000],
        };
        intruder.CopyTo(flash, 0);
        return flash;
    }

    [Theory]
    [MemberData(nameof(Intruders))]
    public void Chip_ThatLostItsBootloader_IsADumpThatSaysWhatStandsThere(string intruder, string says)
    {
        var image = FlashImage.Parse(Overwrite(SyntheticImages.TuyaN, intruder));

        Assert.Equal((ImageKind.Dump, 0), (image.Kind, image.Rotation));
        var finding = Assert.Single(image.Findings, finding => finding.Code == FindingCode.BootloaderMissing);
        Assert.Equal((FindingSeverity.Error, 0L), (finding.Severity, finding.Offset));
        Assert.StartsWith(says, finding.Message, StringComparison.Ordinal);
        Assert.Equal(0x1D0000, image.Rf!.Offset);
        var result = ImageVerifier.Verify(image);
        Assert.Equal((false, false), (result.Boots, result.Backup));
        Assert.Contains(result.Checks, check => check is { Name: "bootloader-vectors", Status: CheckStatus.Fail } && check.Message.StartsWith(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("package")]
    [InlineData("config")]
    [InlineData("erased")]
    public void RotatedOrDoubledRead_OfSuchAChip_IsUndone(string intruder)
    {
        byte[] flash = Overwrite(SyntheticImages.TuyaN, intruder);
        byte[] rotated = [.. flash.AsSpan(0x11000), .. flash.AsSpan(0, 0x11000)];

        var image = FlashImage.Parse(rotated);
        Assert.Equal((ImageKind.Dump, 0x11000), (image.Kind, image.Rotation));
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.BootloaderMissing);
        BytesAssert.Equal(flash, ImageNormalizer.Normalize(image).Bytes.Span);
        BytesAssert.Equal(flash, ImageNormalizer.Normalize(FlashImage.Parse([.. flash, .. flash])).Bytes.Span);
        Assert.Equal(ImageKind.Dump, FlashImage.Parse([.. flash, .. flash]).Kind);
    }

    [Fact]
    public void ChipUnderAnUnknownKey_ThatLostItsBootloader_IsADump()
    {
        byte[] flash = Overwrite(SyntheticImage.TuyaNDevice(SyntheticKey.Custom).Dump(), "erased");

        var image = FlashImage.Parse(flash);

        Assert.Equal(ImageKind.Dump, image.Kind);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.BootloaderMissing);
    }

    [Fact]
    public void Files_ThatAreNoChip_StayWhatTheyAre()
    {
        var firmware = SyntheticImage.ObkNFirmware();
        byte[] padded = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        firmware.Ua().CopyTo(padded, 0);

        Assert.Equal(ImageKind.Ua, FlashImage.Parse(padded).Kind);
        Assert.Equal(ImageKind.Ua, FlashImage.Parse(firmware.Ua()).Kind);
        Assert.Equal(ImageKind.Ota, FlashImage.Parse(PlainFormats.UpdatePackage(firmware.App)).Kind);
        Assert.Equal(ImageKind.Unknown, FlashImage.Parse(SyntheticPrograms.Noise(0x200000, 5)).Kind);
    }

    [Fact]
    public void EditOfSuchAChip_IsReadAsTheSameBytesAreReadAnew()
    {
        var image = FlashImage.Parse(Overwrite(SyntheticImages.TuyaN, "app"));

        Assert.True(MacAddress.TryParse("02:11:22:33:44:55", out var mac));
        var edited = image.Edit().SetMac(mac).ToImage();

        Assert.Equal((ImageKind.Dump, "02:11:22:33:44:55"), (edited.Kind, edited.Rf!.Mac.ToString()));
        Assert.Contains(edited.Findings, finding => finding.Code == FindingCode.BootloaderMissing);
    }
}
