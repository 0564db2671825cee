using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Verifying.CheckLines;

namespace BekenImage.Tests.Verifying;

/// <summary>What a headered package vouches for: its header and its images, each kind of package with its own findings.</summary>
public class PackageSumChecksTests
{
    private static VerifyResult Verify(byte[] file) => ImageVerifier.Verify(FlashImage.Parse(file));

    private static string[] Sums(VerifyResult result) =>
        Lines(result.Checks.Where(check => check.Name is "package-header" or "package-images"));

    /// <summary>An update of MCUboot as the format notes have it: header, one image header, the body. Little-endian.</summary>
    private static byte[] Update(byte[] body)
    {
        var bytes = new byte[64 + body.Length];
        "BK723658"u8.CopyTo(bytes);
        bytes[0x10] = 32;
        bytes[0x12] = 1;
        PlainFormats.Put(bytes, 0x20, (uint)body.Length);
        PlainFormats.Put(bytes, 0x28, SyntheticSecureImage.PrimaryOffset);
        PlainFormats.Put(bytes, 0x2C, ~PlainFormats.Crc32(body));
        PlainFormats.Put(bytes, 0x30, 5);
        PlainFormats.Put(bytes, 0x08, ~PlainFormats.Crc32(bytes[12..64]));
        body.CopyTo(bytes, 64);
        return bytes;
    }

    /// <summary>A Tuya update of an Armino chip: the body, then the trailer. Big-endian.</summary>
    private static byte[] Ua(byte[] body) =>
    [
        .. body,
        .. Convert.FromHexString("74757961FFFFFFFF0000000100000002000000030000000400000005"
            + $"{body.Length:X8}{PlainFormats.Crc32(body):X8}" +
            "00000000" + "00000006" + "00200002" + new string('0', 32)),
    ];

    private static byte[] Flip(byte[] file, int at)
    {
        file[at] ^= 1;
        return file;
    }

    [Fact]
    public void Download_Package_IsJudgedByItsHeaderAndEachPart()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        byte[] file = made.Package();

        var sound = Verify(file);
        Assert.Equal(["package-header Pass DownloadHeaderCrc", "package-images Pass DownloadImageCrc"], Sums(sound));
        Says(sound, "package-header Pass DownloadHeaderCrc", "header is sound");
        Says(sound, "package-images Pass DownloadImageCrc", "give the CRCs its header states");
        // The CRC of the header stands at 8; the parts begin behind six headers of 32 bytes.
        var header = Verify(Flip(made.Package(), 8));
        Assert.Equal(["package-header Fail DownloadHeaderCrc @8", "package-images Pass DownloadImageCrc"], Sums(header));
        Assert.False(header.Boots);
        var part = Verify(Flip(made.Package(), 192 + 0x1000 + 5));
        Assert.Equal(["package-header Pass DownloadHeaderCrc", "package-images Fail DownloadImageCrc @10c0"], Sums(part));
        Assert.Contains("image 2 states CRC", Named(part, "package-images").Message, StringComparison.Ordinal);
        // Two wrong parts: the first is named. A byte behind the last part is said, and no fault.
        Assert.Equal("package-images Fail DownloadImageCrc @c0", Sums(Verify(Flip(Flip(made.Package(), 192 + 0x1000 + 5), 192)))[1]);
        Assert.All(Verify([.. made.Package(), 0]).Checks.Where(check => check.Name.StartsWith("package-", StringComparison.Ordinal)),
            check => Assert.Equal(CheckStatus.Pass, check.Status));
    }

    [Fact]
    public void Download_PackageThatIsCut_FailsByItsHeader()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var result = Verify(made.Package()[..0x5000]);

        Assert.StartsWith("package-header Fail DownloadTruncated", Sums(result)[0], StringComparison.Ordinal);
        Assert.Equal("package-images Pass DownloadImageCrc", Sums(result)[1]);
        Assert.False(result.Boots);
    }

    [Fact]
    public void McuBoot_Update_IsJudgedWithTheSignedImageInIt()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        byte[] file = Update(made.Primary);

        var sound = Verify(file);
        Assert.Equal(["package-header Pass McuUpdateHeaderCrc", "package-images Pass McuUpdateImageCrc"], Sums(sound));
        // What is inside is judged too; where it stands there is no place in this file.
        var inside = sound.Checks.Where(check => check.Code is FindingCode.McuBootHash or FindingCode.McuBootSignature).ToArray();
        Assert.Equal([CheckStatus.Pass, CheckStatus.Pass], inside.Select(check => check.Status));
        Assert.All(inside, check => Assert.Null(check.Offset));
        Assert.Equal(["package-header Fail McuUpdateHeaderCrc @8", "package-images Pass McuUpdateImageCrc"],
            Sums(Verify(Flip(Update(made.Primary), 9))));
        var body = Verify(Flip(Update(made.Primary), 0x1500));
        Assert.Equal(["package-header Pass McuUpdateHeaderCrc", "package-images Fail McuUpdateImageCrc @40"], Sums(body));
        Assert.Equal(["package-header Pass McuUpdateHeaderCrc", "package-images Pass McuUpdateImageCrc"],
            Sums(Verify([.. Update(made.Primary), 0])));
    }

    [Fact]
    public void McuBoot_UpdateOfPages_IsNamedAsOneToo()
    {
        byte[] app = SyntheticArmino.App(0x9000, 6, "OpenBK7236_1.18.300");

        var sound = Verify(Update(SyntheticArmino.Pages(app)));

        Assert.Equal(["package-header Pass McuUpdateHeaderCrc", "package-images Pass McuUpdateImageCrc"], Sums(sound));
        Assert.Null(sound.Backup);
        Assert.Equal("package-images Fail McuUpdateImageCrc @40", Sums(Verify(Flip(Update(SyntheticArmino.Pages(app)), 0x40)))[1]);
    }

    [Fact]
    public void Ua_Package_IsJudgedByItsTrailerAndItsBody()
    {
        byte[] app = SyntheticArmino.App(0x9000, 6, "OpenBK7236_1.18.300");

        Assert.Equal(["package-header Pass UaTrailerDamaged", "package-images Pass UaBodyCrc"], Sums(Verify(Ua(app))));
        Assert.Equal(["package-header Pass UaTrailerDamaged", "package-images Fail UaBodyCrc @0"], Sums(Verify(Flip(Ua(app), 0x4000))));
        // The last 16 bytes of the trailer are zero.
        byte[] trailer = Ua(app);
        Assert.Equal(["package-header Fail UaTrailerDamaged @9030", "package-images Pass UaBodyCrc"], Sums(Verify(Flip(trailer,
            trailer.Length - 1))));
    }

    [Fact]
    public void Update_OfTheOlderChips_StatesNothingOfTheKind() =>
        Assert.Empty(Sums(Verify(PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN)))));

    [Fact]
    public void Flash_ThatIsNoPackage_IsNotAsked()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        Assert.Empty(Sums(Verify(made.Flash)));
    }
}
