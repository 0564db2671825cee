using System.Globalization;
using System.Text;

namespace BekenImage.Cli.Tests.Support;

internal static class TerminalAssert
{
    /// <summary>No character that steers a terminal, hides, or turns the direction of text; line ends aside.</summary>
    public static void IsHarmless(ToolResult result)
    {
        IsHarmless(result.Output);
        IsHarmless(result.Error);
    }

    public static void IsHarmless(string text)
    {
        foreach (var rune in text.Replace("\n", string.Empty, StringComparison.Ordinal).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            Assert.False(
                category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse,
                $"U+{rune.Value:X4} reached the terminal");
        }
    }
}
