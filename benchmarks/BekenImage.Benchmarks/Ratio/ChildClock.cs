using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>What a program costs from its start to its end: time on the wall, and time of processors, its own and the kernel's.</summary>
internal static partial class ChildClock
{
    private const int Children = -1;

    /// <summary>Runs it with its output thrown away; null where it cannot be started or fails; an answer of "no" is none.</summary>
    public static (double Cpu, double Wall)? Seconds(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        double before = OfChildren();
        long begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = error.Result;
        double wall = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        if (process.ExitCode is not (0 or 1))
            return null;
        return (OperatingSystem.IsWindows() ? process.TotalProcessorTime.TotalSeconds : OfChildren() - before, wall);
    }

    // struct rusage begins with two timevals, user and system: seconds, then microseconds, of 64 bits or of 32 and four unused bytes.
    private static double OfChildren()
    {
        if (OperatingSystem.IsWindows())
            return 0;
        Span<byte> usage = stackalloc byte[256];
        usage.Clear();
        if (GetUsage(Children, ref usage[0]) != 0)
            throw new InvalidOperationException($"getrusage: {Marshal.GetLastPInvokeError()}");
        return Time(usage) + Time(usage[16..]);
    }

    private static double Time(ReadOnlySpan<byte> value) =>
        BinaryPrimitives.ReadInt64LittleEndian(value) + BinaryPrimitives.ReadInt32LittleEndian(value[8..]) / 1e6;

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, ref byte usage);
}
