using System.Text;

namespace BekenImage.Cli.Output;

/// <summary>
/// Text of a device's UART: a program that nobody knows printed it. Line ends, tabs and colours are let through, as a serial monitor shows them;
/// everything else that a terminal would act on is escaped. On a screen a carriage return inside a line would hide what stands before it.
/// </summary>
internal static class UartText
{
    private const char Escape = '\x1b';

    public static string Filter(string text, bool isScreen)
    {
        bool hasColour = !isScreen || string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var shown = new StringBuilder(text.Length);
        int plain = 0;
        for (int at = 0; at < text.Length; at++)
        {
            int length = Passing(text, at, isScreen);
            if (length == 0)
                continue;
            shown.Append(TerminalText.Escape(text[plain..at]));
            if (text[at] == Escape ? hasColour : !isScreen || text[at] != '\r')
                shown.Append(text, at, length);
            at += length - 1;
            plain = at + 1;
        }
        return shown.Append(TerminalText.Escape(text[plain..])).ToString();
    }

    // How many characters are let through as they are.
    private static int Passing(string text, int at, bool isScreen) => text[at] switch
    {
        '\n' or '\t' => 1,
        '\r' => !isScreen || IsAtLineEnd(text, at) ? 1 : 0,
        Escape => ColourAt(text, at),
        _ => 0,
    };

    private static bool IsAtLineEnd(string text, int at)
    {
        while (at < text.Length && text[at] == '\r')
            at++;
        return at == text.Length || text[at] == '\n';
    }

    // ESC [ numbers ; numbers m
    private static int ColourAt(string text, int at)
    {
        int end = at + 1;
        if (end >= text.Length || text[end] != '[')
            return 0;
        do
            end++;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == ';'));
        return end < text.Length && text[end] == 'm' ? end - at + 1 : 0;
    }
}
