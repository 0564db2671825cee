using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Tuya.TuyaImages;

namespace BekenImage.Tests.Formats.Tuya;

public class TuyaWriterTests
{
    public static TheoryData<string> CorpusFiles => Corpus.Files;

    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void SetValue_ToWhatItIs_ChangesNothing(string file)
    {
        var contents = TuyaReader.Read(ReadUnrotated(file));
        foreach (var value in contents.Storage?.Values ?? [])
            Assert.Empty(TuyaWriter.SetValue(contents, value.Name, value.Data.ToArray()));
    }

    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void SetValue_InCorpusImages_ChangesThatValueAndItsCopiesOnly(string file)
    {
        byte[] image = ReadUnrotated(file);
        var before = TuyaReader.Read(image);
        if (before.Storage is null)
            return;
        foreach (var value in before.Storage.Values)
        {
            // Same length, shrunk to one page or byte, grown by up to nine pages.
            foreach (int length in new[] { value.Data.Length, 1, Math.Min(value.Data.Length, 129), value.Data.Length + 1, value.Data.Length + 1000 })
                SetAndCheck(image, before, value.Name, Pattern(length, 77));
        }
        SetAndCheck(image, before, "new_value", Pattern(700, 5));
    }

    private static void SetAndCheck(byte[] image, TuyaContents before, string name, byte[] data)
    {
        var sectors = TuyaWriter.SetValue(before, name, data);
        var findings = new List<Finding>();
        var after = TuyaReader.Read(Apply(image, sectors), findings);
        Assert.Empty(findings);
        Assert.Equal(before.Storage!.Blocks, after.Storage!.Blocks);
        Assert.Equal(before.Storage.Values.Select(value => value.Name).Union([name]).OrderBy(other => other, StringComparer.Ordinal), after.Storage.Values.Select(value => value.Name));
        foreach (var value in after.Storage.Values)
        {
            Assert.True(value.SumOk);
            BytesAssert.Equal(value.Name == name ? data : before.Storage.Find(value.Name)!.Data.Span, value.Data.Span);
        }
        foreach (var entry in after.ProtectedBlocks.SelectMany(block => block.Entries))
            BytesAssert.Equal(after.Storage.Find(entry.Name)!.Data.Span, entry.Data.Span);
        foreach (var file in after.FileSystem?.Files ?? [])
            BytesAssert.Equal(name == "user_param_key" && TuyaUserParameters.FileNames.Contains(file.Name) ? data : before.FileSystem!.Find(file.Name)!.Data.Span, file.Data.Span);
    }

    // Format notes 6.5: 335 to 1150 bytes in the Globe dump changes one sector of the storage.
    [Fact]
    public void SetValue_GrownUserParamKey_ChangesOneSectorOfTheStorage()
    {
        var contents = TuyaReader.Read(ReadUnrotated("BK7231T_Tuya_Globe_37783.bin"));
        var sectors = TuyaWriter.SetValue(contents, "user_param_key", Pattern(1150, 1));
        Assert.Equal([0x1E3000L, 0x1E4000L, 0x1E5000L, 0x1E6000L, 0x1EF000L], sectors.Select(sector => sector.Offset));
    }

    [Fact]
    public void SetValue_InAStorage_KeepsEveryByteItDoesNotName()
    {
        byte[] value = Pattern(300, 1), other = Pattern(128, 9);
        byte[] block = Block(0, 3).Index(1, "v", value, (0, 4, 6)).Data(4, value).Index(2, "o", other, (0, 9, 9)).Data(9, other).Data(20, Text("left over"));
        byte[] image = Chip(block, Block(1, 0));
        byte[] changed = Apply(image, TuyaWriter.SetValue(TuyaReader.Read(image), "v", Pattern(200, 2)));

        byte[] expected = block.ToArray();
        expected.AsSpan(128 * 4, 256).Fill(0xFF);
        expected.Index(1, "v", Pattern(200, 2), (0, 4, 5)).Data(4, Pattern(200, 2));
        BytesAssert.Equal(Crypt(DataKey(), expected.Seal(), true), changed.AsSpan(KeyOffset + Sector, Sector));
        BytesAssert.Equal(image.AsSpan(0, KeyOffset + Sector), changed.AsSpan(0, KeyOffset + Sector));
        BytesAssert.Equal(image.AsSpan(KeyOffset + 2 * Sector), changed.AsSpan(KeyOffset + 2 * Sector));
    }

