namespace BekenImage.Cli.Files;

/// <summary>
/// Writes outputs: whole or not at all. The bytes go to a temporary file in the same folder, which takes the name only when all of them
/// are on disk. An existing output is kept unless forced; an output that is an input is refused always.
/// </summary>
internal static class OutputFile
{
    /// <summary>Refuses early what <see cref="Write"/> would refuse, before any work is done.</summary>
    public static void Check(string path, bool force, params string[] inputs)
    {
        if (path == InputFile.StandardStream)
            return;
        if (inputs.Any(input => input != InputFile.StandardStream && IsSameFile(input, path)))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputIsInput, "the output is one of the inputs; inputs are never changed", path);
        if (Directory.Exists(path))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "it is a folder; a file is to be written", path);
        if (!force && Exists(path))
            throw new CliException(ExitCodes.Refused, FindingCode.OutputExists, "it exists and is kept; use another name or --force", path);
    }

    public static void Write(string path, ReadOnlyMemory<byte> bytes, bool force, params string[] inputs)
    {
        Check(path, force, inputs);
        if (path == InputFile.StandardStream)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(bytes.Span);
            return;
        }
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                {
                    stream.Write(bytes.Span);
                    stream.Flush(flushToDisk: true);
                }
                File.Move(temporary, path, overwrite: force);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.OutputUnwritable, $"it cannot be written: {error.Message}", path);
        }
    }

    private static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static bool IsSameFile(string input, string output) =>
        File.Exists(input) && File.Exists(output) && string.Equals(Resolve(input), Resolve(output), PathComparison);

    private static string Resolve(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        return (file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName;
    }

    private static StringComparison PathComparison =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
