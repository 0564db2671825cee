using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BekenImage.TestRun.Packages;

/// <summary>What is in the packages: nothing of the machine they were made on, and everything a page of a package registry shows.</summary>
internal static partial class PackageContents
{
    /// <summary>Projects of src that are packages, without one.</summary>
    public static IReadOnlyList<string> Lacking(string feed) =>
    [
        .. PackedProjects.All(Repository.Root).Select(PackedProjects.NameOf)
            .Where(project => !Directory.Exists(feed) || !Directory.EnumerateFiles(feed, project + ".?.*.nupkg").Any()),
    ];

    /// <param name="checks">Where to say it.</param>
    /// <param name="feed">The folder of packages.</param>
    /// <param name="folders">Paths of this machine that must not be in them.</param>
    public static void Check(Checks checks, string feed, string[] folders)
    {
        foreach (string file in Directory.EnumerateFiles(feed).Order(StringComparer.Ordinal))
        {
            using var archive = ZipFile.OpenRead(file);
            var entries = archive.Entries.ToDictionary(entry => entry.FullName, PackageCompare.Read, StringComparer.Ordinal);
            string name = Path.GetFileName(file);
            checks.That($"{name} names no path of this machine", [.. entries.SelectMany(entry => Paths(entry.Key, entry.Value, folders))]);
            if (name.EndsWith(".nupkg", StringComparison.Ordinal))
                checks.That($"{name} has readme, icon, description, tags, licence and release notes", [.. Missing(entries)]);
        }
    }

    private static IEnumerable<string> Paths(string entry, byte[] bytes, string[] folders)
    {
        foreach (string folder in MachinePaths.In(bytes, folders))
            yield return $"{entry} names {folder}";
        // Documents are stored by their parts there: no search for a path finds one.
        if (entry.EndsWith(".pdb", StringComparison.Ordinal))
        {
            foreach (string document in Symbols.Documents(bytes).Where(document => !document.StartsWith("/_", StringComparison.Ordinal)))
                yield return $"{entry} names {document}";
            if (Symbols.SourceLink(bytes) is { } link && !link.Contains("\"https://", StringComparison.Ordinal))
                yield return $"{entry} has the source link {link}";
        }
    }

    private static IEnumerable<string> Missing(Dictionary<string, byte[]> entries)
    {
        byte[] bytes = entries.Single(entry => entry.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value;
        var nuspec = XDocument.Load(new MemoryStream(bytes));
        string? Value(string element) => nuspec.Descendants().FirstOrDefault(item => item.Name.LocalName == element)?.Value;
        foreach (string element in new[] { "description", "tags", "license", "releaseNotes", "authors", "readme", "icon" })
        {
            if (string.IsNullOrWhiteSpace(Value(element)))
                yield return $"no {element}";
        }
        foreach (string element in new[] { "readme", "icon" })
        {
            if (Value(element) is { } file && !entries.ContainsKey(file))
                yield return $"the {element} is not in the package";
        }
        if (Value("readme") is { } readme && entries.TryGetValue(readme, out byte[]? text))
        {
            foreach (Match link in RelativeLink().Matches(Encoding.UTF8.GetString(text)))
                yield return $"the readme links to {link.Groups[1].Value}, which is not there";
        }
    }

    [GeneratedRegex(@"\]\((?!https://)([^)]*)\)")]
    private static partial Regex RelativeLink();
}
