using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Tuya.TuyaImages;

namespace BekenImage.Tests.Formats.Tuya;

public class TuyaStorageReaderTests
{
    public static TheoryData<string> CorpusFiles => Corpus.Files;

    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void Storage_OfCorpusImage_IsAsInTheManifest(string file)
    {
        byte[] image = ReadUnrotated(file);
        var expected = Corpus.Manifest(file).GetProperty("tuyaStorage");
        bool read = TuyaStorageReader.TryRead(image, null, out var storage);

        Assert.Equal(expected.ValueKind != JsonValueKind.Null, read);
        if (!read)
            return;
        Assert.Equal(expected.GetProperty("offset").GetInt64(), storage!.Offset);
        Assert.Equal(expected.GetProperty("blocks").GetInt32(), storage.Blocks);
        var values = expected.GetProperty("values").EnumerateObject().ToList();
        Assert.Equal(values.Select(value => value.Name).OrderBy(name => name, StringComparer.Ordinal), storage.Values.Select(value => value.Name));
        foreach (var value in values)
        {
            var actual = storage.Find(value.Name)!;
            Assert.Equal(value.Value.GetProperty("length").GetInt32(), actual.Data.Length);
            Assert.Equal(value.Value.GetProperty("sumOk").GetBoolean(), actual.SumOk);
            Assert.Equal(value.Value.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(actual.Data.Span)));
        }
    }

    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void Contents_OfCorpusImage_HaveNoFindings(string file)
    {
        var findings = new List<Finding>();
        TuyaReader.Read(ReadUnrotated(file), findings);
        Assert.Empty(findings);
    }

    // The worked example of the format notes, section 6.2 and 6.3.
    [Fact]
    public void Storage_OfTheWorkedExample_HasItsValue()
    {
        byte[] value = Text("{\"x\":1}");
        byte[] piece = Piece(DataKey(), Block(1, 1).Index(1, "abc", value, (1, 2, 2)).Data(2, value));
        Assert.Equal("0AB18FCFB745B68551B5C62CDD7F720C", Convert.ToHexString(piece, Sector, 16));
        Assert.Equal("46DCED0E672F3B70AE1276A3F8712E03", Convert.ToHexString(piece, 0x20, 16));

        Assert.True(TuyaStorageReader.TryRead(piece, null, out var storage));
        Assert.Equal(1, storage.Blocks);
        var read = Assert.Single(storage.Values);
        Assert.Equal(("abc", "{\"x\":1}", true, (long)Sector + 128), (read.Name, read.Text, read.SumOk, read.Offset));
        Assert.Equal([new TuyaValuePart(1, 2, 2)], read.Parts);
    }

    [Theory]
    [InlineData("8710", 1, false)]
    [InlineData("8721", 1, true)]
    [InlineData("8711", 1, true)]
    [InlineData("RDA5", 1, true)]
    [InlineData("", 1, true)]
    [InlineData("", 2, true)]
    public void Storage_UnderEachKeyDerivation_IsRead(string part1, int part2Times, bool isForeign)
    {
        byte[] value = Pattern(100, 1);
        var findings = new List<Finding>();
        Assert.True(TuyaStorageReader.TryRead(Piece(DataKey(part1, part2Times), Block(0, 1).Index(1, "a", value, (0, 2, 2)).Data(2, value)), findings, out var storage));
        Assert.True(Assert.Single(storage.Values).SumOk);
        Assert.Equal(isForeign, findings.Any(finding => finding.Code == FindingCode.TuyaForeignKey));
    }

    [Theory]
    [InlineData(0x98761234, TuyaBlockFormat.Classic)]
    [InlineData(0x135726AB, TuyaBlockFormat.TuyaOS3)]
    public void Storage_WithCopiesOfABlock_TakesTheNewestWithARightSum(uint magic, TuyaBlockFormat format)
    {
        byte[][] values = [Pattern(300, 1), Pattern(260, 2), Pattern(270, 3)];
        byte[] Copy(int i) => Block(4, (uint)(10 + i), magic).Index(3, "v", values[i], (4, 5, 7)).Data(5, values[i]);
        byte[] piece = Piece(DataKey(), Copy(1), Copy(2), Copy(0));

        Assert.True(TuyaStorageReader.TryRead(piece, null, out var storage));
        Assert.Equal((3, format), (storage.Blocks, storage.AllBlocks[0].Format));
        BytesAssert.Equal(values[2], storage.Find("v")!.Data.Span);

        // A broken newest copy: the next lower counts.
        piece[2 * Sector + 900] ^= 1;
        var findings = new List<Finding>();
        Assert.True(TuyaStorageReader.TryRead(piece, findings, out storage));
        Assert.Equal(2, storage.Blocks);
        BytesAssert.Equal(values[1], storage.Find("v")!.Data.Span);
        Assert.Equal((FindingCode.TuyaBlockSum, (long)2 * Sector), (findings.Single().Code, findings.Single().Offset!.Value));
    }

    [Fact]
    public void Storage_ValueAcrossBlocks_IsJoinedInOrderOfItsParts()
    {
        byte[] value = Pattern(128 * 4 + 5, 7);
        byte[] piece = Piece(DataKey(),
            Block(0, 1).Index(1, "long", value, (1, 30, 31), (0, 9, 9), (1, 2, 3)).Data(9, value.AsSpan(256, 128)),
            Block(1, 1).Data(30, value.AsSpan(0, 256)).Data(2, value.AsSpan(384)));
        Assert.True(TuyaStorageReader.TryRead(piece, null, out var storage));
        BytesAssert.Equal(value, storage.Find("long")!.Data.Span);
    }

    [Fact]
    public void Storage_DamagedBlockWithoutCopy_GivesTheValuesWhoseOwnSumsAreRight()
    {
        byte[] one = Pattern(128, 1), two = Pattern(128, 2);
        byte[] piece = Piece(DataKey(), Block(0, 1).Index(1, "one", one, (0, 2, 2)).Data(2, one).Index(3, "two", two, (0, 4, 4)).Data(4, two));
        piece[Sector + 2 * 128 + 20] ^= 0x40;
        var findings = new List<Finding>();
        Assert.True(TuyaStorageReader.TryRead(piece, findings, out var storage));
        Assert.Equal(0, storage.Blocks);
        Assert.Equal("two", Assert.Single(storage.Values).Name);
        Assert.Equal(FindingCode.TuyaBlockSum, Assert.Single(findings).Code);
    }

    [Fact]
    public void Storage_HostileIndexPages_GiveFindingsAndNoMoreDataThanThereIs()
    {
        byte[] block = Block(0, 1);
        for (int page = 1; page < 16; page++)
            block.Index(page, "v" + page, Pattern(128 * 16, 1), (0, 16, 31), (0, 16, 31), (9, 1, 1));
        block.Index(2, "none", [], (0, 31, 30)).Index(3, "twice", [], []).Index(4, "twice", [], []);
        block[128 * 5 + 17] = 0;
        block[128 * 6 + 11] = 0xFF;
        var findings = new List<Finding>();
        Assert.True(TuyaStorageReader.TryRead(Piece(DataKey(), block), findings, out var storage));
        Assert.True(storage.Values.Sum(value => (long)value.Data.Length) <= 16 * 128);
        Assert.Equal(2, findings.Count(finding => finding.Code == FindingCode.TuyaIndexPage));
        Assert.Single(findings, finding => finding.Code == FindingCode.TuyaNameTwice);
        Assert.Contains(findings, finding => finding.Code == FindingCode.TuyaValueIncomplete);
    }

    [Fact]
    public void Storage_EmptyName_IsLegal()
    {
        Assert.True(TuyaStorageReader.TryRead(Piece(DataKey(), Block(0, 1).Index(1, "", [1, 2], (0, 2, 2)).Data(2, [1, 2])), null, out var storage));
        Assert.Equal(new byte[] { 1, 2 }, storage.Find("")!.Data.ToArray());
    }

    [Fact]
    public void Storage_KeyBlockLost_IsOpenedWithTheProtectedBlocksKey()
    {
        byte[] value = Pattern(50, 3);
        byte[] image = Chip(Block(0, 1).Index(1, "gw_bi", value, (0, 2, 2)).Data(2, value));
        ProtectedBlock(24, ("gw_bi", value)).CopyTo(image, KeyOffset - Sector);
        ProtectedBlock(24, ("gw_bi", value)).CopyTo(image, 0x1CF000);
        image[KeyOffset + 3] ^= 1;
        var findings = new List<Finding>();
        Assert.True(TuyaStorageReader.TryRead(image, findings, out var storage));
        Assert.Equal((KeyOffset, true), ((int)storage.Offset, storage.Find("gw_bi")!.SumOk));
        Assert.Equal(FindingCode.TuyaKeyBlockDamaged, Assert.Single(findings).Code);
    }

    [Fact]
    public void Storage_CutAtEveryLength_IsReadAsFarAsItGoes()
    {
        byte[] value = Pattern(200, 1);
        byte[] piece = Piece(DataKey(), Block(0, 1).Index(1, "a", value, (1, 2, 3)), Block(1, 1).Data(2, value));
        for (int length = 0; length < piece.Length; length += length < Sector ? 97 : 1009)
        {
            bool read = TuyaStorageReader.TryRead(piece.AsSpan(0, length), null, out var storage);
            Assert.Equal(length >= Sector, read);
            Assert.Equal(read ? length / Sector - 1 : 0, storage?.Blocks ?? 0);
        }
    }

    [Fact]
    public void Storage_AnyByteFlipped_NeverThrowsAndLosesAtMostWhatIsDamaged()
    {
        byte[] one = Pattern(200, 1), two = Pattern(128, 2);
        byte[] piece = Piece(DataKey(), Block(0, 1).Index(1, "one", one, (1, 2, 3)), Block(1, 1).Data(2, one).Index(5, "two", two, (1, 6, 6)).Data(6, two));
        for (int i = 0; i < piece.Length; i += i < 64 || (i - Sector) is >= 0 and < 512 ? 1 : 13)
        {
            byte[] damaged = piece.ToArray();
            damaged[i] ^= 0x10;
            var contents = TuyaReader.Read(damaged, []);
            if (contents.Storage is null)
                continue;
            foreach (var value in contents.Storage.Values.Where(value => value.SumOk && value.Name is "one" or "two"))
                Assert.InRange(value.Data.Length, 1, 200);
            if (i >= 32 && i < Sector)
                Assert.Equal(2, contents.Storage.Values.Count(value => value.SumOk));
        }
    }

    [Fact]
    public void Storage_OfGarbageAndOfKeyBlocksOnly_EndsSoon()
    {
        byte[] garbage = new byte[0x400000];
        new Random(5).NextBytes(garbage);
        Assert.False(TuyaStorageReader.TryRead(garbage, null, out _));
        for (int offset = 0; offset < garbage.Length; offset += Sector)
            KeyBlock().CopyTo(garbage, offset);
        var findings = new List<Finding>();
        Assert.True(TuyaStorageReader.TryRead(garbage, findings, out var storage));
        Assert.Equal(0, storage.Blocks);
        Assert.Contains(findings, finding => finding.Code == FindingCode.TuyaNoBlocks);
    }
}
