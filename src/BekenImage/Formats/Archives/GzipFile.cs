using BekenImage.Compression;
using BekenImage.IO;

namespace BekenImage.Formats.Archives;

/// <summary>A gzip file: one file, in one or more gzip members. Source: RFC 1952.</summary>
internal static class GzipFile
{
    private const int HeaderSize = 10;
    private const int FlagsAt = 3;
    private const int HasExtra = 0x04;
    private const int HasName = 0x08;
    private const int MaximumParts = 64;
    private const string Unnamed = "contents";

    /// <summary>Unpacks the file in it.</summary>
    /// <param name="file">The gzip file.</param>
    /// <param name="budget">The most that may come out.</param>
    public static ArchiveMember Read(ReadOnlyMemory<byte> file, int budget)
    {
        string name = NameOf(file.Span) ?? Unnamed;
        using var output = new MemoryStream();
        var rest = file;
        for (int part = 0; part == 0 || part < MaximumParts && Archive.FormOf(rest.Span) == ArchiveForm.Gzip; part++)
        {
            var result = Gzip.Decode(rest.ToArray(), budget - (int)output.Length);
            if (result.Status != DecodeStatus.Complete)
                return ArchiveMember.Unread(name, output.Length + result.Produced, "cannot be unpacked: " + result.Problem);
            output.Write(result.Output, 0, result.Output.Length);
            rest = rest.Slice(result.Consumed);
        }
        return ArchiveMember.Read(name, output.ToArray());
    }

    private static string? NameOf(ReadOnlySpan<byte> file)
    {
        var reader = new SpanReader(file);
        if (!reader.TryReadBytes(HeaderSize, out var header) || (header[FlagsAt] & HasName) == 0)
            return null;
        if ((header[FlagsAt] & HasExtra) != 0 && !(reader.TryReadUInt16(out ushort extra) && reader.TryReadBytes(extra, out _)))
            return null;
        var rest = file.Slice(reader.Position);
        int end = rest.IndexOf((byte)0);
        return end > 0 ? Utf8Text.FromNulTerminated(rest.Slice(0, Math.Min(end, ZipReader.MaximumName))) : null;
    }
}
