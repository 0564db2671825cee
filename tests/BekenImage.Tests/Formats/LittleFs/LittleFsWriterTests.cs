using System.Buffers.Binary;
using BekenImage.Formats.LittleFs;
using BekenImage.TestSupport;
using CsCheck;
using static BekenImage.Tests.Formats.LittleFs.LittleFsTestData;

namespace BekenImage.Tests.Formats.LittleFs;

public class LittleFsWriterTests
{
    // FORMAT.md, "worked example"; accepted by the reference implementation.
    private const string WorkedExample =
        "01000000f00ffff76c6974746c6566732fe0001000000200001000000400" +
        "0000ff000000ffffff7ffe030000" + "2000041d612e74787420000007" + "6869" + "701ff80697a6c423";

    [Fact]
    public void Create_OneSmallFile_GivesWorkedExample()
    {
        var expected = LogMaker.Blank(4);
        Convert.FromHexString(WorkedExample).CopyTo(expected, 0);
        BytesAssert.Equal(expected, LittleFsWriter.Create(0x4000, [LittleFsEntry.File("a.txt", "hi"u8.ToArray())]));
    }

    [Fact]
    public void CreateEmpty_ReadBack_HasNoEntries()
    {
        var volume = ReadTwice(LittleFsWriter.CreateEmpty(0x8000), []);
        Assert.Empty(volume.Entries);
        Assert.Equal(8, volume.BlockCount);
        Assert.Equal(0x8000, volume.Length);
        Assert.Equal(2, volume.UsedBlocks);
        Assert.Equal((2, 0), (volume.MajorVersion, volume.MinorVersion));
    }

