using System.Text.Json;

namespace BekenImage.Cli.Files;

/// <summary>
/// Writes a folder of files: whole or not at all. It is filled under a temporary name beside its place and then renamed. With
/// <c>--force</c> an earlier folder of ours is replaced; a folder that holds anything else is never touched.
/// </summary>
internal static class OutputFolder
{
    public const string ManifestName = "manifest.json";

    public static void Write(string path, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files, bool force)
    {
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        Check(path, place, force);
        string temporary = $"{place}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            try
            {
                foreach (var (name, bytes) in files)
                {
                    using var stream = new FileStream(Path.Combine(temporary, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
                    stream.Write(bytes.Span);
                }
                if (Directory.Exists(place))
                    Directory.Delete(place, recursive: true);
                Directory.Move(temporary, place);
            }
            catch
            {
                Directory.Delete(temporary, recursive: true);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.OutputUnwritable, $"it cannot be written: {error.Message}", path);
        }
    }

    public static void Check(string path, bool force) => Check(path, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), force);

    private static void Check(string path, string place, bool force)
    {
        if (File.Exists(place))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "it is a file; a folder is to be written", path);
        if (!Directory.Exists(place) || !Directory.EnumerateFileSystemEntries(place).Any())
            return;
        if (!force)
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "the folder exists and is not empty; use another name or --force", path);
        if (!IsOurs(place))
        {
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists,
                "the folder holds files that no earlier split wrote; --force replaces only a folder of its own", path);
        }
    }

    // Ours is a folder whose manifest names every file in it.
    private static bool IsOurs(string place)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(place, ManifestName)));
            var names = manifest.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()).ToHashSet();
            return Directory.EnumerateFileSystemEntries(place)
                .All(entry => File.Exists(entry) && (Path.GetFileName(entry) == ManifestName || names.Contains(Path.GetFileName(entry))));
        }
        catch (Exception error) when (error is IOException or JsonException or InvalidOperationException or KeyNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
