using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace BekenImage.Mutation;

/// <summary>The process the tests run in: reads requests, a line each, and answers with a line each.</summary>
internal sealed class Worker
{
    // Of the processor's time: another program beside it changes nothing.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<TestCase> _tests;
    private readonly FieldInfo _active, _deadline;
    private readonly byte[] _reached;

    private Worker(string testAssembly, IReadOnlyList<string> classes, string library)
    {
        var context = new TestContext(testAssembly);
        var assembly = context.LoadFromAssemblyPath(testAssembly);
        var gate = context.LoadFromAssemblyName(new AssemblyName(library)).GetType("BekenImage.Mutation.MutantSwitch", throwOnError: true)!;
        _active = gate.GetField("Active")!;
        _deadline = gate.GetField("Deadline")!;
        _reached = (byte[])gate.GetField("Reached")!.GetValue(null)!;
        _tests = TestCase.Find(assembly, classes);
    }

    public static int Run(string[] arguments)
    {
        var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        Worker worker;
        try
        {
            worker = new Worker(arguments[0], arguments[2..], arguments[1]);
        }
        catch (Exception thrown)
        {
            output.WriteLine($"broken {OneLine(thrown)}");
            return 1;
        }
        output.WriteLine($"ready {worker._tests.Count}\t{worker.Reached()}");
        while (Console.In.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            output.WriteLine(words[0] switch
            {
                "test" => worker.Reach(int.Parse(words[1], CultureInfo.InvariantCulture)),
                _ => worker.Try(int.Parse(words[1], CultureInfo.InvariantCulture), words[2]),
            });
        }
        return 0;
    }

    // One test without a mutant: passed or not, how long, what it reaches.
    private string Reach(int index)
    {
        Array.Clear(_reached);
        var (failure, skipped, spent) = RunOne(index, TimeSpan.FromMinutes(5));
        string reached = Reached();
        return string.Create(CultureInfo.InvariantCulture,
            $"{(skipped ? "skipped" : failure is null ? "passed" : "failed")}\t{_tests[index].Name}\t{spent.TotalMilliseconds:0}\t{reached}\t{(failure is null ? "" : OneLine(failure))}");
    }

    private string Reached() => string.Join(',', Enumerable.Range(0, _reached.Length).Where(id => _reached[id] != 0));

    // The tests one after another with a mutant on, until one fails; then that test without it, which has to pass again.
    private string Try(int mutant, string tests)
    {
        bool kept = (int)_active.GetValue(null)! == mutant;
        _active.SetValue(null, mutant);
        Array.Clear(_reached);
        foreach (string one in tests.Split(','))
        {
            string[] parts = one.Split(':');
            int index = int.Parse(parts[0], CultureInfo.InvariantCulture);
            var usual = TimeSpan.FromMilliseconds(int.Parse(parts[1], CultureInfo.InvariantCulture));
            var (failure, skipped, _) = RunOne(index, Least + (usual * 8));
            if (failure is null && !skipped)
                continue;
            if (failure is TimeoutException or OutOfMemoryException)
                return $"stopped\t{_tests[index].Name}";
            if (!kept)
            {
                _active.SetValue(null, -1);
                if (RunOne(index, Least + (usual * 8)) is { Failure: not null })
                    return $"spoilt\t{_tests[index].Name}";
            }
            return $"killed\t{_tests[index].Name}";
        }
        if (!kept)
            _active.SetValue(null, -1);
        return _reached[mutant] != 0 ? "survived" : "missed";
    }

    private (Exception? Failure, bool Skipped, TimeSpan Spent) RunOne(int index, TimeSpan most)
    {
        var begun = Environment.CpuUsage.TotalTime;
        _deadline.SetValue(null, (begun + most).Ticks);
        try
        {
            return (_tests[index].Run(), false, Environment.CpuUsage.TotalTime - begun);
        }
        catch (SkippedException)
        {
            return (null, true, default);
        }
    }

    private static string OneLine(Exception thrown)
    {
        for (; thrown.InnerException is { } inner; thrown = inner)
        {
        }
        return string.Join(' ', $"{thrown.GetType().Name}: {thrown.Message} {thrown.StackTrace}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // What the tests' own folder has comes from there: the mutated library among it.
    private sealed class TestContext(string testAssembly) : AssemblyLoadContext("tests")
    {
        private readonly AssemblyDependencyResolver _resolver = new(testAssembly);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
