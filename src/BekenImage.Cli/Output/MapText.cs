namespace BekenImage.Cli.Output;

/// <summary>
/// The flash map in a row of letters, one for each area: capitals where something is stored, small ones where it is erased, <c>!</c> where
/// a page of a program is damaged.
/// </summary>
internal static class MapText
{
    private const string Indent = "  ";
    private const string Between = "  ";
    private const int PlainWidth = 80;
    private const int WidestMap = 120;
    private const string Damaged = "1;37;41";
    private const char Empty = '-';
    private const char Unclaimed = '?';

    /// <summary>Readable on dark and light grounds, and none of them red, which is damage.</summary>
    private static readonly string[] Colors = ["36", "32", "33", "35", "94"];

    public static void Write(Terminal terminal, FlashImage image)
    {
        var map = FlashMap.Of(image);
        int width = Math.Min(terminal.Width ?? PlainWidth, WidestMap) - 2 * Indent.Length;
        var cells = map.Strip(width);
        var signs = Signs(map);
        string start = Words.Hex(0), end = Words.Hex(map.Length);
        terminal.Line();
        terminal.Line([new Ink(Indent + start + end.PadLeft(Math.Max(end.Length + 1, cells.Count - start.Length)), Ink.Faint)]);
        terminal.Hanging(0, [Indent, .. cells.Select(cell => Cell(cell, signs))]);
        foreach (var line in Legend(cells, signs, width))
            terminal.Hanging(0, line);
    }

    private static Ink Cell(FlashMapCell cell, Dictionary<string, Ink> signs) => (cell.Fill, signs.TryGetValue(cell.Region.Name, out var sign)) switch
    {
        (FlashFill.Damaged, _) => new Ink("!", Damaged),
        (FlashFill.Empty, true) => sign with { Text = sign.Text.ToLowerInvariant() },
        (FlashFill.Empty, false) => new Ink(Empty.ToString(), Ink.Faint),
        (_, true) => sign with { Sgr = sign.Sgr + ";7" },
        _ => new Ink(Unclaimed.ToString(), "7"),
    };

    // In the order of the map: a letter out of the name, the first that no other area has; then any.
    private static Dictionary<string, Ink> Signs(FlashMap map)
    {
        var signs = new Dictionary<string, Ink>();
        foreach (string name in map.Regions.Select(region => region.Name).Distinct().Where(name => name != FlashRegion.Gap))
        {
            char letter = name.ToUpperInvariant().Concat("ABCDEFGHIJKLMNOPQRSTUVWXYZ").Where(char.IsAsciiLetterUpper)
                .Except(signs.Values.Select(sign => sign.Text[0])).FirstOrDefault('#');
            signs.Add(name, new Ink(letter.ToString(), Colors[signs.Count % Colors.Length]));
        }
        return signs;
    }

    private static IEnumerable<List<Ink>> Legend(IReadOnlyList<FlashMapCell> cells, Dictionary<string, Ink> signs, int width)
    {
        var entries = signs.Select(sign => (Sign: sign.Value, Name: sign.Key)).ToList();
        bool HasGap(FlashFill fill) => cells.Any(cell => cell.Region.Name == FlashRegion.Gap && cell.Fill == fill);
        if (HasGap(FlashFill.Empty))
            entries.Add((Empty.ToString(), "unused"));
        if (HasGap(FlashFill.Used))
            entries.Add((Unclaimed.ToString(), "not known"));
        if (cells.Any(cell => cell.Fill == FlashFill.Damaged))
            entries.Add((new Ink("!", Damaged), "damaged"));
        entries.Add((string.Empty, "small letters: erased"));
        var line = new List<Ink>();
        int used = 0;
        foreach (var (sign, name) in entries)
        {
            string gap = sign.Text.Length == 0 ? string.Empty : " ";
            int length = sign.Text.Length + gap.Length + CellWidth.Of(VisibleText.Of(name));
            if (line.Count > 0 && used + Between.Length + length > width)
            {
                yield return line;
                (line, used) = ([], 0);
            }
            line.AddRange([line.Count == 0 ? Indent : Between, sign, gap + name]);
            used += (line.Count > 3 ? Between.Length : 0) + length;
        }
        yield return line;
    }
}
