using System.Diagnostics;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>One thing that is timed: it does all of its bytes once for each call.</summary>
internal sealed class Measurement(string operation, string kernel, int payloadBytes, Action run)
{
    /// <summary>Operation and kernel of a plain copy; one for each length of payload.</summary>
    public const string Copy = "memcpy";

    /// <summary>Kernel name of the bit-by-bit comparison.</summary>
    public const string Bitwise = "bitwise";

    // A sample shorter than this is more clock than work.
    private const double SampleSeconds = 0.0008;

    private readonly List<double> _seconds = [];
    private int _callsPerSample = 1;

    public string Operation { get; } = operation;

    public string Kernel { get; } = kernel;

    public int PayloadBytes { get; } = payloadBytes;

    /// <summary>Bytes a single call allocates on the managed heap.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Median over all samples, 10^9 payload bytes a second.</summary>
    public double GBps
    {
        get
        {
            double[] sorted = [.. _seconds.Order()];
            return PayloadBytes / sorted[sorted.Length / 2] / 1e9;
        }
    }

    /// <summary>Of one call; median over all samples.</summary>
    public double Milliseconds => PayloadBytes / GBps / 1e6;

    /// <summary>Of one call in the fastest sample: what is left when nobody else has the machine.</summary>
    public double LeastMilliseconds => _seconds.Min() * 1000;

    /// <summary>Runs until the JIT has compiled for speed, or at least <paramref name="calls"/> times and no longer than the limit.</summary>
    public void WarmUp(int calls, double limitSeconds)
    {
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < calls && watch.Elapsed.TotalSeconds < limitSeconds; i++)
            run();
    }

    /// <summary>Finds how many calls fill a sample, and what one call allocates.</summary>
    public void Calibrate()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        run();
        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        _callsPerSample = Math.Max(1, (int)(SampleSeconds / Time(1)));
    }

    public void Sample() => _seconds.Add(Time(_callsPerSample) / _callsPerSample);

    private double Time(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            run();
        return Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 1e-9);
    }
}
