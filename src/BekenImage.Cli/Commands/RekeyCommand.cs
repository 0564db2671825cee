using System.CommandLine;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Commands;

/// <summary><c>rekey IMAGE --to KEY -o OUT</c>: an image moved to another device's key.</summary>
internal static class RekeyCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var to = CommonOptions.Key("The key of the device it is for", "--to");
        to.Required = true;
        var key = CommonOptions.Key("The key it is under, where it is known and the image does not tell");
        var output = CommonOptions.Output("The image to write");
        var force = CommonOptions.Force();
        var command = new Command("rekey", "Moves an image to another key: bootloader and the key words in it, app, RBL headers, pages") { image, to, key, output, force };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(image);
            var options = new FlashImageOptions { Key = parsed.GetValue(key) };
            var newKey = parsed.GetValue(to)!.Value;
            return EditRun.Run(terminal, file, parsed.GetRequiredValue(output), parsed.GetValue(force), options, draft =>
            {
                string before = draft.ToImage().Key.Name;
                draft.Rekey(newKey);
                string programs = string.Join(" and ", draft.Changes.Select(change => change.What).Distinct());
                terminal.Note($"{file}: {programs} moved from the key {before} to {newKey.Name ?? "the given one"}");
            }, "every byte outside of these is as it was");
        });
        return command;
    }
}
