using System.IO.Compression;
using System.Text;

namespace BekenImage.Release;

/// <summary>Nothing that is given away names a folder of the machine it was made on.</summary>
internal static class MachinePaths
{
    /// <summary>Those of some folders that bytes name, as UTF-8 or UTF-16.</summary>
    public static IEnumerable<string> In(byte[] bytes, IEnumerable<string> folders) => folders.Where(folder =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(folder)) >= 0);

    /// <summary>Looks into programs, and into packages entry by entry.</summary>
    /// <exception cref="ReleaseException">One names a folder.</exception>
    public static void Refuse(IEnumerable<string> made, string[] folders)
    {
        foreach (var (name, bytes) in made.Where(Directory.Exists).SelectMany(Contents))
        {
            foreach (string folder in In(bytes, folders))
                throw new ReleaseException($"{name} names {folder}");
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Contents(string made)
    {
        foreach (string file in Directory.EnumerateFiles(made, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(made, file);
            // Symbols of a native file are not given away.
            if (Path.GetExtension(file) is ".dbg" or ".dsym")
                continue;
            if (Path.GetExtension(file) is not (".nupkg" or ".snupkg" or ".zip"))
            {
                yield return (name, File.ReadAllBytes(file));
                continue;
            }
            using var archive = ZipFile.OpenRead(file);
            foreach (var entry in archive.Entries)
            {
                using var content = entry.Open();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                yield return ($"{name}: {entry.FullName}", bytes.ToArray());
            }
        }
    }
}
