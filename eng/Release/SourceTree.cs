using System.Globalization;

namespace BekenImage.Release;

/// <summary>What a release is made from.</summary>
/// <param name="Name">The commit, in words.</param>
/// <param name="Time">Of the commit, or what SOURCE_DATE_EPOCH says.</param>
internal sealed record SourceTree(string Name, DateTimeOffset Time)
{
    /// <param name="root">The repository.</param>
    /// <param name="allowDirty">Whether it may hold what is not committed, or be no clone.</param>
    /// <exception cref="ReleaseException">It may not, and does.</exception>
    public static SourceTree Examine(string root, bool allowDirty)
    {
        if (Git("-C", root, "rev-parse", "HEAD") is not { Succeeded: true } head ||
            Git("-C", root, "log", "-1", "--format=%ct") is not { Succeeded: true } date ||
            Git("-C", root, "status", "--porcelain") is not { Succeeded: true } status)
        {
            return allowDirty ? new SourceTree("a folder of sources that is no clone", TimeOf(null))
                : throw new ReleaseException($"{root} is no clone, so that its commit is not known; --allow-dirty takes it as it is", ReleaseException.Usage);
        }
        string[] changes = status.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string commit = $"commit {head.LastLine}";
        if (changes.Length == 0)
            return new SourceTree(commit, TimeOf(date.LastLine));
        return allowDirty ? new SourceTree($"{commit} with what is not committed", TimeOf(date.LastLine)) : throw new ReleaseException(
            $"what is not committed is in no commit; --allow-dirty takes it all the same:\n{string.Join('\n', changes.Take(10))}", ReleaseException.Usage);
    }

    /// <summary>A clone of the repository, where it is one, with what has changed since the last commit; a plain copy otherwise.</summary>
    public static void Copy(string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (Git("clone", "--quiet", "--no-hardlinks", Repository.Root, target) is not { Succeeded: true } ||
            Git("-C", Repository.Root, "-c", "core.quotepath=false", "ls-files", "-co", "--exclude-standard") is not { Succeeded: true } listed)
        {
            CopyAll(new DirectoryInfo(Repository.Root), target);
            return;
        }
        foreach (string file in listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string source = Path.Combine(Repository.Root, file), copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (File.Exists(source))
                File.Copy(source, copy, overwrite: true);
            else
                File.Delete(copy);
        }
    }

    /// <summary>Takes a folder away, with the write-protected files of a clone.</summary>
    public static void Delete(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (OperatingSystem.IsWindows())
                File.SetAttributes(file, FileAttributes.Normal);
        }
        Directory.Delete(folder, recursive: true);
    }

    // Without a commit the first moment a zip file knows, as in Packaging.props.
    private static DateTimeOffset TimeOf(string? committed) => DateTimeOffset.FromUnixTimeSeconds(
        long.TryParse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH") ?? committed, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? seconds : 315532800);

    private static void CopyAll(DirectoryInfo folder, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in folder.EnumerateFiles())
            file.CopyTo(Path.Combine(target, file.Name));
        foreach (var below in folder.EnumerateDirectories().Where(below => below.Name is not ("bin" or "obj" or "artifacts" or ".git")))
            CopyAll(below, Path.Combine(target, below.Name));
    }

    private static Answer? Git(params string[] arguments) => Command.Ask("git", arguments);
}
