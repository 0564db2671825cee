using System.Text;
using BekenImage.Compression;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Rbl.OtaTestData;

namespace BekenImage.Tests.Compression;

public class BlockTests
{
    private static readonly byte[] Words = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abc", 22)) + "_hello_world_hello_world");
    private static readonly byte[] Letters = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abc", 140)));

    [Theory]
    [InlineData("4D205A080001806162 63039E01005F68656C6C6F5F776F726C6416036F726C64")]
    public void QuickLz_OfTheDocumentsExample_GivesItsText(string hex)
    {
        byte[] block = Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
        Assert.Equal(Words, Decode(QuickLz.TryDecode, block));
        Assert.Equal(Words, PlainDecoders.QuickLz(block));
        CheckEveryCut(QuickLz.TryDecode, block, Words);
    }

    [Fact]
    public void QuickLz_OfLiteralsOnly_GivesThem()
    {
        byte[] block = Convert.FromHexString("4D110A000000800E0000EA14F09FE514F0");
        Assert.Equal(block.AsSpan(7).ToArray(), Decode(QuickLz.TryDecode, block));
        CheckEveryCut(QuickLz.TryDecode, block, block.AsSpan(7).ToArray());
    }

    [Fact]
    public void QuickLz_OfStoredBlocks_GivesThem()
    {
        Assert.Equal("xyz"u8.ToArray(), Decode(QuickLz.TryDecode, Convert.FromHexString("4C060378797A")));
        Assert.Equal("xyz"u8.ToArray(), Decode(QuickLz.TryDecode, Convert.FromHexString("4E0C0000000300000078797A")));
        Assert.Equal("A"u8.ToArray(), Decode(QuickLz.TryDecode, Convert.FromHexString("4D0C01000000804100000000")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0D110A000000800E0000EA14F09FE514F0")] // bit 6 missing
    [InlineData("45110A000000800E0000EA14F09FE514F0")] // level 1
    [InlineData("4D120A000000800E0000EA14F09FE514F0")] // longer than it is
    [InlineData("4D020A000000800E0000EA14F09FE514F0")] // shorter than its header
    [InlineData("4F110000000A000100000000800E0000EA14F09FE514F0")] // more than a piece
    [InlineData("4C060478797A")]
    [InlineData("4E0C000000FFFFFFFF78797A")]
    [InlineData("4D205A090001801662")] // a match before any byte
    [InlineData("4D205A080001806162630391010000000000000000000000000000000000000000")] // offset 0 and others
    public void QuickLz_OfDamagedBlocks_RefusesThem(string hex) =>
        Assert.False(QuickLz.TryDecode(Convert.FromHexString(hex), new byte[4096], out _));

    [Fact]
    public void QuickLz_MatchOutsideThePiece_IsRefused()
    {
        Assert.False(QuickLz.TryDecode(QuickLzMatches(100, 3 | 10 << 7 | 4 << 15), new byte[4096], out _)); // offset 4 after three bytes
        Assert.False(QuickLz.TryDecode(QuickLzMatches(100, 3 | 10 << 7), new byte[4096], out _)); // offset 0
        Assert.False(QuickLz.TryDecode(QuickLzMatches(100, 3 | 200 << 7 | 3 << 15), new byte[4096], out _)); // 203 bytes for 97
        Assert.False(QuickLz.TryDecode(QuickLzMatches(20, 3 | 14 << 7 | 3 << 15), new byte[19], out _)); // does not fit
    }

    // Three literals and a match.
    private static byte[] QuickLzMatches(byte size, int match) =>
        [0x4D, 14, size, 8, 0, 0, 0x80, 1, 2, 3, (byte)match, (byte)(match >> 8), (byte)(match >> 16), (byte)(match >> 24)];

    [Fact]
    public void FastLz_OfTheDocumentsExample_GivesItsText()
    {
        byte[] block = Convert.FromHexString("02616263E0FD02E08F0202616263");
        Assert.Equal(Letters, Decode(FastLz.TryDecode, block));
        Assert.Equal(Letters, PlainDecoders.FastLz(block));
        for (int length = 1; length < block.Length; length++)
        {
            if (FastLz.TryDecode(block.AsSpan(0, length), new byte[4096], out int written))
                Assert.True(length is 4 or 7 or 10 && written < Letters.Length);
        }
    }

    [Fact]
    public void FastLz_OfLevel2_ReadsLongLengthsAndFarDistances()
    {
        // Nine literals, a match of 7 + 255 + 3 + 2 bytes at distance 9.
        byte[] block = [0x28, .. "123456789"u8, 0xE0, 0xFF, 3, 8];
        byte[] expected = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("123456789", 40))).AsSpan(0, 9 + 267).ToArray();
        Assert.Equal(expected, Decode(FastLz.TryDecode, block));

        // 8,292 bytes, then 9 from the very first: distance 8191 + 100, counted from 0.
        var far = new List<byte> { 0x20, 0x41, 0x00, 0x42 };
        far.AddRange((byte[])[0xE0, .. Enumerable.Repeat((byte)0xFF, 32), 121, 0]);
        byte[] head = Decode(FastLz.TryDecode, far.ToArray(), 10000);
        Assert.Equal(2 + 7 + 32 * 255 + 121 + 2, head.Length);
        byte[] whole = Decode(FastLz.TryDecode, [.. far, 0xFF, 0, 0xFF, 0, 100], 10000);
        Assert.Equal([.. head, 0x41, .. Enumerable.Repeat((byte)0x42, 8)], whole);
    }

    [Theory]
    [InlineData("40616263")] // level 3
    [InlineData("0361")]
    [InlineData("00612001")] // before the first byte
    [InlineData("0061E0")]
    [InlineData("0061E0FD")]
    [InlineData("2061E0FFFF")]
    [InlineData("2061FF00FF01")]
    public void FastLz_OfDamagedBlocks_RefusesThem(string hex) =>
        Assert.False(FastLz.TryDecode(Convert.FromHexString(hex), new byte[4096], out _));

    [Fact]
    public void FastLz_OfABomb_StopsAtThePiece()
    {
        byte[] level1 = [0x00, 0x41, .. Enumerable.Repeat(new byte[] { 0xE0, 0xFF, 0 }, 20).SelectMany(part => part)];
        Assert.False(FastLz.TryDecode(level1, new byte[4096], out _));
        byte[] level2 = [0x20, 0x41, 0xE0, .. Enumerable.Repeat((byte)0xFF, 1000), 0, 0];
        Assert.False(FastLz.TryDecode(level2, new byte[4096], out _));
    }

    [Fact]
    public void Encoders_OfTheDocumentsTexts_ShrinkThem()
    {
        byte[] block = new byte[5000];
        Assert.InRange(QuickLz.MakeEncoder()(Words, block), 3 + 9, 0x20);
        Assert.InRange(FastLz.MakeEncoder()(Letters, block), 8, 14);
    }

    [Fact]
    public void Encoders_OfPiecesThatDoNotShrink_StayWithinTheirBounds()
    {
        byte[] block = new byte[5000];
        Assert.Equal(4096 + 9, QuickLz.MakeEncoder()(Noise(4096), block));
        Assert.Equal(0x4E, block[0]);
        Assert.Equal(100 + 3, QuickLz.MakeEncoder()(Noise(100), block));
        Assert.Equal(0x4C, block[0]);
        Assert.Equal(35, FastLz.MakeEncoder()(Noise(33), block));
        Assert.Equal((0x1F, 0x00), (block[0], block[33]));
    }

    [Fact]
    public void Encoders_OfAnyPiece_AreReadByIndependentDecoders()
    {
        var sizes = Enumerable.Range(0, 300).Concat([1000, 4085, 4094, 4095, 4096, 4097, 9000, 40000]);
        foreach (int size in sizes)
        {
            foreach (byte[] plain in (byte[][])[Noise(size, size), Compressible(size, size), new byte[size]])
            {
                byte[] quick = PieceFraming.Encode(plain, QuickLz.MakeEncoder());
                BytesAssert.Equal(plain, PlainDecoders.Unframe(quick, size, PlainDecoders.QuickLz));
                byte[] fast = PieceFraming.Encode(plain, FastLz.MakeEncoder());
                BytesAssert.Equal(plain, PlainDecoders.Unframe(fast, size, PlainDecoders.FastLz));
                Assert.Equal(plain, PieceFraming.Decode(quick, size, QuickLz.TryDecode).Output);
                Assert.Equal(plain, PieceFraming.Decode(fast, size, FastLz.TryDecode).Output);
            }
        }
    }

    [Fact]
    public void QuickLz_AgainstTheVendors_PacksNoWorse()
    {
        byte[] package = Corpus.ReadVector("ota_quicklz_none.rbl");
        byte[] app = Corpus.ReadVector("app.bin");
        byte[] ours = PieceFraming.Encode(app, QuickLz.MakeEncoder());
        Assert.InRange(ours.Length, 100, package.Length - 96);
        BytesAssert.Equal(app, PlainDecoders.Unframe(package.AsSpan(96, package.Length - 96 - package[^1]).ToArray(), app.Length, PlainDecoders.QuickLz));
    }

    [Fact]
    public void Framing_OfDamagedStreams_SaysHow()
    {
        byte[] plain = Compressible(9000);
        byte[] framed = PieceFraming.Encode(plain, QuickLz.MakeEncoder());
        for (int length = 0; length < framed.Length; length++)
            Assert.NotEqual(DecodeStatus.Complete, PieceFraming.Decode(framed.AsSpan(0, length), plain.Length, QuickLz.TryDecode).Status);
        Assert.Equal(DecodeStatus.Truncated, PieceFraming.Decode(framed.AsSpan(0, framed.Length - 1), plain.Length, QuickLz.TryDecode).Status);
        Assert.Equal(DecodeStatus.Truncated, PieceFraming.Decode(framed, plain.Length + 1, QuickLz.TryDecode).Status);
        Assert.Equal(DecodeStatus.TooLong, PieceFraming.Decode(framed, plain.Length - 1, QuickLz.TryDecode).Status);
        Assert.Equal(DecodeStatus.Truncated, PieceFraming.Decode([1, 0, 0, 0, 0], 1, QuickLz.TryDecode).Status);
        Assert.Equal(DecodeStatus.Broken, PieceFraming.Decode([0, 0, 0, 0, 0, 0, 0, 0], 1, QuickLz.TryDecode).Status);
        Assert.Equal(DecodeStatus.Truncated, PieceFraming.Decode([0, 0, 0, 0, 0, 0, 0, 0], 1, FastLz.TryDecode).Status);
    }

    [Fact]
    public void Decoders_OfChangedBlocks_NeverThrow()
    {
        var random = new Random(9);
        byte[] quick = new byte[5000], fast = new byte[5000], piece = new byte[4096];
        byte[] plain = Compressible(2000);
        int quickLength = QuickLz.MakeEncoder()(plain, quick), fastLength = FastLz.MakeEncoder()(plain, fast);
        for (int round = 0; round < 20000; round++)
        {
            byte[] changed = quick.AsSpan(0, quickLength).ToArray();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            QuickLz.TryDecode(changed, piece, out _);
            changed = fast.AsSpan(0, fastLength).ToArray();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            FastLz.TryDecode(changed, piece, out _);
        }
    }

    private static byte[] Decode(PieceDecoder decoder, byte[] block, int room = 4096)
    {
        var piece = new byte[room];
        Assert.True(decoder(block, piece, out int written));
        return piece.AsSpan(0, written).ToArray();
    }

    private static void CheckEveryCut(PieceDecoder decoder, byte[] block, byte[] plain)
    {
        for (int length = 0; length < block.Length; length++)
        {
            Assert.False(decoder(block.AsSpan(0, length), new byte[4096], out _));
            byte[] cut = block.AsSpan(0, length).ToArray();
            if (length < 3)
                continue;
            cut[1] = (byte)length; // its size is right, its items are missing
            Assert.False(decoder(cut, new byte[4096], out _), $"{length}");
        }
        Assert.False(decoder(block, new byte[plain.Length - 1], out _));
    }
}
