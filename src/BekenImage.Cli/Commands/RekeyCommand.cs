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
        var command = new Command("rekey", "Moves an image to another key: bootloader and the key words in it, app, RBL headers, pages; to the key it has: renews wrong key words") { image, to, key, output, force };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(image);
            var options = new FlashImageOptions { Key = parsed.GetValue(key) };
            var newKey = parsed.GetValue(to)!.Value;
            return EditRun.Run(terminal, file, parsed.GetRequiredValue(output), parsed.GetValue(force), options, draft =>
            {
                var before = draft.ToImage().Key;
                draft.Rekey(newKey);
                string programs = string.Join(" and ", draft.Changes.Select(change => change.What).Distinct());
                string name = newKey.Name ?? "the given one";
                terminal.Note((draft.Changes.Count, before.Value?.IsEquivalentTo(newKey)) switch
                {
                    (0, _) => $"{file}: it is under the key {name} already, and its bootloader stores what it should",
                    (_, true) => $"{file}: {programs} made to fit the key {name}, which it is under: the key the bootloader stores was another one",
                    _ => $"{file}: {programs} moved from the key {before.Name} to {name}",
                });
            }, "every byte outside of these is as it was");
        });
        return command;
    }
}
