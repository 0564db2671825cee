using System.Globalization;
using System.Text;

namespace BekenImage.Cli.Output;

/// <summary>
/// The one way for text from an image, a file name or an exception to a terminal. Control characters, invisible ones and those that
/// change the direction of text come out as <c>\xNN</c> or <c>\u{N}</c>.
/// </summary>
internal static class TerminalText
{
    public static string Escape(string text)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
            return text;
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHarmless(Rune.GetUnicodeCategory(rune)) && rune != Rune.ReplacementChar)
                escaped.Append(rune);
            else if (rune.Value <= 0xFF)
                escaped.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
            else
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }
        return escaped.ToString();
    }

    private static bool IsHarmless(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
