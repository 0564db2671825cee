namespace BekenImage.Cli.Output;

/// <summary>When colours are used.</summary>
internal enum ColorChoice
{
    /// <summary>On a terminal that shows them and whose user has not asked for none.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>
/// Standard output and standard error of one run. Everything from outside passes <see cref="VisibleText.Of"/>; colour codes are made
/// here. On a terminal lines are broken at blanks; in a pipe each stays one line, so that it can be searched.
/// </summary>
internal sealed class Terminal
{
    private const int NameWidth = 25;

    private const int LongValueIndent = 4;

    /// <summary>What a file's name keeps when a line of columns is too long.</summary>
    private const int ShortestFile = 12;

    /// <summary>What the other columns keep that are cut, the last one the code of a finding.</summary>
    private const int ShortestCell = 7;

    /// <summary>What a word between the first and the last column keeps where the terminal is narrower still.</summary>
    private const int ShortestWord = 5;

    private const int ColumnGap = 2;

    /// <summary>A width that no terminal has says that it could not be had.</summary>
    private const int NarrowestTerminal = 20;

    private const int UsualWidth = 80;

    private readonly bool _isInteractive;
    private readonly bool _mayColor;
    private readonly int? _width;
    private bool _isCaptured;
    private ColorChoice _choice;

    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isInteractive">Whether standard output is a terminal.</param>
    /// <param name="width">Its width; null to ask the console.</param>
    /// <param name="mayColor">Whether it shows colours, and its user wants them.</param>
    public Terminal(TextWriter output, TextWriter error, bool isInteractive, int? width = null, bool mayColor = false)
    {
        (Output, Error, _isInteractive, _width, _mayColor) = (output, error, isInteractive, width, mayColor);
    }

    /// <summary>True where nobody looks on: the answer goes into a pipe or a file.</summary>
    public bool IsPlain => !_isInteractive || _isCaptured;

    public bool HasColor => !_isCaptured && _choice switch { ColorChoice.Always => true, ColorChoice.Never => false, _ => _isInteractive && _mayColor };

    /// <summary>How many cells a line has; null where lines are not broken.</summary>
    public int? Width => IsPlain ? null : Usable(_width ?? Console.WindowWidth);

    public TextWriter Output { get; private set; }

    public TextWriter Error { get; }

    public static Terminal ForProcess() => new(
        Console.Out, Console.Error, !Console.IsOutputRedirected,
        mayColor: ConsoleColors.AreWanted(Environment.GetEnvironmentVariable) && ConsoleColors.CanBeShown());

    /// <summary>What <c>--color</c> says.</summary>
    public void Choose(ColorChoice choice) => _choice = choice;

    /// <summary>Where a verb that writes <paramref name="outputPath"/> may talk: beside standard output when that takes the bytes.</summary>
    public Terminal Beside(string outputPath) => outputPath == Files.InputFile.StandardStream ? new Terminal(Error, Error, isInteractive: false) : this;

    /// <summary>The same terminal, but for where the text goes: an answer that is made ahead of its turn.</summary>
    public Terminal Into(TextWriter writer) => Into(writer, writer);

    /// <inheritdoc cref="Into(TextWriter)"/>
    /// <param name="output">For the text.</param>
    /// <param name="error">For what is remarked.</param>
    public Terminal Into(TextWriter output, TextWriter error) =>
        new(output, error, !IsPlain, Width, _mayColor) { _choice = HasColor ? ColorChoice.Always : ColorChoice.Never };

    /// <summary>Whole lines of remarks that were made ahead of their turn.</summary>
    public void Remark(string lines)
    {
        if (lines.Length > 0)
            Try(() => Error.Write(lines));
    }

    /// <summary>Keeps what would be printed, until it is disposed.</summary>
    public Captured Capture() => new(this);

    public void Line(string text = "") => Line([text]);

    /// <summary>A line of several pieces.</summary>
    public void Line(params IReadOnlyList<Ink> pieces)
    {
        var line = InkedText.Of(pieces);
        Write(line, TextWrap.HangOf(line.Text));
    }

    /// <summary>A line that goes on under itself, as far in as is said.</summary>
    public void Hanging(int hang, params IReadOnlyList<Ink> pieces) => Write(InkedText.Of(pieces), hang);

    /// <summary>A command to be copied, which is never broken.</summary>
    public void Command(string text) => Output.WriteLine(VisibleText.Of(text));

    /// <summary>A remark that is not the result: on standard error.</summary>
    public void Note(string text) => Say(VisibleText.Of(text));

    public void ErrorLine(CliException error) => Say(error.ToLine());

