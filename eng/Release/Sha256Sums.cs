using System.Security.Cryptography;

namespace BekenImage.Release;

/// <summary>Checksums as <c>sha256sum -c</c> reads them.</summary>
internal static class Sha256Sums
{
    public const string FileName = "SHA256SUMS";

    /// <summary>A line for each file of a folder but this one, in the order of their names.</summary>
    public static string Of(string folder) => string.Concat(Directory.EnumerateFiles(folder)
        .Where(file => Path.GetFileName(file) != FileName)
        .OrderBy(Path.GetFileName, StringComparer.Ordinal)
        .Select(file => $"{Hash(file)}  {Path.GetFileName(file)}\n"));

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
