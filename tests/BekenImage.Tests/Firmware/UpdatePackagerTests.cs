using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Firmware;

public class UpdatePackagerTests
{
    private static readonly SyntheticImage Device = SyntheticImage.ObkNFirmware();

    public static TheoryData<string, FindingCode> Unfit => new()
    {
        { "pages", FindingCode.BuildAppPaged }, { "qio", FindingCode.BuildAppPaged }, { "dump", FindingCode.BuildAppPaged }, { "ua", FindingCode.BuildAppPaged },
        { "enciphered", FindingCode.BuildAppEnciphered }, { "bootloader", FindingCode.BuildAppUnfit }, { "package", FindingCode.PackageNotPlain },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void Pack_OfWhatIsNoPlainApplication_IsRefused(string what, FindingCode code)
    {
        var error = Assert.Throws<BekenImageException>(() => UpdatePackager.Pack(Make(what)));
        Assert.Equal(code, error.Code);
        // The bootloader's own update is a bootloader.
        if (what == "bootloader")
            Assert.NotEmpty(UpdatePackager.Pack(Make(what), new OtaPackOptions { Name = "bootloader" }));
    }

    [Theory]
    [InlineData("pages")]
    [InlineData("qio")]
    [InlineData("dump")]
    [InlineData("ua")]
    [InlineData("app")]
    [InlineData("bootloader")]
    public void Wrap_OfFirmwareThatIsNotPacked_IsRefused(string what) =>
        Assert.Equal(FindingCode.UgBodyUnknown, Assert.Throws<BekenImageException>(() => UpdatePackager.Wrap(Make(what), "1.0")).Code);

    [Fact]
    public void Pack_OfAPlainApplication_IsWhatTheWriterMakes()
    {
        var findings = new List<Finding>();
        byte[] package = UpdatePackager.Pack(Device.App, null, findings);
        BytesAssert.Equal(OtaWriter.Pack(Device.App), package);
        Assert.Empty(findings);
        UpdatePackager.Wrap(package, "1.0");
    }

    private static byte[] Make(string what) => what switch
    {
        "pages" => Device.AppPages(),
        "qio" => Device.Qio(),
        "dump" => Synthetic.Images.TuyaN,
        "ua" => Device.Ua(),
        "app" => Device.App,
        "enciphered" => Device.StoredApp(),
        "bootloader" => Device.PlainBootloader(),
        _ => OtaWriter.Pack(Device.App),
    };
}
