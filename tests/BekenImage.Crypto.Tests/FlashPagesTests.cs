using BekenImage.Crypto;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

public class FlashPagesTests
{
    // The two worked pages of the format notes, section 1.1: plain words, address, stored page.
    public static TheoryData<string, uint, string> WorkedPages => new()
    {
        { "0e0000ea" + Repeat("14f09fe5", 7), 0x10000, "2f07b59435ff2a9b35e72a9b35ef2a9b35d72a9b35df2a9b35c72a9b35cf2a9bfe2b" },
        { "480b00ea" + Repeat("14f09fe5", 7), 0, "690cb59635ff2a9935e72a9935ef2a9935d72a9935df2a9935c72a9935cf2a99f507" },
    };

    [Theory]
    [MemberData(nameof(WorkedPages))]
    public void Encode_WorkedPage_GivesTheStoredPage(string plain, uint address, string stored)
    {
        var pages = new byte[34];
        FlashPages.Encode(Convert.FromHexString(plain), pages, BekenKey.Tuya, address);
        Assert.Equal(stored, Convert.ToHexStringLower(pages));
    }

    [Theory]
    [MemberData(nameof(WorkedPages))]
    public void Decode_WorkedPage_GivesThePlainWords(string plain, uint address, string stored)
    {
        var data = new byte[32];
        Assert.Equal(new PageScan(1, 0, 0, -1, 1), FlashPages.Decode(Convert.FromHexString(stored), data, BekenKey.Tuya, address));
        Assert.Equal(plain, Convert.ToHexStringLower(data));
        Assert.Equal(new PageScan(1, 0, 0, -1, 1), FlashPages.Decode(Convert.FromHexString(stored), data));
        Assert.Equal(stored.Substring(0, 64), Convert.ToHexStringLower(data));
    }

    [Fact]
    public void Decode_ErasedPage_IsNotDeciphered()
    {
        byte[] pages = Filled(34, 0xFF);
        var data = new byte[32];
        Assert.Equal(new PageScan(0, 1, 0, -1, 0), FlashPages.Decode(pages, data, BekenKey.Tuya, 0x10000));
        BytesAssert.Equal(Filled(32, 0xFF), data);
    }

