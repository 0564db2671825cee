using System.Globalization;

namespace BekenImage;

/// <summary>Numbers as people write them: decimal, <c>0x…</c>, <c>64K</c>, <c>2M</c>.</summary>
public static class NumberText
{
    /// <summary>Reads a number that is not negative.</summary>
    /// <param name="text">The text; null is no number.</param>
    /// <param name="number">The number; 0 where the text is none.</param>
    public static bool TryParse(string? text, out long number)
    {
        number = 0;
        if (text is null)
            return false;
        bool isRead;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            isRead = long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) &&
                number >= 0;
        }
        else
        {
            long unit = text.Length == 0 ? 1 : text[text.Length - 1] switch { 'K' or 'k' => 1024, 'M' or 'm' => 1024 * 1024, _ => 1 };
            string digits = unit == 1 ? text : text.Substring(0, text.Length - 1);
            isRead = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= long.MaxValue / unit;
            number = isRead ? number * unit : 0;
        }
        if (!isRead)
            number = 0;
        return isRead;
    }
}
