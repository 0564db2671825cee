using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>inspect IMAGE...</c>: says what each file is.</summary>
internal static class InspectCommand
{
    // An error is that of a folder which gives no file.
    private sealed record Input(string File, CliException? Error = null);

    private sealed record Answer(string? Text, CliException? Error, int ExitCode);

    private sealed record Manner(bool Json, FlashImageOptions Options, bool ShowSecrets, FailOn FailOn);

    public static Command Make(Terminal terminal)
    {
        var images = new Argument<string[]>("IMAGE") { Description = "Images; a folder means every file in it; - for standard input", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.AsJson();
        var secrets = CommonOptions.ShowSecrets();
        var failOn = CommonOptions.FailOnOption(FailOn.Never);
        var command = new Command("inspect", "Says what a file is: chip, key, layout, headers, calibration, configuration") { images, json, secrets, failOn };
        var key = new KeyOptions(command, hasCipher: true);
        command.Aliases.Add("info");
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(images),
            new Manner(parsed.GetValue(json), key.Read(terminal, parsed).Options, parsed.GetValue(secrets), parsed.GetValue(failOn))));
        return command;
    }

    private static int Run(Terminal terminal, string[] images, Manner manner)
    {
        var files = images.SelectMany(Expand).ToArray();
        bool several = files.Length > 1 || images.Length > 1 || Directory.Exists(images[0]);
        int exitCode = ExitCodes.Done;
        // Several files are read on all cores; answers come out in the order of the inputs, as soon as they are there.
        var answers = files
            .AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(input => Answer1(input, several, manner));
        foreach (var answer in answers)
        {
            if (answer.Text is not null)
                terminal.Output.WriteLine(answer.Text);
            if (answer.Error is not null)
                terminal.ErrorLine(answer.Error);
            exitCode = Math.Max(exitCode, answer.ExitCode);
        }
        return exitCode;
    }

    private static Answer Answer1(Input input, bool several, Manner manner)
    {
        string file = input.File;
        try
        {
            if (input.Error is not null)
                throw input.Error;
            using var bytes = InputFile.Read(file);
            var image = FlashImage.Parse(bytes.Memory, manner.Options);
            string text = manner.Json ? ImageDocuments.Inspect(image, file, manner.ShowSecrets, indented: !several) : InspectText.Render(file, image, manner.ShowSecrets);
            return new Answer(text, null, CommonOptions.ExitCodeOf(manner.FailOn, image.Findings));
        }
        catch (CliException error)
        {
            return new Answer(manner.Json ? ImageDocuments.Error("inspect", file, error.ToLibrary(), indented: !several) : null, error, error.ExitCode);
        }
    }

    private static Input[] Expand(string path)
    {
        if (!Directory.Exists(path))
            return [new(path)];
        try
        {
            var files = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(file => new Input(file)).ToArray();
            return files.Length > 0
                ? files
                : [new(path, new CliException(ExitCodes.BadInput, FindingCode.InputEmpty, "there is no file in the folder", path))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [new(path, new CliException(ExitCodes.BadInput, FindingCode.InputUnreadable, "the folder may not be read", path))];
        }
    }
}
