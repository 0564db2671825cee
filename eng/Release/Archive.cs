using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace BekenImage.Release;

/// <summary>A file that goes into an archive; slashes between the parts of its name.</summary>
internal sealed record ArchiveEntry(string Name, byte[] Bytes, bool IsExecutable = false)
{
    public UnixFileMode Mode => IsExecutable ? Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Readable;

    private static UnixFileMode Readable => UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static ArchiveEntry FromFile(string name, string file, bool isExecutable = false) => new(name, File.ReadAllBytes(file), isExecutable);

    public static ArchiveEntry FromText(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}

/// <summary>Archives in which nothing is of the machine or the moment: entries in the order of their names, with one time and no owner.</summary>
internal static class Archive
{
    private const int RegularFile = 0x8000;

    private static readonly DateTimeOffset FirstOfZip = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void WriteZip(Stream stream, IEnumerable<ArchiveEntry> entries, DateTimeOffset time)
    {
        // Zip knows local times without a zone, from 1980 on: those here are UTC.
        var utc = time < FirstOfZip ? FirstOfZip : time.ToUniversalTime();
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in Ordered(entries))
        {
            var written = archive.CreateEntry(entry.Name, CompressionLevel.SmallestSize);
            written.LastWriteTime = utc;
            written.ExternalAttributes = (RegularFile | (int)entry.Mode) << 16;
            using var content = written.Open();
            content.Write(entry.Bytes);
        }
    }

    public static void WriteTarGz(Stream stream, IEnumerable<ArchiveEntry> entries, DateTimeOffset time)
    {
        using var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var archive = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var entry in Ordered(entries))
        {
            archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, entry.Name)
            {
                ModificationTime = time, Mode = entry.Mode, Uid = 0, Gid = 0, UserName = string.Empty, GroupName = string.Empty,
                DataStream = new MemoryStream(entry.Bytes),
            });
        }
    }

    private static IEnumerable<ArchiveEntry> Ordered(IEnumerable<ArchiveEntry> entries) => entries.OrderBy(entry => entry.Name, StringComparer.Ordinal);
}
