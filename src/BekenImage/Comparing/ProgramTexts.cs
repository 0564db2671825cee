using BekenImage.IO;

namespace BekenImage.Comparing;

/// <summary>
/// The texts of a program: printable, ended by NUL, and of words: Thumb code and tables are printable by chance often enough.
/// </summary>
internal static class ProgramTexts
{
    private const int Shortest = 8;
    private const int Longest = 200;
    private const int Most = 100_000;
    private const int ShortestWord = 4;

    /// <summary>Each once, in the order in which they stand.</summary>
    public static List<string> Of(ReadOnlySpan<byte> plain)
    {
        var texts = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        int start = 0;
        for (int at = 0; at < plain.Length && texts.Count < Most; at++)
        {
            byte value = plain[at];
            if (value is >= 0x20 and < 0x7F or (byte)'\t' or (byte)'\r' or (byte)'\n')
                continue;
            if (value == 0 && at - start >= Shortest && HasWords(plain.Slice(start, at - start)))
            {
                string text = Text.FromLatin1(plain.Slice(start, Math.Min(at - start, Longest)));
                if (known.Add(text))
                    texts.Add(text);
            }
            start = at + 1;
        }
        return texts;
    }

    // A word of letters, and few signs among them.
    private static bool HasWords(ReadOnlySpan<byte> text)
    {
        int word = 0;
        int longest = 0;
        int signs = 0;
        foreach (byte value in text)
        {
            bool isLetter = (value | 0x20) is >= (byte)'a' and <= (byte)'z';
            word = isLetter ? word + 1 : 0;
            longest = Math.Max(longest, word);
            if (!isLetter && value is not (>= (byte)'0' and <= (byte)'9' or (byte)' ' or (byte)'_' or (byte)'.' or (byte)'/' or (byte)':' or (byte)'%' or (byte)'-' or (byte)'\n' or (byte)'\r'))
                signs++;
        }
        return longest >= ShortestWord && signs * 4 <= text.Length;
    }
}
