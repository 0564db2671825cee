using BekenImage.Cli.Output;

namespace BekenImage.Cli.Files;

/// <summary>
/// Writes outputs: whole or not at all. The bytes go to a temporary file in the same folder, which takes the name only when all of them
/// are on disk. An existing output is kept unless forced; an output that is an input is refused always.
/// </summary>
internal static class OutputFile
{
    /// <summary>Refuses early what <see cref="Write(string, ReadOnlyMemory{byte}, bool, string[])"/> would refuse, before any work is done.</summary>
    public static void Check(string path, bool force, params string[] inputs)
    {
        if (path == InputFile.StandardStream)
            return;
        if (path.Length == 0)
            throw new CliException(ExitCodes.BadInput, FindingCode.OutputUnwritable, "the output has an empty name", path);
        if (!PathIdentity.IsName(path))
            throw new CliException(ExitCodes.BadInput, FindingCode.OutputUnwritable, "it cannot be written: no file can have this name", path);
        if (inputs.Any(input => input != InputFile.StandardStream && PathIdentity.IsSameFile(input, path)))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputIsInput, "the output is one of the inputs; inputs are never changed", path);
        if (Directory.Exists(path))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "it is a folder; a file is to be written", path);
        if (PathIdentity.IsDevice(path))
            throw new CliException(ExitCodes.BadInput, FindingCode.OutputUnwritable, "it is a device, which a file would replace; use - for standard output", path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw Unwritable(path, new DirectoryNotFoundException());
        if (!force && Exists(path))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "it exists and is kept; use another name or --force", path);
    }

    /// <summary>Writes an output, which only its owner may read where there are secrets in it.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> bytes, bool force, params string[] inputs) =>
        Write(path, bytes, force, SecretNote.IsIn(bytes), inputs);

    /// <summary>Writes an output.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="force">Whether an existing file is replaced.</param>
    /// <param name="isSecret">True where it holds secrets: only the owner may read it.</param>
    /// <param name="inputs">Files that must not be written over.</param>
    public static void Write(string path, ReadOnlyMemory<byte> bytes, bool force, bool isSecret, params string[] inputs)
    {
        Check(path, force, inputs);
        try
        {
            if (path == InputFile.StandardStream)
                WriteToStandardOutput(bytes);
            else
                WriteToFile(path, bytes, force, isSecret);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unwritable(path, error);
        }
    }

    /// <summary>What a user is told about an output that could not be written, whatever the system called the reason.</summary>
    public static CliException Unwritable(string path, Exception error) => new(ExitCodes.BadInput, FindingCode.OutputUnwritable, error switch
    {
        DirectoryNotFoundException => "it cannot be written: there is no such folder",
        UnauthorizedAccessException => "it cannot be written: the folder or file may not be changed",
        PathTooLongException => "it cannot be written: the name is too long",
        ArgumentException or NotSupportedException => "it cannot be written: no file can have this name",
        _ => $"it cannot be written: {WithoutPath(error.Message)}",
    }, path);

    // The system names the temporary file, which says nothing to a user.
    public static string WithoutPath(string message)
    {
        int path = message.IndexOf(" : '", StringComparison.Ordinal);
        return path < 0 ? message : message[..path];
    }

    private static void WriteToStandardOutput(ReadOnlyMemory<byte> bytes)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(bytes.Span);
        output.Flush();
    }

    /// <summary>A new file; one with secrets never belongs to others, not even while it is being written.</summary>
    public static FileStream Create(string path, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (isSecret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static void WriteToFile(string path, ReadOnlyMemory<byte> bytes, bool force, bool isSecret)
    {
        string place = Path.GetFullPath(path);
        using var temporary = new TemporaryPath(Path.GetDirectoryName(place)!);
        using (var stream = Create(temporary.Path, isSecret))
        {
            stream.Write(bytes.Span);
            stream.Flush(flushToDisk: true);
        }
        TemporaryPath.Settle(() => File.Move(temporary.Path, place, overwrite: force));
    }

    private static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
