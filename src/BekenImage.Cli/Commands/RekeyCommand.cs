using System.CommandLine;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Commands;

/// <summary><c>rekey IMAGE --to KEY -o OUT</c>: an image moved to another device's key.</summary>
internal static class RekeyCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var to = CommonOptions.Coefficients("The key of the device it is for: a name, four hex words, 32 hex digits or base64", "--to");
        to.Required = true;
        var command = new Command("rekey", "Moves an image to another key: bootloader and the key words in it, app, RBL headers, pages; to the key it has: renews wrong key words") { image, to };
        var output = new OutputOptions(command, "The image to write");
        var key = new KeyOptions(command, "The key it is under, where it is known and the image does not tell");
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(image);
            var given = key.Read(terminal, parsed);
            var newKey = parsed.GetValue(to)!.Value;
            return EditRun.Run(output.Read(terminal, parsed, file), file, given.Options, draft =>
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
            }, "every byte outside of these is as it was", otherInputs: given.Files);
        });
        return command;
    }
}
