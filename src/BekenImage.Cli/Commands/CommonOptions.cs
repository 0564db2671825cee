using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;

namespace BekenImage.Cli.Commands;

/// <summary>Options and values that mean the same in every verb.</summary>
internal static class CommonOptions
{
    public static Argument<string> Image(string name = "IMAGE", string description = "The image; - for standard input") =>
        new(name) { Description = description };

    /// <summary>Any number of images, at least one; of standard input there is only one.</summary>
    /// <param name="command">Gets the argument.</param>
    /// <param name="description">What it may be.</param>
    public static Argument<string[]> Images(Command command, string description = "Images; - for standard input")
    {
        var images = new Argument<string[]>("IMAGE") { Description = description, Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(images);
        command.Validators.Add(result =>
        {
            if (Typed(result.GetResult(images)).Count(file => file == InputFile.StandardStream) > 1)
                result.AddError("only one input can come from standard input");
        });
        return images;
    }

    public static Option<bool> Force() => new("--force") { Description = "Replace an output that exists; lifts no guard" };

    public static Option<bool> AsJson() => new("--json") { Description = "Print one JSON document (one a line with several inputs)" };

    public static Option<GivenKey?> Key(
        string description = "The key, when it is known: a name, four hex words, 32 hex digits, base64; of newer chips 64 hex digits, or a file (OTP dump, flash_aes_key.json)") =>
        new("--key") { HelpName = "KEY", Description = description, CustomParser = ParseKey };

    /// <summary>A key where only coefficients can be meant.</summary>
    /// <param name="description">What it is for.</param>
    /// <param name="name">The option.</param>
    public static Option<BekenKey?> Coefficients(string description, string name = "--key") => new(name)
    {
        HelpName = "KEY", Description = description, CustomParser = result => ParseCoefficients(result, name),
    };

    public static Option<BekenChip> Chip(string description = "The chip, where the image cannot tell") =>
        WithWords(new Option<BekenChip>("--chip") { HelpName = "CHIP", Description = description, CustomParser = ParseChip }, [.. BekenChips.Names]);

    public static Option<bool> ShowSecrets() => new("--show-secrets") { Description = "Print passwords, keys and tokens instead of masking them" };

    public static MacAddress ParseMac(ArgumentResult result, string name) => MacAddress.TryParse(Given(result), out var mac)
        ? mac
        : Fail<MacAddress>(result, $"{name} is six bytes in hex, joined by colons, such as c8:47:8c:12:34:56, not {Quoted(result)}");

    /// <summary>The name of the option of <see cref="ColorOption"/>.</summary>
    public const string Color = "--color";

    private static readonly string[] Colors = ["auto", "always", "never"];
    private static readonly string[] FailOns = ["error", "warning", "never"];

    /// <summary>When colours are used; every verb has it.</summary>
    public static Option<ColorChoice> ColorOption() => WithWords(new Option<ColorChoice>(Color)
    {
        HelpName = "auto|always|never",
        Description = "When to use colours; auto: on a terminal, unless NO_COLOR is set",
        Recursive = true,
        CustomParser = result => Given(result).ToLowerInvariant() switch
        {
            "auto" => ColorChoice.Auto,
            "always" => ColorChoice.Always,
            "never" => ColorChoice.Never,
            _ => Unknown<ColorChoice>(result, $"{Color} is auto, always or never, not {Quoted(result)}", Colors),
        },
        DefaultValueFactory = _ => ColorChoice.Auto,
    }, Colors);

    /// <summary>An option whose values are these words: a shell offers them, and none of the program's own.</summary>
    public static Option<T> WithWords<T>(Option<T> option, params string[] words)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }

    public static Option<FailOn> FailOnOption(FailOn byDefault) => WithWords(new Option<FailOn>("--fail-on")
    {
        HelpName = "error|warning|never",
        Description = "Findings of this severity make the exit code 1",
        CustomParser = result => result.Tokens.Count == 0 ? byDefault : Given(result).ToLowerInvariant() switch
        {
            "error" => FailOn.Error,
            "warning" => FailOn.Warning,
            "never" => FailOn.Never,
            _ => Unknown<FailOn>(result, $"--fail-on is error, warning or never, not {Quoted(result)}", FailOns),
        },
        DefaultValueFactory = _ => byDefault,
    }, FailOns);

    /// <summary>1 when findings reach the line, else 0.</summary>
    public static int ExitCodeOf(FailOn failOn, IEnumerable<Finding> findings) => failOn switch
    {
        FailOn.Error => findings.Any(finding => finding.Severity == FindingSeverity.Error),
        FailOn.Warning => findings.Any(finding => finding.Severity >= FindingSeverity.Warning),
        _ => false,
    } ? ExitCodes.No : ExitCodes.Done;

    /// <summary>Numbers are decimal, <c>0x…</c>, <c>64K</c> or <c>2M</c>.</summary>
    public static bool TryParseNumber(string text, out long number) => NumberText.TryParse(text, out number);

