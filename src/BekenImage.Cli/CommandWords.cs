using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Cli.Files;

namespace BekenImage.Cli;

/// <summary>What was typed, in the words the parser knows.</summary>
internal static class CommandWords
{
    /// <summary>Arguments of these names are files, also of verbs that take many: patterns in them are expanded where the shell did not.</summary>
    private static readonly string[] Files = ["IMAGE", "IN", "FILE", "DIR", "A", "B", "FACTORY", "FIRMWARE", "CURRENT", "TARGET"];

    /// <summary><c>help VERB</c> is <c>VERB --help</c>, and so is what Windows programs are asked with.</summary>
    public static string[] Spelled(string[] typed) => typed switch
    {
        ["help", .. var verb] => [.. verb, "--help"],
        [.. var before, "/?"] => [.. before, "--help"],
        _ => typed,
    };

    /// <summary>True for an argument that names files.</summary>
    public static bool IsFile(Argument argument) => Files.Contains(argument.Name);

    /// <summary>The line with file names in place of patterns.</summary>
    public static string[] Expanded(ParseResult parsed, string[] typed)
    {
        var patterns = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .Where(argument => IsFile(argument.Argument))
            .SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(Wildcards.IsPattern).ToHashSet(StringComparer.Ordinal);
        // The same word as a value of an option is no pattern there; which is which cannot be told apart by the word.
        patterns.ExceptWith(parsed.CommandResult.Children.OfType<OptionResult>().SelectMany(option => option.Tokens).Select(token => token.Value));
        return patterns.Count == 0 ? typed : [.. typed.SelectMany(word => patterns.Contains(word) ? Wildcards.Expand(word) : [word])];
    }
}
