using System.Text;

namespace BekenImage.Documents.Json;

/// <summary>
/// Texts as JSON strings. Literal is what can be read: letters of every script, <c>'</c>, <c>&amp;</c>, <c>+</c>. Escaped is what steers a
/// terminal, hides, or turns the direction of text, for much of this comes out of images; and <c>&lt;</c>, so that a document can stand in
/// an HTML script element. The table is fixed: categories of the platform's Unicode version would give other bytes on another framework.
/// </summary>
internal static class JsonText
{
    // First and last code point of each range: Cc, Cf, Zl, Zp, surrogates, private use, noncharacters, U+FFFD. In order.
    private static readonly int[] Escaped =
    [
        0x0000, 0x001F, 0x007F, 0x009F, 0x00AD, 0x00AD, 0x0600, 0x0605, 0x061C, 0x061C, 0x06DD, 0x06DD, 0x070F, 0x070F, 0x0890, 0x0891,
        0x08E2, 0x08E2, 0x180E, 0x180E, 0x200B, 0x200F, 0x2028, 0x202E, 0x2060, 0x206F, 0xD800, 0xF8FF, 0xFDD0, 0xFDEF, 0xFEFF, 0xFEFF,
        0xFFF0, 0xFFFB, 0xFFFD, 0xFFFF, 0x110BD, 0x110BD, 0x110CD, 0x110CD, 0x13430, 0x1345F, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A,
        0x1FFFE, 0x1FFFF, 0x2FFFE, 0x2FFFF, 0x3FFFE, 0x10FFFF,
    ];

    public static void Append(StringBuilder json, string text)
    {
        json.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                char low = text[++i];
                if (IsEscaped(char.ConvertToUtf32(character, low)))
                    AppendEscape(json, character).AppendEscape(low);
                else
                    json.Append(character).Append(low);
                continue;
            }
            AppendCharacter(json, character);
        }
        json.Append('"');
    }

    private static void AppendCharacter(StringBuilder json, char character)
    {
        switch (character)
        {
            case '"':
                json.Append("\\\"");
                break;
            case '\\':
                json.Append("\\\\");
                break;
            case '\b':
                json.Append("\\b");
                break;
            case '\f':
                json.Append("\\f");
                break;
            case '\n':
                json.Append("\\n");
                break;
            case '\r':
                json.Append("\\r");
                break;
            case '\t':
                json.Append("\\t");
                break;
            default:
                // Half a surrogate pair is no text: many readers refuse it, also as an escape.
                if (char.IsSurrogate(character))
                    AppendEscape(json, '\uFFFD');
                else if (character == '<' || IsEscaped(character))
                    AppendEscape(json, character);
                else
                    json.Append(character);
                break;
        }
    }

    private static StringBuilder AppendEscape(this StringBuilder json, char character)
    {
        const string digits = "0123456789ABCDEF";
        return json.Append("\\u").Append(digits[character >> 12]).Append(digits[character >> 8 & 15]).Append(digits[character >> 4 & 15])
            .Append(digits[character & 15]);
    }

    private static bool IsEscaped(int codePoint)
    {
        if (codePoint is >= ' ' and <= '~')
            return false;
        for (int range = 0; range < Escaped.Length && Escaped[range] <= codePoint; range += 2)
        {
            if (codePoint <= Escaped[range + 1])
                return true;
        }
        return false;
    }
}
