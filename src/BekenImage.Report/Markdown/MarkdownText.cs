using System.Text;

namespace BekenImage.Report.Markdown;

/// <summary>Text that Markdown shall show as it is: no tag, no link, no mention, no table cell more.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]<>|~&#!@$";

    public static string Escape(string text)
    {
        string visible = VisibleText.Of(text);
        var escaped = new StringBuilder(visible.Length + 16);
        for (int at = 0; at < visible.Length; at++)
        {
            // Bare addresses become links by themselves.
            bool isLink = visible[at] == ':' && string.CompareOrdinal(visible, at, "://", 0, 3) == 0 ||
                visible[at] == '.' && at >= 3 && string.Compare(visible, at - 3, "www", 0, 3, StringComparison.OrdinalIgnoreCase) == 0;
            if (isLink || Special.IndexOf(visible[at]) >= 0)
                escaped.Append('\\');
            escaped.Append(visible[at]);
        }
        return escaped.ToString();
    }

    /// <summary>A block of code; its fence is longer than every run of backticks in it.</summary>
    public static string Fenced(string language, IEnumerable<string> lines)
    {
        string[] visible = lines.Select(VisibleText.Of).ToArray();
        int run = 0;
        int longest = 2;
        foreach (char character in string.Join("\n", visible))
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        string fence = new('`', longest + 1);
        return fence + language + "\n" + string.Join("\n", visible) + "\n" + fence;
    }
}
