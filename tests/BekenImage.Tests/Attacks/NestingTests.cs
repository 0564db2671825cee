using System.IO.Compression;
using BekenImage.Tests.Formats.LittleFs;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Attacks;

/// <summary>A6, A8: containers in containers, and pointers that lead back. Everything ends, and each block is read once.</summary>
public sealed class NestingTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("zip")]
    [InlineData("RBL")]
    [InlineData("UG")]
    public void Containers_InContainers_EndAtADepth(string kind)
    {
        byte[] bytes = SyntheticPrograms.App(0x2000, SyntheticImage.ObkN);
        for (int depth = 0; depth < 40; depth++)
            bytes = Wrapped(kind, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var image = FlashImage.Parse(bytes);
        Properties.Touch(image);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 128L << 20);
        Assert.Null(image.FindPartition(PartitionNames.Rf));
    }

    private static byte[] Wrapped(string kind, byte[] bytes)
    {
        using var stream = new MemoryStream();
        switch (kind)
        {
            case "gzip":
                using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
                    gzip.Write(bytes);
                return stream.ToArray();
            case "zip":
                using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
                using (var entry = zip.CreateEntry("image.bin", CompressionLevel.Fastest).Open())
                    entry.Write(bytes);
                return stream.ToArray();
            case "RBL":
                return PlainFormats.UpdatePackage(bytes, 0, bytes);
            default:
                byte[] header = new byte[32];
                PlainFormats.Put(header, 0, 0x55AA55AA);
                PlainFormats.Put(header, 0x1C, 0xAA55AA55);
                PlainFormats.Put(header, 0x10, (uint)bytes.Length);
                return [.. header, .. bytes];
        }
    }

    /// <summary>Of a directory whose pair is its own parent's, its own, or another's that leads back.</summary>
    [Theory]
    [InlineData(0u, 1u, 2u, 3u)]
    [InlineData(2u, 3u, 2u, 3u)]
    [InlineData(2u, 3u, 0u, 1u)]
    [InlineData(2u, 2u, 3u, 3u)]
    public void LittleFs_WhoseDirectoriesLeadBack_ListsEachOnce(uint first, uint second, uint tailFirst, uint tailSecond)
    {
        byte[] volume = LogMaker.Blank(8);
        new LogMaker(volume, 0, 1).Superblock(8).Directory(1, "d", first, second).SoftTail(tailFirst, tailSecond).Commit();
        new LogMaker(volume, 2, 1).Directory(0, "e", first, second).HardTail(tailFirst, tailSecond).Commit();
        new LogMaker(volume, 3, 2).Directory(0, "f", tailFirst, tailSecond).SoftTail(first, second).Commit();
        var image = FlashImage.Parse(volume);
        Properties.Touch(image);
        Assert.True(image.LittleFs is null || image.LittleFs.Entries.Count <= 8, $"{image.LittleFs?.Entries.Count} entries");
        image.Edit().Sanitize();
    }
}
