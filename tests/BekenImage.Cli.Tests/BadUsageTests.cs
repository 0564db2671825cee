using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.Json;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>Names without a folder are written and read in the folder of the process, which these tests set: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(BadUsageTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>
/// Every option and argument of every verb, as the program declares them, given badly: by itself, beside every other option, two at once.
/// The answer is one of the exit codes of the contract and readable lines, never a trace.
/// </summary>
[Collection(nameof(BadUsageTests))]
public sealed class BadUsageTests : IDisposable
{
    private static readonly string[] FewBadValues = ["", "foo", "-1"];

    /// <summary>Also beside every other option.</summary>
    private static readonly string[] WorstValues = [.. FewBadValues, "-x", "99999999999999999999999999", "0x", "\0", "@file", "\u202e\u6f22\U0001F600", new string('z', 5000)];

    private static readonly string[] BadValues =
    [
        .. WorstValues, "--x", "0xffffffffffffffff", "1e3", "+5", "5+0", "0x10+", "a=", "1 2 3 4 5", "AAAA====", "00:11:22:33:44",
    ];

    /// <summary>Verbs that read no file: told to replace one, they do, and it is an input of others here.</summary>
    private static readonly string[] WithoutInput = ["chips", "layout", "obk roles", "obk flags", "obk channels", "completion"];

    private readonly TestFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public BadUsageTests()
    {
        Directory.SetCurrentDirectory(_folder.Root);
        // Where a verb needs no input, it would do its whole work for every name that is free.
        foreach (string value in BadValues.Where(value => value.Length is > 0 and < 100 && !value.Contains('\0')).Append("missing.bin"))
            _folder.Write(value, []);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    // Ten thousand runs in this process: seconds.
    [Fact]
    public void EveryOptionAndArgument_GivenBadly_IsAnsweredInWords()
    {
        var lines = new List<BadLine>();
        foreach (var verb in VerbLines.All())
        {
            // Where options are needed that are not marked so, that is what is said first.
            bool lacks = Tool.Run(verb.Line([])).ExitCode == ExitCodes.Usage;
            foreach (var option in verb.Options)
            {
                foreach (string[] bad in Bad(verb, option))
                {
                    // What stands behind a flag is an argument's, where there may be one more.
                    bool isOfArgument = VerbLines.IsFlag(option) && bad.Length > 1 && verb.Arguments.Any(argument => argument.Arity.MinimumNumberOfValues == 0);
                    lines.Add(new BadLine(verb.Line([option], bad), lacks || isOfArgument ? null : option.Name));
                    if (bad.Length < 2 || WorstValues.Contains(bad[1]))
                        lines.AddRange(verb.Options.Where(other => other != option && !Replaces(verb, option, other)).Select(other => new BadLine(verb.Line([option, other], [.. bad, .. verb.Right(other)]), null)));
                }
            }
            foreach (var argument in verb.Arguments)
            {
                foreach (string bad in BadValues)
                {
                    string[] line = verb.Line(argument, bad);
                    lines.Add(new BadLine(line, lacks ? null : argument.Name));
                    if (WorstValues.Contains(bad))
                        lines.AddRange(verb.Options.Where(other => !other.Required).Select(other => new BadLine([.. line, .. verb.Right(other)], null)));
                }
                lines.Add(new BadLine(verb.Line([argument]), lacks || argument != verb.Arguments[^1] ? null : argument.Name));
            }
            lines.Add(new BadLine(verb.Words, null));
            lines.Add(new BadLine(verb.Line([], ["--"]), null));
            lines.Add(new BadLine(verb.Line([], ["--", "-x", "--json"]), null));
            lines.Add(new BadLine(verb.Line([], ["--no-such-option"]), "--no-such-option"));
        }
        Assert.True(lines.Count > 5_000, $"only {lines.Count} lines");
        AssertAnswered(lines);
    }

    [Fact]
    public void TwoOptions_GivenBadlyAtOnce_InVerbsWithRulesOfTheirOwn_AreAnsweredInWords()
    {
        var verbs = VerbLines.All().Where(verb => verb.HasRules).ToArray();
        Assert.Contains("lint", verbs.Select(verb => verb.Name));
        Assert.Contains("combine", verbs.Select(verb => verb.Name));
        Assert.Contains("build", verbs.Select(verb => verb.Name));
        var lines = new List<BadLine>();
        foreach (var verb in verbs)
        {
            var options = verb.Options.Where(option => !VerbLines.IsFlag(option)).ToArray();
            foreach (var (first, second) in options.SelectMany((first, index) => options.Skip(index + 1).Select(second => (first, second))))
            {
                foreach (string one in FewBadValues)
                    lines.AddRange(FewBadValues.Select(other => new BadLine(verb.Line([first, second], first.Name, one, second.Name, other), null)));
            }
        }
        AssertAnswered(lines);
    }

    private static bool Replaces(VerbLines verb, Option one, Option other) =>
        WithoutInput.Contains(verb.Name) && new[] { one.Name, other.Name }.Order(StringComparer.Ordinal).SequenceEqual(["--force", "--output"]);

    private static IEnumerable<string[]> Bad(VerbLines verb, Option option)
    {
        if (VerbLines.IsFlag(option))
            return [[option.Name + "=foo"], [option.Name + ":"], [option.Name, option.Name], [option.Name, "foo"], [option.Name, "true", "false"]];
        return
        [
            .. BadValues.Select(value => new[] { option.Name, value }), [option.Name + "=-x"], [option.Name + "="], [option.Name],
            [option.Name, "--help"], [.. verb.Right(option), .. verb.Right(option)], [.. verb.Right(option), option.Name],
        ];
    }

    /// <param name="Words">The command line.</param>
    /// <param name="Name">What was given badly, where that is one thing: a refusal of usage names it.</param>
    private sealed record BadLine(string[] Words, string? Name);

    private void AssertAnswered(List<BadLine> lines)
    {
        string[] before = _folder.Names;
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(lines, line =>
        {
            if (wrong.Count > 30)
                return;
            var result = Tool.Run(line.Words);
            if (Complaint(line, result) is { } complaint)
                wrong.Add($"{string.Join(' ', line.Words.Select(word => word.Length > 60 ? "LONG" : word.Length == 0 ? "''" : word))}\n    {complaint}: exit {result.ExitCode}: {Cut(result.Error)}");
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
        Assert.Equal(before, _folder.Names);
    }

    private static string Cut(string text) => text.Length > 500 ? text[..500] : text;

    private static string? Complaint(BadLine line, ToolResult result)
    {
        if (result.ExitCode is < 0 or > 4)
            return "the exit code";
        if (result.Error.Contains("   at ", StringComparison.Ordinal) || result.Error.Contains("Unhandled", StringComparison.Ordinal))
            return "a trace";
        if (result.ExitCode < 2)
            return null;
        if (result.ErrorLines.Length == 0 || !result.ErrorLines.All(error => error.StartsWith("bekenimage: ", StringComparison.Ordinal)))
            return "not every line is the program's";
        if (new[] { "System.", "expected type", "Nullable", "recognized", "(Parameter", "cannot be null", "Exception" }.Any(word => result.Error.Contains(word, StringComparison.Ordinal)))
            return "the runtime's words";
        return result.ExitCode == 2 ? UsageComplaint(line, result) : AnswerComplaint(result);
    }

    private static string? UsageComplaint(BadLine line, ToolResult result)
    {
        if (result.Output.Length > 0)
            return "standard output";
        if (!result.ErrorLines[^1].StartsWith("bekenimage: try 'bekenimage ", StringComparison.Ordinal) && result.ErrorLines.Length > 1)
            return "no hint";
        if (result.ErrorLines.Any(error => error.Length > 600))
            return "a line too long to read";
        // What looks like an option where an argument is wanted is named by itself.
        bool named = line.Name is null || result.ErrorLines[..^1].Any(error => error.Contains(line.Name, StringComparison.Ordinal) || error.Contains("there is no option", StringComparison.Ordinal)) ||
            result.ErrorLines.Any(error => error.Contains("BKI", StringComparison.Ordinal));
        return named || result.ErrorLines.Any(error => error.Contains(" is too much", StringComparison.Ordinal)) ? null : $"{line.Name} is not named";
    }

    private static string? AnswerComplaint(ToolResult result)
    {
        if (!result.ErrorLines.Any(error => error.Contains(": BKI", StringComparison.Ordinal)))
            return "no code";
        // One document over several lines, or one a line.
        string[] documents = result.Output.StartsWith("{\n", StringComparison.Ordinal) ? [result.Output] : result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!documents.All(document => document.StartsWith('{') && JsonDocument.Parse(document).RootElement.TryGetProperty("error", out _)))
            return "standard output";
        return null;
    }
}
