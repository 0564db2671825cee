using System.Diagnostics;

namespace BekenImage.Fuzz.Engine;

/// <summary>Runs one target over changed inputs and keeps those that go new ways. The same seed gives the same inputs.</summary>
internal sealed class Fuzzer : IDisposable
{
    private readonly IFuzzTarget _target;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly GuardedBuffer _buffer;
    private readonly CoverageMap _coverage = new();
    private readonly Dictionary<string, FuzzFault> _faults = [];
    private readonly List<byte[]> _corpus = [];
    private bool _atEnd;

    /// <param name="target">What is run.</param>
    /// <param name="seed">Of the changes.</param>
    /// <param name="current">The file that shows the input being run; null for none.</param>
    public Fuzzer(IFuzzTarget target, int seed, string? current = null)
    {
        (_target, _random) = (target, new Random(seed));
        _mutator = new Mutator(_random, target);
        _buffer = new GuardedBuffer(target.MaximumLength, current);
    }

    public long Executions { get; private set; }

    public int Edges => _coverage.Edges;

    public IReadOnlyList<byte[]> Corpus => _corpus;

    public IReadOnlyCollection<FuzzFault> Faults => _faults.Values;

    /// <summary>The longest a single run took in CPU time of the process, where it was long enough to be measured.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>A run that takes more CPU time than this is a finding; null where time says nothing (the default test run).</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Called with the time before each run, for a watch over runs without end.</summary>
    public Action<long>? Started { get; init; }

    public void Dispose() => ((IDisposable)_buffer).Dispose();

    /// <summary>The seeds, and what earlier runs kept.</summary>
    public void Load(IEnumerable<byte[]> kept)
    {
        foreach (byte[] seed in _target.Seeds)
        {
            Try(seed);
            _corpus.Add(seed);
        }
        foreach (byte[] input in kept.Where(input => input.Length <= _target.MaximumLength))
        {
            if (Try(input))
                _corpus.Add(input);
        }
    }

    /// <summary>Runs changed inputs until told to stop.</summary>
    public void Run(Func<bool> goOn)
    {
        while (goOn())
        {
            // Every second time one of the newest: where something new was found, more of it is near.
            int first = _random.Next(2) == 0 ? _corpus.Count * 3 / 4 : 0;
            byte[] input = _mutator.Mutate(_corpus[_random.Next(first, _corpus.Count)], _corpus);
            if (Try(input))
                _corpus.Add(input);
        }
    }

    /// <summary>Runs one input; true when it went a new way.</summary>
    public bool Try(byte[] input)
    {
        if (Judge(input) is not { } exception)
            return _coverage.IsNew();
        bool isNew = _coverage.IsNew();
        var fault = new FuzzFault(_target.Name, exception, input);
        if (_faults.TryAdd(fault.Signature, fault))
            _faults[fault.Signature] = new Minimizer(candidate => Judge(candidate) is { } again && new FuzzFault(_target.Name, again, candidate) is var found
                && found.Signature == fault.Signature ? found : null).Minimize(fault);
        return isNew;
    }

    // What one run does wrong; null for nothing.
    private Exception? Judge(byte[] input)
    {
        Executions++;
        _atEnd = !_atEnd;
        var memory = _buffer.Put(input, _atEnd);
        long started = Stopwatch.GetTimestamp();
        Started?.Invoke(started);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _coverage.Begin();
        try
        {
            _target.Run(memory);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception;
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > _target.AllocationLimit(input.Length))
            return new FuzzFaultException($"allocation: {allocated:N0} bytes for an input of {input.Length:N0}");
        return TimeLimit is { } limit && Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(100) ? JudgeTime(memory, limit) : null;
    }

    // On a busy machine a long time says little: what took long is run again, and its CPU time counts. Asking for that costs as much as a small run.
    private FuzzFaultException? JudgeTime(ReadOnlyMemory<byte> memory, TimeSpan limit)
    {
        var before = Environment.CpuUsage.TotalTime;
        _target.Run(memory);
        var taken = Environment.CpuUsage.TotalTime - before;
        Slowest = taken > Slowest ? taken : Slowest;
        return taken > limit ? new FuzzFaultException($"time: {taken.TotalSeconds:F1} s for an input of {memory.Length:N0}") : null;
    }
}
