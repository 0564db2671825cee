using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary>What an output is called that was given no name.</summary>
/// <param name="Input">The input it lies beside.</param>
/// <param name="NameFor">Its name, by that of the input.</param>
/// <param name="Sample">An input for the help.</param>
internal sealed record Beside(Argument<string> Input, Func<string, string> NameFor, string Sample = "x.bin");

/// <summary><c>-o</c>, <c>--force</c> and <c>--json</c> of a verb that writes a file or a folder.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string?> _output = new("--output", "-o");
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = new("--json") { Description = "Print what was written as one JSON document" };
    private readonly Beside? _beside;

    /// <param name="command">The verb, which gets the options and their rules.</param>
    /// <param name="description">What is written.</param>
    /// <param name="beside">Its name where none is given; null where one must be.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public OutputOptions(Command command, string description, Beside? beside = null, bool isFolder = false)
    {
        _beside = beside;
        _output.HelpName = isFolder ? "DIR" : "OUT";
        _output.Required = beside is null;
        _output.Description = beside is null ? description
            : $"{description}; without it {beside.NameFor(beside.Sample)} beside {beside.Sample}";
        command.Options.Add(_output);
        command.Options.Add(_force);
        command.Options.Add(_json);
        // Standard output takes the bytes of -o - or a document, not both.
        command.Validators.Add(result =>
        {
            if (!isFolder && result.GetValue(_json) && result.GetValue(_output) == InputFile.StandardStream)
                result.AddError("-o - and --json both claim standard output; give OUT a name");
            if (beside is not null && result.GetValue(_output) is null && CommonOptions.Typed(result.GetResult(beside.Input)).Contains(InputFile.StandardStream))
                result.AddError($"{UsageCheck.NameOf(command)} needs --output {_output.HelpName}: what comes from standard input has no name beside which it could be written");
        });
    }

    /// <summary>What was asked for.</summary>
    /// <param name="terminal">Where is told what was written.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="file">The input, for the document; null where there is none.</param>
    public Writing Read(Terminal terminal, ParseResult parsed, string? file)
    {
        string output = parsed.GetValue(_output) ?? _beside!.NameFor(parsed.GetRequiredValue(_beside.Input));
        return new Writing(terminal.Beside(output), UsageCheck.NameOf(parsed.CommandResult.Command), file, output, parsed.GetValue(_force), parsed.GetValue(_json));
    }
}

/// <summary>Something that is to be written: where, and what is told of it.</summary>
/// <param name="Terminal">Beside the output.</param>
/// <param name="Verb">The verb that writes.</param>
/// <param name="File">The input; null where there is none.</param>
/// <param name="Output">The file or folder.</param>
/// <param name="Force">Whether an existing one is replaced.</param>
/// <param name="Json">Whether a document is printed.</param>
internal sealed record Writing(Terminal Terminal, string Verb, string? File, string Output, bool Force, bool Json)
{
    /// <summary>Refuses early what <see cref="Save(ReadOnlyMemory{byte}, bool, string[])"/> would refuse, before any work is done.</summary>
    public void Check(params string[] inputs) => OutputFile.Check(Output, Force, inputs);

    /// <summary>
    /// Writes the output, which only its owner may read where there are secrets in it, or where it is made of a file that others may not read.
    /// </summary>
    public void Save(ReadOnlyMemory<byte> bytes, params string[] inputs) => Save(bytes, SecretNote.IsIn(bytes) || inputs.Any(PathIdentity.IsPrivate), inputs);

    /// <summary>The same for bytes made of others, which may hide what those show.</summary>
    /// <param name="bytes">The output.</param>
    /// <param name="source">What it was made of.</param>
    /// <param name="inputs">Files that must not be written over.</param>
    public void SaveMade(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> source, params string[] inputs) =>
        Save(bytes, SecretNote.IsIn(source) || SecretNote.IsIn(bytes) || inputs.Any(PathIdentity.IsPrivate), inputs);

    /// <inheritdoc cref="OutputFile.Write(string, ReadOnlyMemory{byte}, bool, bool, string[])"/>
    public void Save(ReadOnlyMemory<byte> bytes, bool isSecret, params string[] inputs) => OutputFile.Write(Output, bytes, Force, isSecret, inputs);

    /// <summary>A remark about the output.</summary>
    public void Tell(string text) => Terminal.Note($"{Output}: {text}");

    /// <summary>The document about the one file that was saved, if one is wanted.</summary>
    public void Print(ReadOnlyMemory<byte> bytes, IEnumerable<Finding>? findings = null) =>
        Print(() => ImageDocuments.Written(Verb, File, Output, bytes, findings));

    /// <summary>Another document, if one is wanted.</summary>
    public void Print(Func<string> document)
    {
        if (Json)
            Terminal.Output.WriteLine(document());
    }
}
