using System.Diagnostics;
using BekenImage.Formats.LittleFs;
using static BekenImage.Tests.Formats.LittleFs.LittleFsTestData;

namespace BekenImage.Tests.Formats.LittleFs;

/// <summary>Whatever is in an image: no exception, no hang, and what is lost is told.</summary>
public class LittleFsDamageTests
{
    private static readonly LittleFsEntry[] Entries =
    [
        LittleFsEntry.File("autoexec.bat", Pattern(12, 1), [new LittleFsAttribute(1, new byte[] { 5 })]),
        LittleFsEntry.File("dir/big", Pattern(17_000, 2)),
        LittleFsEntry.File("dir/sub/small", Pattern(3, 3)),
        LittleFsEntry.File("mid", Pattern(700, 4)),
    ];

    // Blocks 0 to 5 hold metadata, 6 the content of "mid", 7 to 11 that of "big".
    private static readonly byte[] Sound = LittleFsWriter.Create(0xE000, Entries);

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void FindAll_AnyMetadataByteFlipped_TellsOrReadsTheSame(int flip)
    {
        var bytes = (byte[])Sound.Clone();
        for (int block = 0; block < 6; block++)
        {
            int used = Sound.AsSpan(block * 4096, 4096).LastIndexOfAnyExcept((byte)0xFF) + 1;
            for (int i = 0; i < Math.Min(used + 40, 4096); i++)
            {
                bytes[block * 4096 + i] ^= (byte)flip;
                bool isTold = ReadAll(bytes, out var volume);
                bytes[block * 4096 + i] ^= (byte)flip;
                Assert.True(isTold || IsWhole(volume, Entries), $"block {block}, byte {i}");
                Assert.True(isTold || i >= used, $"block {block}, byte {i}");
            }
        }
    }

