using System.CommandLine;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Help;

/// <summary>The help of a verb, of a group of verbs, and of the program: usage, arguments, options with their defaults, examples.</summary>
internal static class HelpText
{
    /// <summary>A name longer than this stands on a line of its own.</summary>
    private const int LongestName = 28;

    private const string Indent = "  ";

    /// <summary>Those every verb has come last.</summary>
    private static readonly string[] LastOptions = ["--output", "--force", "--json", "--color", "--help", "--version"];

    public static void Write(Terminal terminal, Command command)
    {
        string verb = UsageCheck.NameOf(command);
        terminal.Line(command.Description ?? string.Empty);
        terminal.Line();
        terminal.Line([Ink.Strong("Usage:")]);
        terminal.Line(Indent + Usage(command, verb));
        var names = command.Aliases.Where(alias => alias != command.Name).ToArray();
        if (names.Length > 0)
            terminal.Line($"{Indent}also called {string.Join(", ", names)}");
        if (command is RootCommand root)
            WriteVerbs(terminal, root);
        else if (command.Subcommands.Count > 0)
            WritePairs(terminal, "Verbs:", command.Subcommands.Where(sub => !sub.Hidden).Select(Row));
        WritePairs(terminal, "Arguments:", command.Arguments.Where(argument => !argument.Hidden).Select(argument => (argument.Name, argument.Description ?? string.Empty)));
        WritePairs(terminal, "Options:", Options(command).Select(Row));
        WriteExamples(terminal, command, verb);
    }

    /// <summary>What an option is when it is not given, as one would type it; null where that is nothing.</summary>
    public static string? DefaultOf(Option option) => !option.HasDefaultValue ? null : option.GetDefaultValue() switch
    {
        null or false => null,
        Enum word => word.ToString().ToLowerInvariant() is { } text && text != "unknown" ? text : null,
        string { Length: 0 } => null,
        var value => PlainText.Of(value),
    };

    private static string Usage(Command command, string verb)
    {
        var words = new List<string> { "bekenimage" };
        if (verb.Length > 0)
            words.Add(verb);
        if (command.Subcommands.Count > 0)
            words.Add("VERB");
        words.AddRange(command.Arguments.Where(argument => !argument.Hidden).Select(Spelled));
        words.AddRange(command.Options.Where(option => option.Required).Select(option => $"{option.Aliases.Append(option.Name).MinBy(name => name.Length)} {ValueOf(option)}"));
        words.Add("[options]");
        return string.Join(' ', words);
    }

    private static string Spelled(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static void WriteVerbs(Terminal terminal, RootCommand root)
    {
        foreach (var (title, verbs) in VerbGroups.Of(root))
            WritePairs(terminal, title + ":", verbs.Select(Row));
        terminal.Line();
        terminal.Line("'bekenimage help VERB' says more of one, with examples.");
    }

    private static (string, string) Row(Command command)
    {
        string verbs = string.Join(", ", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name));
        return (string.Join(", ", command.Aliases.Prepend(command.Name).Distinct()), verbs.Length == 0 ? command.Description! : $"{command.Description} ({verbs})");
    }

    private static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command is RootCommand ? [] : Inherited(command)).Where(option => !option.Hidden)
            .OrderBy(option => Array.IndexOf(LastOptions, option.Name)).ThenBy(_ => 0);

    private static IEnumerable<Option> Inherited(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive).Concat(Inherited(parent)));

    private static (string, string) Row(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).Distinct().OrderBy(name => name.Length));
        string value = ValueOf(option);
        string note = option.Required ? " (required)" : DefaultOf(option) is { } text ? $" [default: {text}]" : string.Empty;
        return (value.Length == 0 ? names : $"{names} {value}", option.Description + note);
    }

    private static string ValueOf(Option option) => option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? string.Empty
        : option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();

    private static void WritePairs(Terminal terminal, string title, IEnumerable<(string Name, string Text)> rows)
    {
        var all = rows.ToArray();
        if (all.Length == 0)
            return;
        terminal.Line();
        terminal.Line([Ink.Strong(title)]);
        int width = Math.Min(LongestName, all.Max(row => row.Name.Length));
        foreach (var (name, text) in all)
        {
            int hang = Indent.Length + width + Indent.Length;
            if (name.Length > width)
            {
                terminal.Hanging(hang, Indent + name);
                terminal.Hanging(hang, new string(' ', hang) + text);
            }
            else
            {
                terminal.Hanging(hang, Indent + name.PadRight(width) + Indent + text);
            }
        }
    }

    private static void WriteExamples(Terminal terminal, Command command, string verb)
    {
        string[] examples = command switch
        {
            RootCommand => ["inspect dump.bin", "combine factory.bin firmware.bin -o new.bin", "help combine"],
            { Subcommands.Count: > 0 } => [.. command.Subcommands.Select(sub => Examples.Of($"{verb} {sub.Name}")).Where(lines => lines.Count > 0).Select(lines => lines[0])],
            _ => [.. Examples.Of(verb)],
        };
        if (examples.Length == 0)
            return;
        terminal.Line();
        terminal.Line([Ink.Strong("Examples:")]);
        foreach (string example in examples)
            terminal.Command($"{Indent}bekenimage {example}");
    }
}
