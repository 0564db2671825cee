using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>The numbers of a look at pages: two looks together, and what a caller is told of a buffer that is too short.</summary>
public class PageScanTests
{
    // States in order: the scan of a text is counted, and that of two texts is that of both in one.
    private static PageScan Count(string kinds)
    {
        int bad = kinds.IndexOf('b'), leading = kinds.TakeWhile(kind => kind == 'v').Count();
        return new PageScan(kinds.Count(kind => kind == 'v'), kinds.Count(kind => kind == 'e'), kinds.Count(kind => kind == 'b'), bad, leading);
    }

    [Fact]
    public void Then_OfAnyTwo_IsTheScanOfBoth()
    {
        string[] all = [.. from a in "-veb" from b in "-veb" from c in "-veb" select $"{a}{b}{c}".Replace("-", "", StringComparison.Ordinal)];
        foreach (string first in all)
        {
            foreach (string next in all)
                Assert.Equal(Count(first + next), Count(first).Then(Count(next)));
        }
    }

    [Fact]
    public void Hashes_OfDifferentScans_Differ()
    {
        var hashes =
            from valid in Enumerable.Range(0, 6)
            from erased in Enumerable.Range(0, 6)
            from bad in Enumerable.Range(0, 6)
            select new PageScan(valid, erased, bad, -1, 0).GetHashCode();
        Assert.True(hashes.Distinct().Count() > 210);
        Assert.NotEqual(new PageScan(1, 2, 3, 4, 0).GetHashCode(), new PageScan(1, 2, 3, 5, 0).GetHashCode());
    }

    [Fact]
    public void ShortBuffers_AreToldHowMuchIsNeeded()
    {
        AssertSaid("The destination holds 95 bytes, 96 are needed", () => FlashPages.Decode(new byte[34 * 3], new byte[95]));
        AssertSaid("The destination holds 101 bytes, 102 are needed", () => FlashPages.Encode(new byte[32 * 3], new byte[101]));
        AssertSaid("35 bytes are not a whole number of 34-byte units", () => FlashPages.Check(new byte[35]));
        AssertSaid("33 bytes are not a whole number of 32-byte units", () => FlashPages.Encode(new byte[33], new byte[99]));
    }

    [Fact]
    public void ShortBuffersOfTheAesCipher_AreToldHowMuchIsNeeded()
    {
        var cipher = new AesFlashCipher(AesFlashKey.SdkExample, AesFlashVariant.Standard);
        AssertSaid("The destination holds 95 bytes, 96 are needed", () => cipher.DecodePages(0, new byte[34 * 3], new byte[95]));
        AssertSaid("The destination holds 101 bytes, 102 are needed", () => cipher.EncodePages(0, new byte[32 * 3], new byte[101]));
        AssertSaid("The destination holds 95 bytes, 96 are needed", () => cipher.Encrypt(0, new byte[96], new byte[95]));
        AssertSaid("The destination holds 95 bytes, 96 are needed", () => cipher.Decrypt(0, new byte[96], new byte[95]));
    }

    // FlashPages.md, section 2, and the catalogue of CRCs: the check value of CRC-16/CMS.
    [Fact]
    public void Crc_OfTheKnownInputs_IsTheCatalogues()
    {
        Assert.Equal(0xAEE7, Crc16Cms.Compute("123456789"u8));
        Assert.Equal(0x000C, Crc16Cms.Compute(FlashPagesTests.Filled(32, 0xFF)));
        Assert.Equal(0x8029, Crc16Cms.Compute(new byte[32]));
        for (int value = 0; value < 256; value++)
            Assert.Equal(PlainReference.Crc([(byte)value]), Crc16Cms.Compute([(byte)value]));
    }

    private static void AssertSaid(string words, Action work) =>
        Assert.StartsWith(words, Assert.Throws<ArgumentException>(work).Message, StringComparison.Ordinal);
}
