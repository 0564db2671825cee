using System.Globalization;
using BekenImage.Formats.Obk;

namespace BekenImage.Report.Model;

/// <summary>OpenBeken's configuration: pins first, then what is set.</summary>
internal static class ObkSections
{
    private static readonly string[] Told = ["version", "flags", "flagNames", "pins", "startupCommand"];

    public static Section? Config(FlashImage image, bool showSecrets)
    {
        if (image.ObkConfig is not { } config)
            return image.FlashVarsStore?.Variables is { } variables ? new Section("obk", "OpenBeken", null, [Variables(variables.BootCount, variables.BootSuccessCount)]) : null;
        var uses = config.Pins.Where(pin => !pin.IsUnused && pin.Role != ObkPinRoles.None)
            .Select(pin => new PinUse(pin.Number, pin.ToString(), Sentence(pin))).ToArray();
        string command = showSecrets ? config.StartupCommand : ObkSecrets.RemoveFromScript(config.StartupCommand).Trim();
        var blocks = new List<Block>
        {
            new FactsBlock(
            [
                new("Configuration at", Words.Hex(config.Offset), $"version {Words.Number(config.Version)}, {Words.Count(config.Length, "byte")}"),
                new("Checksum", config.ChecksumOk ? "ok" : "wrong", config.ChecksumOk ? null : "the firmware would ignore it", config.ChecksumOk ? Tone.Good : Tone.Bad),
                new("Start-up command", command.Length == 0 ? "none" : command, isCode: command.Length > 0),
                new("Flags", config.Flags == 0 ? "none" : string.Join(", ", Flags(config.Flags).Select(flag => Words.Number(flag))), isCode: config.Flags != 0),
            ]),
            uses.Length == 0 ? new TextBlock("No pin has a role in it.", Tone.Muted) : new PinsBlock(WifiModule.Find(ImageSummary.Of(image).Module), uses),
        };
        if (config.Flags != 0)
            blocks.Add(new FoldBlock(Words.Count(Flags(config.Flags).Count(), "flag") + " set", [new ListBlock(Flags(config.Flags).Select(Flag))]));
        blocks.Add(new FoldBlock("All that is set",
        [
            new TableBlock(["Field", "Value", "Meaning"], config.ToFields(showSecrets)
                .Where(field => !Told.Contains(field.Name)).Select(field => (field.Name, Value: Text(field.Value))).Where(field => field.Value.Length > 0)
                .Select(field => (IReadOnlyList<Cell>)[field.Name, Cell.Code(DeviceSections.Cut(field.Value)), ObkFields.Find(field.Name)?.Meaning ?? string.Empty])),
        ]));
        if ((image.FlashVarsStore?.Variables ?? image.FlashVarsJournal?.Variables) is { } kept)
            blocks.Add(Variables(kept.BootCount, kept.BootSuccessCount));
        return new Section("obk", "OpenBeken's configuration", null, blocks);
    }

    private static FactsBlock Variables(int boots, int completed) => new(
        [new("Starts", Words.Number(boots), $"of which the last completed was {Words.Number(completed)}; from the flash variables")]);

    private static string Sentence(ObkPin pin)
    {
        string channel = ObkPinRoles.ChannelCount(pin.Role) switch
        {
            0 => string.Empty,
            1 => $" on channel {Words.Number(pin.Channel)}",
            _ => $" on channels {Words.Number(pin.Channel)} and {Words.Number(pin.Channel2)}",
        };
        return $"{WifiModule.Gpio(pin.Number)} is {pin.RoleName}{channel}.";
    }

    private static IEnumerable<int> Flags(ulong flags) => Enumerable.Range(0, ObkFlags.Capacity).Where(flag => (flags >> flag & 1) != 0);

    private static string Flag(int flag)
    {
        string meaning = ObkFlags.MeaningOf(flag);
        return $"{Words.Number(flag)} {ObkFlags.NameOf(flag)}{(meaning.Length == 0 ? string.Empty : ": " + meaning)}";
    }

    // What is at its rest (zero, empty) is left out; of lists the entries are told by their place.
    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        "0.0.0.0" or "00:00:00:00:00:00" => string.Empty,
        string text => text,
        bool truth => truth ? "true" : string.Empty,
        NamedValue named => named.Name + ": " + Text(named.Value),
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object?>().Select((item, index) => (index, Text: Text(item))).Where(item => item.Text.Length > 0)
            .Select(item => item.index + ": " + item.Text)),
        IFormattable number => Convert.ToDouble(number, CultureInfo.InvariantCulture) == 0 ? string.Empty : number.ToString(null, CultureInfo.InvariantCulture),
        _ => string.Empty,
    };
}
