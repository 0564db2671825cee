using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>merge DIR -o OUT</c>: joins a split folder.</summary>
internal static class MergeCommand
{
    public static Command Make(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "A folder that split wrote" };
        var command = new Command("merge", "Joins a split folder; edited programs are encrypted, paged and put in") { folder };
        var output = new OutputOptions(command, "The image to write", new Beside(folder, name => DefaultName.OfFolder(name, "split", ".merged.bin"), "x.split"));
        command.Aliases.Add("join");
        command.SetAction(parsed => Run(output.Read(terminal, parsed, parsed.GetRequiredValue(folder)), parsed.GetRequiredValue(folder)));
        return command;
    }

    private static int Run(Writing writing, string folder)
    {
        string manifestPath = Path.Combine(folder, OutputFolder.ManifestName);
        if (!Directory.Exists(folder))
            throw new CliException(ExitCodes.BadInput, FindingCode.InputUnreadable, "there is no such folder", folder);
        SplitManifest manifest;
        using (var text = InputFile.Read(manifestPath))
            manifest = InputFile.Within(manifestPath, () => InputDocuments.ParseSplitManifest(text.Span));
        string[] inputs = manifest.Files.Select(file => Path.Combine(folder, file.Name)).Append(manifestPath).ToArray();
        writing.Check(inputs);
        var findings = new List<Finding>();
        byte[] image;
        try
        {
            image = ImageMerger.Merge(manifest, name => Read(Path.Combine(folder, name)), findings);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, error.Subject is { } name ? Path.Combine(folder, name) : manifestPath);
        }
        var joined = FlashImage.Parse(image);
        writing.Save(image, SecretNote.IsFor(joined), inputs);
        foreach (var finding in findings)
            writing.Terminal.Note($"{Words.Of(finding.Severity)}: {Cures.Add(finding.ToString(), Cures.For("merge", finding.Code, finding.Subject))}");
        SecretNote.Write(writing.Terminal, writing.Output, joined);
        string unchanged = ImageHash.Of(image) == manifest.Sha256 ? ", identical to the image that was split" : string.Empty;
        writing.Tell($"{Plural.Of(image.Length, "byte")}{unchanged}");
        writing.Print(image, findings);
        return findings.Exists(finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.No : ExitCodes.Done;
    }

    private static ReadOnlyMemory<byte>? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        using var owner = InputFile.Read(path);
        return owner.Span.ToArray();
    }
}
