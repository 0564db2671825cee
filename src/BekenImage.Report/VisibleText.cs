using System.Globalization;
using System.Text;

namespace BekenImage.Report;

/// <summary>
/// Text from an image as a reader may see it: control characters, invisible ones and those that change the direction of text come out as
/// <c>\xNN</c> or <c>\u{N}</c>, as on the terminal.
/// </summary>
internal static class VisibleText
{
    public static string Of(string text)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
            return text;
        var visible = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = HarmlessLength(text, at);
            if (length > 0)
            {
                visible.Append(text, at, length);
                at += length;
                continue;
            }
            int code = IsPair(text, at) ? char.ConvertToUtf32(text, at) : text[at];
            visible.Append(code <= 0xFF ? "\\x" + code.ToString("x2", CultureInfo.InvariantCulture) : "\\u{" + code.ToString("x", CultureInfo.InvariantCulture) + "}");
            at += IsPair(text, at) ? 2 : 1;
        }
        return visible.ToString();
    }

    /// <summary>How many units the character at a place has; 0 for one that may not be shown as it is.</summary>
    public static int HarmlessLength(string text, int at) =>
        text[at] is >= ' ' and <= '~' ? 1
        : text[at] != '\uFFFD' && IsHarmless(CharUnicodeInfo.GetUnicodeCategory(text, at)) ? IsPair(text, at) ? 2 : 1
        : 0;

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);

    private static bool IsHarmless(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
