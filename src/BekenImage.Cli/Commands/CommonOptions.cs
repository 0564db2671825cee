using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Crypto;

namespace BekenImage.Cli.Commands;

/// <summary>Options and values that mean the same in every verb.</summary>
internal static class CommonOptions
{
    public static Argument<string> Image(string name = "IMAGE", string description = "The image; - for standard input") =>
        new(name) { Description = description };

    public static Option<string> Output(string description) => new("--output", "-o") { HelpName = "OUT", Description = description, Required = true };

    public static Option<bool> Force() => new("--force") { Description = "Replace an output that exists; lifts no guard" };

    public static Option<bool> AsJson() => new("--json") { Description = "Print one JSON document (one a line with several inputs)" };

    public static Option<BekenKey?> Key(string description = "The key, when it is known: a name, four hex words, 32 hex digits or base64", string name = "--key") =>
        new(name) { HelpName = "KEY", Description = description, CustomParser = ParseKey };

    public static Option<BekenChip> Chip(string description = "The chip, where the image cannot tell") =>
        new("--chip") { HelpName = "CHIP", Description = description, CustomParser = ParseChip };

    public static Option<bool> ShowSecrets() => new("--show-secrets") { Description = "Print passwords, keys and tokens instead of masking them" };

    public static MacAddress ParseMac(ArgumentResult result, string name) => MacAddress.TryParse(result.Tokens[0].Value, out var mac)
        ? mac
        : Fail<MacAddress>(result, $"{name} is six bytes in hex, joined by colons");

    public static Option<FailOn> FailOnOption(FailOn byDefault) => new("--fail-on")
    {
        HelpName = "error|warning|never",
        Description = "Findings of this severity make the exit code 1",
        CustomParser = result => result.Tokens.Count == 0 ? byDefault : result.Tokens[0].Value.ToLowerInvariant() switch
        {
            "error" => FailOn.Error,
            "warning" => FailOn.Warning,
            "never" => FailOn.Never,
            _ => Fail<FailOn>(result, $"--fail-on is error, warning or never, not '{result.Tokens[0].Value}'"),
        },
        DefaultValueFactory = _ => byDefault,
    };

    /// <summary>Standard output takes the bytes of <c>-o -</c> or a document, not both.</summary>
    public static void RefuseJsonBesideBytes(Command command, Option<string> output, Option<bool> json) => command.Validators.Add(result =>
    {
        if (result.GetValue(json) && result.GetValue(output) == Files.InputFile.StandardStream)
            result.AddError("-o - and --json both claim standard output; give OUT a name");
    });

    /// <summary>1 when findings reach the line, else 0.</summary>
    public static int ExitCodeOf(FailOn failOn, IEnumerable<Finding> findings) => failOn switch
    {
        FailOn.Error => findings.Any(finding => finding.Severity == FindingSeverity.Error),
        FailOn.Warning => findings.Any(finding => finding.Severity >= FindingSeverity.Warning),
        _ => false,
    } ? ExitCodes.No : ExitCodes.Done;

    /// <summary>Numbers are decimal, <c>0x…</c>, <c>64K</c> or <c>2M</c>.</summary>
    public static bool TryParseNumber(string text, out long number) => NumberText.TryParse(text, out number);

    /// <summary>Ranges are <c>START+LENGTH</c>.</summary>
    public static bool TryParseRange(string text, out FlashRange range)
    {
        range = default;
        int plus = text.IndexOf('+');
        return plus > 0 && TryParseNumber(text[..plus], out long start) && TryParseNumber(text[(plus + 1)..], out long length) &&
               FlashRange.TryCreate(start, length, FlashImage.MaximumLength, out range);
    }

    public static Option<long?> Number(string name, string description) => new(name)
    {
        HelpName = "NUMBER",
        Description = description,
        CustomParser = result => TryParseNumber(result.Tokens[0].Value, out long number)
            ? number
            : Fail<long?>(result, $"{name} is a number (decimal, 0x…, 64K, 2M), not '{result.Tokens[0].Value}'"),
    };

    /// <summary>Takes some words only, and says so in one line.</summary>
    public static void AcceptWords(Option<string> option, params string[] words) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value)))
            result.AddError($"{option.Name} is {Either(words)}, not '{token.Value}'");
    });

    /// <inheritdoc cref="AcceptWords(Option{string}, string[])"/>
    public static void AcceptWords(Argument<string?> argument, string verb, params string[] words) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value)))
            result.AddError($"{verb} {Either(words)}, not '{token.Value}'");
    });

    /// <summary>What was typed for an option or argument, whether it can be read or not: a validator must not ask for the value.</summary>
    public static string[] Typed(SymbolResult? symbol) => symbol?.Tokens.Select(token => token.Value).ToArray() ?? [];

    /// <summary>True when an option was typed.</summary>
    public static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>Refuses options that would be read and do nothing.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="why">Why they do nothing.</param>
    /// <param name="options">The options.</param>
    public static void RefuseIdle(CommandResult result, string why, params Option[] options)
    {
        foreach (var option in options.Where(option => IsGiven(result, option)))
            result.AddError($"{option.Name} has no effect: {why}");
    }

    private static string Either(string[] words) => $"{string.Join(", ", words[..^1])} or {words[^1]}";

    public static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }

    // Four words may come as four tokens only when quoted or joined; several tokens are joined here all the same.
    private static BekenKey? ParseKey(ArgumentResult result)
    {
        string text = string.Join(' ', result.Tokens.Select(token => token.Value));
        return BekenKey.TryParse(text, out var key)
            ? key
            : Fail<BekenKey?>(result, $"{(result.Parent as OptionResult)?.Option.Name ?? "--key"} is zero, tuya, uascent, four hex words (quoted or joined by commas), 32 hex digits or base64 of 16 bytes");
    }

    private static BekenChip ParseChip(ArgumentResult result) => BekenChips.TryParse(result.Tokens[0].Value, out var chip)
        ? chip
        : Fail<BekenChip>(result, $"--chip does not know '{result.Tokens[0].Value}'; it knows {string.Join(", ", BekenChips.Names)}");
}

/// <summary>Where <c>--fail-on</c> draws the line.</summary>
internal enum FailOn
{
    Error,
    Warning,
    Never,
}
