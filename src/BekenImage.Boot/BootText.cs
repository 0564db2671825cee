using System.Text;
using BekenImage.IO;

namespace BekenImage.Boot;

/// <summary>The UART's bytes as text.</summary>
internal static class BootText
{
    /// <summary>UTF-8 where the bytes are, else a character for each of them; nothing is lost.</summary>
    public static string Read(byte[] log)
    {
        string text = Encoding.UTF8.GetString(log);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(log) ? text : Text.FromLatin1(log);
    }

    /// <summary>Lines without their ends; a rest that was not ended is one too. Loaders end a line with one CR or two.</summary>
    public static IReadOnlyList<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines[lines.Count - 1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    public static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.Ordinal) >= 0;

    /// <summary>A line without the colours the loaders print it in: escape sequences up to their letter.</summary>
    public static string WithoutColours(string line)
    {
        var plain = new StringBuilder(line.Length);
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == '\x1b' && at + 1 < line.Length && line[at + 1] == '[')
            {
                for (at += 2; at < line.Length && line[at] is >= ' ' and < '@';)
                    at++;
            }
            else if (line[at] != '\r')
            {
                plain.Append(line[at]);
            }
        }
        return plain.ToString();
    }
}
