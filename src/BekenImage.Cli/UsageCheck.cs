using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Cli.Output;

namespace BekenImage.Cli;

/// <summary>A command line that was taken apart, and what is wrong with it: one sentence each, in our words.</summary>
internal sealed record CheckedLine(ParseResult Parsed, IReadOnlyList<string> Errors)
{
    /// <summary>The verb: <c>combine</c>, <c>rf restore</c>; empty where none was named.</summary>
    public string Verb => UsageCheck.NameOf(Parsed.CommandResult.Command);

    /// <summary>What to type for help with this verb.</summary>
    public string Help => string.Join(' ', new[] { "bekenimage", Verb, "--help" }.Where(word => word.Length > 0));
}

/// <summary>
/// Takes a command line apart. The rules of a verb (which options go together) are asked only when every value by itself was understood,
/// so they may read the values; the parser's own words, which name types of the program, never reach the user.
/// </summary>
internal static class UsageCheck
{
    // File names may begin with @: no response files.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    public static CheckedLine Parse(RootCommand root, string[] arguments)
    {
        var rules = All(root).Where(command => command.Validators.Count > 0).Select(command => (Command: command, Rules: command.Validators.ToArray())).ToArray();
        foreach (var (command, _) in rules)
            command.Validators.Clear();
        var parsed = root.Parse(arguments, Configuration);
        if (CommandWords.Expanded(parsed, arguments) is var expanded && expanded != arguments)
        {
            arguments = expanded;
            parsed = root.Parse(arguments, Configuration);
        }
        string[] errors = Errors(parsed).Concat(MistypedOptions(parsed)).Concat(LastWithoutValue(parsed))
            .Concat(OptionsAsValues(parsed, arguments)).Concat(FlagsWithValue(parsed, arguments)).Distinct().ToArray();
        if (errors.Length > 0)
            return new CheckedLine(parsed, errors);
        foreach (var (command, asked) in rules)
            command.Validators.AddRange(asked);
        parsed = root.Parse(arguments, Configuration);
        return new CheckedLine(parsed, parsed.Errors.Select(error => error.Message).Distinct().ToArray());
    }

    /// <summary>A verb as it is typed; empty for the program itself.</summary>
    public static string NameOf(Command command) => command is RootCommand
        ? string.Empty
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{parent.Name} {command.Name}" : command.Name;

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static IEnumerable<string> Errors(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string name = NameOf(command);
        // Help forgives what is not finished, but not a verb that does not exist: it would be the help of another.
        if (parsed.Errors.Count == 0)
            return parsed.Action is Help.HelpAction && command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count > 0 ? [WithoutVerb(name, command, parsed.UnmatchedTokens[0])] : [];
        if (command.Subcommands.Count > 0)
            return [WithoutVerb(name, command, parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null)];
        string[] found = parsed.Errors.Select(error => Text(name, error)).OfType<string>()
            .Concat(TooMuch(name, command, parsed.UnmatchedTokens)).ToArray();
        return found.Length > 0 ? found : parsed.Errors.Select(error => error.Message);
    }

    private static string WithoutVerb(string name, Command command, string? given)
    {
        var verbs = command.Subcommands.Where(verb => !verb.Hidden).ToArray();
        string known = string.Join(", ", verbs.Select(verb => verb.Name));
        string group = name.Length == 0 ? "bekenimage" : name;
        return given is null ? $"{group} needs a verb: {known}"
            : given.StartsWith('-') ? Guess.Or($"{group} has no option {ShownText.Quote(given)}", given, OptionNames(command), $"it needs a verb: {known}")
            : Guess.Or($"{group} has no verb {ShownText.Quote(given)}", given, verbs.SelectMany(verb => verb.Aliases.Append(verb.Name)), $"it has {known}");
    }

