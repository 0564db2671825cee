namespace BekenImage.Cli.Files;

/// <summary>An input that was named or found in a folder; the error is that of a folder which gives no file.</summary>
internal sealed record Input(string File, CliException? Error = null);

/// <summary>The files that were named, and those in folders that were.</summary>
internal static class InputTree
{
    /// <param name="paths">Files and folders; a file that is missing is found out when it is read.</param>
    /// <param name="isDeep">Whether the folders in a folder count too. Those that are links are left out: they may lead round in a circle.</param>
    public static IEnumerable<Input> Expand(IEnumerable<string> paths, bool isDeep) => paths.SelectMany(path => Expand(path, isDeep));

    /// <summary>What a folder gives in which there is nothing to read.</summary>
    public static Input Nothing(string folder) =>
        new(folder, new CliException(ExitCodes.BadInput, FindingCode.InputEmpty, "there is no file in the folder", folder));

    private static IEnumerable<Input> Expand(string path, bool isDeep)
    {
        if (!Directory.Exists(path))
            return [new(path)];
        var found = Files(path, isDeep).ToArray();
        return found.Length > 0
            ? found
            : [Nothing(path)];
    }

    private static IEnumerable<Input> Files(string folder, bool isDeep)
    {
        string[] files, folders;
        try
        {
            files = Directory.GetFiles(folder);
            folders = isDeep ? [.. new DirectoryInfo(folder).GetDirectories().Where(inner => inner.LinkTarget is null).Select(inner => Path.Combine(folder, inner.Name))] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [new(folder, new CliException(ExitCodes.BadInput, FindingCode.InputUnreadable, "the folder may not be read", folder))];
        }
        return files.Select(file => (Path: file, IsFolder: false)).Concat(folders.Select(inner => (Path: inner, IsFolder: true)))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal)
            .SelectMany(entry => entry.IsFolder ? Files(entry.Path, isDeep) : [Found(entry.Path)]);
    }

    // A pipe or a device has no length: opening one may wait for ever, and nobody named it.
    private static Input Found(string file)
    {
        try
        {
            var info = new FileInfo(file);
            long length = info.LinkTarget is null ? info.Length : info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : 1;
            // A pipe has no length either; reading it says what it is.
            return length > 0 || NativeFiles.IsNamedPipe(file) == true ? new(file) : new(file, new CliException(ExitCodes.BadInput, FindingCode.InputEmpty, "the file is empty", file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Reading it says what is wrong.
            return new(file);
        }
    }
}
