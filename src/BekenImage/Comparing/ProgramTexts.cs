using BekenImage.IO;

namespace BekenImage.Comparing;

/// <summary>The texts of a program: printable, ended by NUL, long enough not to be code by chance.</summary>
internal static class ProgramTexts
{
    private const int Shortest = 8;
    private const int Longest = 200;
    private const int Most = 100_000;

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
            if (value == 0 && at - start >= Shortest)
            {
                string text = Text.FromLatin1(plain.Slice(start, Math.Min(at - start, Longest)));
                if (known.Add(text))
                    texts.Add(text);
            }
            start = at + 1;
        }
        return texts;
    }
}
