using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace BekenImage.Cli.Files;

/// <summary>
/// A name beside an output under which it is made. What lies there is deleted in the end, also when the user interrupts the program; what
/// was there before under any name is not touched.
/// </summary>
internal sealed class TemporaryPath : IDisposable
{
    private static readonly ConcurrentDictionary<string, byte> Open = new();
    private static readonly PosixSignalRegistration[] Registrations =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt)];

    /// <summary>A name in a folder that nothing has. Short, so that it fits where the output's own name does.</summary>
    public TemporaryPath(string folder)
    {
        do
            Path = System.IO.Path.Combine(folder, ".bekenimage-" + System.IO.Path.GetRandomFileName());
        while (File.Exists(Path) || Directory.Exists(Path));
        Open.TryAdd(Path, 0);
        GC.KeepAlive(Registrations);
    }

    public string Path { get; }

    /// <summary>Deletes what still has the name.</summary>
    public void Dispose()
    {
        Delete(Path);
        Open.TryRemove(Path, out _);
    }

    private static void Interrupt(PosixSignalContext context)
    {
        foreach (string path in Open.Keys)
            Delete(path);
        Environment.Exit(ExitCodes.Interrupted);
    }

    private static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more than one about cleaning up.
        }
    }
}