    /// <summary>A name and a value of any length: values too long for a table's column.</summary>
    public void Pair(string name, Ink value)
    {
        string head = CellWidth.Pad(VisibleText.Of(name), NameWidth) + " ";
        // A word that no line beside the names has room for gets lines of its own.
        bool isLong = Width is { } width && value.Text.Split(' ').Max(word => word.Length) > width - head.Length;
        Hanging(isLong ? LongValueIndent : head.Length, value.Text.Length == 0 ? [head.TrimEnd()] : [head, value]);
    }

    /// <summary>Rows under headings. Cells are plain text, never markup.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="expendable">The column that a narrow terminal can do without, since it follows from others; null for none.</param>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, int? expendable = null) =>
        Table(headings, rows.Select(row => (IReadOnlyList<Ink>)[.. row.Select(cell => (Ink)cell)]), expendable);

    /// <summary>The same with cells in colour.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="expendable">The column that a narrow terminal can do without; null for none.</param>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<Ink>> rows, int? expendable = null)
    {
        foreach (var (pieces, hang) in TableLayout.Lines(headings, rows, Width, expendable))
            Write(InkedText.Of(pieces), hang);
    }

    /// <summary>
    /// A line for each row, the columns aligned, two blanks or more between them. Where the terminal is too narrow the last column is cut,
    /// then the first, which is a file's name and keeps its end, then the longest of the others.
    /// </summary>
    /// <param name="rows">Cells that have passed <see cref="VisibleText.Of"/>.</param>
    public void Columns(IReadOnlyList<string[]> rows) => Columns(rows, Width ?? UsualWidth);

    /// <inheritdoc cref="Columns(IReadOnlyList{string[]})"/>
    /// <param name="rows">The rows.</param>
    /// <param name="terminalWidth">How many cells a line has.</param>
    internal void Columns(IReadOnlyList<string[]> rows, int terminalWidth)
    {
        int last = rows[0].Length - 1;
        int[] widths = [.. Enumerable.Range(0, last + 1).Select(column => rows.Max(row => CellWidth.Of(row[column])))];
        int over = widths.Sum() + ColumnGap * last - terminalWidth;
        Shrink(last, ShortestCell);
        Shrink(0, ShortestFile);
        // The longest of the others, cell by cell: none vanishes for the sake of another, and a short one, such as a chip's name, stays whole.
        int[] others = [.. Enumerable.Range(1, Math.Max(0, last - 1)).Where(column => widths[column] > ShortestCell)];
        foreach (int shortest in new[] { ShortestCell, ShortestWord })
        {
            while (over > 0 && others.Length > 0 && others.MaxBy(column => widths[column]) is var longest && widths[longest] > shortest)
                Shrink(longest, widths[longest] - 1);
        }
        foreach (string[] row in rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? CellWidth.CutStart(cell, widths[0]) : column == last ? CellWidth.CutEnd(cell, widths[last]) : CellWidth.CutMiddle(cell, widths[column]));
            Output.WriteLine(string.Join(new string(' ', ColumnGap), cells.Select((cell, column) => column < last ? CellWidth.Pad(cell, widths[column]) : cell)));
        }

        void Shrink(int column, int shortest)
        {
            int by = Math.Clamp(over, 0, Math.Max(0, widths[column] - shortest));
            widths[column] -= by;
            over -= by;
        }
    }

    private void Write(InkedText line, int hang)
    {
        string indent = string.Empty;
        foreach (var stretch in Width is { } width ? TextWrap.Lines(line.Text, width, hang) : [new TextStretch(0, line.Text.Length)])
        {
            Output.WriteLine((indent + line.Render(stretch, HasColor)).TrimEnd(' '));
            indent = new string(' ', hang);
        }
    }

    // Where nobody can be told, the exit code still tells.
    private void Say(string line) => Try(() => Error.WriteLine(line));

    private static void Try(Action say)
    {
        try
        {
            say();
        }
        catch (IOException)
        {
        }
    }

    private static int Usable(int width) => width < NarrowestTerminal ? UsualWidth : width;

    /// <summary>Standard output as a text, while it lasts.</summary>
    internal sealed class Captured : IDisposable
    {
        private readonly Terminal _terminal;
        private readonly TextWriter _before;
        private readonly StringWriter _text;

        public Captured(Terminal terminal)
        {
            (_terminal, _before) = (terminal, terminal.Output);
            _text = new StringWriter { NewLine = terminal.Output.NewLine };
            terminal.Output = _text;
            terminal._isCaptured = true;
        }

        public override string ToString() => _text.ToString();

        public void Dispose()
        {
            _terminal.Output = _before;
            _terminal._isCaptured = false;
            _text.Dispose();
        }
    }
}
