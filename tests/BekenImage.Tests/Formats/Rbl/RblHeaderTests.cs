using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Rbl;

public class RblHeaderTests
{
    // The bootloader's header of OpenBK7238 1.18.300 as the format notes print it.
    private static byte[] WorkedHeader
    {
        get
        {
            var header = new byte[96];
            "RBL\0"u8.CopyTo(header);
            PlainFormats.Put(header, 0x08, 0x6A6F9D3B);
            "bootloader"u8.CopyTo(header.AsSpan(0x0C));
            "2M.1220"u8.CopyTo(header.AsSpan(0x1C));
            "00000000000000000000000"u8.CopyTo(header.AsSpan(0x34));
            PlainFormats.Put(header, 0x4C, 0x5157C49E);
            PlainFormats.Put(header, 0x50, 0xDD88F70A);
            PlainFormats.Put(header, 0x54, 0xD3AC);
            PlainFormats.Put(header, 0x58, 0xD3B0);
            PlainFormats.Put(header, 0x5C, 0xF1A570FD);
            return header;
        }
    }

    private static RblHeader Read(byte[] bytes) => RblHeader.TryRead(bytes, out var header) ? header! : throw new InvalidDataException();

    [Fact]
    public void WorkedExample_Read_GivesItsFields()
    {
        var header = Read(WorkedHeader);

        Assert.True(header.HeaderCrcOk);
        Assert.Equal(("bootloader", "2M.1220", 0x6A6F9D3Bu), (header.Name, header.Version, header.Timestamp));
        Assert.Equal((0x5157C49Eu, 0xDD88F70Au), (header.PayloadCrc, header.PayloadHash));
        Assert.Equal((0xD3ACu, 0xD3B0u, 0xF1A570FDu), (header.RawSize, header.PackageSize, header.HeaderCrc));
        Assert.Equal((RblEncryption.None, RblCompression.None, 0u, false), (header.Encryption, header.Compression, header.Algorithm, header.DescribesPackage));
    }

    [Fact]
    public void WorkedExample_InPages_HasThePrintedPageCrcs()
    {
        byte[] section = RblWriter.WriteSection([], Read(WorkedHeader), 102);

        Assert.Equal("A427", Convert.ToHexString(section, 32, 2));
        Assert.Equal("52EA", Convert.ToHexString(section, 66, 2));
        Assert.Equal("CEE1", Convert.ToHexString(section, 100, 2));
    }

    [Fact]
    public void AlgorithmWord_GivesEncryptionAndCompression()
    {
        byte[] bytes = PlainFormats.Header([1, 2, 3], "app", "-o", 0, algorithm: 0x102);
        var header = Read(bytes);

        Assert.Equal((RblEncryption.Aes256, RblCompression.Gzip, true), (header.Encryption, header.Compression, header.DescribesPackage));
        Assert.True(header.HeaderCrcOk);
    }

    // Every remainder of 16 and of 32: padding 1 to 16.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FlashHeader_OfEveryLength_IsWhatThePlainWriterMakes(bool junk)
    {
        for (int length = 0; length <= 70; length++)
        {
            byte[] stored = SyntheticPrograms.Noise(length, length + 1);
            byte[] expected = PlainFormats.Header(stored, "app", "1.18.300", 1700000000, junk: junk ? (byte)0xA5 : (byte)0);
            var header = junk
                ? RblWriter.Describe(Read(PlainFormats.Header([9], "app", "1.18.300", 1700000000, junk: 0xA5)), stored)
                : RblWriter.CreateFlashHeader("app", "1.18.300", 1700000000, stored);

            BytesAssert.Equal(expected, header.Bytes.Span);
            Assert.True(RblChecks.PayloadCrcOk(header, stored));
            Assert.True(RblChecks.PayloadHashOk(header, stored));
        }
    }

    [Fact]
    public void Padding_OfZeroToSixteen_IsAccepted_SeventeenIsNot()
    {
        byte[] stored = SyntheticPrograms.Noise(64, 7);
        for (int padding = 0; padding <= 17; padding++)
            Assert.Equal(padding <= 16, RblChecks.PayloadCrcOk(Read(PlainFormats.Header(stored, "app", "1", 0, padding)), stored));
    }

    [Fact]
    public void LtchiptoolHeader_RawSixteenAbovePackage_IsAcceptedBothWays()
    {
        // ltchiptool, 64 bytes of program: package 96, raw size 112.
        byte[] stored = [.. SyntheticPrograms.Noise(80, 8), .. Enumerable.Repeat((byte)16, 32)];
        byte[] header = PlainFormats.Header(stored, "app", "1", 0);
        PlainFormats.Put(header, 0x58, 96);
        PlainFormats.Put(header, 0x4C, PlainFormats.Crc32(stored.AsSpan(0, 96).ToArray()));
        Assert.True(RblChecks.PayloadCrcOk(Read(header), stored));

        stored.AsSpan(80).Fill(0xFF);
        Assert.True(RblChecks.PayloadCrcOk(Read(header), stored));

        stored[3] ^= 1;
        Assert.False(RblChecks.PayloadCrcOk(Read(header), stored));
    }

