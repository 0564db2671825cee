using System.Globalization;
using System.Runtime.ExceptionServices;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Commands;

/// <summary>
/// A verb that answers for each of its inputs by itself: worked out on all cores, said in their order, each as soon as those before it
/// are. Of an input nothing is kept but its texts.
/// </summary>
internal static class EachInput
{
    private sealed record Answer(string Text, string Remarks, int ExitCode);

    /// <summary>Answers for all.</summary>
    /// <param name="terminal">Where the answers go.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="answer">Answers for one on a terminal of its own, and gives its exit code.</param>
    /// <returns>The highest exit code.</returns>
    public static int Run<T>(Terminal terminal, IReadOnlyList<T> inputs, Func<Terminal, T, int> answer)
    {
        if (inputs is [var only])
            return answer(terminal, only);
        int exitCode = ExitCodes.Done;
        try
        {
            var answers = inputs
                .AsParallel().AsOrdered()
                .WithMergeOptions(ParallelMergeOptions.NotBuffered)
                .Select(input => Make(terminal, input, answer));
            foreach (var made in answers)
            {
                terminal.Output.Write(made.Text);
                terminal.Remark(made.Remarks);
                exitCode = Math.Max(exitCode, made.ExitCode);
            }
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.Flatten().InnerExceptions[0]);
        }
        return exitCode;
    }

    private static Answer Make<T>(Terminal terminal, T input, Func<Terminal, T, int> answer)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = terminal.Output.NewLine };
        using var remarks = new StringWriter(CultureInfo.InvariantCulture) { NewLine = terminal.Error.NewLine };
        int exitCode = answer(terminal.Into(text, remarks), input);
        return new Answer(text.ToString(), remarks.ToString(), exitCode);
    }
}
