using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>sanitize IMAGE -o OUT</c>: the same image without secrets.</summary>
internal static class SanitizeCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var command = new Command("sanitize", "Blanks Wi-Fi, MQTT and cloud secrets everywhere, checksums right, so that an image can be shared") { image };
        var output = new OutputOptions(command, "The image to write", new Beside(image, file => DefaultName.Marked(file, "sanitized")));
        command.SetAction(parsed => Run(output.Read(terminal, parsed, parsed.GetRequiredValue(image)), parsed.GetRequiredValue(image)));
        return command;
    }

    private static int Run(Writing writing, string file)
    {
        var terminal = writing.Terminal;
        writing.Check(file);
        var image = InputFile.Load(terminal, file);
        var draft = InputFile.Within(file, () => image.Edit().Sanitize());
        byte[] clean = draft.ToArray();
        writing.Save(clean, SecretNote.IsIn(clean), file);
        writing.Tell(Plural.Of(clean.Length, "byte"));
        writing.Print(() => ImageDocuments.Sanitize(draft, file, writing.Output));
        if (writing.Json)
            return ExitCodes.Done;
        InspectText.Findings(terminal, draft.Findings);
        if (draft.Changes.Count == 0)
        {
            terminal.Line("no secrets were found; the copy is identical");
            return ExitCodes.Done;
        }
        terminal.Table(["area", "physical", "end", "bytes changed"], draft.Changes.Select(change => (IReadOnlyList<string>)
            [AreaOf(change) ?? "-", Words.Hex(change.Range.Start), Words.Hex(change.Range.End), change.ChangedBytes.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        return ExitCodes.Done;
    }

    private static string? AreaOf(ImageChange change) => change.What == ImageChange.Gap ? null : change.What;
}
