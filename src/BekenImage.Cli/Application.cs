using System.CommandLine;
using System.CommandLine.Help;
using BekenImage.Cli.Commands;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli;

/// <summary>The command line as a whole: finds the verb, runs it, and turns whatever happens into an exit code.</summary>
internal static class Application
{
    public static int Run(string[] arguments) => Run(arguments, Terminal.ForProcess());

    public static int Run(string[] arguments, Terminal terminal)
    {
        // Values are read and judged while parsing: that can go wrong as the work itself can.
        return Guarded(terminal, "bekenimage", isJson: false, () =>
        {
            string[] words = CommandWords.Spelled(arguments);
            var line = UsageCheck.Parse(Root(terminal, Verbs.AskedFor(words)), words);
            if (line.Errors.Count > 0)
                return Refuse(terminal, line);
            terminal.Choose(line.Parsed.GetValue<ColorChoice>(CommonOptions.Color));
            return Guarded(terminal, line.Verb, HasJson(line.Parsed), () => line.Parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = terminal.Output,
                Error = terminal.Error,
            }));
        });
    }

    /// <summary>Runs a piece of work; an error the user can act on becomes its line and its exit code, anything else is a bug of ours.</summary>
    /// <param name="terminal">Where the line goes.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="isJson">Whether its answer is JSON: then the error is a document too, on standard output.</param>
    /// <param name="work">The work; gives the exit code.</param>
    public static int Guarded(Terminal terminal, string verb, bool isJson, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (CliException error)
        {
            return Fail(terminal, verb, isJson, error);
        }
        catch (BekenImageException error)
        {
            return Fail(terminal, verb, isJson, CliException.From(error, file: null));
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Inputs and outputs report by themselves; what is left is the terminal or pipe the answer goes to.
            return Fail(terminal, verb, isJson: false, OutputFile.Unwritable("standard output", error));
        }
        catch (Exception error)
        {
            terminal.Note($"bekenimage: internal error: {error.GetType().Name}; please report it");
            if (Environment.GetEnvironmentVariable("BEKENIMAGE_TRACE") is not null)
                terminal.Note(error.ToString());
            return ExitCodes.Bug;
        }
    }

    private static int Refuse(Terminal terminal, CheckedLine line)
    {
        foreach (string error in line.Errors)
            terminal.Note("bekenimage: " + error);
        terminal.Note($"bekenimage: try '{line.Help}'");
        return ExitCodes.Usage;
    }

    private static int Fail(Terminal terminal, string verb, bool isJson, CliException error)
    {
        error = error.WithCure(verb);
        if (isJson && error.ExitCode != ExitCodes.Usage)
            terminal.Output.WriteLine(ImageDocuments.Error(verb, error.File, error.ToLibrary()));
        terminal.ErrorLine(error);
        return error.ExitCode;
    }

    private static bool HasJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<bool>>().Any(option => option.Name == "--json" && parsed.GetValue(option));

    /// <summary>Every verb with its arguments and options.</summary>
    public static RootCommand Root(Terminal terminal) => Root(terminal, Verbs.All);

    private static RootCommand Root(Terminal terminal, IEnumerable<Verb> verbs)
    {
        var root = new RootCommand("Reads, checks, takes apart and builds flash images of Beken Wi-Fi chips.");
        foreach (var verb in verbs)
            root.Subcommands.Add(verb.Make(terminal));
        DocumentOutput.AddTo(root, terminal);
        root.Options.Add(CommonOptions.ColorOption());
        foreach (var option in root.Options)
            Rename(option, terminal);
        return root;
    }

    private static void Rename(Option option, Terminal terminal)
    {
        if (option is HelpOption)
        {
            option.Action = new Help.HelpAction(terminal);
            option.Description = "Show this help";
            // A file may be called /h.
            option.Aliases.Remove("/h");
            option.Aliases.Remove("/?");
        }
        else if (option is VersionOption)
        {
            option.Aliases.Add("-V");
            option.Description = "Show the program's version";
        }
    }
}
