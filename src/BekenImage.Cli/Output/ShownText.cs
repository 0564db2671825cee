namespace BekenImage.Cli.Output;

/// <summary>A value that was typed, in a message: quoted, cut where it would fill the screen, and masked where it may be a mistyped AES key.</summary>
internal static class ShownText
{
    private const int Longest = 60;

    /// <summary>A key of 64 hex digits of which some were lost; coefficients, which are no secret, have 32.</summary>
    private const int ShortestSecret = 40;

    /// <summary>As many characters of a key tell it from others.</summary>
    private const int ShownOfSecret = 4;

    private const string Separators = " \t\r\n,:-";

    public static string Quote(string text) => MayBeKey(text) ? FormattableString.Invariant($"'{text[..ShownOfSecret]}...' ({text.Length} characters)")
        : text.Length <= Longest ? $"'{text}'" : $"'{text[..Longest]}...'";

    // Hex digits with a few wrong ones among them, letters or base64: a file's name has a dot.
    private static bool MayBeKey(string text)
    {
        string joined = string.Concat(text.Where(character => !Separators.Contains(character)));
        if (joined.Length < ShortestSecret)
            return false;
        int digits = joined.Count(char.IsAsciiHexDigit);
        return digits >= ShortestSecret && digits * 10 >= joined.Length * 9 ||
               joined.Length == text.Length && joined.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=');
    }
}
