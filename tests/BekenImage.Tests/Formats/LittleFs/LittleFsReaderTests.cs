using BekenImage.Formats.LittleFs;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.LittleFs.LittleFsTestData;

namespace BekenImage.Tests.Formats.LittleFs;

/// <summary>Volumes with what the product's writer never makes, built tag by tag.</summary>
public class LittleFsReaderTests
{
    [Fact]
    public void Read_SeveralCommitsWithCreateAndDelete_GivesTheLastState()
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, 5).Tag(0x401, 0).Superblock(4).Commit()
            .Created(1, "m", "one").Commit(padding: 3)
            .Created(1, "a", "two").Commit(type: 0x501)
            .Tag(0x301, 2, 7, 8).Tag(0x302, 2, 9).Commit(type: 0x501, padding: 12)
            .Created(2, "b", "three").Commit()
            .Tag(0x4FF, 1).Removal(0x302, 2).Commit()
            .Tag(0x201, 1, "changed"u8.ToArray()).Commit();
        var volume = ReadTwice(bytes, [LittleFsEntry.File("b", "changed"u8.ToArray()), LittleFsEntry.File("m", "one"u8.ToArray())]);
        Assert.Equal([7, 8], volume.Find("m")!.Attributes.Single().Value.ToArray());
        Assert.Empty(volume.Find("b")!.Attributes);
    }

    [Fact]
    public void Read_CreateInTheMiddle_KeepsTheIdsOfTheOthers()
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, 1).Superblock(4).Inline(1, "a", "A").Inline(2, "c", "C").Commit()
            .Created(2, "b", "B").Tag(0x201, 3, "CC"u8.ToArray()).Commit();
        ReadTwice(bytes,
            [LittleFsEntry.File("a", "A"u8.ToArray()), LittleFsEntry.File("b", "B"u8.ToArray()), LittleFsEntry.File("c", "CC"u8.ToArray())]);
    }

    [Theory]
    [InlineData(3u, 4u, "new")]
    [InlineData(4u, 3u, "old")]
    [InlineData(0xFFFFFFFFu, 0u, "new")]
    [InlineData(0x7FFFFFFFu, 0x80000000u, "new")]
    public void Read_TwoValidBlocks_TheLaterRevisionCounts(uint first, uint second, string expected)
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, first).Superblock(4).Inline(1, "f", "old").Commit();
        new LogMaker(bytes, 1, second).Superblock(4).Inline(1, "f", "new").Commit();
        ReadTwice(bytes, [LittleFsEntry.File("f", System.Text.Encoding.ASCII.GetBytes(expected))]);
    }

    [Fact]
    public void Read_DirectoriesWithTails_AreListedInTheirPlaces()
    {
        var bytes = LogMaker.Blank(12);
        new LogMaker(bytes, 0, 1).Superblock(12).Inline(1, "a", "1").Directory(2, "d", 5, 4).HardTail(3, 2).Commit();
        new LogMaker(bytes, 2, 1).Inline(0, "e", "2").Directory(1, "z", 6, 7).SoftTail(5, 4).Commit();
        new LogMaker(bytes, 4, 1).Inline(0, "x", "3").HardTail(8, 9).Commit();
        new LogMaker(bytes, 8, 1).Inline(0, "y", "4").SoftTail(6, 7).Commit();
        new LogMaker(bytes, 7, 1).Inline(0, "w", "5").SoftTail(0xFFFFFFFF, 0xFFFFFFFF).Commit();
        var volume = ReadTwice(bytes,
        [
            LittleFsEntry.File("a", "1"u8.ToArray()),
            LittleFsEntry.File("d/x", "3"u8.ToArray()),
            LittleFsEntry.File("d/y", "4"u8.ToArray()),
            LittleFsEntry.File("e", "2"u8.ToArray()),
            LittleFsEntry.File("z/w", "5"u8.ToArray()),
        ]);
        Assert.Equal(["a", "d", "d/x", "d/y", "e", "z", "z/w"], volume.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public void Read_SuperblockWasMoved_TheLastOneIsTheRoot()
    {
        var bytes = LogMaker.Blank(6);
        new LogMaker(bytes, 0, 1).Superblock(6).HardTail(2, 3).Commit();
        new LogMaker(bytes, 2, 1).Superblock(6).Inline(1, "f", "x").Commit();
        ReadTwice(bytes, [LittleFsEntry.File("f", "x"u8.ToArray())]);
    }

    [Fact]
    public void Read_HalfMovedEntry_IsListedOnce()
    {
        var bytes = LogMaker.Blank(6);
        // The move's source is id 1 of the pair (0, 1); the two shares of the state add up to that.
        uint tag = 0x4FFu << 20 | 1u << 10;
        new LogMaker(bytes, 0, 1).Superblock(6).Inline(1, "from", "x").Directory(2, "to", 2, 3)
            .Tag(0x7FF, 0x3FF, LogMaker.Words(0x12345678, 9, 9)).SoftTail(2, 3).Commit();
        new LogMaker(bytes, 2, 1).Inline(0, "from", "x").Tag(0x7FF, 0x3FF, LogMaker.Words(1, 2, 3))
            .Tag(0x7FF, 0x3FF, LogMaker.Words(tag ^ 0x12345678, 1 ^ 9, 0 ^ 9)).Commit();
        var volume = Read(bytes);
        Assert.Equal(["to", "to/from"], volume.Entries.Select(entry => entry.Path));
        Assert.Equal(FindingCode.LittleFsMoveUnfinished, volume.Findings.Single().Code);
        Assert.Equal(["to/from"], new PlainLittleFs(bytes).Files.Keys);
        ReadTwice(LittleFsWriter.Rebuild(volume), [LittleFsEntry.File("to/from", "x"u8.ToArray())]);
    }

    [Fact]
    public void Read_OrphanInTheChain_IsTold()
    {
        var bytes = LogMaker.Blank(6);
        new LogMaker(bytes, 0, 1).Superblock(6).SoftTail(2, 3).Commit();
        new LogMaker(bytes, 2, 1).Inline(0, "lost", "x").Commit();
        var volume = Read(bytes);
        Assert.Empty(volume.Entries);
        Assert.Equal(FindingCode.LittleFsMoveUnfinished, volume.Findings.Single().Code);
        Assert.False(volume.IsDamaged);
    }

    [Fact]
    public void Read_DiskVersion21_IsReadWithAWarning()
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, 1).Superblock(4, 0x00020001).Tag(0x5FF, 0x3FF, LogMaker.Words(16, 0xABCDEF01)).Commit(padding: 20)
            .Created(1, "f", "x").Tag(0x5FF, 0x3FF, LogMaker.Words(16, 0x12345678)).Commit(padding: 5);
        var volume = Read(bytes);
        Assert.Equal("x"u8.ToArray(), volume.Find("f")!.ToArray());
        Assert.Equal(["f"], new PlainLittleFs(bytes).Files.Keys);
        Assert.Equal(FindingCode.LittleFsDiskVersion, volume.Findings.Single().Code);
        Assert.Equal(0, Read(LittleFsWriter.Rebuild(volume)).MinorVersion);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    [InlineData(8192)]
    [InlineData(65536)]
    public void Read_OtherBlockSizes_AreRead(int blockSize)
    {
        int size = blockSize + (blockSize - 4) + 100;
        var bytes = LogMaker.Blank(8, blockSize);
        byte[] content = Pattern(size, 1);
        new LogMaker(bytes, 0, 1, blockSize).Superblock(8, blockSize: blockSize).Large(1, "f", 4, (uint)size).Commit();
        content.AsSpan(0, blockSize).CopyTo(bytes.AsSpan(6 * blockSize));
        LogMaker.Words(6).CopyTo(bytes, 2 * blockSize);
        content.AsSpan(blockSize, blockSize - 4).CopyTo(bytes.AsSpan(2 * blockSize + 4));
        LogMaker.Words(2, 6).CopyTo(bytes, 4 * blockSize);
        content.AsSpan(blockSize * 2 - 4).CopyTo(bytes.AsSpan(4 * blockSize + 8));
        var volume = Read(bytes);
        BytesAssert.Equal(content, new PlainLittleFs(bytes, blockSize).Files["f"]);
        BytesAssert.Equal(content, volume.Find("f")!.ToArray());
        Assert.Equal(blockSize * 8L, volume.Length);
        Assert.Equal(FindingCode.LittleFsGeometry, volume.Findings.Single().Code);
        var again = Read(LittleFsWriter.Rebuild(volume));
        Assert.Equal(blockSize, again.BlockSize);
        BytesAssert.Equal(content, again.Find("f")!.ToArray());
    }

    [Theory]
    [InlineData(0x00010001u, 4096, 4)]
    [InlineData(0x00030000u, 4096, 4)]
    [InlineData(0x00020000u, 64, 4)]
    [InlineData(0x00020000u, 4098, 4)]
    [InlineData(0x00020000u, 0x20000, 4)]
    [InlineData(0x00020000u, 0, 4)]
    [InlineData(0x00020000u, 4096, 0)]
    [InlineData(0x00020000u, 4096, -1)]
    public void Read_GeometryOutsideLimits_IsRefusedWithAFinding(uint version, int blockSize, int blocks)
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, 1).Superblock(blocks, version, blockSize).Commit();
        var findings = new List<Finding>();
        Assert.False(LittleFsReader.TryRead(bytes, 0, findings, out var volume));
        Assert.Null(volume);
        Assert.Equal(FindingCode.LittleFsUnsupported, findings.Single().Code);
        findings.Clear();
        Assert.Empty(LittleFsReader.FindAll(bytes, 0, findings));
        Assert.Equal(FindingCode.LittleFsUnsupported, findings.Single().Code);
    }

    [Fact]
    public void Read_CommitThatDoesNotVerify_GivesTheStateBefore()
    {
        var bytes = LogMaker.Blank(4);
        var log = new LogMaker(bytes, 0, 1).Superblock(4).Inline(1, "f", "good").Commit();
        int end = log.Length;
        log.Tag(0x201, 1, "bad"u8.ToArray()).Commit(spoil: 1).Tag(0x201, 1, "worse"u8.ToArray()).Commit();
        var volume = Read(bytes);
        Assert.Equal("good"u8.ToArray(), volume.Find("f")!.ToArray());
        var finding = volume.Findings.Single();
        Assert.Equal((FindingCode.LittleFsOlderState, FindingSeverity.Warning, (long?)end), (finding.Code, finding.Severity, finding.Offset));
    }

    [Fact]
    public void FindAll_VolumeInAnImage_IsFoundWithPhysicalOffsets()
    {
        var image = new byte[0x100000];
        LittleFsEntry[] entries = [LittleFsEntry.File("autoexec.bat", Pattern(5000, 1))];
        LittleFsWriter.Create(0x8000, entries).CopyTo(image, 0xC8000);
        foreach (long offset in new[] { 0L, 0x100000L, 0x100L })
        {
            var volumes = LittleFsReader.FindAll(image, offset);
            if (offset % 4096 != 0)
            {
                Assert.Empty(volumes);
                continue;
            }
            var volume = volumes.Single();
            Assert.Equal(new FlashRange(offset + 0xC8000, 0x8000), volume.Range);
            BytesAssert.Equal(entries[0].ToArray(), volume.Find("autoexec.bat")!.ToArray());
        }
    }

    [Fact]
    public void FindAll_SecondCopyOnly_FindsBlockZeroBeforeIt()
    {
        var bytes = LogMaker.Blank(16);
        int at = 4 * 4096;
        var part = LogMaker.Blank(8);
        // As the reference formats: both blocks hold the superblock.
        new LogMaker(part, 0, 1).Superblock(8).Inline(1, "f", "old").Commit();
        new LogMaker(part, 1, 2).Superblock(8).Inline(1, "f", "new").Directory(2, "sub", 2, 3).SoftTail(2, 3).Commit();
        new LogMaker(part, 2, 1).Inline(0, "g", "1").Commit();
        foreach (int spoil in new[] { -1, 0, 1, 2 })
        {
            part.CopyTo(bytes, at);
            if (spoil == 0)
                bytes.AsSpan(at, 4096).Fill(0xFF);
            if (spoil == 1)
                bytes.AsSpan(at + 4096, 4096).Fill(0xFF);
            if (spoil == 2)
                bytes[at + 20] ^= 0x55;
            var findings = new List<Finding>();
            var volume = LittleFsReader.FindAll(bytes, 0x1C0000, findings).Single();
            Assert.Equal(0x1C0000 + at, volume.Offset);
            Assert.Equal(spoil == 1 ? "old" : "new", System.Text.Encoding.ASCII.GetString(volume.Find("f")!.ToArray()));
            Assert.Equal(spoil == 2, findings.Any(finding => finding.Code == FindingCode.LittleFsOlderState));
        }
    }

    [Fact]
    public void FindAll_EmptyVolumeWithoutBlockZero_IsToldByItsEnd()
    {
        var image = LogMaker.Blank(0x30);
        new LogMaker(image, 0x18 + 1, 1).Superblock(8).Commit();
        Assert.Equal(0x1C8000, LittleFsReader.FindAll(image, 0x1B0000, usualEnds: [0x1B3000, 0x1D0000]).Single().Offset);
        Assert.Equal(0x199000, LittleFsReader.FindAll(image, 0x180000).Single().Offset);
    }

    [Fact]
    public void FindAll_SmallerVolumeInsideAnOlderOne_GivesBothAndThePlaceChooses()
    {
        var image = LogMaker.Blank(0x20);
        LittleFsWriter.Create(0x20000, [LittleFsEntry.File("old", [1])]).CopyTo(image, 0);
        LittleFsWriter.Create(0x8000, [LittleFsEntry.File("new", [1])]).CopyTo(image, 0x18000);
        var volumes = LittleFsReader.FindAll(image, 0x1B0000);
        Assert.Equal(2, volumes.Count);
        var place = new LittleFsPlace(0x1D0000, 0x12B000);
        Assert.Equal("new", place.Choose(volumes, null)!.Files.Single().Path);
        Assert.Equal("new", place.Choose(volumes, 0)!.Files.Single().Path);
        Assert.Equal("old", place.Choose(volumes, 0x20000)!.Files.Single().Path);
        Assert.Null(place.Choose(volumes, 0x10000));
        Assert.Null(new LittleFsPlace(0x1B3000, 0x133000).Choose(volumes, null));
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void FindAll_RealImages_HaveNoVolume(string file)
    {
        var findings = new List<Finding>();
        Assert.Empty(LittleFsReader.FindAll(Corpus.Read(file), 0, findings));
        Assert.Empty(findings);
    }

    [Fact]
    public void Read_NamesOutOfOrder_AreTold()
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, 1).Superblock(4).Inline(1, "e1", "x").Inline(2, "e10", "y").Commit();
        var volume = Read(bytes);
        Assert.Equal(FindingCode.LittleFsOrder, volume.Findings.Single().Code);
        ReadTwice(LittleFsWriter.Rebuild(volume), [LittleFsEntry.File("e1", "x"u8.ToArray()), LittleFsEntry.File("e10", "y"u8.ToArray())]);
    }

    [Fact]
    public void Read_NamesThatAreNotUtf8_SurviveARebuild()
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, 1).Superblock(4).Tag(0x301, 0, 1).Tag(0x001, 1, 0x61, 0xE9).Tag(0x201, 1, 1).Tag(0x001, 2, 0xC3, 0xA9).Tag(0x201, 2, 2).Commit();
        var volume = Read(bytes);
        Assert.Equal(["a\u00E9", "\u00E9"], volume.Files.Select(file => file.Path));
        BytesAssert.Equal(bytes, LittleFsWriter.Rebuild(volume));
        var changed = Read(LittleFsWriter.Rebuild(volume, [LittleFsEntry.File("a\u00E9", [7])]));
        Assert.Equal(2, changed.Files.Count);
        Assert.Equal([7], changed.Find("a\u00E9")!.ToArray());
    }
}
