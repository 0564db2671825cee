using System.CommandLine;
using BekenImage.Cli.Commands;
using BekenImage.Cli.Output;

namespace BekenImage.Cli;

/// <summary>The command line as a whole: finds the verb, runs it, and turns whatever happens into an exit code.</summary>
internal static class Application
{
    public static int Run(string[] arguments) => Run(arguments, Terminal.ForProcess());

    public static int Run(string[] arguments, Terminal terminal)
    {
        // File names may begin with @: no response files.
        var parsed = Root(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                terminal.Note("bekenimage: " + error.Message);
            terminal.Note("bekenimage: try 'bekenimage --help'");
            return ExitCodes.Usage;
        }
        return Guarded(terminal, () => parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = terminal.Output,
            Error = terminal.Error,
        }));
    }

    /// <summary>Runs a piece of work; an error the user can act on becomes its line and its exit code, anything else is a bug of ours.</summary>
    public static int Guarded(Terminal terminal, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (CliException error)
        {
            terminal.ErrorLine(error);
            return error.ExitCode;
        }
        catch (BekenImageException error)
        {
            var line = CliException.From(error, file: null);
            terminal.ErrorLine(line);
            return line.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (IOException error)
        {
            terminal.Note("bekenimage: " + error.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception error)
        {
            terminal.Note($"bekenimage: internal error: {error.GetType().Name}; please report it");
            if (Environment.GetEnvironmentVariable("BEKENIMAGE_TRACE") is not null)
                terminal.Note(error.ToString());
            return ExitCodes.Bug;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Reads, checks, takes apart and builds flash images of Beken Wi-Fi chips.");
        foreach (var command in Verbs(terminal))
            root.Subcommands.Add(command);
        return root;
    }

    private static IEnumerable<Command> Verbs(Terminal terminal) =>
    [
        InspectCommand.Make(terminal),
        VerifyCommand.Make(terminal),
        SplitCommand.Make(terminal),
        MergeCommand.Make(terminal),
        ExtractCommand.Make(terminal),
        PutCommand.Make(terminal),
        CombineCommand.Make(terminal),
        FalCommand.Make(terminal),
        RfCommand.Make(terminal),
        ObkCommand.Make(terminal),
        TuyaCommand.Make(terminal),
        SanitizeCommand.Make(terminal),
        CipherCommands.Encrypt(terminal),
        CipherCommands.Decrypt(terminal),
        CrcCommand.Make(terminal),
        NormalizeCommand.Make(terminal),
        DemoCommand.Make(terminal),
    ];
}
