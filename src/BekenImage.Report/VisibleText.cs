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
        for (int at = 0; at < text.Length; at++)
        {
            bool isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            int code = isPair ? char.ConvertToUtf32(text, at) : text[at];
            if (IsHarmless(CharUnicodeInfo.GetUnicodeCategory(text, at)) && code != 0xFFFD)
                visible.Append(text, at, isPair ? 2 : 1);
            else
                visible.Append(code <= 0xFF ? "\\x" + code.ToString("x2", CultureInfo.InvariantCulture) : "\\u{" + code.ToString("x", CultureInfo.InvariantCulture) + "}");
            if (isPair)
                at++;
        }
        return visible.ToString();
    }

    private static bool IsHarmless(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
