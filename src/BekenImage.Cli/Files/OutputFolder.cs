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

    /// <summary>Writes a folder of files.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="files">Names and contents.</param>
    /// <param name="force">Whether an earlier folder of ours is replaced.</param>
    /// <param name="isSecret">True where files hold secrets: only the owner may read them.</param>
    /// <param name="inputs">Files that must not lie in it.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files, bool force, bool isSecret, params string[] inputs)
    {
        Check(path, force, inputs);
        Fill(path, [], files, force ? IsOurs : null, isSecret);
    }

    /// <summary>
    /// Writes a folder with folders in it: whole or not at all. With <c>--force</c> a folder is replaced that holds nothing but files of
    /// the same names.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="folders">Paths in it, with <c>/</c>, each after the one it lies in.</param>
    /// <param name="files">Paths in it, with <c>/</c>, and contents.</param>
    /// <param name="force">Whether an earlier folder is replaced.</param>
    /// <param name="isSecret">True where files hold secrets: only the owner may read them.</param>
    /// <param name="inputs">Files that must not lie in it.</param>
    public static void WriteTree(
        string path, IReadOnlyCollection<string> folders, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> files, bool force, bool isSecret,
        params string[] inputs)
    {
        var names = files.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        Check(path, force, place => HoldsOnly(place, string.Empty, names, folders), "the folder holds other files than these; --force replaces only files of the same names", inputs);
        Fill(path, folders, files, force ? place => HoldsOnly(place, string.Empty, names, folders) : null, isSecret);
    }

    // mayReplace judges a folder that stands there; null where none may.
    private static void Fill(
        string path, IEnumerable<string> folders, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files, Func<string, bool>? mayReplace, bool isSecret)
    {
        try
        {
            string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            string parent = Path.GetDirectoryName(place) ?? throw new IOException("it is the root of the file system");
            using var temporary = new TemporaryPath(parent);
            using var former = new TemporaryPath(parent, replaced: place);
            Directory.CreateDirectory(temporary.Path);
            foreach (string folder in folders)
                Directory.CreateDirectory(Path.Combine(temporary.Path, folder));
            foreach (var (name, bytes) in files)
            {
                using var stream = OutputFile.Create(Path.Combine(temporary.Path, name), isSecret);
                stream.Write(bytes.Span);
            }
            TemporaryPath.Settle(() => Settle(path, place, temporary.Path, former.Path, mayReplace));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw OutputFile.Unwritable(path, error);
        }
    }

    // What stands there now need not be what stood there when it was asked: another run may have had the same name.
    private static void Settle(string path, string place, string made, string former, Func<string, bool>? mayReplace)
    {
        if (Directory.Exists(place) && !IsEmpty(place))
        {
            if (mayReplace is null)
                throw Taken(path);
            Replace(path, place, made, former, mayReplace);
            return;
        }
        // An empty folder goes; one that was filled meanwhile does not.
        if (Directory.Exists(place))
            Directory.Delete(place);
        if (!NativeFiles.TryRenameNew(made, place))
        {
            if (Directory.Exists(place) || File.Exists(place))
                throw Taken(path);
            Directory.Move(made, place);
        }
    }

    // In one step where the system has one; else the former folder goes only when the new one stands.
    private static void Replace(string path, string place, string made, string former, Func<string, bool> mayReplace)
    {
        if (NativeFiles.TryExchange(made, place))
        {
            if (mayReplace(made))
                return;
            NativeFiles.TryExchange(made, place);
            throw Taken(path);
        }
        if (!mayReplace(place))
            throw Taken(path);
        Directory.Move(place, former);
        try
        {
            Directory.Move(made, place);
        }
        catch
        {
            Directory.Move(former, place);
            throw;
        }
    }

    private static bool IsEmpty(string place) => !Directory.EnumerateFileSystemEntries(place).Any();

    private static CliException Taken(string path) => new(ExitCodes.Refused, FindingCode.OutputExists,
        "the folder appeared, or was changed, while its files were being made; it is kept, and nothing was written", path);

    /// <summary>Refuses early what writing would refuse: a folder with content, unless forced and ours; one that holds an input.</summary>
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
        if (!Directory.Exists(place) || IsEmpty(place))
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
