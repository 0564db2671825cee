namespace BekenImage.Cli.Files;

/// <summary>Standard input, which may have been closed before this program was started.</summary>
internal static class StandardInput
{
    private const string Descriptors = "/proc/self/fd";

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static Stream Open() => IsOwnPipe() ? throw new IOException("standard input is closed") : Console.OpenStandardInput();

    // Where it was closed the runtime's own files take its number: a pipe that this process itself holds the other end of never ends.
    private static bool IsOwnPipe()
    {
        try
        {
            if (!OperatingSystem.IsLinux() || Target("0") is not { } input || !input.StartsWith("pipe:", StringComparison.Ordinal))
                return false;
            return Directory.GetFileSystemEntries(Descriptors).Select(path => Path.GetFileName(path))
                .Any(number => number != "0" && Target(number) == input && IsWritable(number));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // As the kernel shows it: "pipe:[4711]", which the framework makes a path of.
    private static string? Target(string number) => Path.GetFileName(new FileInfo(Path.Combine(Descriptors, number)).LinkTarget);

    // The flags are octal; the last digit is how it was opened.
    private static bool IsWritable(string number)
    {
        string path = $"/proc/self/fdinfo/{number}";
        string? flags = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal)) : null;
        return flags?.TrimEnd() is { Length: > 0 } line && line[^1] is '1' or '2';
    }
}