    [Fact]
    public void Decode_WrittenPageOfFf_IsDeciphered()
    {
        byte[] pages = Filled(34, 0xFF);
        pages[32] = 0x00;
        pages[33] = 0x0C;
        var data = new byte[32];
        Assert.Equal(new PageScan(1, 0, 0, -1, 1), FlashPages.Decode(pages, data, BekenKey.Tuya, 0x10000));
        BytesAssert.Equal(PlainReference.Apply(BekenKey.Tuya, 0x10000, Filled(32, 0xFF)), data);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void Check_ErasedPageWithOneByteChanged_IsBad(int index)
    {
        byte[] pages = Filled(34, 0xFF);
        pages[index] = 0xFE;
        Assert.Equal(new PageScan(0, 0, 1, 0, 0), FlashPages.Check(pages));
    }

    [Fact]
    public void Decode_BadPage_IsWrittenAllTheSame()
    {
        byte[] plain = RandomInput.Bytes(new Random(1), 3 * 32);
        byte[] pages = PlainReference.Encode(plain, BekenKey.Tuya, 0x10000);
        pages[34 + 7] ^= 0x10;
        plain[32 + 7] ^= 0x10;
        var data = new byte[plain.Length];
        Assert.Equal(new PageScan(2, 0, 1, 1, 1), FlashPages.Decode(pages, data, BekenKey.Tuya, 0x10000));
        BytesAssert.Equal(plain, data);
    }

    [Theory]
    [InlineData("", 0, 0, 0, -1, 0)]
    [InlineData("v", 1, 0, 0, -1, 1)]
    [InlineData("vvvv", 4, 0, 0, -1, 4)]
    [InlineData("evv", 2, 1, 0, -1, 0)]
    [InlineData("vvev", 3, 1, 0, -1, 2)]
    [InlineData("vebvb", 2, 1, 2, 2, 1)]
    [InlineData("vvbevv", 4, 1, 1, 2, 2)]
    [InlineData("eeeeeeeeeeeeeeeeeeeeeeeeeeeb", 0, 27, 1, 27, 0)]
    [InlineData("vvvvvvvvvvvvvvvveeeeeeeeeeeeeeeevvvvvvvvvvvvvvvvbvvvvvvvvvvvvvvv", 47, 16, 1, 48, 16)]
    public void Check_MixedPages_CountsEachKind(string kinds, int valid, int erased, int bad, int firstBad, int leadingValid)
    {
        var expected = new PageScan(valid, erased, bad, firstBad, leadingValid);
        byte[] pages = MixedPages(kinds, new Random(2), BekenKey.Uascent, 0x20);
        Assert.Equal(expected, FlashPages.Check(pages));
        Assert.Equal(kinds.Length, FlashPages.Check(pages).Total);
        var data = new byte[kinds.Length * 32];
        Assert.Equal(expected, FlashPages.Decode(pages, data, BekenKey.Uascent, 0x20));
        BytesAssert.Equal(PlainReference.Decode(pages, BekenKey.Uascent, 0x20).Data, data);
    }

    [Fact]
    public void DecodeOfEncode_AnyKeyAndAddress_GivesTheDataBack()
    {
        var random = new Random(3);
        for (int i = 0; i < 100; i++)
        {
            var key = RandomInput.Key(random);
            uint address = RandomInput.Word(random);
            byte[] plain = RandomInput.Bytes(random, random.Next(80) * 32);
            var pages = new byte[plain.Length / 32 * 34];
            FlashPages.Encode(plain, pages, key, address);
            BytesAssert.Equal(PlainReference.Encode(plain, key, address), pages);
            var data = new byte[plain.Length];
            var scan = FlashPages.Decode(pages, data, key, address);
            BytesAssert.Equal(plain, data);
            Assert.Equal(new PageScan(plain.Length / 32, 0, 0, -1, plain.Length / 32), scan);
            Assert.Equal(scan, FlashPages.Check(pages));
        }
    }

    [Fact]
    public void DecodeAndEncode_AcrossTheEndOfTheAddressSpace_StartAgainAtZero()
    {
        byte[] plain = RandomInput.Bytes(new Random(4), 100 * 32);
        foreach (uint address in new[] { 0xFFFFFFE0u, 0xFFFFFF00, 0xFFFFF820, 0xFFFFF003 })
        {
            byte[] pages = PlainReference.Encode(plain, BekenKey.Uascent, address);
            var encoded = new byte[pages.Length];
            FlashPages.Encode(plain, encoded, BekenKey.Uascent, address);
            BytesAssert.Equal(pages, encoded);
            var data = new byte[plain.Length];
            FlashPages.Decode(pages, data, BekenKey.Uascent, address);
            BytesAssert.Equal(plain, data);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(35)]
    [InlineData(34 * 20 + 1)]
    public void CheckAndDecode_NoWholePages_ThrowAndWriteNothing(int length)
    {
        var data = new byte[1000];
        Assert.Equal("pages", Assert.Throws<ArgumentException>(() => FlashPages.Check(new byte[length])).ParamName);
        Assert.Equal("pages", Assert.Throws<ArgumentException>(() => FlashPages.Decode(Filled(length, 0xEE), data)).ParamName);
        Assert.Equal(-1, data.AsSpan().IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(32 * 20 + 16)]
    public void Encode_NoWholeData_ThrowsAndWritesNothing(int length)
    {
        var pages = new byte[2000];
        Assert.Equal("data", Assert.Throws<ArgumentException>(() => FlashPages.Encode(Filled(length, 0xEE), pages)).ParamName);
        Assert.Equal(-1, pages.AsSpan().IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void DecodeAndEncode_ShortDestination_ThrowAndWriteNothing()
    {
        var data = new byte[20 * 32 - 1];
        Assert.Equal("data", Assert.Throws<ArgumentException>(() => FlashPages.Decode(Filled(20 * 34, 0xFF), data)).ParamName);
        Assert.Equal(-1, data.AsSpan().IndexOfAnyExcept((byte)0));
        var pages = new byte[20 * 34 - 1];
        Assert.Equal("pages", Assert.Throws<ArgumentException>(() => FlashPages.Encode(new byte[20 * 32], pages)).ParamName);
        Assert.Equal(-1, pages.AsSpan().IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    public void DecodeAndEncode_LongerDestination_LeaveTheRestAlone(int count)
    {
        byte[] plain = RandomInput.Bytes(new Random(5), count * 32);
        byte[] expected = PlainReference.Encode(plain, BekenKey.Tuya, 0x10000);
        byte[] pages = Filled(count * 34 + 100, 0xA5);
        FlashPages.Encode(plain, pages, BekenKey.Tuya, 0x10000);
        BytesAssert.Equal(expected, pages.AsSpan(0, count * 34));
        Assert.Equal(-1, pages.AsSpan(count * 34).IndexOfAnyExcept((byte)0xA5));
        byte[] data = Filled(count * 32 + 100, 0xA5);
        FlashPages.Decode(pages.AsSpan(0, count * 34), data, BekenKey.Tuya, 0x10000);
        BytesAssert.Equal(plain, data.AsSpan(0, count * 32));
        Assert.Equal(-1, data.AsSpan(count * 32).IndexOfAnyExcept((byte)0xA5));
    }

    [Fact]
    public void ByteArrays_GiveWhatSpansGive()
    {
        byte[] plain = RandomInput.Bytes(new Random(6), 10 * 32);
        var pages = new byte[10 * 34];
        var expected = new byte[10 * 34];
        FlashPages.Encode(plain, pages);
        FlashPages.Encode(plain.AsSpan(), expected.AsSpan());
        BytesAssert.Equal(expected, pages);
        FlashPages.Encode(plain, pages, BekenKey.Tuya, 32);
        FlashPages.Encode(plain.AsSpan(), expected.AsSpan(), BekenKey.Tuya, 32);
        BytesAssert.Equal(expected, pages);
        Assert.Equal(FlashPages.Check(pages.AsSpan()), FlashPages.Check(pages));
        var data = new byte[10 * 32];
        Assert.Equal(10, FlashPages.Decode(pages, data, BekenKey.Tuya, 32).Valid);
        BytesAssert.Equal(plain, data);
        Assert.Equal(10, FlashPages.Decode(pages, data).Valid);
        BytesAssert.Equal(PlainReference.Apply(BekenKey.Tuya, 32, plain), data);
    }

    [Fact]
    public void NullArrays_AreRefusedByName()
    {
        byte[] none = null!;
        var some = new byte[34];
        Assert.Equal("pages", Assert.Throws<ArgumentNullException>(() => FlashPages.Check(none)).ParamName);
        Assert.Equal("pages", Assert.Throws<ArgumentNullException>(() => FlashPages.Decode(none, some)).ParamName);
        Assert.Equal("data", Assert.Throws<ArgumentNullException>(() => FlashPages.Decode(some, none)).ParamName);
        Assert.Equal("data", Assert.Throws<ArgumentNullException>(() => FlashPages.Encode(none, some)).ParamName);
        Assert.Equal("pages", Assert.Throws<ArgumentNullException>(() => FlashPages.Encode(some, none)).ParamName);
    }

    [Fact]
    public void PageScan_EqualityAndText_CoverEveryNumber()
    {
        var scan = new PageScan(5, 4, 3, 2, 1);
        Assert.Equal(12, scan.Total);
        Assert.True(scan == new PageScan(5, 4, 3, 2, 1));
        Assert.Equal(scan.GetHashCode(), new PageScan(5, 4, 3, 2, 1).GetHashCode());
        Assert.True(scan != new PageScan(6, 4, 3, 2, 1));
        Assert.True(scan != new PageScan(5, 5, 3, 2, 1));
        Assert.True(scan != new PageScan(5, 4, 4, 2, 1));
        Assert.True(scan != new PageScan(5, 4, 3, 3, 1));
        Assert.True(scan != new PageScan(5, 4, 3, 2, 2));
        Assert.False(scan.Equals((object)12));
        Assert.Equal("5 valid, 4 erased, 3 bad (first 2), 1 leading valid", scan.ToString());
        Assert.Equal("5 valid, 4 erased, 0 bad, 5 leading valid", new PageScan(5, 4, 0, -1, 5).ToString());
    }

    [Fact]
    public void Crc_RandomPages_IsTheBitwiseReferences()
    {
        var random = new Random(7);
        for (int length = 0; length < 100; length++)
        {
            byte[] data = RandomInput.Bytes(random, length);
            Assert.Equal(PlainReference.Crc(data), Crc16Cms.Compute(data));
        }
    }

    /// <summary>Pages of the given kinds: v valid, e erased, b bad.</summary>
    internal static byte[] MixedPages(string kinds, Random random, BekenKey key, uint address)
    {
        byte[] pages = PlainReference.Encode(RandomInput.Bytes(random, kinds.Length * 32), key, address);
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == 'e')
                pages.AsSpan(i * 34, 34).Fill(0xFF);
            else if (kinds[i] == 'b')
                pages[i * 34 + random.Next(34)] ^= (byte)(1 << random.Next(8));
        }
        return pages;
    }

    internal static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