    [Fact]
    public void FindAll_FlipInALogOfSeveralCommits_TellsOrReadsTheSame()
    {
        var sound = LogMaker.Blank(4);
        int used = new LogMaker(sound, 0, 1).Superblock(4).Commit().Created(1, "a", "1").Commit(padding: 3, type: 0x501)
            .Created(1, "b", "2").Commit().Tag(0x4FF, 1).Commit().Length;
        LittleFsEntry[] entries = [LittleFsEntry.File("a", "1"u8.ToArray())];
        ReadTwice(sound, entries);
        for (int i = 0; i < used; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                var bytes = (byte[])sound.Clone();
                bytes[i] ^= (byte)(1 << bit);
                Assert.True(ReadAll(bytes, out var volume) || IsWhole(volume, entries), $"byte {i}, bit {bit}");
            }
        }
    }

    [Fact]
    public void FindAll_AnyBlockLost_TellsOrListsTheSame()
    {
        for (int block = 0; block < Sound.Length / 4096; block++)
        {
            foreach (byte value in new byte[] { 0xFF, 0x00 })
            {
                var bytes = (byte[])Sound.Clone();
                bytes.AsSpan(block * 4096, 4096).Fill(value);
                bool isTold = ReadAll(bytes, out var volume);
                // Nothing in the format guards content, and of an erased block 0 with an erased partner nothing is left to see.
                Assert.True(isTold || block == 0 || volume!.Entries.Count == 6, $"block {block}");
                if (volume is not null && block is 2 or 4 or (> 7 and < 12))
                    Assert.True(volume.IsDamaged, $"block {block}");
            }
        }
    }

    [Fact]
    public void FindAll_CutAnywhere_TellsThatItIsClipped()
    {
        for (int length = 0; length < Sound.Length; length += length < 300 || length % 4096 is < 2 or > 4094 ? 1 : 97)
        {
            bool isTold = ReadAll(Sound.AsSpan(0, length).ToArray(), out var volume);
            Assert.True(isTold || length < 28, $"{length}");
            Assert.True(volume is null || volume.IsClipped);
            if (volume is not null)
                Assert.Throws<BekenImageException>(() => LittleFsWriter.Rebuild(volume));
        }
    }

    public static TheoryData<string> Loops => new(
        "tail to itself", "tail to the root", "tails in a ring", "hard tails in a ring", "directory is the root", "directory is itself",
        "directories share a pair", "pair of one block", "pair outside", "pair half outside", "crossed pairs", "skip list loops",
        "skip list in metadata", "skip list outside", "files share blocks", "size beyond the volume", "size of 4 GiB");

    [Theory]
    [MemberData(nameof(Loops))]
    public void Read_LoopsAndWildPointers_EndInAnError(string what)
    {
        var bytes = LogMaker.Blank(8);
        var root = new LogMaker(bytes, 0, 1).Superblock(8).Inline(1, "a", "x");
        var second = new LogMaker(bytes, 2, 1).Inline(0, "in", "y");
        switch (what)
        {
            case "tail to itself": root.SoftTail(0, 1); break;
            case "tail to the root": root.SoftTail(2, 3); second.SoftTail(1, 0); break;
            case "tails in a ring": root.SoftTail(2, 3); second.SoftTail(2, 3); break;
            case "hard tails in a ring": root.HardTail(2, 3); second.HardTail(2, 3); break;
            case "directory is the root": root.Directory(2, "d", 0, 1); break;
            case "directory is itself": root.Directory(2, "d", 2, 3).SoftTail(2, 3); second.Directory(1, "d", 3, 2); break;
            case "directories share a pair": root.Directory(2, "d", 2, 3).Directory(3, "e", 2, 3).SoftTail(2, 3); break;
            case "pair of one block": root.Directory(2, "d", 2, 2); break;
            case "pair outside": root.SoftTail(8, 9); break;
            case "pair half outside": root.Directory(2, "d", 2, 0x7FFFFFFF); break;
            case "crossed pairs": root.Directory(2, "d", 2, 3).Directory(3, "e", 3, 4).SoftTail(2, 3); break;
            case "skip list loops": root.Large(2, "f", 5, 13000); LogMaker.Words(5, 5, 5).CopyTo(bytes, 5 * 4096); break;
            case "skip list in metadata": root.Large(2, "f", 1, 100); break;
            case "skip list outside": root.Large(2, "f", 0xFFFFFFFE, 100); break;
            case "files share blocks": root.Large(2, "f", 5, 100).Large(3, "g", 5, 100); break;
            case "size beyond the volume": root.Large(2, "f", 5, 8 * 4096 + 1); break;
            case "size of 4 GiB": root.Large(2, "f", 5, 0xFFFFFFFF); break;
        }
        root.Commit();
        second.Commit();
        var volume = Read(bytes);
        Assert.True(volume.IsDamaged);
        Assert.True(volume.Find("a")!.IsComplete);
        Assert.Equal(FindingCode.LittleFsDamagedVolume, Assert.Throws<BekenImageException>(() => LittleFsWriter.Rebuild(volume)).Code);
        ReadAll(bytes, out _);
    }

    [Fact]
    public void Read_SkipPointersThatLeadAstray_AreTold()
    {
        byte[] bytes = LittleFsWriter.Create(0x10000, [LittleFsEntry.File("f", Pattern(20_000, 1))]);
        // The second pointer of data block 2, which is block 4 of the volume.
        bytes[4 * 4096 + 4] ^= 1;
        var volume = Read(bytes);
        Assert.Equal(FindingCode.LittleFsFileDamaged, volume.Findings.Single().Code);
        Assert.True(volume.Find("f")!.IsComplete);
    }

    [Fact]
    public void Read_EntriesWithoutNameOrContent_AreTold()
    {
        var bytes = LogMaker.Blank(4);
        new LogMaker(bytes, 0, 1).Superblock(4).Tag(0x201, 1, 1, 2).Tag(0x001, 2, 0x61).Tag(0x00F, 3, 0x62).Tag(0x001, 4)
            .Inline(5, "twice", "1").Inline(6, "twice", "2").Inline(7, "../up", "3").Inline(1022, "last", "4").Commit();
        var volume = Read(bytes);
        Assert.Equal(["../up", "a", "last", "twice"], volume.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Contains(volume.Findings, finding => finding.Code == FindingCode.LittleFsEntryDamaged);
        Assert.Contains(volume.Findings, finding => finding.Code == FindingCode.LittleFsName);
    }

    [Fact]
    public void Read_DeeperThanTheLimit_StopsAndTells()
    {
        var bytes = LogMaker.Blank(100);
        new LogMaker(bytes, 0, 1).Superblock(100).Directory(1, "d", 2, 3).SoftTail(2, 3).Commit();
        for (uint block = 2; block < 90; block += 2)
            new LogMaker(bytes, (int)block, 1).Directory(0, "d", block + 2, block + 3).SoftTail(block + 2, block + 3).Commit();
        new LogMaker(bytes, 90, 1).Commit();
        var volume = Read(bytes);
        Assert.Equal(32, volume.Entries.Count);
        Assert.Contains(volume.Findings, finding => finding.Code == FindingCode.LittleFsLimit);
    }

    [Fact]
    public void Read_MoreEntriesThanTheLimit_StopsAndTells()
    {
        var bytes = LogMaker.Blank(60);
        for (int part = 0; part < 20; part++)
        {
            var log = new LogMaker(bytes, 2 * part, 1);
            if (part == 0)
                log.Superblock(60);
            for (int id = 1; id <= 250; id++)
                log.Inline(id, $"{part:d2}{id:d3}", "");
            log.HardTail((uint)(2 * part + 2), (uint)(2 * part + 3)).Commit();
        }
        new LogMaker(bytes, 40, 1).Commit();
        var volume = Read(bytes);
        Assert.Equal(4096, volume.Files.Count);
        Assert.Contains(volume.Findings, finding => finding.Code == FindingCode.LittleFsLimit);
    }

    [Fact]
    public void FindAll_RandomTagsUnderValidChecksums_NeverThrow()
    {
        int[] types = [0x001, 0x002, 0x0FF, 0x200, 0x201, 0x202, 0x305, 0x401, 0x4FF, 0x600, 0x601, 0x7FF, 0x5FF, 0x123, 0x4AA];
        var random = new Random(4711);
        var clock = Stopwatch.StartNew();
        for (int round = 0; round < 600; round++)
        {
            var bytes = LogMaker.Blank(16);
            for (int block = 0; block < 16; block++)
            {
                if (random.Next(4) == 0)
                    continue;
                var log = new LogMaker(bytes, block, (uint)random.Next(3));
                if (block < 2 || random.Next(8) == 0)
                    log.Superblock(16, version: (uint)(0x00020000 + random.Next(2)));
                for (int tag = random.Next(40); tag > 0; tag--)
                    AddRandomTag(log, types[random.Next(types.Length)], random);
                log.Commit(random.Next(5), 0x500 + random.Next(2));
            }
            ReadAll(bytes, out _);
        }
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void FindAll_GarbageAndFloodsOfSuperblocks_StayFast()
    {
        var image = new byte[4 << 20];
        var clock = Stopwatch.StartNew();
        new Random(1).NextBytes(image);
        Assert.Empty(LittleFsReader.FindAll(image));
        for (int block = 0; block < 1024; block++)
            new LogMaker(image, block, 1).Superblock(1024).Commit();
        Assert.Equal(8, LittleFsReader.FindAll(image).Count);
        for (int block = 0; block < 1024; block++)
            new LogMaker(image, block, 1).Superblock(4, blockSize: block % 2 == 0 ? 4096 : 128).Commit(spoil: (uint)block % 2);
        var findings = new List<Finding>();
        Assert.Equal(8, LittleFsReader.FindAll(image, 0, findings).Count);
        Assert.True(findings.Count < 2000);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Read_LargestVolumeOfThisPlatform_TakesTimeOfItsSize()
    {
        var entries = Enumerable.Range(0, 60).Select(i => LittleFsEntry.File($"{i}", Pattern(9000, i))).ToArray();
        byte[] bytes = LittleFsWriter.Create(0xA5000 + 0x80000, entries);
        var clock = Stopwatch.StartNew();
        for (int round = 0; round < 10; round++)
            Assert.Equal(60 * 9000, Read(bytes).Files.Sum(file => file.ToArray().Length));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3));
    }

    private static void AddRandomTag(LogMaker log, int type, Random random)
    {
        int id = type >= 0x600 ? 0x3FF : random.Next(8) == 0 ? random.Next(0x400) : random.Next(6);
        if (random.Next(10) == 0)
        {
            log.Removal(type, id);
            return;
        }
        uint Block() => random.Next(12) == 0 ? (uint)random.Next() : (uint)random.Next(17);
        byte[] data = (type >> 8, random.Next(12)) switch
        {
            (_, 0) => new byte[random.Next(30)],
            (0, _) => [(byte)('a' + random.Next(6))],
            (4, _) => [],
            (2, _) => LogMaker.Words(Block(), random.Next(3) == 0 ? Block() : (uint)random.Next(40000)),
            (7, _) => LogMaker.Words(0x4FFu << 20 | (uint)random.Next(6) << 10, Block(), Block()),
            _ => LogMaker.Words(Block(), Block()),
        };
        log.Tag(type, id, data);
    }

    /// <summary>Reads everything there is to read; true when something was told.</summary>
    private static bool ReadAll(byte[] bytes, out LittleFsVolume? volume)
    {
        var findings = new List<Finding>();
        var volumes = LittleFsReader.FindAll(bytes, 0, findings);
        volume = volumes.Count > 0 ? volumes[0] : null;
        foreach (var found in volumes)
        {
            long sum = found.Entries.Sum(entry => entry.ToArray().LongLength);
            Assert.True(sum <= 2L * bytes.Length);
            Assert.Equal(found.Entries.Count, LittleFsSafePaths.Map(found.Entries).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
        LittleFsReader.TryRead(bytes, 0, findings, out _);
        return findings.Count > 0;
    }

    private static bool IsWhole(LittleFsVolume? volume, LittleFsEntry[] entries) =>
        volume is not null && volume.Files.Count == entries.Length &&
        entries.All(entry => volume.Find(entry.Path) is { } found && found.ToArray().AsSpan().SequenceEqual(entry.ToArray()));
}
