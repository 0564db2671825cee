using Spectre.Console.Rendering;

namespace BekenImage.Cli.Output;

/// <summary>How many cells of a terminal a text takes: letters of East Asia have two.</summary>
internal static class CellWidth
{
    /// <summary>Shorter texts tell nothing where they are cut.</summary>
    private const string Cut = "...";

    /// <summary>In a cell narrower than this three dots take half of it.</summary>
    private const int NarrowCell = 8;

    private const string NarrowCut = "~";

    // Most texts are ASCII: those do not need the tables.
    public static int Of(ReadOnlySpan<char> text) => System.Text.Ascii.IsValid(text) ? text.Length : Segment.CellCount([new Segment(text.ToString())]);

    /// <summary>The text with blanks up to a width.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    /// <summary>The beginning of a text that is too long, with a sign that it goes on.</summary>
    public static string CutEnd(string text, int room)
    {
        if (Of(text) <= room)
            return text;
        // A code that just fits says more than a part of it.
        if (text.IndexOf(':') == room)
            return text[..room];
        string cut = room < NarrowCell ? NarrowCut : Cut;
        int length = Math.Min(text.Length, Math.Max(0, room - cut.Length));
        while (length > 0 && (Of(text.AsSpan(0, length)) > room - cut.Length || char.IsHighSurrogate(text[length - 1])))
            length--;
        return text[..length] + cut;
    }

    /// <summary>The beginning, and the last word where there is room for it: the version behind a firmware's name.</summary>
    public static string CutMiddle(string text, int room)
    {
        int word = text.LastIndexOf(' ');
        if (Of(text) <= room || word < 0 || Of(text.AsSpan(word)) > room - Cut.Length - 1)
            return CutEnd(text, room);
        return CutEnd(text[..word], room - Of(text.AsSpan(word))) + text[word..];
    }

    /// <summary>The end of a text that is too long: that of a path tells more than its beginning.</summary>
    public static string CutStart(string text, int room)
    {
        if (Of(text) <= room)
            return text;
        int start = Math.Max(0, text.Length - Math.Max(0, room - Cut.Length));
        while (start < text.Length && (Of(text.AsSpan(start)) > room - Cut.Length || char.IsLowSurrogate(text[start])))
            start++;
        return Cut + text[start..];
    }
}
