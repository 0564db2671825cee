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
        var command = new Command("normalize", "Undoes a rotated, doubled or over-long read of a chip") { image };
        var key = new KeyOptions(command);
        var output = new OutputOptions(command, "The image to write", new Beside(image, file => DefaultName.Marked(file, "normalized")));
        command.SetAction(parsed =>
        {
            var writing = output.Read(terminal, parsed, parsed.GetRequiredValue(image));
            return Run(writing, parsed.GetRequiredValue(image), key.Read(writing.Terminal, parsed));
        });
        return command;
    }

    private static int Run(Writing writing, string file, ReadingOptions given)
    {
        var terminal = writing.Terminal;
        string[] inputs = [file, .. given.Files];
        writing.Check(inputs);
        var image = InputFile.Load(terminal, file, given.Options);
        var normalized = ImageNormalizer.Normalize(image);
        writing.Save(normalized.Bytes, SecretNote.IsFor(image), inputs);
        writing.Tell(Plural.Of(normalized.Bytes.Length, "byte"));
        SecretNote.Write(terminal, writing.Output, image);
        // What was not read is not made up: the copy is as short as the file.
        int exitCode = normalized.Cut is null ? ExitCodes.Done : ExitCodes.No;
        writing.Print(() => ImageDocuments.Normalize(normalized, file, writing.Output));
        if (writing.Json)
            return exitCode;
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
