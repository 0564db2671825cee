using System.IO.Compression;

namespace BekenImage.Tests.Synthetic;

/// <summary>Archives as other tools make them: by the platform, which shares nothing with the library's reader.</summary>
internal static class SyntheticArchive
{
    public static byte[] Zip(params (string Name, byte[] Bytes)[] members)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in members)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes, 0, bytes.Length);
            }
        }
        return file.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(bytes, 0, bytes.Length);
        return file.ToArray();
    }
}
