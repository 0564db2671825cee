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
        var secrets = new Option<bool>("--show-secrets") { Description = "With --json: print the AES key, which manifest.json holds in any case" };
        var command = new Command("split", "Takes an image apart: every byte in exactly one raw file, programs also as plain ones") { image, secrets };
        var key = new KeyOptions(command, hasCipher: true);
        var output = new OutputOptions(
            command, "The folder to write; it must not exist, or be empty", new Beside(image, file => DefaultName.Folder(file, "split")), isFolder: true);
        command.SetAction(parsed => Run(
            output.Read(terminal, parsed, parsed.GetRequiredValue(image)), parsed.GetRequiredValue(image), key.Read(terminal, parsed), parsed.GetValue(secrets)));
        return command;
    }

    private static int Run(Writing writing, string path, ReadingOptions given, bool showSecrets)
    {
        var (terminal, folder) = (writing.Terminal, writing.Output);
        string[] inputs = [path, .. given.Files];
        OutputFolder.Check(folder, writing.Force, inputs);
        var image = InputFile.Load(terminal, path, given.Options);
        var split = InputFile.Within(path, () => ImageSplitter.Split(image));
        string document = ImageDocuments.Split(split, path);
        bool isSecret = SecretNote.IsFor(image) || split.Manifest.Files.Any(file => file.AesKey is not null);
        OutputFolder.Write(folder, split.Contents.Append(new(OutputFolder.ManifestName, OutputFolder.ManifestBytes(document))), writing.Force, isSecret, inputs);
        writing.Tell($"{Plural.Of(split.Manifest.Files.Count, "file")} and {OutputFolder.ManifestName}");
        SecretNote.Write(terminal, folder, image);
        if (split.Manifest.Files.Any(file => file.AesKey is not null))
            SecretNote.WriteAesKey(terminal, Path.Combine(folder, OutputFolder.ManifestName));
        writing.Print(() => showSecrets ? document : ImageDocuments.Split(split, path, showSecrets: false));
        if (writing.Json)
            return ExitCodes.Done;
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
