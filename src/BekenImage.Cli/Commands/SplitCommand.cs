using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>split IMAGE -o DIR</c>: takes an image apart.</summary>
internal static class SplitCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var output = CommonOptions.Output("The folder to write; it must not exist, or be empty");
        var force = CommonOptions.Force();
        var json = CommonOptions.AsJson();
        var secrets = new Option<bool>("--show-secrets") { Description = "With --json: print the AES key, which manifest.json holds in any case" };
        var command = new Command("split", "Takes an image apart: every byte in exactly one raw file, programs also as plain ones") { image, output, force, json, secrets };
        var key = new KeyOptions(command, hasCipher: true);
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(image), parsed.GetRequiredValue(output), key.Read(terminal, parsed), parsed.GetValue(force),
            parsed.GetValue(json), parsed.GetValue(secrets)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string folder, ReadingOptions given, bool force, bool json, bool showSecrets)
    {
        string[] inputs = [path, .. given.Files];
        OutputFolder.Check(folder, force, inputs);
        var image = InputFile.Load(terminal, path, given.Options);
        var split = ImageSplitter.Split(image);
        string document = ImageDocuments.Split(split, path);
        bool isSecret = SecretNote.IsFor(image) || split.Manifest.Files.Any(file => file.AesKey is not null);
        OutputFolder.Write(folder, split.Contents.Append(new(OutputFolder.ManifestName, OutputFolder.ManifestBytes(document))), force, isSecret, inputs);
        SecretNote.Write(terminal, folder, image);
        if (split.Manifest.Files.Any(file => file.AesKey is not null))
            SecretNote.WriteAesKey(terminal, Path.Combine(folder, OutputFolder.ManifestName));
        if (json)
        {
            terminal.Output.WriteLine(showSecrets ? document : ImageDocuments.Split(split, path, showSecrets: false));
            return ExitCodes.Done;
        }
        terminal.Table(
            ["file", "physical", "length", "what"],
            split.Manifest.Files.Select(file => (IReadOnlyList<string>)
            [
                file.Name, Words.Hex(file.Range.Start), Words.Hex(file.Length),
                What(file),
            ]));
        InspectText.Findings(terminal, split.Findings, "split");
        return ExitCodes.Done;
    }

    private static string What(SplitFile file) => file.Role switch
    {
        SplitRole.Raw => "as stored",
        SplitRole.Part => "a part of the package, for reading",
        _ => $"plain, key {file.Key?.DisplayName ?? file.AesKey?.Name ?? file.AesKey?.ToString()}",
    };
}
