using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>split IMAGE -o DIR</c>: takes an image apart.</summary>
internal static class SplitCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var output = CommonOptions.Output("The folder to write; it must not exist, or be empty");
        var key = CommonOptions.Key();
        var force = CommonOptions.Force();
        var json = CommonOptions.AsJson();
        var command = new Command("split", "Takes an image apart: every byte in exactly one raw file, programs also as plain ones") { image, output, key, force, json };
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(image), parsed.GetRequiredValue(output), parsed.GetValue(key), parsed.GetValue(force), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string folder, BekenKey? key, bool force, bool json)
    {
        OutputFolder.Check(folder, force, path);
        var image = InputFile.Load(terminal, path, new FlashImageOptions { Key = key });
        var split = ImageSplitter.Split(image);
        string document = ImageDocuments.Split(split, path);
        OutputFolder.Write(folder, split.Contents.Append(new(OutputFolder.ManifestName, OutputFolder.ManifestBytes(document))), force, path);
        SecretNote.Write(terminal, folder, image);
        if (json)
        {
            terminal.Output.WriteLine(document);
            return ExitCodes.Done;
        }
        terminal.Table(
            ["file", "physical", "length", "what"],
            split.Manifest.Files.Select(file => (IReadOnlyList<string>)
            [
                file.Name, Words.Hex(file.Range.Start), Words.Hex(file.Length),
                What(file),
            ]));
        InspectText.Findings(terminal, split.Findings);
        return ExitCodes.Done;
    }

    private static string What(SplitFile file) => file.Role switch
    {
        SplitRole.Raw => "as stored",
        SplitRole.Part => "a part of the package, for reading",
        _ => $"plain, key {file.Key?.DisplayName ?? file.AesKey?.Name ?? file.AesKey?.ToString()}",
    };
}
