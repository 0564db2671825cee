using System.CommandLine;
using System.CommandLine.Invocation;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Help;

/// <summary><c>--help</c>, in the words of <see cref="HelpText"/>.</summary>
internal sealed class HelpAction(Terminal terminal) : SynchronousCommandLineAction
{
    // Help is for a line that is not finished: what is wrong with it does not matter yet.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        HelpText.Write(terminal, parseResult.CommandResult.Command);
        return ExitCodes.Done;
    }
}
