using BekenImage.Documents;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;

namespace BekenImage.Report.Model;

/// <summary>What Tuya's firmware keeps, and what it says of the wiring.</summary>
internal static class TuyaSections
{
    private const int LongestValue = 2000;

    public static Section? Wiring(FlashImage image)
    {
        if (image.TuyaContents.IsEmpty && image.UserParameters.Count == 0)
            return null;
        var wiring = TuyaTemplate.WiringOf(image);
        if (wiring.Pins.Count == 0 && wiring.UnmappedPins.Count == 0 && !wiring.IsTuyaMcu && wiring.Notes.Count == 0)
            return null;
        var blocks = new List<Block>();
        if (image.UserParameters.FirstOrDefault() is { } parameters)
        {
            blocks.Add(new FactsBlock(
            [
                new("Wiring read from", DocumentWords.Of(parameters.Source), "user_param_key"),
                new("Module", wiring.Module is { } module ? WifiModule.Spelled(module) : "not named", wiring.Chip),
                new("Checksum", parameters.Parameters.StoredCrc is null ? "missing" : parameters.Parameters.CrcOk ? "ok" : "wrong",
                    tone: parameters.Parameters.CrcOk ? Tone.Good : Tone.Warn),
            ]));
        }
        if (wiring.IsTuyaMcu)
            blocks.Add(new TextBlock("TuyaMCU: a microcontroller of its own does the work; this module only talks to it over its serial port."));
        var uses = wiring.Pins.Select(pin => new PinUse(pin.Gpio, pin.ToString(), $"{WifiModule.Gpio(pin.Gpio)} is {pin.Role}{Channel(pin)}, by the field {pin.Field}."))
            .Concat(wiring.UnmappedPins.Select(pin => new PinUse(pin.Gpio, "not mapped", Words.Sentence(pin.ToString())))).OrderBy(pin => pin.Gpio).ToArray();
        if (uses.Length > 0)
            blocks.Add(new PinsBlock(WifiModule.Find(wiring.Module), uses));
        if (wiring.StartupCommands.Count + wiring.Notes.Count > 0)
            blocks.Add(new ListBlock([.. wiring.StartupCommands.Select(command => "Start-up command: " + command), .. wiring.Notes.Select(Words.Sentence)]));
        return new Section("tuya-wiring", "Wiring, by Tuya's data", "As OpenBeken's roles; a sentence for every pin the data name.", blocks);
    }

    public static Section? Values(FlashImage image, bool showSecrets)
    {
        var contents = image.TuyaContents;
        if (contents.IsEmpty)
            return null;
        var blocks = new List<Block>();
        if (contents.Storage is { } storage)
        {
            blocks.Add(new TextBlock($"Storage at {Words.Hex(storage.Offset)}: {Words.Count(storage.Blocks, "block")}, {Words.Count(storage.Values.Count, "value")}."));
            blocks.Add(Table(storage.Values.Select(value => (value.Name, value.SumOk, value.Data)), showSecrets));
        }
        foreach (var block in contents.ProtectedBlocks.Take(4))
        {
            blocks.Add(new FoldBlock($"Protected block at {Words.Hex(block.Offset)}",
                [Table(block.Entries.Select(entry => (entry.Name, true, entry.Data)), showSecrets)]));
        }
        if (contents.FileSystem is { } files)
        {
            blocks.Add(new FoldBlock($"File system at {Words.Hex(files.Offset)}: {Words.Count(files.Files.Count, "file")}",
                [new TreeBlock([.. files.Files.Select(file => new TreeNode(file.Name, Words.Size(file.Length)))])]));
        }
        return new Section("tuya", "Tuya's data", "Names and settings of the old firmware; passwords and cloud keys are masked unless they were asked for.", blocks);
    }

    private static string Channel(TuyaPin pin) =>
        ObkPinRoles.TryParse(pin.Role, out byte role) && ObkPinRoles.ChannelCount(role) == 0 ? string.Empty : $" on channel {Words.Number(pin.Channel)}";

    private static TableBlock Table(IEnumerable<(string Name, bool SumOk, ReadOnlyMemory<byte> Data)> values, bool showSecrets) =>
        new(["Name", "Value", "Bytes"], values.Select(value => (IReadOnlyList<Cell>)
        [
            value.SumOk ? value.Name.Length == 0 ? "(no name)" : value.Name : new Cell(value.Name + " (wrong sum)", Tone.Bad),
            Cell.Code(DeviceSections.Cut(TuyaSecrets.Show(value.Name, value.Data.Span, showSecrets), LongestValue)), Words.Number(value.Data.Length),
        ]));
}
