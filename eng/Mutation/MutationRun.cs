using System.Globalization;

namespace BekenImage.Mutation;

/// <summary>A mutant and what came of it.</summary>
internal sealed record Outcome(Mutant Mutant, Verdict Verdict, string? Test);

/// <summary>Tries every mutant of an area against the tests that reach it.</summary>
internal sealed class MutationRun(Area area, IReadOnlyList<Mutant> mutants, string testAssembly, bool isThorough) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<int, SortedSet<int>> _testsOf = [];
    private readonly HashSet<int> _runOnce = [];
    private readonly List<(int Index, int Milliseconds)> _tests = [];
    private TestHost? _host;

    public int Tests => _tests.Count;

    /// <summary>Tests that take too long to be asked for every mutant.</summary>
    public int Slow { get; private set; }

    public List<string> Failing { get; } = [];

    /// <summary>Runs the tests without a mutant: which pass, how long, and what they reach.</summary>
    public void Measure()
    {
        _host = TestHost.Start(testAssembly, area, TimeSpan.FromMinutes(5));
        if (_host.Tests == 0)
            throw new InvalidDataException($"The tests do not start: {_host.Trouble ?? "there are none"}");
        for (int test = 0; test < _host.Tests; test++)
        {
            var first = Reach(test);
            if (first.Milliseconds > area.Slowest && first.State == "passed")
            {
                Slow++;
                continue;
            }
            var again = Reach(test);
            if (first.State != "passed" || again.State != "passed")
            {
                if (first.State != "skipped")
                    Failing.Add($"{first.Name}: {first.Trouble}{again.Trouble}");
                continue;
            }
            _tests.Add((test, again.Milliseconds));
            foreach (int mutant in again.Reached)
                TestsOf(mutant).Add(test);
            // What is reached once is reached by what is made once, whichever test comes first.
            foreach (int mutant in first.Reached.Except(again.Reached))
            {
                _runOnce.Add(mutant);
                TestsOf(mutant).Add(test);
            }
        }
        TakeGathered(_host.Gathered);
    }

    // Rows of a theory may come out of the code: what that made is never made again, and no test reaches it.
    private void TakeGathered(IEnumerable<int> gathered)
    {
        foreach (int mutant in gathered.Where(mutant => !_testsOf.ContainsKey(mutant)))
        {
            _runOnce.Add(mutant);
            _testsOf[mutant] = [];
        }
    }

    public Outcome Try(Mutant mutant)
    {
        if (area.Equivalents.Any(one => one.Is(mutant)))
            return new Outcome(mutant, Verdict.Equivalent, null);
        if (!_testsOf.TryGetValue(mutant.Id, out var reaching))
            return new Outcome(mutant, Verdict.NotReached, null);
        var order = _tests.Where(test => reaching.Contains(test.Index)).OrderBy(test => test.Milliseconds).ToList();
        if (mutant.IsStatic || _runOnce.Contains(mutant.Id))
        {
            // It shows anywhere, also where nobody comes by: what is made once is only read later. Those tests first that are near.
            var near = mutants.Where(other => other.File == mutant.File).SelectMany(other => _testsOf.TryGetValue(other.Id, out var tests) ? tests : []).ToHashSet();
            return Alone(mutant, [.. _tests.OrderBy(test => reaching.Contains(test.Index) ? 0 : near.Contains(test.Index) ? 1 : 2).ThenBy(test => test.Milliseconds)]);
        }
        _host ??= TestHost.Start(testAssembly, area, Patience);
        string? answer = _host.Ask(Request(mutant, order));
        switch (answer?.Split('\t'))
        {
            case ["killed", var test]:
                return new Outcome(mutant, Verdict.Killed, test);
            case ["stopped", var test]:
                Drop();
                return new Outcome(mutant, Verdict.Stopped, test);
            case ["survived"] when !isThorough:
                return new Outcome(mutant, Verdict.Survived, null);
            case ["survived" or "missed"]:
                return Alone(mutant, order);
            case null:
                Drop();
                return new Outcome(mutant, Verdict.Stopped, null);
            default:
                // It left something behind: its word counts from a process of its own only.
                Drop();
                return Alone(mutant, order);
        }
    }

    // In a process in which the mutant was on from the first line: what is made once is made by it too.
    private Outcome Alone(Mutant mutant, List<(int Index, int Milliseconds)> order)
    {
        using var host = TestHost.Start(testAssembly, area, Patience, mutant.Id);
        if (host.Tests == 0)
            return new Outcome(mutant, Verdict.Killed, "where the tests are gathered");
        return host.Ask(Request(mutant, order))?.Split('\t') switch
        {
            ["killed", var test] => new Outcome(mutant, Verdict.Killed, test),
            ["survived" or "missed"] => new Outcome(mutant, Verdict.Survived, null),
            ["stopped", var test] => new Outcome(mutant, Verdict.Stopped, test),
            _ => new Outcome(mutant, Verdict.Stopped, null),
        };
    }

    private static string Request(Mutant mutant, IEnumerable<(int Index, int Milliseconds)> tests) =>
        string.Create(CultureInfo.InvariantCulture, $"try {mutant.Id} {string.Join(',', tests.Select(test => $"{test.Index}:{test.Milliseconds}"))}");

    private SortedSet<int> TestsOf(int mutant) => _testsOf.TryGetValue(mutant, out var tests) ? tests : _testsOf[mutant] = [];

    private (string State, string Name, int Milliseconds, int[] Reached, string Trouble) Reach(int test)
    {
        string answer = _host!.Ask($"test {test}") ?? throw new InvalidDataException($"Test {test} ends the process.");
        string[] parts = answer.Split('\t');
        return (parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture), TestHost.Numbers(parts[3]), parts[4]);
    }

    private void Drop()
    {
        _host?.Dispose();
        _host = null;
    }

    public void Dispose() => Drop();
}
