namespace BekenImage.Cli;

/// <summary>Where the process begins and ends.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => Outermost(() =>
    {
        using var text = Output.ConsoleText.Begin();
        return Application.Run(arguments);
    }, () => Console.Error);

    /// <summary>
    /// Nothing passes this: <see cref="Application"/> guards its work, what is left is what goes wrong around it, as a console that cannot
    /// be had or a type that cannot be made.
    /// </summary>
    /// <param name="run">The run; gives the exit code.</param>
    /// <param name="error">Opens where the line goes.</param>
    internal static int Outermost(Func<int> run, Func<TextWriter> error)
    {
        try
        {
            return run();
        }
        catch (Exception bug)
        {
            try
            {
                error().WriteLine($"bekenimage: internal error: {bug.GetType().Name}; please report it");
            }
            catch (Exception)
            {
                // Nobody is left to tell; the exit code says it.
            }
            return ExitCodes.Bug;
        }
    }
}
