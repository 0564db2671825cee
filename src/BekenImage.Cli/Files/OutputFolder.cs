using System.Text;
using BekenImage.Documents;

namespace BekenImage.Cli.Files;

/// <summary>
/// Writes a folder of files: whole or not at all. It is filled under a temporary name beside its place and then renamed. With
/// <c>--force</c> an earlier folder of ours is replaced; a folder that holds anything else is never touched.
/// </summary>
internal static class OutputFolder
{
    public const string ManifestName = "manifest.json";

    /// <summary>What a plan's folder has for a manifest.</summary>
    public const string PlanName = "plan.json";

    /// <summary>A manifest as it is written: with the end of its last line.</summary>
    public static byte[] ManifestBytes(string json) => Encoding.UTF8.GetBytes(json + "\n");

    public static void Write(string path, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files, bool force, params string[] inputs)
    {
        Check(path, force, inputs);
        Fill(path, [], files);
    }

    /// <summary>
    /// Writes a folder with folders in it: whole or not at all. With <c>--force</c> a folder is replaced that holds nothing but files of
    /// the same names.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="folders">Paths in it, with <c>/</c>, each after the one it lies in.</param>
    /// <param name="files">Paths in it, with <c>/</c>, and contents.</param>
    /// <param name="force">Whether an earlier folder is replaced.</param>
    /// <param name="inputs">Files that must not lie in it.</param>
    public static void WriteTree(
        string path, IReadOnlyCollection<string> folders, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> files, bool force, params string[] inputs)
    {
        var names = files.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        Check(path, force, place => HoldsOnly(place, string.Empty, names, folders), "the folder holds other files than these; --force replaces only files of the same names", inputs);
        Fill(path, folders, files);
    }

    private static void Fill(string path, IEnumerable<string> folders, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        try
        {
            string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            string parent = Path.GetDirectoryName(place) ?? throw new IOException("it is the root of the file system");
            using var temporary = new TemporaryPath(parent);
            using var former = new TemporaryPath(parent);
            Directory.CreateDirectory(temporary.Path);
            foreach (string folder in folders)
                Directory.CreateDirectory(Path.Combine(temporary.Path, folder));
            foreach (var (name, bytes) in files)
            {
                using var stream = new FileStream(Path.Combine(temporary.Path, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
                stream.Write(bytes.Span);
            }
            Swap(place, temporary.Path, former.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw OutputFile.Unwritable(path, error);
        }
    }

    // The former folder goes only when the new one stands.
    private static void Swap(string place, string made, string former)
    {
        bool replaces = Directory.Exists(place);
        if (replaces)
            Directory.Move(place, former);
        try
        {
            Directory.Move(made, place);
        }
        catch when (replaces)
        {
            Directory.Move(former, place);
            throw;
        }
    }

    /// <summary>Refuses early what <see cref="Write"/> would refuse: a folder with content, unless forced and ours; one that holds an input.</summary>
    public static void Check(string path, bool force, params string[] inputs) =>
        Check(path, force, IsOurs, "the folder holds files that no earlier split wrote; --force replaces only a folder of its own", inputs);

    /// <summary>The same for <see cref="WriteTree"/>, before it is known what the folder will hold.</summary>
    public static void CheckTree(string path, bool force, params string[] inputs) => Check(path, force, _ => true, string.Empty, inputs);

    private static void Check(string path, bool force, Func<string, bool> isOurs, string refusal, string[] inputs)
    {
        if (path is "" or InputFile.StandardStream)
            throw new CliException(ExitCodes.Usage, FindingCode.OutputUnwritable, "a folder is to be written; give it a name", path);
        if (!PathIdentity.IsName(path))
            throw new CliException(ExitCodes.BadInput, FindingCode.OutputUnwritable, "it cannot be written: no folder can have this name", path);
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (inputs.Any(input => input != InputFile.StandardStream && File.Exists(input) && PathIdentity.IsInside(input, place)))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputIsInput, "the folder holds the input; inputs are never changed", path);
        if (new FileInfo(place).LinkTarget is not null)
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "it is a link; give the folder's own name", path);
        if (File.Exists(place))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "it is a file; a folder is to be written", path);
        if (!Directory.Exists(place) || !Directory.EnumerateFileSystemEntries(place).Any())
            return;
        if (!force)
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "the folder exists and is not empty; use another name or --force", path);
        if (!isOurs(place))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, refusal, path);
    }

    private static bool HoldsOnly(string place, string within, HashSet<string> files, IReadOnlyCollection<string> folders)
    {
        foreach (var entry in new DirectoryInfo(Path.Combine(place, within)).EnumerateFileSystemInfos())
        {
            string name = within.Length == 0 ? entry.Name : within + "/" + entry.Name;
            bool known = entry.LinkTarget is null &&
                (entry is FileInfo ? files.Contains(name) : folders.Contains(name) && HoldsOnly(place, name, files, folders));
            if (!known)
                return false;
        }
        return true;
    }

    // Ours is a folder whose manifest names every file in it.
    private static bool IsOurs(string place) => IsOurs(place, ManifestName) || IsOurs(place, PlanName);

    private static bool IsOurs(string place, string manifest)
    {
        try
        {
            var names = InputDocuments.ParseFolderManifest(File.ReadAllBytes(Path.Combine(place, manifest)));
            return Directory.EnumerateFileSystemEntries(place)
                .All(entry => File.Exists(entry) && (Path.GetFileName(entry) == manifest || names.Contains(Path.GetFileName(entry))));
        }
        catch (Exception error) when (error is IOException or BekenImageException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
