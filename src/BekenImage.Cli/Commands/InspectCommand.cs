using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>inspect IMAGE...</c>: says what each file is.</summary>
internal static class InspectCommand
{
    private sealed record Manner(bool Json, FlashImageOptions Options, bool ShowSecrets, FailOn FailOn);

    public static Command Make(Terminal terminal)
    {
        var json = CommonOptions.AsJson();
        var secrets = CommonOptions.ShowSecrets();
        var failOn = CommonOptions.FailOnOption(FailOn.Never);
        var summary = new Option<bool>("--summary")
        {
            Description = "One line a file: kind, chip, key, firmware, module, whose MAC, whether it is a backup, first error or warning",
        };
        var csv = new Option<bool>("--csv") { Description = "The same as CSV" };
        var command = new Command("inspect", "Says what a file is: chip, key, layout, headers, calibration, configuration")
            { json, summary, csv, secrets, failOn };
        var images = CommonOptions.Images(
            command, "Images; a folder means every file in it, with --summary also those in its folders; - for standard input");
        var key = new KeyOptions(command, hasCipher: true);
        command.Aliases.Add("info");
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && (result.GetValue(summary) || result.GetValue(csv)))
                result.AddError($"--json and {(result.GetValue(csv) ? "--csv" : "--summary")} exclude each other: --json prints everything there is to say");
        });
        command.SetAction(parsed =>
        {
            var options = key.Read(terminal, parsed).Options;
            return parsed.GetValue(summary) || parsed.GetValue(csv)
                ? InspectSummary.Run(terminal, parsed.GetRequiredValue(images), new InspectSummary.Manner(
                    parsed.GetValue(csv), options, parsed.GetValue(secrets), parsed.GetValue(failOn)))
                : Run(terminal, parsed.GetRequiredValue(images), new Manner(parsed.GetValue(json), options, parsed.GetValue(secrets), parsed.GetValue(failOn)));
        });
        return command;
    }

    private static int Run(Terminal terminal, string[] images, Manner manner)
    {
        var files = InputTree.Expand(images, isDeep: false).ToArray();
        bool several = files.Length > 1 || images.Length > 1 || Directory.Exists(images[0]);
        return EachInput.Run(terminal, files, (own, input) => Answer(own, input, several, manner));
    }

    private static int Answer(Terminal terminal, Input input, bool several, Manner manner)
    {
        string file = input.File;
        try
        {
            if (input.Error is not null)
                throw input.Error;
            using var bytes = InputFile.Read(file);
            var image = FlashImage.Parse(bytes.Memory, manner.Options);
            terminal.Output.WriteLine(manner.Json
                ? ImageDocuments.Inspect(image, file, manner.ShowSecrets, indented: !several) : InspectText.Render(terminal, file, image, manner.ShowSecrets));
            return CommonOptions.ExitCodeOf(manner.FailOn, image.Findings);
        }
        catch (CliException error)
        {
            if (manner.Json)
                terminal.Output.WriteLine(ImageDocuments.Error("inspect", file, error.ToLibrary(), indented: !several));
            terminal.ErrorLine(error);
            return error.ExitCode;
        }
    }
}
