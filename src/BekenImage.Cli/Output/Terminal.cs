using Spectre.Console;
using Spectre.Console.Rendering;

namespace BekenImage.Cli.Output;

/// <summary>Standard output and standard error of one run. Everything from outside passes <see cref="TerminalText.Escape"/>.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive)
{
    private const int WidthWhenPiped = 240;
    private const int NameWidth = 25;

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    public static Terminal ForProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected);

    /// <summary>Where a verb that writes <paramref name="outputPath"/> may talk: beside standard output when that takes the bytes.</summary>
    public Terminal Beside(string outputPath) => outputPath == Files.InputFile.StandardStream ? new Terminal(Error, Error, isInteractive: false) : this;

    public void Line(string text = "") => Output.WriteLine(TerminalText.Escape(text));

    /// <summary>A remark that is not the result: on standard error.</summary>
    public void Note(string text) => Error.WriteLine(TerminalText.Escape(text));

    public void ErrorLine(CliException error) => Error.WriteLine(error.ToLine());

    /// <summary>A name and a value of any length: values too long for a table's column.</summary>
    public void Pair(string name, string value) => Line($"{name,-NameWidth} {value}".TrimEnd());

    /// <summary>Rows under headings. Cells are plain text, never markup.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.None, ShowRowSeparators = false };
        foreach (string heading in headings)
            table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in rows)
            table.AddRow(row.Select(cell => (IRenderable)new Text(TerminalText.Escape(cell))));
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = isInteractive ? Math.Max(80, Console.WindowWidth) : WidthWhenPiped;
        console.Write(table);
        foreach (string line in writer.ToString().TrimEnd('\n').Split('\n'))
            Output.WriteLine(line.TrimEnd());
    }
}
