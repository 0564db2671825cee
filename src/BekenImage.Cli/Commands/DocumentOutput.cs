using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Commands;

/// <summary>
/// <c>-o</c> for every verb that only prints: its answer goes into a file, whole or not at all, as UTF-8 without a mark. A shell's <c>&gt;</c>
/// leaves half of it behind when something fails, and PowerShell's writes UTF-16.
/// </summary>
internal static class DocumentOutput
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Gives the verbs under a command the options, where they have no output of their own.</summary>
    public static void AddTo(Command command, Terminal terminal)
    {
        foreach (var verb in command.Subcommands)
            AddTo(verb, terminal);
        if (command.Subcommands.Count > 0 || command.Action is not SynchronousCommandLineAction print || command.Options.Any(option => option.Name == "--output"))
            return;
        var output = new Option<string?>("--output", "-o") { HelpName = "OUT", Description = "Write the answer into a file instead of printing it" };
        var force = CommonOptions.Force();
        command.Options.Add(output);
        command.Options.Add(force);
        command.SetAction(parsed => parsed.GetValue(output) is { } path
            ? Write(terminal, path, parsed.GetValue(force), parsed, () => print.Invoke(parsed))
            : print.Invoke(parsed));
    }

    private static int Write(Terminal terminal, string path, bool force, ParseResult parsed, Func<int> print)
    {
        string[] inputs = Inputs(parsed);
        OutputFile.Check(path, force, inputs);
        int exitCode;
        string answer;
        using (var captured = terminal.Capture())
        {
            exitCode = print();
            answer = captured.ToString();
        }
        // A verb that could not answer for its only input has said so; there is no document.
        if (exitCode > ExitCodes.No && NamesOne(parsed))
            terminal.Output.Write(answer);
        else
            OutputFile.Write(path, Utf8.GetBytes(answer), force, ShowsSecrets(parsed), inputs);
        return exitCode;
    }

    private static bool ShowsSecrets(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == "--show-secrets") is Option<bool> secrets && parsed.GetValue(secrets);

    private static bool NamesOne(ParseResult parsed)
    {
        var named = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).ToArray();
        return named.Length == 1 && !Directory.Exists(named[0].Value);
    }

    // Whatever was named that is a file: arguments and options alike, and the files of a folder; a summary's are those of its folders too.
    private static string[] Inputs(ParseResult parsed)
    {
        bool isDeep = parsed.Tokens.Any(token => token.Value is "--summary" or "--csv");
        return parsed.Tokens
            .Select(token => token.Value)
            .Where((value, index) => index == 0 || parsed.Tokens[index - 1].Value is not ("-o" or "--output"))
            .SelectMany(value => File.Exists(value) ? [value] : Directory.Exists(value) ? InputTree.Expand([value], isDeep).Select(input => input.File) : [])
            .ToArray();
    }
}