    // Long names only: nearly every letter is near another.
    private static IEnumerable<string> OptionNames(Command command) =>
        command.Parents.OfType<Command>().SelectMany(OptionNamesOfParents).Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name));

    private static IEnumerable<string> OptionNamesOfParents(Command command) => command.Options.Where(option => option.Recursive).Select(option => option.Name)
        .Concat(command.Parents.OfType<Command>().SelectMany(OptionNamesOfParents));

    // The words of a key without quotes are said in one sentence, which does not print the key piece by piece.
    private static IEnumerable<string> TooMuch(string verb, Command command, IReadOnlyList<string> tokens) =>
        tokens.Count > 1 && tokens.All(token => token.Length >= 8 && token.All(char.IsAsciiHexDigit))
            ? [FormattableString.Invariant($"{tokens.Count} hex words are too much; {verb} takes a key of several words in quotes")]
            : tokens.Select(token => TooMuch(verb, command, token));

    private static string TooMuch(string verb, Command command, string token)
    {
        if (token.Length > 1 && token[0] == '-')
            return Guess.Add($"{verb} has no option {ShownText.Quote(token)}", token, OptionNames(command));
        string takes = string.Join(' ', command.Arguments.Where(argument => !argument.Hidden).Select(argument => argument.Name));
        return $"{ShownText.Quote(token)} is too much; {verb} takes {(takes.Length == 0 ? "no argument" : takes)}";
    }

    // Null for what the tokens that are left over say better.
    private static string? Text(string verb, ParseError error) => error.SymbolResult switch
    {
        OptionResult option => Text(verb, option, error),
        ArgumentResult { Parent: OptionResult option } => Text(verb, option, error),
        ArgumentResult argument when argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues =>
            $"{verb} needs {argument.Argument.Name}: {Lowered(argument.Argument.Description)}",
        CommandResult => null,
        _ => error.Message,
    };

    private static string Text(string verb, OptionResult result, ParseError error)
    {
        var option = result.Option;
        int most = option.Arity.MaximumNumberOfValues;
        if (result.Tokens.Count > most || (most == 1 && result.IdentifierTokenCount > 1 && result.Tokens.Count > 0))
            return FormattableString.Invariant($"{option.Name} takes one value; it is given {Math.Max(result.IdentifierTokenCount, result.Tokens.Count)} times");
        if (result.Tokens.Count >= option.Arity.MinimumNumberOfValues)
            return error.Message;
        return result.IdentifierTokenCount == 0
            ? $"{verb} needs {Named(option)}: {Lowered(option.Description)}"
            : WithoutValue(option);
    }

    private static string Named(Option option) => option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}";

    private static string Lowered(string? description) => description is { Length: > 1 } text && char.IsUpper(text[0]) && !char.IsUpper(text[1])
        ? char.ToLowerInvariant(text[0]) + text[1..]
        : description ?? string.Empty;

    // A verb that takes many files would take a mistyped option for one of them.
    private static IEnumerable<string> MistypedOptions(ParseResult parsed)
    {
        var beforeDashes = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToArray();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Where(token => token.Value.Length > 1 && token.Value[0] == '-' && beforeDashes.Any(other => ReferenceEquals(other, token)))
            .Select(token => Guess.Or(
                $"there is no option {ShownText.Quote(token.Value)}", token.Value, OptionNames(parsed.CommandResult.Command), "put -- before a file name that begins with a dash"));
    }

    // The parser is content when an option that is given twice has a value once.
    private static IEnumerable<string> LastWithoutValue(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>()
        .Where(option => option.Option.Arity.MinimumNumberOfValues > 0 && option.Tokens.Count > 0 && option.IdentifierTokenCount > option.Tokens.Count)
        .Select(option => WithoutValue(option.Option));

    // Nor does it mind when the value that was forgotten is the next option: -o --force would write a file of that name.
    private static IEnumerable<string> OptionsAsValues(ParseResult parsed, string[] arguments)
    {
        var known = parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options).SelectMany(option => option.Aliases.Append(option.Name)).ToHashSet(StringComparer.Ordinal);
        return
            from option in parsed.CommandResult.Children.OfType<OptionResult>()
            from token in option.Tokens
            where known.Contains(token.Value) && !arguments.Any(argument => argument.EndsWith("=" + token.Value, StringComparison.Ordinal))
            select $"{WithoutValue(option.Option)}; '{token.Value}' is an option ({option.Option.Name}={token.Value} means it as the value)";
    }

    private static string WithoutValue(Option option) => $"{option.Name} needs a value: {Lowered(option.Description)}";

    // The parser takes what stands behind --flag= for an argument of the verb.
    private static IEnumerable<string> FlagsWithValue(ParseResult parsed, string[] arguments)
    {
        var flags = parsed.CommandResult.Command.Options.OfType<Option<bool>>().ToArray();
        foreach (string argument in arguments.TakeWhile(argument => argument != "--"))
        {
            int end = argument.IndexOfAny(['=', ':']);
            if (end > 0 && !bool.TryParse(argument[(end + 1)..], out _) && Array.Find(flags, flag => flag.Name == argument[..end]) is { } given)
                yield return $"{given.Name} takes no value, not {ShownText.Quote(argument[(end + 1)..])}";
        }
    }
}