    /// <summary>Ranges are <c>START+LENGTH</c>, and hold something.</summary>
    public static bool TryParseRange(string text, out FlashRange range)
    {
        range = default;
        int plus = text.IndexOf('+');
        return plus > 0 && TryParseNumber(text[..plus], out long start) && TryParseNumber(text[(plus + 1)..], out long length) && length > 0 &&
               FlashRange.TryCreate(start, length, FlashImage.MaximumLength, out range);
    }

    /// <param name="name">The option.</param>
    /// <param name="description">What it is, for help.</param>
    /// <param name="refusal">What a number must be that this one is not, or null.</param>
    public static Option<long?> Number(string name, string description, Func<long, string?>? refusal = null) => new(name)
    {
        HelpName = "NUMBER",
        Description = description,
        CustomParser = result =>
            !TryParseNumber(Given(result), out long number) ? Fail<long?>(result, $"{name} is a number (decimal, 0x…, 64K, 2M), not {Quoted(result)}")
            : refusal?.Invoke(number) is { } what ? Fail<long?>(result, $"{name} is {what}, not {Quoted(result)}")
            : number,
    };

    /// <summary>A number of 32 bits.</summary>
    public static Option<long?> Number32(string name, string description, string what) =>
        Number(name, description, number => number <= uint.MaxValue ? null : what + " in 32 bits");

    /// <summary>Reads a text that must be one of a few, or something else that <paramref name="isRight"/> knows.</summary>
    /// <param name="name">The option or argument.</param>
    /// <param name="accepted">What is accepted, for the error.</param>
    /// <param name="isRight">Whether a text is accepted.</param>
    /// <param name="known">The few, for a guess at what was meant.</param>
    public static Func<ArgumentResult, string?> Text(string name, string accepted, Func<string, bool> isRight, params string[] known) => result =>
        isRight(Given(result)) ? Given(result) : Unknown<string>(result, $"{name} is {accepted}, not {Quoted(result)}", known);

    /// <summary>The value that was typed; empty where there is none.</summary>
    public static string Given(ArgumentResult result) => result.Tokens.Count == 0 ? string.Empty : result.Tokens[0].Value;

    /// <summary>The same as an error shows it.</summary>
    public static string Quoted(ArgumentResult result) => ShownText.Quote(string.Join(' ', result.Tokens.Select(token => token.Value)));

    /// <summary>A time as headers hold it, and as our own output prints it.</summary>
    public static Option<long?> Timestamp(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result => TryParseTime(Given(result), out long seconds) && seconds <= uint.MaxValue
            ? seconds
            : Fail<long?>(result, $"{name} is seconds since 1970 in 32 bits, or a time such as 2026-05-01T12:00:00Z, not {Quoted(result)}"),
    };

    /// <summary>Seconds since 1970, or ISO 8601: a date, or a date and time, UTC unless it names an offset.</summary>
    public static bool TryParseTime(string text, out long seconds)
    {
        if (TryParseNumber(text, out seconds))
            return true;
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];
        bool isTime = DateTimeOffset.TryParseExact(
            text, forms, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time);
        seconds = isTime ? time.ToUnixTimeSeconds() : 0;
        return isTime && seconds >= 0;
    }

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

    public static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }

    /// <summary>The same for a word that is none of those there are.</summary>
    public static T? Unknown<T>(ArgumentResult result, string message, IEnumerable<string> known) => Fail<T>(result, Guess.Add(message, Given(result), known));

    // Four words may come as four tokens only when quoted or joined; several tokens are joined here all the same.
    private static GivenKey? ParseKey(ArgumentResult result) =>
        GivenKey.TryParse(Joined(result)) ?? Fail<GivenKey?>(result, $"--key is {GivenKey.Forms}; not {Quoted(result)}{MissingFile(Joined(result))}");

    // What has an extension or a folder in it was meant as a file's name.
    private static string MissingFile(string text) =>
        text.Contains('/', StringComparison.Ordinal) && !text.EndsWith('=') || Path.HasExtension(text) || text.Contains('\\', StringComparison.Ordinal)
            ? ", and there is no file of that name" : string.Empty;

    private static BekenKey? ParseCoefficients(ArgumentResult result, string name) => GivenKey.TryParse(Joined(result)) switch
    {
        { Coefficients: { } key } => key,
        { } => Fail<BekenKey?>(result, $"{name} takes the coefficients of the older chips here, not an AES key, which is that of BK7236, BK7258, BK7239N and their like"),
        null => Fail<BekenKey?>(result, $"{name} is zero, tuya, uascent, four hex words (quoted or joined by commas), 32 hex digits or base64 of 16 bytes, not {Quoted(result)}"),
    };

    private static string Joined(ArgumentResult result) => string.Join(' ', result.Tokens.Select(token => token.Value));

    public static BekenChip ParseChip(ArgumentResult result) => BekenChips.TryParse(Given(result), out var chip)
        ? chip
        : Unknown<BekenChip>(
            result, $"{(result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name} does not know {Quoted(result)}; it knows {string.Join(", ", BekenChips.Names)}", BekenChips.Names);
}

/// <summary>Where <c>--fail-on</c> draws the line.</summary>
internal enum FailOn
{
    Error,
    Warning,
    Never,
}
