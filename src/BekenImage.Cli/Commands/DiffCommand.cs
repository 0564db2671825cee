using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>diff A B</c>: what differs between two images, in the words of their content.</summary>
internal static class DiffCommand
{
    public static Command Make(Terminal terminal)
    {
        var first = CommonOptions.Image("A", "An image; - for standard input");
        var second = CommonOptions.Image("B", "The image to compare it with");
        var json = CommonOptions.AsJson();
        var secrets = CommonOptions.ShowSecrets();
        var command = new Command("diff", "Says what differs between two images") { first, second, json, secrets };
        var key = new KeyOptions(command, hasCipher: true);
        command.Validators.Add(result =>
        {
            if (CommonOptions.Typed(result.GetResult(first)).Concat(CommonOptions.Typed(result.GetResult(second))).Count(file => file == InputFile.StandardStream) > 1)
                result.AddError("A and B cannot both be standard input");
        });
        command.SetAction(parsed =>
        {
            var options = key.Read(terminal, parsed).Options;
            string fileA = parsed.GetRequiredValue(first);
            string fileB = parsed.GetRequiredValue(second);
            var comparison = ImageDiffer.Compare(Load(terminal, fileA, options), Load(terminal, fileB, options), parsed.GetValue(secrets));
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(ImageDocuments.Diff(comparison, fileA, fileB));
            else
                DiffText.Write(terminal, fileA, fileB, comparison);
            return comparison.IsIdentical ? ExitCodes.Done : ExitCodes.No;
        });
        return command;
    }

    // An archive and the file in it are not the same bytes: the comparison takes it as it is given.
    private static FlashImage Load(Terminal terminal, string file, FlashImageOptions options)
    {
        var image = FlashImage.Parse(InputFile.ReadBytes(file), options);
        InputFile.OpenArchive(terminal, file, image);
        return image;
    }
}
