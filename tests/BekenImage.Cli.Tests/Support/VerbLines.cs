using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Tests.Support;

/// <summary>One verb as the program declares it, and command lines of it in which everything but one thing is right.</summary>
internal sealed class VerbLines
{
    /// <summary>Something among these is right for every option and argument there is; a new kind of value wants a new entry.</summary>
    private static readonly string[] Candidates =
        ["missing.bin", "wifi", "0x2000", "tuya", "BK7231N", "c8:47:8c:12:34:56", "never", "none", "keep", "net", "qio", "bash", "a=b", "0123456789abcdef", "0123456789abcdef0123456789abcdef", "rbl", "BL1DLV10", "auto", "ltchiptool"];

    private static readonly ParserConfiguration Literal = new() { ResponseFileTokenReplacer = null };

    private readonly RootCommand _root;
    private readonly Dictionary<Symbol, string> _right = [];

    private VerbLines(RootCommand root, Command command)
    {
        _root = root;
        Name = UsageCheck.NameOf(command);
        Words = Name.Split(' ');
        HasRules = command.Validators.Count > 0;
        command.Validators.Clear();
        Options = command.Options.Where(option => option.Action is null).ToArray();
        Arguments = [.. command.Arguments];
        foreach (var symbol in Options.Where(option => !IsFlag(option)).Concat<Symbol>(Arguments))
        {
            // A key may be a file as well; those of the tests hold none.
            string[] candidates = symbol is Option { HelpName: "KEY" } ? ["tuya", .. Candidates] : Candidates;
            _right[symbol] = candidates.FirstOrDefault(candidate => IsRight(symbol, candidate)) ??
                throw new InvalidOperationException($"{Name} {symbol.Name}: none of the candidates is right for it");
        }
    }

    public string Name { get; }

    public string[] Words { get; }

    /// <summary>Whether the verb has rules of its own: which options go together.</summary>
    public bool HasRules { get; }

    public IReadOnlyList<Option> Options { get; }

    public IReadOnlyList<Argument> Arguments { get; }

    /// <summary>Every verb of the program.</summary>
    public static IReadOnlyList<VerbLines> All()
    {
        var root = Application.Root(new Terminal(TextWriter.Null, TextWriter.Null, isInteractive: false));
        return Leaves(root).Select(command => new VerbLines(root, command)).ToArray();
    }

    public static bool IsFlag(Option option) => option.ValueType == typeof(bool);

    /// <summary>An option with a value that is right by itself.</summary>
    public string[] Right(Option option) => IsFlag(option) ? [option.Name] : [option.Name, _right[option]];

    public string Right(Symbol symbol) => _right[symbol];

    /// <summary>The verb with what it must have, but for one symbol (or two), and then the rest.</summary>
    public string[] Line(IReadOnlyCollection<Symbol> without, params IEnumerable<string> rest) =>
    [
        .. Words, .. Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && !without.Contains(argument)).Select(Right),
        .. Options.Where(option => option.Required && !without.Contains(option)).SelectMany(Right), .. rest,
    ];

    /// <summary>The verb's arguments with one replaced.</summary>
    public string[] Line(Argument argument, string value) =>
    [
        .. Words, .. Arguments.Select(other => other == argument ? value : Right(other)), .. Options.Where(option => option.Required).SelectMany(Right),
    ];

    private static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    private bool IsRight(Symbol symbol, string candidate)
    {
        string[] line = symbol is Option ? [.. Words, symbol.Name, candidate] : [.. Words, .. Arguments.TakeWhile(other => other != symbol).Select(Right), candidate];
        return _root.Parse(line, Literal).Errors.All(error => error.SymbolResult switch
        {
            ArgumentResult { Parent: OptionResult option } => option.Option != symbol,
            ArgumentResult argument => argument.Argument != symbol,
            OptionResult option => option.Option != symbol,
            _ => true,
        });
    }
}
