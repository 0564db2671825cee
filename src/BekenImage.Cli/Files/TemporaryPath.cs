using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BekenImage.Cli.Files;

/// <summary>
/// A name beside an output under which it is made. What lies there is deleted in the end, also when the user interrupts the program; what
/// was there before under any name is not touched.
/// </summary>
internal sealed class TemporaryPath : IDisposable
{
    private const string Prefix = ".bekenimage-";

    private static readonly TimeSpan LongestRename = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<string, TemporaryPath> Open = new();
    private static readonly PosixSignalRegistration[] Registrations =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt)];

    private static int _settling;
    private static volatile bool _isEnding;

    /// <summary>
    /// A name in a folder that nothing has. Short, so that it fits where the output's own name does. What a run that was killed left there is
    /// cleaned up first.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replaced">The output whose former content will have the name for a moment; null for what is being made.</param>
    public TemporaryPath(string folder, string? replaced = null)
    {
        Replaced = replaced;
        string owner = Owner(Environment.ProcessId) + (replaced is null ? string.Empty : "-" + Mark(replaced));
        CleanUp(folder, replaced);
        do
            Path = System.IO.Path.Combine(folder, $"{Prefix}{owner}-{System.IO.Path.GetRandomFileName()}");
        while (File.Exists(Path) || Directory.Exists(Path));
        Open.TryAdd(Path, this);
        GC.KeepAlive(Registrations);
    }

    /// <summary>Exchanges names: an interruption waits until that is done, and none begins behind it. Nobody else waits for it.</summary>
    public static void Settle(Action exchange)
    {
        Interlocked.Increment(ref _settling);
        try
        {
            if (!_isEnding)
            {
                exchange();
                return;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _settling);
        }
        // The program ends meanwhile, and does not wait for this.
        Thread.Sleep(Timeout.Infinite);
    }

    public string Path { get; }

    private string? Replaced { get; }

    /// <summary>Deletes what still has the name. While the program is ending, nobody comes out of this: what failed because the end took its files is no error.</summary>
    public void Dispose()
    {
        if (_isEnding)
            Thread.Sleep(Timeout.Infinite);
        Leave();
        Open.TryRemove(Path, out _);
    }

    /// <summary>Deletes what runs left that are no more, and puts back what one of them was replacing when it was killed.</summary>
    private static void CleanUp(string folder, string? replaced)
    {
        string[] left;
        try
        {
            left = Directory.GetFileSystemEntries(folder, Prefix + "*");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return;
        }
        foreach (string path in left)
        {
            string[] parts = System.IO.Path.GetFileName(path)[Prefix.Length..].Split('-');
            if (parts.Length < 2 || !IsDead(parts[0]))
                continue;
            bool isFormer = parts.Length > 2;
            if (!isFormer)
                Delete(path);
            else if (replaced is not null && parts[1] == Mark(replaced))
                GiveBack(path, replaced);
        }
    }

    // Of this machine and of a process that is no more; what another machine makes in a shared folder is its own affair.
    private static bool IsDead(string owner)
    {
        if (!int.TryParse(owner.AsSpan(Math.Min(4, owner.Length)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int process) || owner != Owner(process))
            return false;
        try
        {
            using var alive = System.Diagnostics.Process.GetProcessById(process);
            return alive.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Owner(int process) => Mark(Environment.MachineName)[..4] + process.ToString("x", CultureInfo.InvariantCulture);

    private static string Mark(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    private static void Interrupt(PosixSignalContext context)
    {
        // Either this sees an exchange that has begun, or that sees the end: neither may read before it has written.
        _isEnding = true;
        Interlocked.MemoryBarrier();
        SpinWait.SpinUntil(() => Volatile.Read(ref _settling) == 0, LongestRename);
        foreach (var temporary in Open.Values)
            temporary.Leave();
        Environment.Exit(ExitCodes.Interrupted);
    }

    private void Leave()
    {
        if (Replaced is null)
            Delete(Path);
        else
            GiveBack(Path, Replaced);
    }

    // A former content goes only where its place is taken by a new one.
    private static void GiveBack(string former, string place)
    {
        if (Directory.Exists(place) || File.Exists(place))
        {
            Delete(former);
            return;
        }
        try
        {
            if (Directory.Exists(former))
                Directory.Move(former, place);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays under its temporary name, where the next run finds it.
        }
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
