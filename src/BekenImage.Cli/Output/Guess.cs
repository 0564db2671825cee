namespace BekenImage.Cli.Output;

/// <summary>What may have been meant by a name that does not exist; <see cref="Suggestions"/> knows what is near.</summary>
internal static class Guess
{
    /// <summary>A message with its question behind it, where a name is near.</summary>
    public static string Add(string message, string given, IEnumerable<string> known) => Or(message, given, known, string.Empty);

    /// <summary>The same, and something else where none is near.</summary>
    public static string Or(string message, string given, IEnumerable<string> known, string otherwise)
    {
        string question = Suggestions.Ask(given, known);
        string more = question.Length == 0 ? otherwise : question;
        return more.Length == 0 ? message : $"{message}; {more}";
    }
}
