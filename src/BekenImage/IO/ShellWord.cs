namespace BekenImage;

/// <summary>
/// Words of a command line as they are typed: quoted where a shell would take them apart or read more into them. Good for cmd, PowerShell
/// and sh; a word that needs more than double quotes does not occur in names on Windows, and gets what sh takes.
/// </summary>
public static class ShellWord
{
    // PowerShell takes a comma for a list and @ for a name of its own, sh a backslash for an escape.
    private const string Plain = "._-/:=+";

    /// <summary>A word as it is typed.</summary>
    /// <param name="word">The word; an empty one is quoted too.</param>
    public static string Quote(string word)
    {
        if (word is null)
            throw new ArgumentNullException(nameof(word));
        if (word.Length > 0 && word.All(IsPlain))
            return word;
        return word.IndexOfAny(['"', '$', '`']) < 0 ? $"\"{word}\"" : $"'{word.Replace("'", "'\\''")}'";
    }

    /// <summary>The name of a file as it is typed; one that begins with a dash would be read as an option.</summary>
    /// <param name="file">The name.</param>
    public static string QuoteFile(string file)
    {
        if (file is null)
            throw new ArgumentNullException(nameof(file));
        return Quote(file.StartsWith("-", StringComparison.Ordinal) ? "./" + file : file);
    }

    private static bool IsPlain(char letter) =>
        letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' || Plain.IndexOf(letter) >= 0;
}
