using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>normalize IMAGE -o OUT</c>: undoes a rotated, doubled or over-long read.</summary>
internal static class NormalizeCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var output = CommonOptions.Output("The image to write");
        var force = CommonOptions.Force();
        var json = CommonOptions.AsJson();
        var command = new Command("normalize", "Undoes a rotated, doubled or over-long read of a chip") { image, output, force, json };
        var key = new KeyOptions(command);
        CommonOptions.RefuseJsonBesideBytes(command, output, json);
        command.SetAction(parsed =>
        {
            var beside = terminal.Beside(parsed.GetRequiredValue(output));
            return Run(
                beside, parsed.GetRequiredValue(image), parsed.GetRequiredValue(output), key.Read(beside, parsed), parsed.GetValue(force), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(Terminal terminal, string file, string output, ReadingOptions given, bool force, bool json)
    {
        string[] inputs = [file, .. given.Files];
        OutputFile.Check(output, force, inputs);
        var image = InputFile.Load(terminal, file, given.Options);
        var normalized = ImageNormalizer.Normalize(image);
        OutputFile.Write(output, normalized.Bytes, force, SecretNote.IsFor(image), inputs);
        SecretNote.Write(terminal, output, image);
        // What was not read is not made up: the copy is as short as the file.
        int exitCode = normalized.Cut is null ? ExitCodes.Done : ExitCodes.No;
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.Normalize(normalized, file, output));
            return exitCode;
        }
        foreach (string change in normalized.Changes)
            terminal.Line(change);
        if (normalized.Cut is { } cut)
            terminal.Line($"{cut.Message}; nothing makes up for that: read the chip again");
        else if (normalized.Changes.Count == 0)
            terminal.Line(NothingToUndo(normalized));
        return exitCode;
    }

    private static string NothingToUndo(NormalizedImage image) => image.IsWholeChip
        ? "nothing to undo: the read began at physical 0 and is as long as its chip; the copy is identical"
        : "nothing to undo: the file is no read of a whole chip; the copy is identical";
}
