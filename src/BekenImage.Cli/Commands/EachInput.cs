using System.Globalization;
using System.Runtime.ExceptionServices;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Commands;

/// <summary>
/// A verb that answers for each of its inputs by itself: worked out on all cores, given in their order, each as soon as those before it
/// are. Of an input nothing is kept but its answer.
/// </summary>
internal static class EachInput
{
    private sealed record Said(string Text, string Remarks, int ExitCode);

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
        foreach (var said in Answers(inputs, input => Say(terminal, input, answer)))
        {
            terminal.Output.Write(said.Text);
            terminal.Remark(said.Remarks);
            exitCode = Math.Max(exitCode, said.ExitCode);
        }
        return exitCode;
    }

    /// <summary>The answers, in the order of the inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="answer">Works out one of them, beside others.</param>
    public static IEnumerable<TAnswer> Answers<T, TAnswer>(IEnumerable<T> inputs, Func<T, TAnswer> answer)
    {
        // No parallel SelectMany: it nests generic types without end, which native AOT cannot compile.
        using var answers = inputs
            .AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(answer).GetEnumerator();
        while (MoveNext(answers))
            yield return answers.Current;
    }

    // What goes wrong in one of many is what would go wrong in it alone.
    private static bool MoveNext<TAnswer>(IEnumerator<TAnswer> answers)
    {
        try
        {
            return answers.MoveNext();
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.Flatten().InnerExceptions[0]);
            throw;
        }
    }

    private static Said Say<T>(Terminal terminal, T input, Func<Terminal, T, int> answer)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = terminal.Output.NewLine };
        using var remarks = new StringWriter(CultureInfo.InvariantCulture) { NewLine = terminal.Error.NewLine };
        int exitCode = answer(terminal.Into(text, remarks), input);
        return new Said(text.ToString(), remarks.ToString(), exitCode);
    }
}
