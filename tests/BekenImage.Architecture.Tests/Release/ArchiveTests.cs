using System.Formats.Tar;
using System.IO.Compression;
using BekenImage.Release;

namespace BekenImage.Architecture.Tests.Release;

/// <summary>The archives of a release hold nothing of the machine or the moment.</summary>
public sealed class ArchiveTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 27, 12, 34, 56, TimeSpan.Zero);

    private static readonly ArchiveEntry[] Entries =
    [
        ArchiveEntry.FromText("a/program", "#!/bin/sh\n") with { IsExecutable = true },
        ArchiveEntry.FromText("a/LICENSE", "text\n"), ArchiveEntry.FromText("a/über.txt", "more\n"),
    ];

    private delegate void Writer(Stream stream, IEnumerable<ArchiveEntry> entries, DateTimeOffset time);

    [Fact]
    public void Zip_OfTheSameFilesInAnotherOrderAndZone_IsTheSameBytes() => AssertSame(Archive.WriteZip);

    [Fact]
    public void TarGz_OfTheSameFilesInAnotherOrderAndZone_IsTheSameBytes() => AssertSame(Archive.WriteTarGz);

    [Fact]
    public void Zip_HasNamesInOrderTheTimeAndTheModes()
    {
        using var archive = new ZipArchive(new MemoryStream(Make(Archive.WriteZip, Entries, Time)));
        Assert.Equal(["a/LICENSE", "a/program", "a/über.txt"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(Time.DateTime, entry.LastWriteTime.DateTime));
        // 0100755 and 0100644: what unzip gives a file on Unix.
        Assert.Equal([0x81A4, 0x81ED, 0x81A4], archive.Entries.Select(entry => (entry.ExternalAttributes >> 16) & 0xFFFF));
    }

    [Fact]
    public void TarGz_HasNamesInOrderTheTimeTheModesAndNoOwner()
    {
        using var archive = new TarReader(new GZipStream(new MemoryStream(Make(Archive.WriteTarGz, Entries, Time)), CompressionMode.Decompress));
        var read = new List<string>();
        while (archive.GetNextEntry() is { } entry)
        {
            Assert.Equal((Time, 0, 0), (entry.ModificationTime, entry.Uid, entry.Gid));
            read.Add($"{Convert.ToString((int)entry.Mode, 8)} {entry.Name}");
        }
        Assert.Equal(["644 a/LICENSE", "755 a/program", "644 a/über.txt"], read);
    }

    [Fact]
    public void Zip_OfATimeBeforeZip_BearsItsFirstMoment()
    {
        using var archive = new ZipArchive(new MemoryStream(Make(Archive.WriteZip, Entries, DateTimeOffset.UnixEpoch)));
        Assert.All(archive.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
    }

    private static void AssertSame(Writer writer) =>
        Assert.Equal(Make(writer, Entries, Time), Make(writer, Entries.Reverse(), Time.ToOffset(TimeSpan.FromHours(9))));

    private static byte[] Make(Writer writer, IEnumerable<ArchiveEntry> entries, DateTimeOffset time)
    {
        using var stream = new MemoryStream();
        writer(stream, entries, time);
        return stream.ToArray();
    }
}