    public static TheoryData<string, int[]> Shapes => new()
    {
        { "around the inline limit", Enumerable.Range(0, 61).ToArray() },
        { "one block", [4095, 4096, 4097] },
        { "two blocks", [8180, 8187, 8188, 8189] },
        { "more blocks", [12276, 12277, 13000, 16368, 16369, 20452, 20453, 24544, 24545] },
        { "a long one", [200_000] },
        { "130 entries", Enumerable.Repeat(10, 130).ToArray() },
        { "", Enumerable.Repeat(9, 300).ToArray() },
        { "600 entries", Enumerable.Range(0, 600).Select(i => i % 17).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Create_ManyShapes_BothReadersFindThem(string shape, int[] sizes)
    {
        var entries = sizes.Select((size, i) => LittleFsEntry.File($"{shape}{i * 37 % 1000}{(i % 3 == 0 ? ".bin" : "")}", Pattern(size, i))).ToArray();
        byte[] volume = LittleFsWriter.Create(0xA5000, entries);
        ReadTwice(volume, entries);
        BytesAssert.Equal(volume, LittleFsWriter.Create(0xA5000, entries.Reverse()));
    }

    [Fact]
    public void Create_NamesThatBeginOthers_ComeAfterThem()
    {
        // The order the device's own library gives these when it creates them one by one.
        string[] order = ["E", "d", "e txt", "e.txt", "e100", "e10", "e1b", "e1", "e2", "ee", "e"];
        byte[] bytes = LittleFsWriter.Create(0x4000, order.Order(StringComparer.Ordinal).Select(name => LittleFsEntry.File(name, [])));
        Assert.Equal(order, new PlainLittleFs(bytes).Listed);
        Assert.Equal(order.Order(StringComparer.Ordinal), Read(bytes).Files.Select(file => file.Path));
    }

    [Fact]
    public void Create_DirectoriesAndLongNames_BothReadersFindThem()
    {
        string deep = string.Join("/", Enumerable.Range(0, 31).Select(i => $"d{i}"));
        string longName = new('n', 255);
        LittleFsEntry[] entries =
        [
            LittleFsEntry.Directory("empty"),
            LittleFsEntry.File(deep + "/leaf", Pattern(5000, 1)),
            LittleFsEntry.File("a", Pattern(3, 1)),
            LittleFsEntry.File("a b/x", Pattern(20, 1)),
            LittleFsEntry.File("a-/x", Pattern(20, 2)),
            LittleFsEntry.File("ab", Pattern(30, 1)),
            LittleFsEntry.File("grüße/ÿ€", Pattern(7, 1)),
            .. Enumerable.Range(0, 40).Select(i => LittleFsEntry.File($"long/{longName.Substring(3)}{i:d3}", Pattern(i * 50, i))),
        ];
        var volume = ReadTwice(LittleFsWriter.Create(0x80000, entries), entries);
        Assert.True(volume.Find("empty")!.IsDirectory);
    }

    [Fact]
    public void Create_RandomTrees_BothReadersFindThem()
    {
        var name = Gen.String[Gen.Char["abcA._- é"], 1, 6].Where(text => text is not ("." or ".."));
        var path = name.Array[1, 4].Select(names => string.Join("/", names));
        var entry = Gen.Select(path, Gen.OneOf(Gen.Int[0, 40], Gen.Int[4090, 4100], Gen.Int[0, 20000]));
        entry.Array[0, 40].Sample(
            given =>
            {
                var entries = given.GroupBy(item => item.Item1).Select(group => LittleFsEntry.File(group.Key, Pattern(group.First().Item2, 5))).ToList();
                // A file cannot be a directory on another file's way.
                entries.RemoveAll(file => entries.Any(other => other.Path.StartsWith(file.Path + "/", StringComparison.Ordinal)));
                ReadTwice(LittleFsWriter.Create(0x100000, entries), entries);
            },
            iter: 40);
    }

    [Fact]
    public void Create_CommitsOfManyEntries_LeaveHalfOfEachBlockFree()
    {
        byte[] volume = LittleFsWriter.Create(0x80000, Enumerable.Range(0, 500).Select(i => LittleFsEntry.File($"file-{i}", Pattern(16, i))));
        var chain = new PlainLittleFs(volume).Chain;
        Assert.True(chain.Count > 5);
        foreach (var (first, second) in chain)
        {
            Assert.True(volume.AsSpan((int)first * 4096 + 2048, 2048).IndexOfAnyExcept((byte)0xFF) < 0);
            Assert.True(volume.AsSpan((int)second * 4096, 4096).IndexOfAnyExcept((byte)0xFF) < 0);
        }
    }

    [Fact]
    public void Create_LargestThatFits_FitsAndOneByteMoreDoesNot()
    {
        // Four blocks, two for the root: 4096 and 4092 bytes are left.
        var largest = LittleFsEntry.File("f", Pattern(8188, 1));
        ReadTwice(LittleFsWriter.Create(0x4000, [largest]), [largest]);
        Assert.Equal(0x4000, LittleFsWriter.LengthFor([largest]));

        var refusal = Assert.Throws<BekenImageException>(() => LittleFsWriter.Create(0x4000, [LittleFsEntry.File("f", new byte[8189])]));
        Assert.Equal(FindingCode.LittleFsDoesNotFit, refusal.Code);
        Assert.Contains("0x5000", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("0x4000", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<BekenImageException>(() => LittleFsWriter.Create(0x4000, Enumerable.Range(0, 5000).Select(i => LittleFsEntry.File($"{i}", new byte[1]))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4096)]
    [InlineData(4096)]
    [InlineData(0x4001)]
    [InlineData(0x10001000)]
    public void Create_ImpossibleLength_IsRefused(int length) =>
        Assert.Equal(FindingCode.LittleFsSizeRefused, Assert.Throws<BekenImageException>(() => LittleFsWriter.CreateEmpty(length)).Code);

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/.")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("d/\u0016")]
    [InlineData("a\u007Fb")]
    public void File_PathThatIsNone_IsRefused(string path) =>
        Assert.Equal(FindingCode.LittleFsNameRefused, Assert.Throws<BekenImageException>(() => LittleFsEntry.File(path, [])).Code);

    [Fact]
    public void File_NameOrDepthAboveLimitOrLoneSurrogate_IsRefused()
    {
        Assert.Throws<BekenImageException>(() => LittleFsEntry.File("a\ud800", []));
        Assert.Throws<BekenImageException>(() => LittleFsEntry.File(new string('é', 128), []));
        Assert.Throws<BekenImageException>(() => LittleFsEntry.File(string.Join("/", Enumerable.Repeat("d", 33)), []));
    }

    [Fact]
    public void Create_PathUsedTwice_IsRefused()
    {
        var file = LittleFsEntry.File("a", new byte[1]);
        foreach (var other in new[] { LittleFsEntry.File("a", new byte[2]), LittleFsEntry.Directory("a"), LittleFsEntry.File("a/b", new byte[1]) })
        {
            Assert.Equal(FindingCode.LittleFsNameRefused, Assert.Throws<BekenImageException>(() => LittleFsWriter.Create(0x4000, [file, other])).Code);
            Assert.Equal(FindingCode.LittleFsNameRefused, Assert.Throws<BekenImageException>(() => LittleFsWriter.Create(0x4000, [other, file])).Code);
        }
    }

    [Fact]
    public void Rebuild_PutReplaceRemove_ChangesOnlyThat()
    {
        LittleFsEntry[] entries =
        [
            LittleFsEntry.File("autoexec.bat", "backlog"u8.ToArray(), [new LittleFsAttribute(0x74, new byte[] { 1, 2, 3 })]),
            LittleFsEntry.Directory("keep", [new LittleFsAttribute(9, Pattern(1022, 1))]),
            LittleFsEntry.File("keep/b", Pattern(9000, 1)),
            LittleFsEntry.File("old/c", Pattern(10, 1)),
            LittleFsEntry.File("old/d/e", Pattern(10, 2)),
            LittleFsEntry.File("older", Pattern(10, 3)),
        ];
        var before = Read(LittleFsWriter.Create(0xC000, entries));
        BytesAssert.Equal(before.Bytes.Span, LittleFsWriter.Rebuild(before));

        byte[] bytes = LittleFsWriter.Rebuild(
            before, [LittleFsEntry.File("autoexec.bat", Pattern(100, 9)), LittleFsEntry.File("new/x", Pattern(5, 5))], ["old"]);
        LittleFsEntry[] expected =
        [
            LittleFsEntry.File("autoexec.bat", Pattern(100, 9)),
            LittleFsEntry.Directory("keep"),
            entries[2],
            LittleFsEntry.File("new/x", Pattern(5, 5)),
            entries[5],
        ];
        var after = ReadTwice(bytes, expected);
        Assert.Equal(0xC000, bytes.Length);
        var plain = new PlainLittleFs(bytes);
        Assert.Equal([1, 2, 3], plain.Attributes[("autoexec.bat", 0x74)]);
        Assert.Equal(Pattern(1022, 1), plain.Attributes[("keep", 9)]);
        Assert.Equal([1, 2, 3], after.Find("autoexec.bat")!.Attributes.Single().Value.ToArray());
        Assert.Equal(2, plain.Attributes.Count);
    }

    [Fact]
    public void Rebuild_WhatCannotBe_IsRefused()
    {
        var volume = Read(LittleFsWriter.Create(0x4000, [LittleFsEntry.File("a", new byte[4]), LittleFsEntry.File("d/b", new byte[4])]));
        Assert.Equal(FindingCode.LittleFsNotFound, CodeOf(() => LittleFsWriter.Rebuild(volume, null, ["A"])));
        Assert.Equal(FindingCode.LittleFsNameRefused, CodeOf(() => LittleFsWriter.Rebuild(volume, [LittleFsEntry.File("d", new byte[1])])));
        Assert.Equal(FindingCode.LittleFsNameRefused, CodeOf(() => LittleFsWriter.Rebuild(volume, [LittleFsEntry.Directory("a")])));
        Assert.Equal(FindingCode.LittleFsNameRefused, CodeOf(() => LittleFsWriter.Rebuild(volume, [LittleFsEntry.File("x", []), LittleFsEntry.File("x", [])])));
        Assert.Equal(FindingCode.LittleFsDoesNotFit, CodeOf(() => LittleFsWriter.Rebuild(volume, [LittleFsEntry.File("x", new byte[5000])])));
    }

    [Fact]
    public void Rebuild_DamagedFile_IsRefusedUntilItIsReplaced()
    {
        byte[] bytes = LittleFsWriter.Create(0x8000, [LittleFsEntry.File("a", Pattern(9000, 1)), LittleFsEntry.File("b", Pattern(90, 1))]);
        // The second data block of "a", block 3 of the volume, no longer leads to the first.
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(3 * 4096), 0x1234);
        var volume = Read(bytes);
        Assert.Equal(9000 - 4096, volume.Find("a")!.ReadableLength);
        BytesAssert.Equal(Pattern(9000, 1).AsSpan(4096), volume.Find("a")!.ToArray());
        Assert.Equal(FindingCode.LittleFsDamagedVolume, CodeOf(() => LittleFsWriter.Rebuild(volume, [LittleFsEntry.File("c", [])])));
        LittleFsEntry[] now = [LittleFsEntry.File("a", Pattern(9, 9)), LittleFsEntry.File("b", Pattern(90, 1))];
        ReadTwice(LittleFsWriter.Rebuild(volume, [now[0]]), now);
        ReadTwice(LittleFsWriter.Rebuild(volume, null, ["a"]), now.Skip(1));
    }

    private static FindingCode CodeOf(Action action) => Assert.Throws<BekenImageException>(action).Code;
}
