using BekenImage.Formats.LittleFs;

namespace BekenImage.Cli.Files;

/// <summary>Files of this machine as entries of a LittleFS volume.</summary>
internal static class VolumeFiles
{
    /// <summary><c>PATH=FILE</c>, or <c>FILE</c> that keeps its name without the folders before it.</summary>
    public static (string Path, string File) Parse(string argument)
    {
        int equals = argument.IndexOf('=');
        if (equals > 0 && !File.Exists(argument))
            return (argument[..equals], argument[(equals + 1)..]);
        if (argument == InputFile.StandardStream)
            throw new CliException(ExitCodes.Usage, FindingCode.LittleFsNameRefused, "what comes from standard input needs a name: PATH=-");
        return (Path.GetFileName(argument), argument);
    }

    public static LittleFsEntry Read((string Path, string File) given)
    {
        byte[] content = InputFile.ReadContent(given.File);
        try
        {
            return LittleFsEntry.File(given.Path, content);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, given.File);
        }
    }

    /// <summary>What a folder holds: folders, also empty ones, and files. Links to folders are refused, since they may lead in circles.</summary>
    public static IReadOnlyList<(string Path, string? File)> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.InputUnreadable,
                File.Exists(folder) ? "it is a file; a folder with the files is needed" : "there is no such folder", folder);
        }
        var found = new List<(string, string?)>();
        try
        {
            List(new DirectoryInfo(folder), string.Empty, found);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.InputUnreadable, "it cannot be listed", folder);
        }
        return found;
    }

    private static void List(DirectoryInfo folder, string within, List<(string, string?)> found)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            string path = within.Length == 0 ? entry.Name : within + "/" + entry.Name;
            if (entry is FileInfo)
            {
                found.Add((path, entry.FullName));
                continue;
            }
            if (entry.LinkTarget is not null)
                throw new CliException(ExitCodes.BadInput, FindingCode.InputUnreadable, "it is a link to a folder, which a volume cannot hold", entry.FullName);
            found.Add((path, null));
            List((DirectoryInfo)entry, path, found);
        }
    }
}
