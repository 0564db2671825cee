using BekenImage.Formats.Uf2;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>UF2 files for a flash of two halves: a Beken bootloader starts one app, so the half that is linked there is meant.</summary>
public class Uf2HalvesTests
{
    private const uint FamilyN = 0x7B3EF230;
    private const int Second = 0x90000;

    private static readonly byte[] First = SyntheticPrograms.App(0xC010, SyntheticImage.ObkN, seed: 3);
    private static readonly byte[] Other = SyntheticPrograms.App(0xC010, SyntheticImage.ObkN, seed: 3, linkBase: Second);

    private static byte[] File(params Uf2Part[] parts) => Uf2Writer.Write(FamilyN, Uf2Writer.Describe("generic-bk7231n-qfn32-tuya", "esphome", "1.0.0", null), parts);

    private static Uf2Part Package(string name, byte[] app, params Uf2Scheme[] schemes) => new(name, schemes, 0, PlainFormats.UpdatePackage(app));

    private static byte[] Flash(byte[] firmware) =>
        new ImageCombiner(FlashImage.Parse(SyntheticImages.Dreo), FlashImage.Parse(firmware)).Plan().ToArray()[0x11000..0x1C000];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TwoHalves_GiveTheOneThatIsLinkedForTheApp(bool isSecond)
    {
        byte[] file = File(Package("ota1", isSecond ? Other : First, Uf2Scheme.DeviceDual1), Package("ota2", isSecond ? First : Other, Uf2Scheme.DeviceDual2));
        var image = FlashImage.Parse(file);
        string taken = isSecond ? "ota2" : "ota1";
        Assert.Equal((ImageKind.Package, BekenChip.BK7231N, taken), (image.Kind, image.Chip, image.Member));
        var told = Assert.Single(image.Findings, finding => finding.Code == FindingCode.Uf2HalfTaken);
        Assert.Contains($"'{taken}' is used (scheme device dual {(isSecond ? 2 : 1)})", told.Message, StringComparison.Ordinal);
        Assert.Equal(Flash(First), Flash(file));
        var plan = new ImageCombiner(FlashImage.Parse(SyntheticImages.Dreo), image).Plan();
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.Uf2HalfTaken);
    }

    [Fact]
    public void Halves_ForACable_AreTakenWhereThereAreNoneForADevice()
    {
        byte[] pages = SyntheticImage.ObkNFirmware(SyntheticKey.Zero).AppPages();
        byte[] other = PlainFormats.Pages(Other);
        byte[] file = File(new Uf2Part("app1", [Uf2Scheme.FlasherDual1], 0, pages), new Uf2Part("app2", [Uf2Scheme.FlasherDual2], 0, other));
        Assert.Equal("app1", FlashImage.Parse(file).Member);
        Assert.Equal(Flash(SyntheticImages.ObkM), Flash(file));
    }

    [Fact]
    public void OneForAll_WinsOverHalves()
    {
        byte[] file = File(Package("download", First, Uf2Scheme.DeviceSingle), Package("ota2", Other, Uf2Scheme.DeviceDual2));
        var image = FlashImage.Parse(file);
        Assert.Equal("download", image.Member);
        Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.Uf2HalfTaken);
    }

    // A half of a chip that starts its apps elsewhere, two that claim the same place, one with a gap.
    [Fact]
    public void Halves_OfWhichNotExactlyOneFits_AreRefused()
    {
        byte[] longer = SyntheticPrograms.App(0xC020, SyntheticImage.ObkN, seed: 5);
        foreach (byte[] file in new[]
        {
            File(Package("ota1", Other, Uf2Scheme.DeviceDual1)),
            File(Package("ota1", First, Uf2Scheme.DeviceDual1), Package("ota2", longer, Uf2Scheme.DeviceDual2)),
            File(new Uf2Part("ota1", [Uf2Scheme.DeviceDual1], 0x100, PlainFormats.UpdatePackage(First))),
            File(new Uf2Part("ota1", [Uf2Scheme.DeviceDual1], 0, SyntheticPrograms.Noise(0x2000, 8))),
        })
        {
            var image = FlashImage.Parse(file);
            Assert.Null(image.Contained);
            Assert.Equal(FindingCode.Uf2PartUnknown, Assert.Throws<BekenImageException>(() => image.OpenPackage()).Code);
            Assert.Equal(FindingCode.Uf2PartUnknown, Assert.Throws<BekenImageException>(() => Flash(file)).Code);
        }
    }

    [Fact]
    public void Halves_UnderOnePart_AreThatPart()
    {
        byte[] file = File(Package("ota1", First, Uf2Scheme.DeviceDual1, Uf2Scheme.DeviceDual2));
        Assert.Equal("ota1", FlashImage.Parse(file).Member);
    }
}
