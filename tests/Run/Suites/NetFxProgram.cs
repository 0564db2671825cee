using System.Globalization;
using System.Text.RegularExpressions;

namespace BekenImage.TestRun.Suites;

/// <summary>The .NET Framework program, on Mono. Where that is not installed, it counts as one skipped test and says so.</summary>
internal static class NetFxProgram
{
    public const string Name = "NetFx";

    public static Tally Run(string? mark = null, IReadOnlyDictionary<string, string?>? variables = null)
    {
        Console.WriteLine($"== {Name} ({(mark is null ? "mono" : "mono, " + mark)})");
        string program = Path.Combine(Repository.Root, "tests", Name, "bin", "Release", "net472", Name + ".exe");
        if (Command.Ask("mono", [program], variables) is not { } answer)
        {
            Console.WriteLine($"{Name}: SKIPPED, mono is not installed; the program was compiled, but not run");
            return new Tally(0, 0, 1);
        }
        Console.Write(answer.Output);
        Console.Error.Write(answer.Error);
        var counted = Regex.Match(answer.LastLine, "^([0-9]+) passed, ([0-9]+) failed$");
        if (!counted.Success)
        {
            Console.WriteLine($"{Name}: no sum at the end of its output; it ended with {answer.Exit}");
            return new Tally(0, 1, 0);
        }
        int Number(int group) => int.Parse(counted.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var tally = new Tally(Number(1), Number(2), 0);
        return (answer.Exit != 0) == (tally.Failed > 0) ? tally : tally with { Failed = tally.Failed + 1 };
    }
}
