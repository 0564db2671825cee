using System.Text;

namespace BekenImage.Cli.Output;

/// <summary>A line of several pieces: escaped text, and which stretches of it are shown how. The only place that makes colour codes.</summary>
internal sealed class InkedText
{
    private const string Reset = "\e[0m";

    private readonly List<(int Start, int End, string Sgr)> _marks = [];

    private InkedText(string text) => Text = text;

    /// <summary>The text, free of what steers a terminal.</summary>
    public string Text { get; }

    public static InkedText Of(IEnumerable<Ink> pieces)
    {
        var text = new StringBuilder();
        var marks = new List<(int Start, int End, string Sgr)>();
        foreach (var piece in pieces)
        {
            int start = text.Length;
            text.Append(VisibleText.Of(piece.Text));
            if (piece.Sgr.Length == 0 || text.Length == start)
                continue;
            if (marks.Count > 0 && marks[^1].End == start && marks[^1].Sgr == piece.Sgr)
                marks[^1] = marks[^1] with { End = text.Length };
            else
                marks.Add((start, text.Length, piece.Sgr));
        }
        var inked = new InkedText(text.ToString());
        inked._marks.AddRange(marks);
        return inked;
    }

    /// <summary>A stretch of the text, with colour codes if they are wanted.</summary>
    public string Render(TextStretch stretch, bool hasColor)
    {
        if (!hasColor || _marks.Count == 0)
            return Text[stretch.Start..stretch.End];
        var rendered = new StringBuilder();
        int at = stretch.Start;
        foreach (var (start, end, sgr) in _marks)
        {
            int from = Math.Max(start, at), to = Math.Min(end, stretch.End);
            if (from >= to)
                continue;
            rendered.Append(Text, at, from - at).Append("\e[").Append(sgr).Append('m').Append(Text, from, to - from).Append(Reset);
            at = to;
        }
        return rendered.Append(Text, at, stretch.End - at).ToString();
    }
}
