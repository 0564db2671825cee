using System.IO.Compression;
using System.Security.Cryptography;

namespace BekenImage.TestRun.Packages;

internal static class PackageCompare
{
    /// <summary>What is not the same in two folders of packages, down to the entry.</summary>
    public static IReadOnlyList<string> Differences(string one, string other)
    {
        string[] names = [.. Names(one).Union(Names(other)).Order(StringComparer.Ordinal)];
        return [.. names.SelectMany(name => Compare(name, Path.Combine(one, name), Path.Combine(other, name)))];
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file));

    private static IEnumerable<string> Compare(string name, string one, string other)
    {
        if (!File.Exists(one) || !File.Exists(other))
            return [$"{name} was made once only"];
        if (Hash(File.ReadAllBytes(one)) == Hash(File.ReadAllBytes(other)))
            return [];
        var (first, second) = (Entries(one), Entries(other));
        string[] entries = [.. first.Keys.Union(second.Keys).Where(entry => first.GetValueOrDefault(entry) != second.GetValueOrDefault(entry))];
        return entries.Length == 0 ? [$"{name}: the same entries, packed differently"] : entries.Select(entry => $"{name}: {entry}");
    }

    private static Dictionary<string, string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry => Hash(Read(entry)), StringComparer.Ordinal);
    }

    public static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
