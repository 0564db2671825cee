using System.Text;

namespace BekenImage.Cli.Output;

/// <summary>
/// Text of a device's UART: a program that nobody knows printed it. Line ends, tabs and colours are let through, as a serial monitor
/// shows them; everything else that a terminal would act on is escaped. A carriage return counts at either end of a line, where it hides
/// nothing.
/// </summary>
internal static class UartText
{
    private const char Escape = '\x1b';

    /// <param name="text">What was printed.</param>
    /// <param name="hasColour">Whether colours are let through, or left out.</param>
    public static string Filter(string text, bool hasColour)
    {
        var shown = new StringBuilder(text.Length);
        foreach (string line in text.Split('\n'))
        {
            Append(shown, line.Trim('\r'), hasColour);
            shown.Append('\n');
        }
        return shown.ToString(0, shown.Length - 1);
    }

    private static void Append(StringBuilder shown, string line, bool hasColour)
    {
        int plain = 0;
        for (int at = 0; at < line.Length; at++)
        {
            int length = line[at] switch { '\t' => 1, Escape => ColourAt(line, at), _ => 0 };
            if (length == 0)
                continue;
            shown.Append(VisibleText.Of(line[plain..at]));
            if (hasColour || line[at] != Escape)
                shown.Append(line, at, length);
            at += length - 1;
            plain = at + 1;
        }
        shown.Append(VisibleText.Of(line[plain..]));
    }

    // ESC [ numbers ; numbers m
    private static int ColourAt(string line, int at)
    {
        int end = at + 1;
        if (end >= line.Length || line[end] != '[')
            return 0;
        do
            end++;
        while (end < line.Length && (char.IsAsciiDigit(line[end]) || line[end] == ';'));
        return end < line.Length && line[end] == 'm' ? end - at + 1 : 0;
    }
}
