using System.CommandLine;
using BekenImage.Cli.Commands;
using BekenImage.Cli.Output;

namespace BekenImage.Cli;

/// <summary>A verb, and what makes its command with all its arguments and options.</summary>
internal sealed record Verb(string Name, Func<Terminal, Command> Make);

/// <summary>
/// The verbs. Making them all costs more than most of them do with a dump, so that a line which begins with one gets that one alone; any
/// other line, also one with a mistyped verb, is answered by all.
/// </summary>
internal static class Verbs
{
    private static readonly string[] Version = ["--version", "-V"];

    public static IReadOnlyList<Verb> All { get; } =
    [
        new("inspect", InspectCommand.Make),
        new("verify", VerifyCommand.Make),
        new("boot", BootCommand.Make),
        new("lint", LintCommand.Make),
        new("doctor", DoctorCommand.Make),
        new("diff", DiffCommand.Make),
        new("plan", PlanCommand.Make),
        new("report", ReportCommand.Make),
        new("key", KeyCommand.Make),
        new("split", SplitCommand.Make),
        new("merge", MergeCommand.Make),
        new("extract", ExtractCommand.Make),
        new("put", PutCommand.Make),
        new("combine", CombineCommand.Make),
        new("build", BuildCommand.Make),
        new("ota", OtaCommand.Make),
        new("ug", UgCommand.Make),
        new("uf2", Uf2Command.Make),
        new("fal", FalCommand.Make),
        new("rf", RfCommand.Make),
        new("obk", ObkCommand.Make),
        new("tuya", TuyaCommand.Make),
        new("fs", FsCommand.Make),
        new("sanitize", SanitizeCommand.Make),
        new("encrypt", CipherCommands.Encrypt),
        new("decrypt", CipherCommands.Decrypt),
        new("crc", CrcCommand.Make),
        new("rekey", RekeyCommand.Make),
        new("normalize", NormalizeCommand.Make),
        new("explain", ExplainCommand.Make),
        new("chips", ListCommands.Chips),
        new("layout", ListCommands.Layout),
        new("completion", CompletionCommand.Make),
        new("demo", DemoCommand.Make),
    ];

    /// <summary>The verbs that a line can mean.</summary>
    /// <param name="words">The line.</param>
    public static IEnumerable<Verb> AskedFor(string[] words)
    {
        if (words is [var only] && Version.Contains(only))
            return [];
        return words.Length > 0 && All.FirstOrDefault(verb => verb.Name == words[0]) is { } asked ? [asked] : All;
    }
}
