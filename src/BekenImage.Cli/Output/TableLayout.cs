namespace BekenImage.Cli.Output;

/// <summary>
/// A table on a terminal of some width. Where it is too wide, headings go over several lines, then the last column is wrapped if it holds
/// sentences and enough is left for it, then a column is left out that follows from others; and what still does not fit stands on lines of
/// its own under its row, each value behind its heading.
/// </summary>
internal sealed class TableLayout
{
    private const int Gap = 2;
    private const int Indent = 4;

    /// <summary>A cell without a value: beside a sentence it needs no line.</summary>
    private const string Nothing = "-";

    /// <summary>A sentence in a column narrower than this is a pillar of words.</summary>
    private const int NarrowestSentence = 30;

    private readonly string[] _headings;
    private readonly Ink[][] _rows;
    private readonly int[] _cells;

    private TableLayout(string[] headings, Ink[][] rows)
    {
        _headings = headings;
        _rows = rows;
        _cells = headings.Select((_, column) => rows.Select(row => CellWidth.Of(row[column].Text)).DefaultIfEmpty(0).Max()).ToArray();
    }

    /// <summary>The lines, each of pieces, and how far in each goes on.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="width">The terminal's width; null to put every row on one line.</param>
    /// <param name="expendable">The column that follows from others; null for none.</param>
    public static IEnumerable<(IReadOnlyList<Ink> Pieces, int Hang)> Lines(
        IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<Ink>> rows, int? width, int? expendable)
    {
        var table = new TableLayout([.. headings], rows.Select(row => row.Select(cell => cell with { Text = VisibleText.Of(cell.Text) }).ToArray()).ToArray());
        int[] whole = table.Widths(text => text.Length);
        if (width is not { } cells || table.Fit(whole, cells) == headings.Count)
            return table.Lines(whole, headings.Count);
        if (expendable is { } column && table.Fit(table.Widths(LongestWord), cells) < headings.Count)
            table = new TableLayout(Without(table._headings, column), [.. table._rows.Select(row => Without(row, column))]);
        int[] narrow = table.Widths(LongestWord);
        whole = table.Widths(text => text.Length);
        // Headings over several lines are no help where as many columns stand beside each other without.
        return table.Fit(whole, cells) == table.Fit(narrow, cells) ? table.Lines(whole, table.Fit(whole, cells)) : table.Lines(narrow, table.Fit(narrow, cells));
    }

    private static T[] Without<T>(T[] items, int index) => [.. items[..index], .. items[(index + 1)..]];

    private static int LongestWord(string heading) => heading.Split(' ').Max(word => word.Length);

    private int[] Widths(Func<string, int> ofHeading) => _headings.Select((heading, column) => Math.Max(_cells[column], ofHeading(heading))).ToArray();

    // How many columns stand beside each other.
    private int Fit(int[] widths, int width)
    {
        int whole = widths.Sum() + Gap * (widths.Length - 1);
        if (whole <= width || widths[^1] > NarrowestSentence && whole - widths[^1] + NarrowestSentence <= width)
            return widths.Length;
        int used = widths[0];
        int count = 1;
        while (count < widths.Length && used + Gap + widths[count] <= width)
            used += Gap + widths[count++];
        return Math.Min(count, widths.Length - 1);
    }

    private IEnumerable<(IReadOnlyList<Ink> Pieces, int Hang)> Lines(int[] widths, int beside)
    {
        int indent = widths.Take(beside - 1).Sum(column => column + Gap);
        foreach (var line in Headings(widths, beside))
            yield return (line, indent);
        bool isSentence = beside == _headings.Length - 1 && _rows.Any(row => row[^1].Text.Contains(' '));
        // Where more than the sentence stands below, it still has a line of its own.
        bool endsInSentence = isSentence || beside < _headings.Length && _cells[^1] > NarrowestSentence && _rows.Any(row => row[^1].Text.Contains(' '));
        if (endsInSentence)
            yield return ([new string(' ', Indent), Ink.Strong(_headings[^1])], Indent);
        foreach (var row in _rows)
        {
            yield return (Side(row, widths, beside), indent);
            if (beside == _headings.Length)
                continue;
            int end = endsInSentence ? _headings.Length - 1 : _headings.Length;
            if (Below(row, beside, end, skipsNothing: !endsInSentence) is { } below)
                yield return (below, Indent);
            if (endsInSentence)
                yield return ([new string(' ', Indent), row[^1]], Indent);
        }
    }

    // They stand on the line above their column; longer ones begin higher up.
    private IEnumerable<List<Ink>> Headings(int[] widths, int beside)
    {
        string[][] lines = [.. _headings.Take(beside).Select((heading, column) =>
            TextWrap.Lines(heading, widths[column], hang: 0).Select(line => heading[line.Start..line.End]).ToArray())];
        int height = lines.Max(heading => heading.Length);
        for (int line = 0; line < height; line++)
        {
            int at = line - height;
            yield return Side([.. lines.Select(heading => at + heading.Length >= 0 ? Ink.Strong(heading[^-at]) : string.Empty)], widths, beside);
        }
    }

    private static List<Ink> Side(Ink[] row, int[] widths, int beside)
    {
        var pieces = new List<Ink>();
        for (int column = 0; column < beside; column++)
        {
            pieces.Add(row[column]);
            if (column < beside - 1)
                pieces.Add(new string(' ', widths[column] - CellWidth.Of(row[column].Text) + Gap));
        }
        return pieces;
    }

    private List<Ink>? Below(Ink[] row, int from, int end, bool skipsNothing)
    {
        List<Ink> pieces = [new string(' ', Indent)];
        for (int column = from; column < end; column++)
        {
            if (!skipsNothing && row[column].Text == Nothing)
                continue;
            pieces.Add((pieces.Count > 1 ? ", " : string.Empty) + _headings[column] + " ");
            pieces.Add(row[column]);
        }
        return pieces.Count > 1 ? pieces : null;
    }
}