    [Fact]
    public void PayloadCheck_EveryByteFlippedOrCut_Fails()
    {
        byte[] stored = SyntheticPrograms.Noise(100, 5);
        var header = RblWriter.CreateFlashHeader("app", "1.00", 0, stored);
        for (int at = 0; at < stored.Length; at++)
        {
            stored[at] ^= 0x40;
            Assert.False(RblChecks.PayloadCrcOk(header, stored));
            Assert.False(RblChecks.PayloadHashOk(header, stored));
            stored[at] ^= 0x40;
            Assert.False(RblChecks.PayloadCrcOk(header, stored.AsSpan(0, at)));
            Assert.False(RblChecks.PayloadHashOk(header, stored.AsSpan(0, at)));
        }
    }

    [Fact]
    public void EveryByteFlipped_BreaksMagicOrHeaderCrc()
    {
        byte[] bytes = WorkedHeader;
        for (int at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x21;
            Assert.False(RblHeader.TryRead(bytes, out var header) && header!.HeaderCrcOk, $"byte {at}");
            bytes[at] ^= 0x21;
        }
    }

    [Fact]
    public void EveryCut_IsNoHeader()
    {
        byte[] bytes = WorkedHeader;
        for (int length = 0; length < bytes.Length; length++)
            Assert.False(RblHeader.TryRead(bytes.AsSpan(0, length), out _));
        Assert.True(RblHeader.TryRead([.. bytes, 1, 2, 3], out var header));
        Assert.Equal(96, header!.Bytes.Length);
    }

    [Fact]
    public void HugeSizes_NeverThrow()
    {
        foreach (uint raw in new uint[] { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF })
        {
            foreach (int difference in new[] { -17, -16, -1, 0, 1, 16, 17 })
            {
                byte[] bytes = WorkedHeader;
                PlainFormats.Put(bytes, 0x54, raw);
                PlainFormats.Put(bytes, 0x58, unchecked((uint)(raw + difference)));
                RblChecks.PayloadCrcOk(Read(bytes), new byte[100]);
                RblChecks.PayloadHashOk(Read(bytes), new byte[100]);
            }
        }
    }

    [Fact]
    public void JunkBehindNuls_IsNotRead_AndKept()
    {
        byte[] bytes = PlainFormats.Header([1, 2, 3], "app", "1.00", 5, junk: 0x2F);
        var header = Read(bytes);

        Assert.Equal(("app", "1.00"), (header.Name, header.Version));
        BytesAssert.Equal(bytes, header.Bytes.Span);
    }

    [Fact]
    public void Texts_AsLongAsTheirFields_FillThem()
    {
        var header = RblWriter.CreateFlashHeader("a name of twenty", "a version of more than 2", 0, [1]);

        Assert.Equal(("a name of twenty", "a version of more than 2"), (header.Name, header.Version));
        BytesAssert.Equal(PlainFormats.Header([1], "a name of twenty", "a version of more than 2", 0), header.Bytes.Span);
    }

    [Theory]
    [InlineData("a name of twenty1", "1.00", "name")]
    [InlineData("app", "a version of more than 24", "version")]
    [InlineData("app", "1.00\u20AC", "version")]
    [InlineData("a\0p", "1.00", "name")]
    public void Texts_ThatDoNotFit_AreRefused(string name, string version, string says)
    {
        var made = Assert.Throws<BekenImageException>(() => RblWriter.CreateFlashHeader(name, version, 0, [1]));
        var changed = Assert.Throws<BekenImageException>(() => RblWriter.CreateFlashHeader("x", "y", 0, [1]).WithTexts(name, version, null));

        Assert.Equal((FindingCode.HeaderTextTooLong, FindingCode.HeaderTextTooLong), (made.Code, changed.Code));
        Assert.Contains(says, made.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(0xEA1C)]
    public void Section_OfEveryShape_IsThePlainContainer(int length)
    {
        byte[] stored = SyntheticPrograms.Noise(length, 2);
        int section = 0x11000;

        byte[] made = RblWriter.WriteSection(stored, RblWriter.CreateFlashHeader("bootloader", "1.00", 7, stored), section);

        BytesAssert.Equal(PlainFormats.Container(stored, PlainFormats.Header(stored, "bootloader", "1.00", 7), section), made);
    }

    [Fact]
    public void Section_TheLargestPayloadFits_OneByteMoreIsRefused()
    {
        const int section = 10 * 34 + 102;
        byte[] largest = SyntheticPrograms.Noise(320, 2);
        Assert.Equal(section, RblWriter.WriteSection(largest, RblWriter.CreateFlashHeader("app", "1", 0, largest), section).Length);

        byte[] larger = SyntheticPrograms.Noise(321, 2);
        var refusal = Assert.Throws<BekenImageException>(() => RblWriter.WriteSection(larger, RblWriter.CreateFlashHeader("app", "1", 0, larger), section));
        Assert.Equal(FindingCode.RblSizes, refusal.Code);
        Assert.Throws<BekenImageException>(() => RblWriter.WriteSection([], RblWriter.CreateFlashHeader("app", "1", 0, []), 101));
    }
}