    /// <summary>Parts behind the value's length are not looked at by reading; the pages they name are not the value's for that.</summary>
    [Theory]
    [InlineData(9, 9)]
    [InlineData(0, 0)]
    [InlineData(95, 98)]
    [InlineData(2, 2)]
    [InlineData(1, 1)]
    public void SetValue_WhoseIndexPageNamesPagesOfOthers_LeavesThoseAlone(int first, int last)
    {
        byte[] value = Pattern(100, 1), other = Pattern(128, 9);
        foreach (byte[] old in new[] { value, [] })
        {
            var parts = old.Length == 0 ? new[] { (0, first, last), (0, first, last) } : [(0, 4, 4), (0, first, last), (0, first, last)];
            byte[] image = Chip(Block(0, 3).Index(1, "o", other, (0, 9, 9)).Data(9, other).Index(2, "v", old, parts).Data(4, old));

            var after = TuyaReader.Read(Apply(image, TuyaWriter.SetValue(TuyaReader.Read(image), "v", Pattern(300, 2)))).Storage!;

            Assert.Equal(["o", "v"], after.Values.Where(left => left.SumOk).Select(left => left.Name));
            BytesAssert.Equal(Pattern(300, 2), after.Find("v")!.Data.Span);
            BytesAssert.Equal(other, after.Find("o")!.Data.Span);
        }
    }

    [Fact]
    public void SetValue_OfTheNewestCopy_WritesWhereThatCopyWas()
    {
        byte[] value = Pattern(100, 1);
        byte[] Copy(uint generation) => Block(4, generation, 0x135726AB).Index(1, "v", value, (4, 5, 5)).Data(5, value);
        byte[] image = Chip(Copy(7), Copy(8));
        var sector = Assert.Single(TuyaWriter.SetValue(TuyaReader.Read(image), "v", Pattern(100, 2)));
        Assert.Equal(KeyOffset + 2 * Sector, sector.Offset);
    }

    [Fact]
    public void SetValue_UntilTheStorageIsFull_RefusesWithoutHarm()
    {
        byte[] image = Chip(Block(0, 1), Block(1, 1));
        var contents = TuyaReader.Read(image);
        // 62 pages: one for the index, 61 for data.
        Assert.Equal(61 * 128, TuyaReader.Read(Apply(image, TuyaWriter.SetValue(contents, "v", Pattern(61 * 128, 1)))).Storage!.Find("v")!.Data.Length);
        Assert.Equal(FindingCode.TuyaValueTooLarge, Assert.Throws<BekenImageException>(() => TuyaWriter.SetValue(contents, "v", Pattern(61 * 128 + 1, 1))).Code);
    }

    [Fact]
    public void SetValue_WithOnlyScatteredPagesFree_RefusesMoreThanAnIndexPageCanName()
    {
        // Every other page is an index page: 15 free pages without neighbours in each of three blocks, 27 parts fit behind a name of one letter.
        byte[] Scattered(int id)
        {
            byte[] block = Block(id, 1);
            for (int page = 1; page < 32; page += 2)
                block.Index(page, "n" + id + "." + page, []);
            return block;
        }
        byte[] image = Chip(Scattered(0), Scattered(1), Scattered(2));
        var contents = TuyaReader.Read(image);
        byte[] value = Pattern(26 * 128, 1);
        var after = TuyaReader.Read(Apply(image, TuyaWriter.SetValue(contents, "v", value)));
        BytesAssert.Equal(value, after.Storage!.Find("v")!.Data.Span);
        Assert.Equal(FindingCode.TuyaValueTooLarge, Assert.Throws<BekenImageException>(() => TuyaWriter.SetValue(contents, "v", Pattern(28 * 128, 1))).Code);
    }

    [Fact]
    public void SetValue_InADamagedBlock_IsRefused()
    {
        byte[] value = Pattern(100, 1);
        byte[] image = Chip(Block(0, 1).Index(1, "v", value, (0, 2, 2)).Data(2, value));
        image[KeyOffset + Sector + 3000] ^= 1;
        Assert.Equal(FindingCode.TuyaBlockDamaged, Assert.Throws<BekenImageException>(() => TuyaWriter.SetValue(TuyaReader.Read(image), "v", [1])).Code);
    }

    [Theory]
    [InlineData("", 1, false)]
    [InlineData("a name of exactly 31 characters", 1, false)]
    [InlineData("a name of exactly 32 characters.", 1, true)]
    [InlineData("nul\0", 1, true)]
    [InlineData("wide\u4e00", 1, true)]
    [InlineData("v", 0, true)]
    public void SetValue_OfImpossibleNamesAndValues_IsRefused(string name, int length, bool isRefused)
    {
        var contents = TuyaReader.Read(Chip(Block(0, 1)));
        if (isRefused)
            Assert.Equal(FindingCode.TuyaValueInvalid, Assert.Throws<BekenImageException>(() => TuyaWriter.SetValue(contents, name, new byte[length])).Code);
        else
            Assert.Single(TuyaWriter.SetValue(contents, name, new byte[length]));
    }

    [Fact]
    public void SetValue_WithoutStorage_ChangesTheUfFileOrIsRefused()
    {
        byte[] image = new byte[0x200000];
        Assert.Equal(FindingCode.TuyaNothingToWrite, Assert.Throws<BekenImageException>(() => TuyaWriter.SetValue(TuyaReader.Read(image), "user_param_key", [1])).Code);
        Superblock(1, ("oem_cfg", 3, [5])).CopyTo(image, 0x1D2000);
        byte[] changed = Apply(image, TuyaWriter.SetValue(TuyaReader.Read(image), "user_param_key", [1, 2]));
        Assert.Equal(new byte[] { 1, 2 }, TuyaReader.Read(changed).FileSystem!.Find("oem_cfg")!.Data.ToArray());
    }

