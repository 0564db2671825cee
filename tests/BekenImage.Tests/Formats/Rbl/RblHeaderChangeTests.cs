using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Rbl;

/// <summary>A header that is made to fit something else: what is asked for changes, the rest stays, the CRC fits again.</summary>
public class RblHeaderChangeTests
{
    private const byte Junk = 0x5A;

    private static readonly byte[] Stored = SyntheticPrograms.Noise(70, 4);

    private static RblHeader Read(byte[] bytes) => RblHeader.TryRead(bytes, out var header) ? header : throw new InvalidDataException();

    private static byte[] Header(string name, string version, uint timestamp, byte[]? stored = null, int? padding = null) =>
        PlainFormats.Header(stored ?? Stored, name, version, timestamp, padding, junk: Junk);

    [Fact]
    public void Texts_ThatStay_KeepTheJunkBehindThem()
    {
        byte[] bytes = Header("app", "1.00", 5);
        foreach (var same in new[] { Read(bytes).WithTexts(null, null, null), Read(bytes).WithTexts("app", "1.00", 5) })
            BytesAssert.Equal(bytes, same.Bytes.Span);
    }

    [Fact]
    public void Texts_ThatChange_AreTheOnlyBytesThatDo()
    {
        byte[] before = Header("app", "1.00", 5);
        byte[] time = Read(before).WithTexts(null, null, 0x01020304).Bytes.ToArray();
        BytesAssert.Equal(Header("app", "1.00", 0x01020304), time);
        byte[] name = Read(before).WithTexts("other", null, null).Bytes.ToArray();
        Assert.Equal(("other", "1.00", 5u), (Read(name).Name, Read(name).Version, Read(name).Timestamp));
        Assert.All(Enumerable.Range(0, 0x5C).Where(at => at is < 0x0C or >= 0x1C), at => Assert.Equal(before[at], name[at]));
        byte[] version = Read(before).WithTexts(null, "2.0", null).Bytes.ToArray();
        Assert.Equal(("app", "2.0"), (Read(version).Name, Read(version).Version));
        Assert.All(Enumerable.Range(0, 0x5C).Where(at => at is < 0x1C or >= 0x34), at => Assert.Equal(before[at], version[at]));
        Assert.All(new[] { time, name, version }, bytes => Assert.True(Read(bytes).HeaderCrcOk));
    }

    [Fact]
    public void Place_OfTheHeader_IsTheLast102BytesOfThePartition() =>
        Assert.Equal(0x119700 - 102, RblHeader.OffsetAtEndOf(new FlashRange(0x11000, 0x108700)));

    [Fact]
    public void Magic_WithoutItsNul_IsNoHeader()
    {
        byte[] bytes = Header("app", "1.00", 5);
        bytes[3] = 1;
        Assert.False(RblHeader.TryRead(bytes, out _));
        bytes[3] = 0;
        Assert.False(RblHeader.TryRead(bytes.AsSpan(0, 95), out _));
        Assert.True(RblHeader.TryRead(bytes, out _));
    }

    // Every number of padding bytes a header is known to have, also none.
    [Fact]
    public void Renewed_ForChangedBytes_FitsThem_WithTheSizesItHad()
    {
        byte[] after = (byte[])Stored.Clone();
        after[9] ^= 0x40;
        for (int padding = 0; padding <= 16; padding++)
        {
            var renewed = RblWriter.Renew(Read(Header("app", "1.00", 5, padding: padding)), Stored, [.. after, 1, 2, 3]);
            BytesAssert.Equal(Header("app", "1.00", 5, after, padding), renewed.Bytes.Span);
        }
    }

    // ltchiptool: raw size 16 above the package; the CRC covers the stored bytes, or those less the padding and 16 times 16.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Renewed_AnLtchiptoolHeader_FitsInItsOwnForm(bool coversPadding)
    {
        byte[] before = SyntheticPrograms.Noise(112, 6);
        byte[] after = (byte[])before.Clone();
        after[3] ^= 1;
        byte[] Form(byte[] stored)
        {
            byte[] bytes = Header("app", "1.00", 5, stored);
            PlainFormats.Put(bytes, 0x54, 112);
            PlainFormats.Put(bytes, 0x58, 96);
            PlainFormats.Put(bytes, 0x4C, PlainFormats.Crc32(coversPadding ? [.. stored.AsSpan(0, 80), .. Enumerable.Repeat((byte)16, 16)] : stored.AsSpan(0, 96).ToArray()));
            PlainFormats.Put(bytes, 0x5C, PlainFormats.Crc32(bytes.AsSpan(0, 0x5C).ToArray()));
            return bytes;
        }

        BytesAssert.Equal(Form(after), RblWriter.Renew(Read(Form(before)), before, after).Bytes.Span);
    }

    [Fact]
    public void Section_TooShortForAHeader_IsRefused()
    {
        var header = RblWriter.CreateFlashHeader("app", "1", 0, []);
        foreach (int length in new[] { 0, 34, 101 })
            Assert.Equal(FindingCode.RblSizes, Assert.Throws<BekenImageException>(() => RblWriter.WriteSection([], header, length)).Code);
        Assert.Equal(102, RblWriter.WriteSection([], header, 102).Length);
    }
}
