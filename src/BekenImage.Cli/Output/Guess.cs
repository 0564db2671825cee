namespace BekenImage.Cli.Output;

/// <summary>What may have been meant by a name that does not exist; <see cref="Suggestions"/> knows what is near.</summary>
internal static class Guess
{
    /// <summary>A message with its question behind it, where a name is near.</summary>
    public static string Add(string message, string given, IEnumerable<string> known)
    {
        string question = Suggestions.Ask(given, known);
        return question.Length == 0 ? message : $"{message}; {question}";
    }
}
