using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

/// <summary>Dumps whose bootloader holds no <c>01PE</c> records: vectors and headers tell where the programs lie.</summary>
public class TablelessDumpTests
{
    public static TheoryData<string> Chips => ["N", "T", "Dreo", "U", "BK7238", "BK7252", "BK7252N"];

    private static SyntheticImage Device(string chip, bool hasHeader = true)
    {
        var (boot, key) = chip switch
        {
            "N" => (SyntheticBoot.N, SyntheticKey.Tuya),
            "T" => (SyntheticBoot.T, SyntheticKey.Tuya),
            "Dreo" => (SyntheticBoot.Dreo, SyntheticKey.Zero),
            "U" => (SyntheticBoot.U, SyntheticKey.Zero),
            "BK7238" => (SyntheticBoot.BK7238, SyntheticKey.Zero),
            "BK7252" => (SyntheticBoot.BK7252, SyntheticKey.Zero),
            _ => (SyntheticBoot.BK7252N, SyntheticKey.Zero),
        };
        return new SyntheticImage
        {
            Boot = boot, Key = key, Table = [], HasAppHeader = hasHeader, App = SyntheticPrograms.App(0x9A75, SyntheticImage.Sdk, boot.NMarker),
        }.WithRf(0x1E0000);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Parse_WithAHeaderBehindTheApp_TakesThePartitionFromIt(string chip)
    {
        var made = Device(chip);

        var image = FlashImage.Parse(made.Dump());

        Assert.Equal(ImageKind.Dump, image.Kind);
        Assert.Null(image.Fal);
        var app = image.FindPartition("app")!;
        Assert.Equal(PartitionSource.Scan, app.Source);
        Assert.Equal(FlashRange.FromBounds(0x11000, made.Layout.AppEnd), app.Range);
        Assert.Contains("header", Assert.Single(image.Findings, finding => finding.Code == FindingCode.FalMissing).Message, StringComparison.Ordinal);
        Assert.True(ImageVerifier.Verify(image).Boots);
        var split = ImageSplitter.Split(image);
        Assert.Contains("app.bin", split.Contents.Keys);
        BytesAssert.Equal(made.Dump(), ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Parse_WithoutAHeader_SaysThatTheLayoutIsAssumed(string chip)
    {
        var image = FlashImage.Parse(Device(chip, hasHeader: false).Dump());

        Assert.Equal(PartitionSource.Layout, image.FindPartition("app")!.Source);
        Assert.Contains("assumed", Assert.Single(image.Findings, finding => finding.Code == FindingCode.FalMissing).Message, StringComparison.Ordinal);
        Assert.True(ImageVerifier.Verify(image).Boots);
    }

    [Fact]
    public void Parse_WithAHeaderThatDoesNotFit_DoesNotSayThatTheAppProvesIt()
    {
        byte[] dump = Device("BK7238").Dump();
        PlainFormats.Pages(SyntheticPrograms.Noise(32, 8)).CopyTo(dump, 0x11000 + 34 * 100);

        var finding = Assert.Single(FlashImage.Parse(dump).Findings, finding => finding.Code == FindingCode.FalMissing);

        Assert.DoesNotContain("fits", finding.Message, StringComparison.Ordinal);
    }

    // In a piece of a dump nothing says where the page grid lies.
    [Fact]
    public void Parse_OfAPieceWithTheAppsHeader_DoesNotCallItOffTheGrid()
    {
        byte[] dump = SyntheticImage.TuyaNDevice().Dump();

        var image = FlashImage.Parse(dump[0x100000..]);

        Assert.Equal(ImageKind.Piece, image.Kind);
        Assert.Single(image.Containers);
        Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.RblHeaderOffGrid);
    }
}
