namespace BekenImage.Cli.Output;

/// <summary>A stretch of a text: a line of it.</summary>
internal readonly record struct TextStretch(int Start, int End);

/// <summary>Breaks lines at blanks. A word longer than a line stays whole: it may be a hash or a path, which is to be copied.</summary>
internal static class TextWrap
{
    /// <summary>As far as the lines under a name are indented at most.</summary>
    private const int LongestName = 30;

    private const int Step = 2;

    /// <summary>What follows these stays beside them.</summary>
    private static readonly string[] Together = ["(at", "[default:"];

    /// <param name="text">The text.</param>
    /// <param name="width">Cells of the first line.</param>
    /// <param name="hang">As many cells fewer have those under it.</param>
    public static IEnumerable<TextStretch> Lines(string text, int width, int hang)
    {
        int start = 0;
        int room = width;
        while (CellWidth.Of(text.AsSpan(start)) > room && Break(text, start, room) is { } end)
        {
            yield return new TextStretch(start, end);
            start = end;
            while (start < text.Length && text[start] == ' ')
                start++;
            room = Math.Max(1, width - hang);
        }
        yield return new TextStretch(start, text.Length);
    }

    /// <summary>Where lines go on: under the value of <c>name   value</c>, else two cells into the line.</summary>
    public static int HangOf(string text)
    {
        int indent = text.Length - text.TrimStart(' ').Length;
        int gap = text.IndexOf("  ", indent, StringComparison.Ordinal);
        if (gap > indent && !text.AsSpan(indent, gap - indent).Contains(':'))
        {
            int value = gap;
            while (value < text.Length && text[value] == ' ')
                value++;
            if (value <= LongestName)
                return value;
        }
        return indent + Step;
    }

    // The last blank before the room ends; where a word is longer than that, the first behind it; null where nothing is left to break.
    private static int? Break(string text, int start, int room)
    {
        int word = start;
        while (word < text.Length && text[word] == ' ')
            word++;
        int best = -1;
        for (int at = text.IndexOf(' ', word); at >= 0; at = text.IndexOf(' ', at + 1))
        {
            if (CellWidth.Of(text.AsSpan(start, at - start)) > room)
                return best >= 0 ? best : Behind(at);
            if (text[at - 1] != ' ' && !Together.Any(word => text.AsSpan(0, at).EndsWith(word)))
                best = at;
        }
        return best >= 0 ? Behind(best) : null;

        int? Behind(int at) => text.AsSpan(at).TrimStart(' ').Length == 0 ? null : at;
    }
}
