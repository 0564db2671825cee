using BekenImage.Cli.Demo;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>
/// The command as a whole process, beside a .NET program that does nothing: what a user waits for. Also those named on the command line, to
/// hold one way of giving it away against another.
/// </summary>
internal static class ProcessOperations
{
    /// <summary>The argument with which this program ends at once.</summary>
    public const string Nothing = "nothing";

    private const int Rounds = 5;
    private const int ManyRounds = 2;
    private const int Many = 72;

    private sealed record Line(string Name, string Program, string[] Arguments, int Rounds = Rounds);

    /// <param name="others">Programs to measure beside the one that was built here: a native one, an installed tool.</param>
    public static RatioProcess[] Measure(IReadOnlyList<string> others)
    {
        string dump = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(dump, SyntheticDevice.FactoryDump());
            string[] built = ["exec", Path.Combine(AppContext.BaseDirectory, "Command", "BekenImage.Cli.dll")];
            Line[] lines =
            [
                new(Nothing, "dotnet", ["exec", typeof(ProcessOperations).Assembly.Location, Nothing]),
                .. Of("dotnet", built, dump),
                .. others.SelectMany(program => Of(program, [], dump)),
            ];
            var seconds = lines.Select(_ => new List<(double Cpu, double Wall)>()).ToArray();
            for (int round = 0; round <= Rounds; round++)
            {
                for (int line = 0; line < lines.Length; line++)
                {
                    // The first round reads the files into the cache of the system.
                    if (round > lines[line].Rounds)
                        continue;
                    if (ChildClock.Seconds(lines[line].Program, lines[line].Arguments) is { } cost && round > 0)
                        seconds[line].Add(cost);
                }
            }
            return Compare(lines, seconds);
        }
        finally
        {
            File.Delete(dump);
        }
    }

    private static IEnumerable<Line> Of(string program, string[] before, string dump) =>
    [
        new("--version", program, [.. before, "--version"]),
        new("inspect", program, [.. before, "inspect", dump]),
        .. ((string[][])[["inspect"], ["verify", "--fail-on", "never"], ["key", "recover"], ["report"]]).Select(verb =>
            new Line($"{string.Join(' ', verb.TakeWhile(word => word[0] != '-'))} {Many}", program, [.. before, .. verb, .. Enumerable.Repeat(dump, Many)], ManyRounds)),
    ];

    private static RatioProcess[] Compare(Line[] lines, List<(double Cpu, double Wall)>[] seconds)
    {
        double? nothing = seconds[0].Count == 0 ? null : Median(seconds[0].Select(cost => cost.Cpu));
        return
        [
            .. lines.Zip(seconds).Where(pair => pair.Second.Count == pair.First.Rounds).Select(pair =>
            {
                double cpu = Median(pair.Second.Select(cost => cost.Cpu));
                double wall = Median(pair.Second.Select(cost => cost.Wall));
                return new RatioProcess(
                    pair.First.Name, pair.First.Program, Milliseconds(cpu), Milliseconds(wall), nothing is null ? null : Math.Round(cpu / nothing.Value, 2));
            }),
        ];
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Milliseconds(double seconds) => Math.Round(seconds * 1000, 1);
}
