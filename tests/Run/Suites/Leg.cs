namespace BekenImage.TestRun.Suites;

/// <summary>One test project, run once.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Mark">What is different from the plain run of it; null for that.</param>
/// <param name="Variables">Of its environment.</param>
/// <param name="Folder">Where its program is; null for where it was built.</param>
internal sealed record Leg(
    string Project, string? Mark = null, IReadOnlyDictionary<string, string?>? Variables = null, string? Folder = null)
{
    public string Name => Mark is null ? Project : $"{Project} ({Mark})";

    public string Program => Path.Combine(Folder ?? Path.Combine(Repository.Root, "tests", Project, "bin", "Release", "net10.0"), Project + ".dll");

    public string Results => Path.Combine(Repository.Artifacts, "test-results", Mark is null ? Project : $"{Project}.{Mark.Split('=')[0]}");

    public Tally Run()
    {
        Console.WriteLine($"== {Name}");
        int exit = Command.Show("dotnet", ["exec", Program, "--report-trx", "--results-directory", Results], Variables);

        string[] reports = Directory.Exists(Results) ? Directory.GetFiles(Results, "*.trx") : [];
        if (reports.Length != 1)
        {
            Console.WriteLine($"{Name}: {reports.Length} reports instead of one; the runner ended with {exit}");
            return new Tally(0, 1, 0);
        }
        var tally = TrxReport.Count(reports[0]);
        if (exit != 0 && tally.Failed == 0)
        {
            Console.WriteLine($"{Name}: no test failed, but the runner ended with {exit}");
            return tally with { Failed = 1 };
        }
        return tally;
    }
}
