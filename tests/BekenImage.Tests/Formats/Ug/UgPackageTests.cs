using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rbl;

namespace BekenImage.Tests.Formats.Ug;

public class UgPackageTests
{
    [Fact]
    public void Vendor_PackageOfItsOwnRbl_IsMetInBothDirections()
    {
        byte[] expected = Corpus.ReadVector("ug_gzip_aes.bin");
        byte[] body = Corpus.ReadVector("ota_gzip_aes.rbl");
        BytesAssert.Equal(expected, UgWriter.Pack(body, "1.2.3"));
        var package = Read(expected);
        Assert.Empty(package.Findings);
        Assert.Equal("1.2.3", package.Header.Version);
        BytesAssert.Equal(body, package.Unpack());
        Assert.True(package.TryReadOta(out var ota));
        BytesAssert.Equal(Corpus.ReadVector("app.bin"), ota!.Unpack());
    }

    // The formats document's example; its body is not there, only its length and sum.
    [Fact]
    public void TryRead_OfTheDocumentsHeader_GivesItsFields()
    {
        byte[] bytes = Convert.FromHexString("55AA55AA312E31382E333030000000000007B59003D71C18000005E1AA55AA55");
        var package = Read(bytes);
        Assert.Equal(("1.18.300", 505232u, 0x03D71C18u, 0x5E1u),
            (package.Header.Version, package.Header.BodyLength, package.Header.BodySum, package.Header.HeaderSum));
        Assert.True(package.Header.HeaderSumOk);
        Assert.Contains(package.Findings, finding => finding.Code == FindingCode.UgTruncated);
        Assert.Equal(FindingCode.UgTruncated, Assert.Throws<BekenImageException>(() => package.Unpack()).Code);
    }

    [Fact]
    public void Pack_OfAVersionOfTheFieldsLength_StoresItWithoutNul_AndRefusesALongerOne()
    {
        Assert.Equal(FindingCode.HeaderTextTooLong, Assert.Throws<BekenImageException>(() => UgWriter.Pack(Body, "1.18.300-alpha-5")).Code);
        byte[] bytes = UgWriter.Pack(Body, "1.18.300-alp");
        Assert.Equal("1.18.300-alp", Read(bytes).Header.Version);
        Assert.True(Read(bytes).Header.HeaderSumOk);
        BytesAssert.Equal(Body, Read(bytes).Unpack());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65537)]
    public void Pack_OfAnyBody_AddsUnsignedBytes(int length)
    {
        byte[] body = Enumerable.Repeat((byte)0xFF, length).ToArray();
        var package = Read(UgWriter.Pack(body, string.Empty));
        Assert.Equal((uint)length * 255, package.Header.BodySum);
        Assert.Equal(FindingCode.UgBodyUnknown, Assert.Single(package.Findings).Code);
        BytesAssert.Equal(body, package.Unpack());
    }

    [Fact]
    public void Unpack_OfAnyChangedByte_IsRefused()
    {
        byte[] bytes = UgWriter.Pack(Body, "1.0");
        for (int at = 4; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x11;
            var code = Assert.Throws<BekenImageException>(() => Read(changed).Unpack()).Code;
            Assert.Equal(at < UgHeader.Size ? FindingCode.UgHeaderDamaged : FindingCode.UgBodySum, code);
            BytesAssert.Equal(changed, Read(changed).ToArray());
        }
    }

    [Fact]
    public void TryRead_OfATruncatedFile_NeverThrows()
    {
        byte[] bytes = UgWriter.Pack(Body, "1.0");
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(length >= UgHeader.Size, UgPackage.TryRead(bytes.AsMemory(0, length), out var package));
            if (package is not null)
                Assert.Equal(FindingCode.UgTruncated, Assert.Throws<BekenImageException>(() => package.Unpack()).Code);
        }
    }

    [Fact]
    public void TryRead_OfOddPackages_SaysWhatIsOdd()
    {
        Assert.Equal(FindingCode.UgTrailingBytes, Assert.Single(Read([.. UgWriter.Pack(Body, "1"), 0]).Findings).Code);
        byte[] large = new byte[UgPackage.BodyLimit];
        Body.CopyTo(large, 0);
        Assert.Equal(FindingCode.UgTooLarge, Assert.Single(Read(UgWriter.Pack(large, "1")).Findings).Code);
        Assert.DoesNotContain(Read(UgWriter.Pack(large.AsSpan(1), "1")).Findings, finding => finding.Code == FindingCode.UgTooLarge);
    }

    private static byte[] Body { get; } = OtaWriter.Pack(OtaTestData.Compressible(500));

    private static UgPackage Read(byte[] bytes)
    {
        Assert.True(UgPackage.TryRead(bytes, out var package));
        return package!;
    }
}
