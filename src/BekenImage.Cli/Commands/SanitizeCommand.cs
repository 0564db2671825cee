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
        var output = CommonOptions.Output("The image to write");
        var force = CommonOptions.Force();
        var json = CommonOptions.AsJson();
        var command = new Command("sanitize", "Blanks Wi-Fi, MQTT and cloud secrets everywhere, checksums right, so that an image can be shared") { image, output, force, json };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(image), parsed.GetRequiredValue(output), parsed.GetValue(force), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string file, string output, bool force, bool json)
    {
        OutputFile.Check(output, force, file);
        var image = InputFile.Load(terminal, file);
        var draft = image.Edit();
        try
        {
            draft.Sanitize();
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
        byte[] clean = draft.ToArray();
        OutputFile.Write(output, clean, force, file);
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.Sanitize(draft, file, output));
            return ExitCodes.Done;
        }
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
