using BekenImage.Cli.Files;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Commands;

/// <summary><c>inspect --summary</c>: a line for each file; folders with all that is in them, archives file by file.</summary>
internal static class InspectSummary
{
    private sealed record Answer(IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<CliException> Errors, int ExitCode);

    /// <param name="Csv">True for CSV.</param>
    /// <param name="Options">What is known of the images.</param>
    /// <param name="ShowSecrets">True to show MACs.</param>
    /// <param name="FailOn">Which findings make the exit code 1.</param>
    public sealed record Manner(bool Csv, FlashImageOptions Options, bool ShowSecrets, FailOn FailOn);

    public static int Run(Terminal terminal, string[] images, Manner manner)
    {
        int exitCode = ExitCodes.Done;
        var kept = new List<string[]> { SummaryText.Shown(SummaryText.Columns) };
        bool hasHeader = !manner.Csv;
        foreach (var answer in EachInput.Answers(InputTree.Expand(images, isDeep: true), input => AnswerFor(input, manner)))
        {
            foreach (var row in answer.Rows)
            {
                if (!hasHeader)
                    terminal.Output.Write(SummaryText.Csv(SummaryText.Columns));
                hasHeader = true;
                if (manner.Csv)
                    terminal.Output.Write(SummaryText.Csv(row));
                else if (terminal.IsPlain)
                    terminal.Output.WriteLine(string.Join('\t', SummaryText.Shown(row)));
                else
                    kept.Add(SummaryText.Shown(row));
            }
            foreach (var error in answer.Errors)
                terminal.ErrorLine(error);
            exitCode = Math.Max(exitCode, answer.ExitCode);
        }
        // Columns can be aligned only when all of them are there.
        if (kept.Count > 1)
            terminal.Columns(kept);
        return exitCode;
    }

    private static Answer AnswerFor(Input input, Manner manner)
    {
        try
        {
            if (input.Error is not null)
                throw input.Error;
            using var bytes = InputFile.Read(input.File);
            var image = FlashImage.Parse(bytes.Memory, manner.Options);
            return image.IsArchive && image.Members.Count > 0
                ? Joined(image.Members.Select(member => AnswerFor(InputFile.NameOf(input.File, member), member, manner)))
                : AnswerFor(input.File, image, manner);
        }
        catch (CliException error)
        {
            return Failed(error);
        }
    }

    private static Answer AnswerFor(string name, ImageMember member, Manner manner)
    {
        try
        {
            return AnswerFor(name, InputFile.OpenMember(name, member, manner.Options), manner);
        }
        catch (CliException error)
        {
            return Failed(error);
        }
    }

    private static Answer AnswerFor(string name, FlashImage image, Manner manner) => new(
        [SummaryText.Cells(name, ImageSummary.Of(image), manner.ShowSecrets)], [], CommonOptions.ExitCodeOf(manner.FailOn, image.Findings));

    private static Answer Joined(IEnumerable<Answer> answers)
    {
        var all = answers.ToArray();
        return new Answer([.. all.SelectMany(answer => answer.Rows)], [.. all.SelectMany(answer => answer.Errors)], all.Max(answer => answer.ExitCode));
    }

    private static Answer Failed(CliException error) => new([], [error], error.ExitCode);
}
