using System.IO.Enumeration;

namespace BekenImage.Cli.Files;

/// <summary>
/// <c>*</c> and <c>?</c> in the name of a file, where the shell left them as they are: Windows expects that of its programs. A name that
/// exists is that file; one that matches nothing stays as it is, and is not found when it is read.
/// </summary>
internal static class Wildcards
{
    private static readonly char[] Signs = ['*', '?'];

    public static bool IsPattern(string path) => path.IndexOfAny(Signs) >= 0 && !File.Exists(path) && !Directory.Exists(path);

    /// <summary>The files and folders that match, in the order of their names; the pattern itself where there is none.</summary>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (!IsPattern(path))
            return [path];
        try
        {
            string[] found = Match(string.Empty, path).Order(StringComparer.Ordinal).ToArray();
            return found.Length > 0 ? found : [path];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [path];
        }
    }

    // Part by part, since folders may be patterns too. Names that begin with a dot are hidden from a pattern that does not.
    private static IEnumerable<string> Match(string folder, string pattern)
    {
        int end = pattern.AsSpan().IndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        if (end < 0)
            return Entries(folder, pattern, foldersOnly: false);
        string part = pattern[..end], rest = pattern[(end + 1)..];
        if (part.IndexOfAny(Signs) < 0)
            return Match(folder + pattern[..(end + 1)], rest);
        var folders = Entries(folder, part, foldersOnly: true).Select(inner => inner + pattern[end]);
        return rest.Length == 0 ? folders : folders.SelectMany(inner => Match(inner, rest));
    }

    private static IEnumerable<string> Entries(string folder, string pattern, bool foldersOnly)
    {
        if (pattern.IndexOfAny(Signs) < 0)
            return Path.Exists(folder + pattern) ? [folder + pattern] : [];
        string place = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(place))
            return [];
        var entries = foldersOnly ? Directory.EnumerateDirectories(place) : Directory.EnumerateFileSystemEntries(place);
        return entries.Select(entry => Path.GetFileName(entry))
            .Where(name => (name[0] != '.' || pattern[0] == '.') && FileSystemName.MatchesSimpleExpression(pattern, name, OperatingSystem.IsWindows()))
            .Select(name => folder + name);
    }
}
