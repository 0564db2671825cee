using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Programs;

/// <summary>Page CRCs of files, judged by the CRC written bit by bit in the tests.</summary>
public class PageFileTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(100)]
    public void Add_ThenStrip_GivesTheDataAndItsPadding(int length)
    {
        byte[] data = SyntheticPrograms.Noise(length, 7);
        byte[] pages = PageFile.Add(data);
        BytesAssert.Equal(PlainFormats.Pages(data), pages);
        BytesAssert.Equal(PageFile.Pad(data), PageFile.Strip(pages));
        BytesAssert.Equal([.. data, .. Enumerable.Repeat((byte)0xFF, (32 - length % 32) % 32)], PageFile.Strip(pages));
    }

    [Fact]
    public void Repair_BelievesTheDataAndLeavesErasedPages()
    {
        byte[] data = SyntheticPrograms.Noise(96, 8);
        byte[] pages = [.. PlainFormats.Pages(data), .. Enumerable.Repeat((byte)0xFF, 34)];
        byte[] edited = pages.ToArray();
        edited[40] ^= 1;
        data[38] ^= 1;

        var result = PageFile.Repair(edited);

        Assert.Equal((1, 1, 2, 1), (result.Repaired, result.Before.Bad, result.Before.Valid, result.Before.Erased));
        BytesAssert.Equal([.. PlainFormats.Pages(data), .. Enumerable.Repeat((byte)0xFF, 34)], result.ToArray());
        BytesAssert.Equal(pages, PageFile.Repair(pages).ToArray());
    }

    [Fact]
    public void Pages_ThatAreNotWholeOrNotSound_AreRefusedWithTheirPlace()
    {
        byte[] pages = PlainFormats.Pages(SyntheticPrograms.Noise(96, 9));
        foreach (Action work in new Action[]
        {
            () => PageFile.Check(pages.AsSpan(0, 70)), () => PageFile.Repair(pages.AsSpan(0, 70)), () => PageFile.Strip(pages.AsSpan(0, 70)),
        })
        {
            var error = Assert.Throws<BekenImageException>(work);
            Assert.Equal((FindingCode.WrongKind, 68L), (error.Code, error.Offset));
        }
        pages[35] ^= 1;
        var bad = Assert.Throws<BekenImageException>(() => PageFile.Strip(pages));
        Assert.Equal((FindingCode.BadPage, 34L), (bad.Code, bad.Offset));
    }

    [Fact]
    public void Strip_WithAKey_Deciphers()
    {
        byte[] plain = SyntheticPrograms.Noise(64, 10);
        byte[] pages = PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Tuya, 0x10000, plain));
        BytesAssert.Equal(plain, PageFile.Strip(pages, SyntheticKey.Tuya.ToKey(), 0x10000, out var scan));
        Assert.Equal(2, scan.Valid);
    }
}
