using System.Globalization;
using System.Text;

namespace BekenImage;

/// <summary>
/// Text from an image, a file's name or an exception as a reader may see it, on a terminal or on a page: control characters, invisible
/// ones and those that change the direction of text come out as <c>\xNN</c> or <c>\u{N}</c>. Everything that shows such text asks here.
/// </summary>
public static class VisibleText
{
    /// <summary>The text with what must not be shown as it is written out.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        if (text.All(IsPlain))
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

    /// <summary>How many units the character at a place has: 1 or 2; 0 for one that may not be shown as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place.</param>
    public static int HarmlessLength(string text, int at)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        if (IsPlain(text[at]))
            return 1;
        if (text[at] == '\uFFFD' || !IsHarmless(CharUnicodeInfo.GetUnicodeCategory(text, at)))
            return 0;
        return IsPair(text, at) ? 2 : 1;
    }

    private static bool IsPlain(char character) => character is >= ' ' and <= '~';

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);

    private static bool IsHarmless(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
