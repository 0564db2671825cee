using System.Globalization;

namespace BekenImage.Web.Tests.Support;

/// <summary>
/// Processor time of the browser's workers that began after it was made: what a call takes where nobody else has the machine. Known on
/// Linux only.
/// </summary>
internal sealed class WorkerClock
{
    private const string Processes = "/proc";

    private readonly HashSet<string> _others = [.. Threads()];

    public static bool IsThere { get; } = Directory.Exists("/proc/self/task");

    /// <summary>Milliseconds up to now; 0 where it is not known.</summary>
    public double Read() => Threads().Where(thread => !_others.Contains(thread)).Sum(Milliseconds);

    // The kernel cuts a name after 15 letters, which are these.
    private static IEnumerable<string> Threads() => !IsThere ? [] :
        from process in Directory.GetDirectories(Processes)
        where int.TryParse(Path.GetFileName(process), out _)
        from thread in Tasks(process)
        where Text(Path.Combine(thread, "comm")).Trim() == "DedicatedWorker"
        select thread;

    private static string[] Tasks(string process)
    {
        try
        {
            return Directory.GetDirectories(Path.Combine(process, "task"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // The first number of schedstat: nanoseconds on a processor.
    private static double Milliseconds(string thread) =>
        double.TryParse(Text(Path.Combine(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture, out double time) ? time / 1e6 : 0;

    // Threads end while they are looked at.
    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
