namespace BekenImage.TestRun.Packages;

/// <summary>Named checks, each said as it ends.</summary>
internal sealed class Checks
{
    public Tally Tally { get; private set; } = Tally.None;

    /// <summary>Counts one check: passed where nothing is wrong.</summary>
    public bool That(string what, IReadOnlyCollection<string> wrong)
    {
        Console.WriteLine($"{(wrong.Count == 0 ? "passed" : "FAILED")} {what}");
        foreach (string line in wrong)
            Console.WriteLine("       " + line);
        Tally += wrong.Count == 0 ? new Tally(1, 0, 0) : new Tally(0, 1, 0);
        return wrong.Count == 0;
    }

    public bool That(string what, Answer answer) => That(what, answer.Succeeded ? [] : [$"it ended with {answer.Exit}", .. Lines(answer)]);

    public void Skip(string what, string why)
    {
        Console.WriteLine($"SKIPPED {what}: {why}");
        Tally += new Tally(0, 0, 1);
    }

    private static IEnumerable<string> Lines(Answer answer) => answer.Text.Split('\n').Where(line => line.Trim().Length > 0).TakeLast(12);
}
