using Spectre.Console;
using Spectre.Console.Rendering;

namespace BekenImage.Cli.Output;

/// <summary>Standard output and standard error of one run. Everything from outside passes <see cref="TerminalText.Escape"/>.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive)
{
    /// <summary>What the last column keeps on a narrow terminal; the terminal itself breaks longer lines.</summary>
    private const int NarrowestLastColumn = 30;

    private const int ColumnGap = 2;

    private const int NameWidth = 25;

    private const string Cut = "...";

    private bool _isCaptured;

    /// <summary>True where nobody looks on: the answer goes into a pipe or a file.</summary>
    public bool IsPlain => !isInteractive || _isCaptured;

    public TextWriter Output { get; private set; } = output;

    public TextWriter Error { get; } = error;

    public static Terminal ForProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected);

    /// <summary>Where a verb that writes <paramref name="outputPath"/> may talk: beside standard output when that takes the bytes.</summary>
    public Terminal Beside(string outputPath) => outputPath == Files.InputFile.StandardStream ? new Terminal(Error, Error, isInteractive: false) : this;

    /// <summary>Keeps what would be printed, until it is disposed.</summary>
    public Captured Capture() => new(this);

    public void Line(string text = "") => Output.WriteLine(TerminalText.Escape(text));

    /// <summary>A remark that is not the result: on standard error.</summary>
    public void Note(string text) => Say(TerminalText.Escape(text));

    public void ErrorLine(CliException error) => Say(error.ToLine());

    // Where nobody can be told, the exit code still tells.
    private void Say(string line)
    {
        try
        {
            Error.WriteLine(line);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>A name and a value of any length: values too long for a table's column.</summary>
    public void Pair(string name, string value) => Line($"{name,-NameWidth} {value}".TrimEnd());

    /// <summary>Rows under headings. Cells are plain text, never markup.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var cells = rows.Select(row => row.Select(TerminalText.Escape).ToArray()).ToArray();
        var widths = headings.Select((heading, column) => cells.Select(row => row[column]).Append(heading).Max(CellCount) + ColumnGap).ToArray();
        var table = new Table { Border = TableBorder.None, ShowRowSeparators = false };
        for (int column = 0; column < headings.Count; column++)
            table.AddColumn(new TableColumn(new Text(headings[column])) { NoWrap = column < headings.Count - 1, Padding = new Padding(0, 0, ColumnGap, 0) });
        foreach (string[] row in cells)
            table.AddRow(row.Select(cell => (IRenderable)new Text(cell)));
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        // Only the last column, which holds sentences, is wrapped, and only on a terminal: a column is never squeezed or left out.
        int whole = widths.Sum();
        console.Profile.Width = !IsPlain ? Math.Min(whole, Math.Max(Console.WindowWidth, whole - widths[^1] + NarrowestLastColumn)) : whole;
        console.Write(table);
        foreach (string line in writer.ToString().TrimEnd('\n').Split('\n'))
            Output.WriteLine(line.TrimEnd());
    }

    /// <summary>A line for each row, the columns aligned, two blanks or more between them. The last column is cut where the terminal ends.</summary>
    /// <param name="rows">Cells that have passed <see cref="TerminalText.Escape"/>.</param>
    public void Columns(IReadOnlyList<string[]> rows) => Columns(rows, Console.WindowWidth);

    /// <inheritdoc cref="Columns(IReadOnlyList{string[]})"/>
    /// <param name="rows">The rows.</param>
    /// <param name="terminalWidth">How many cells a line has.</param>
    internal void Columns(IReadOnlyList<string[]> rows, int terminalWidth)
    {
        int last = rows[0].Length - 1;
        int[] widths = [.. Enumerable.Range(0, last).Select(column => rows.Max(row => CellCount(row[column])) + ColumnGap)];
        int room = Math.Max(terminalWidth - widths.Sum(), NarrowestLastColumn);
        foreach (string[] row in rows)
        {
            foreach (var (cell, width) in row.Zip(widths))
                Output.Write(cell + new string(' ', width - CellCount(cell)));
            Output.WriteLine(Shortened(row[last], room));
        }
    }

    private static string Shortened(string text, int room)
    {
        if (CellCount(text) <= room)
            return text;
        int length = Math.Min(text.Length, room - Cut.Length);
        while (CellCount(text[..length]) > room - Cut.Length)
            length--;
        return text[..length] + Cut;
    }

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

    private static int CellCount(string text) => Segment.CellCount([new Segment(text)]);
}
