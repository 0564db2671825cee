using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Firmware;

/// <summary>An application that comes out of an image ends in what the vendor's encrypt put there.</summary>
public class PlainApplicationTests
{
    public static TheoryData<BekenChip, string, int> Builds => new()
    {
        { BekenChip.BK7231N, "tuya", 0xC010 }, { BekenChip.BK7231N, "tuya", 0x1C01F }, { BekenChip.BK7231M, "zero", 0x1C020 }, { BekenChip.BK7231M, "zero", 0x9003 },
        { BekenChip.BK7238, "zero", 0xC010 }, { BekenChip.BK7231T, "tuya", 0xCFF0 }, { BekenChip.BK7231T, "tuya", 0xC000 }, { BekenChip.BL2028N, "zero", 0xC010 },
        { BekenChip.BK7231N, "uascent", 0xC010 },
    };

    [Theory]
    [MemberData(nameof(Builds))]
    public void Image_BuiltOfItsExtractedApp_IsTheSame(BekenChip chip, string keyName, int length)
    {
        Assert.True(BekenKey.TryParse(keyName, out var key));
        var builder = new FirmwareBuilder(chip, new FirmwareBuildOptions { Key = key });
        bool isN = BekenChips.AreSameFamily(chip, BekenChip.BK7231N);
        byte[] app = SyntheticPrograms.App(length, isN ? SyntheticImage.ObkN : $"Open{chip}_1.18.300", nMarker: isN);
        byte[] built = builder.BuildUa(app);
        var image = FlashImage.Parse(built);

        byte[] extracted = image.Extract(image.FindPartition("app")!).ToArray(), plain = PlainApplication.Take(image);

        BytesAssert.Equal(built, builder.BuildUa(plain));
        BytesAssert.Equal(app, plain.AsSpan(0, app.Length));
        Assert.InRange(plain.Length - app.Length, 0, 63);
        BytesAssert.Equal(OtaWriter.Pack(plain), UpdatePackager.Pack(plain));
        // Built without encrypt: there is no tail, only its header tells where the app ends.
        if (chip == BekenChip.BL2028N)
            return;
        BytesAssert.Equal(built, builder.BuildUa(extracted));
        BytesAssert.Equal(builder.BuildApp(app), builder.BuildApp(extracted));
        Assert.True(extracted.Length > plain.Length);
        BytesAssert.Equal(OtaWriter.Pack(plain), UpdatePackager.Pack(extracted));
        Assert.Equal((FindingCode.BuildAppTail, FindingSeverity.Info), FirmwareBuilder.CheckApp(extracted).Select(finding => (finding.Code, finding.Severity)).Single());
        Assert.Empty(FirmwareBuilder.CheckApp(plain));
    }

    [Fact]
    public void Image_UnderAKeyWithoutAName_IsToldByThatKey()
    {
        var key = new BekenKey(1, 2, 3, 4);
        var builder = new FirmwareBuilder(BekenChip.BK7231N, new FirmwareBuildOptions { Key = key });
        byte[] built = builder.BuildUa(SyntheticPrograms.App(0xC010, SyntheticImage.ObkN));
        var image = FlashImage.Parse(built, new FlashImageOptions { Key = key });
        byte[] extracted = image.Extract(image.FindPartition("app")!).ToArray();
        BytesAssert.Equal(built, builder.BuildUa(extracted));
        Assert.Single(FirmwareBuilder.CheckApp(extracted, key));
    }

    [Theory]
    [InlineData(0xC010)]
    [InlineData(0xC020)]
    [InlineData(0xC000)]
    public void App_WithoutSuchAnEnd_IsTakenWhole(int length)
    {
        byte[] app = SyntheticPrograms.App(length, SyntheticImage.ObkN);
        Assert.Empty(FirmwareBuilder.CheckApp(app));
        BytesAssert.Equal(OtaWriter.Pack(app), UpdatePackager.Pack(app));
    }

    [Theory]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin", BekenChip.BK7231N)]
    [InlineData("OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin", BekenChip.BK7231N)]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin", BekenChip.BK7231M)]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", BekenChip.BK7231T)]
    [InlineData("OpenBK7238_QIO_1.18.300.bin", BekenChip.BK7238)]
    [InlineData("more/Timer0_2_tuya_demo_template_QIO_1.0.0.bin", BekenChip.BK7231N)]
    public void App_ExtractedFromAPublishedImage_GivesItAgain(string file, BekenChip chip)
    {
        var image = Synthetic.Images.FromCorpus(file);
        var builder = new FirmwareBuilder(chip, new FirmwareBuildOptions { Key = image.Key.Value, AppHeader = FirmwareHeaders.Find(image, "app") });
        byte[] extracted = image.Extract(image.FindPartition("app")!).ToArray();
        foreach (byte[] app in new[] { extracted, PlainApplication.Take(image) })
        {
            byte[] built = builder.BuildUa(app);
            BytesAssert.Equal(image.Bytes.Span.Slice(0x11000, built.Length), built);
        }
        Assert.Equal(FindingCode.BuildAppTail, Assert.Single(FirmwareBuilder.CheckApp(extracted)).Code);
    }
}
