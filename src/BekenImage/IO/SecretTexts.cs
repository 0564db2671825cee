namespace BekenImage.IO;

/// <summary>
/// Blanks secrets in texts of any origin, at the same length: values that stand behind a name of a secret (<c>mqtt_pass = "…"</c>,
/// <c>?token=…</c>), logins in addresses (<c>http://name:word@host</c>), and string members of JSON. One pass each; nothing is required of
/// the text.
/// </summary>
internal static class SecretTexts
{
    private const char Filler = '0';

    private static readonly char[] ValueEnds = [' ', '\t', '\r', '\n', ',', ';', '&', '"', '\'', '<', '>', '{', '}', '[', ']', '(', ')', '\0', '#', '|'];

    /// <summary>True for what begins as JSON does.</summary>
    public static bool IsJson(string text)
    {
        int first = 0;
        while (first < text.Length && text[first] is ' ' or '\t' or '\r' or '\n')
            first++;
        return first < text.Length && (text[first] == '{' || text[first] == '[' && first + 1 < text.Length);
    }

    /// <summary>A text without its secrets.</summary>
    /// <param name="text">Latin-1, so that every byte is a character.</param>
    /// <param name="removed">Receives what was blanked, perhaps the same twice; null for nobody.</param>
    public static string Blank(string text, ICollection<string>? removed = null)
    {
        char[] characters = text.ToCharArray();
        if (!IsJson(text) || !new SecretJson(characters, removed).Run())
            BlankAssignments(characters, 0, characters.Length, removed);
        BlankLogins(characters, removed);
        return new string(characters);
    }

    /// <summary>Where a secret seems to stand in what is not changed, because it is no such text: its name; null where none does.</summary>
    public static string? FindName(string text)
    {
        foreach (var (name, start, end) in Assignments(text.ToCharArray(), 0, text.Length))
        {
            if (start > 0 && text[start - 1] is '"' or '\'' && end - start >= 4 && !IsFilled(text.AsSpan(start, end - start)))
                return name;
        }
        return null;
    }

    /// <summary>Overwrites a value.</summary>
    public static void Fill(char[] characters, int start, int end, ICollection<string>? removed)
    {
        var value = characters.AsSpan(start, end - start);
        if (value.IsEmpty || IsFilled(value))
            return;
        removed?.Add(value.ToString());
        value.Fill(Filler);
    }

    // What was blanked before is nothing to look for.
    private static bool IsFilled(ReadOnlySpan<char> value)
    {
        foreach (char character in value)
        {
            if (character is not (Filler or ' '))
                return false;
        }
        return true;
    }

    /// <summary>Blanks what is assigned to a name of a secret in a part of a text.</summary>
    public static void BlankAssignments(char[] characters, int from, int to, ICollection<string>? removed)
    {
        foreach (var (_, start, end) in Assignments(characters, from, to))
            Fill(characters, start, end, removed);
    }

    // A name, perhaps a closing quote, an equals sign or colon, and a value in quotes or up to what ends a word.
    private static IEnumerable<(string Name, int Start, int End)> Assignments(char[] text, int from, int to)
    {
        int nameStart = from;
        for (int at = from; at < to; at++)
        {
            if (IsOfName(text[at]))
                continue;
            int nameEnd = at;
            int sign = nameEnd;
            if (nameEnd > nameStart && sign < to && text[sign] is '"' or '\'')
                sign++;
            sign = SkipBlanks(text, sign, to);
            if (nameEnd > nameStart && sign < to && text[sign] is '=' or ':' && SecretNames.IsSecret(text.AsSpan(nameStart, nameEnd - nameStart)))
            {
                int start = SkipBlanks(text, sign + 1, to);
                char quote = start < to && text[start] is '"' or '\'' ? text[start] : '\0';
                start += quote == '\0' ? 0 : 1;
                int end = EndOf(text, start, to, quote);
                if (end > start)
                    yield return (new string(text, nameStart, nameEnd - nameStart), start, end);
                at = Math.Max(at, end - 1);
            }
            nameStart = at + 1;
        }
    }

    private static int EndOf(char[] text, int start, int to, char quote)
    {
        int end = start;
        while (end < to && (quote == '\0' ? Array.IndexOf(ValueEnds, text[end]) < 0 : text[end] != quote && text[end] is not ('\r' or '\n' or '\0')))
            end += quote != '\0' && text[end] == '\\' && end + 1 < to ? 2 : 1;
        return Math.Min(end, to);
    }

    // Few, so that a text of blanks costs no more than its length.
    private static int SkipBlanks(char[] text, int at, int to)
    {
        int limit = Math.Min(to, at + 16);
        while (at < limit && text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static bool IsOfName(char character) =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-' or '.';

    private static void BlankLogins(char[] characters, ICollection<string>? removed)
    {
        for (int at = 0; at + 3 <= characters.Length; at++)
        {
            if (characters[at] != ':' || characters[at + 1] != '/' || characters[at + 2] != '/')
                continue;
            int start = at + 3, end = start;
            while (end < characters.Length && characters[end] is not ('@' or '/' or ' ' or '\t' or '\r' or '\n' or '"' or '\0'))
                end++;
            if (end < characters.Length && characters[end] == '@')
            {
                int colon = Array.IndexOf(characters, ':', start, end - start);
                Fill(characters, start, colon < 0 ? end : colon, removed);
                if (colon >= 0)
                    Fill(characters, colon + 1, end, removed);
            }
            at = end - 1;
        }
    }
}
