namespace BekenImage.Cli.Files;

/// <summary>Whether two paths lead to the same thing: through links of files and of folders above them, and through hard links.</summary>
internal static class PathIdentity
{
    private const int MaximumLinks = 40;

    /// <summary>False for what no file system takes as a name: paths with NUL in them.</summary>
    public static bool IsName(string path) => !path.Contains('\0', StringComparison.Ordinal);

    /// <summary>True when both exist and writing to one would change the other.</summary>
    public static bool IsSameFile(string one, string other) =>
        File.Exists(one) && File.Exists(other) && (string.Equals(Resolve(one), Resolve(other), Comparison) || AreHardLinked(one, other));

    /// <summary>True when a file lies somewhere in a folder.</summary>
    public static bool IsInside(string file, string folder) =>
        Resolve(file).StartsWith(Path.TrimEndingDirectorySeparator(Resolve(folder)) + Path.DirectorySeparatorChar, Comparison);

    /// <summary>True for what is no file although it has a name: <c>/dev/null</c>, <c>/dev/stdout</c>.</summary>
    public static bool IsDevice(string path)
    {
        string full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() &&
            (Path.GetDirectoryName(full) is "/dev" or "/dev/fd" or "/dev/pts" || full.StartsWith("/proc/", StringComparison.Ordinal)) && File.Exists(full);
    }

    private static StringComparison Comparison =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    // Every part of the path may be a link, not only the last.
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        for (int links = 0; links < MaximumLinks; links++)
        {
            if (FirstLink(full) is not { } link)
                break;
            full = Path.GetFullPath(link.Target + full[link.Length..]);
        }
        return full;
    }

    private static (string Target, int Length)? FirstLink(string full)
    {
        int end = Path.GetPathRoot(full)!.Length;
        while (end < full.Length)
        {
            int next = full.IndexOf(Path.DirectorySeparatorChar, end);
            end = next < 0 ? full.Length : next;
            string part = full[..end];
            if (new FileInfo(part).LinkTarget is { } target)
                return (Path.Combine(Path.GetDirectoryName(part)!, target), end);
            end++;
        }
        return null;
    }

    // The framework has no file identity. It does have locks, and those belong to the file, not to its name.
    private static bool AreHardLinked(string one, string other)
    {
        try
        {
            if (new FileInfo(one).Length != new FileInfo(other).Length)
                return false;
            using var held = new FileStream(one, FileMode.Open, FileAccess.Read, FileShare.Read);
            return !CanLock(other);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanLock(string path)
    {
        try
        {
            using var locked = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>True for a file that nobody but its owner may read; where there are no such modes, false.</summary>
    public static bool IsPrivate(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        try
        {
            return !OperatingSystem.IsWindows() && path != InputFile.StandardStream && File.Exists(path) && (File.GetUnixFileMode(path) & others) == 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
