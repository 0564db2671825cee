using System.CommandLine;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>explain CODE|TERM</c>: what a finding's code or a word means.</summary>
internal static class ExplainCommand
{
    public static Command Make(Terminal terminal)
    {
        var words = new Argument<string[]>("CODE|TERM")
        {
            Description = "A finding's code, such as BKI3005 or 3005, or a word, such as striped, QIO or \"MAC 00:00:00\"", Arity = ArgumentArity.OneOrMore,
        };
        var json = CommonOptions.AsJson();
        var command = new Command("explain", "Says what a finding's code or a word means") { words, json };
        command.SetAction(parsed => Run(terminal, string.Join(' ', parsed.GetRequiredValue(words)), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string asked, bool json)
    {
        if (Explanations.Find(asked) is not { } explanation)
        {
            string near = Suggestions.Ask(asked, Explanations.Nearest(asked));
            throw new CliException(ExitCodes.BadInput, FindingCode.NotRecognised,
                $"there is no explanation of {ShownText.Quote(asked)}{(near.Length == 0 ? string.Empty : "; " + near)}");
        }
        if (json)
            terminal.Output.WriteLine(ImageDocuments.Explain(explanation, asked));
        else
            Write(terminal, explanation);
        return ExitCodes.Done;
    }

    private static void Write(Terminal terminal, Explanation explanation)
    {
        string names = explanation.OtherNames.Count == 0 ? string.Empty : $" ({string.Join(", ", explanation.OtherNames)})";
        terminal.Line(Ink.Strong(explanation.Term), names);
        terminal.Line();
        terminal.Hanging(0, explanation.Meaning);
        if (explanation.Code is not { } code)
            return;
        terminal.Line();
        terminal.Hanging(7, "cause: " + explanation.Cause);
        terminal.Hanging(7, "cure:  " + explanation.Cure);
        foreach (var (verb, cure) in Cures.Of(code))
            terminal.Hanging(9, $"       {verb}: {cure}");
    }
}