    [Fact]
    public void UfSetFile_LongerThanItsSectors_IsRefused()
    {
        byte[] image = new byte[0x200000];
        Superblock(1, ("f", 3, [5])).CopyTo(image, 0x1D2000);
        var fileSystem = TuyaReader.Read(image).FileSystem!;
        Assert.Equal(2, UfWriter.SetFile(fileSystem, "f", Pattern(4096, 1)).Count);
        Assert.Equal(FindingCode.UfFileTooLarge, Assert.Throws<BekenImageException>(() => UfWriter.SetFile(fileSystem, "f", Pattern(4097, 1))).Code);
    }

    [Fact]
    public void UfSetFile_OfTwoSectorsToOne_ShortensTheList()
    {
        byte[] image = new byte[0x200000];
        Superblock(1, ("f", 5000, [5, 8]), ("g", 1, [6])).CopyTo(image, 0x1D2000);
        Superblock(1, ("f", 5000, [5, 8]), ("g", 1, [6])).CopyTo(image, 0x1D3000);
        byte[] changed = Apply(image, UfWriter.SetFile(TuyaReader.Read(image).FileSystem!, "f", Pattern(10, 3)));
        byte[] expected = Superblock(1, ("f", 10, [5]), ("g", 1, [6]));
        BytesAssert.Equal(expected, changed.AsSpan(0x1D2000, Sector));
        BytesAssert.Equal(expected, changed.AsSpan(0x1D3000, Sector));
    }

    [Fact]
    public void ProtectedBlock_TooSmall_RefusesAll()
    {
        byte[] value = Pattern(100, 1);
        byte[] image = Chip(Block(0, 1).Index(1, "gw_bi", value, (0, 2, 2)).Data(2, value), Block(1, 1));
        ProtectedBlock(1, ("gw_bi", value)).CopyTo(image, 0x1ED000);
        var contents = TuyaReader.Read(image);
        Assert.Equal(2, TuyaWriter.SetValue(contents, "gw_bi", Pattern(4064 - 36, 1)).Count(sector => sector.Offset is 0x1ED000 or 0x1EF000));
        Assert.Equal(FindingCode.TuyaValueTooLarge, Assert.Throws<BekenImageException>(() => TuyaWriter.SetValue(contents, "gw_bi", Pattern(4064 - 35, 1))).Code);
    }

    // The layout itself, against a block built by the tests' own writer.
    [Fact]
    public void ProtectedBlock_WithAChangedEntry_IsEncipheredTwiceAndSummedBetween()
    {
        byte[] image = Chip(Block(0, 1));
        ProtectedBlock(7, ("gw_bi", Pattern(20, 1)), ("gw_wsm", Pattern(30, 2))).CopyTo(image, 0x1ED000);
        byte[] changed = Apply(image, TuyaWriter.SetValue(TuyaReader.Read(image), "gw_bi", Pattern(11, 4)));
        BytesAssert.Equal(ProtectedBlock(7, ("gw_bi", Pattern(11, 4)), ("gw_wsm", Pattern(30, 2))), changed.AsSpan(0x1ED000, Sector));
    }

    [Theory]
    [InlineData("abc\0\0\0", "xy", "xy\0\0\0\0")]
    [InlineData("abc\0\0", "longer text", "longer text\0")]
    [InlineData("3\0", "4", "4\0")]
    [InlineData("true\0", "false", "false\0")]
    [InlineData("{\"a\":1}", "{}", "{}")]
    public void Encode_OfAText_KeepsTheNulsOfTheOldValue(string old, string text, string expected)
    {
        byte[] bytes = Text(old);
        var value = TuyaReader.Read(Chip(Block(0, 1).Index(1, "v", bytes, (0, 2, 2)).Data(2, bytes))).Storage!.Find("v")!;
        Assert.Equal(Text(expected), value.Encode(text));
    }

    // A storage that is written again and again, against a dictionary: whatever is refused changes nothing.
    [Fact]
    public void SetValue_ManyTimes_KeepsAllOtherValues()
    {
        byte[] image = Chip(Block(0, 1), Block(1, 1), Block(2, 1));
        var expected = new Dictionary<string, byte[]>();
        var random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 150; round++)
        {
            string name = "name" + random.Next(9);
            byte[] data = Pattern(random.Next(1, 2500), round);
            try
            {
                image = Apply(image, TuyaWriter.SetValue(TuyaReader.Read(image), name, data));
                expected[name] = data;
            }
            catch (BekenImageException exception) when (exception.Code == FindingCode.TuyaValueTooLarge)
            {
                refused++;
            }
            var values = TuyaReader.Read(image).Storage!.Values;
            Assert.Equal(expected.Count, values.Count);
            foreach (var value in values)
                BytesAssert.Equal(expected[value.Name], value.Data.Span);
        }
        Assert.InRange(refused, 1, 149);
    }
}
