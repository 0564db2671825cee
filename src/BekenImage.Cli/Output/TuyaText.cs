using BekenImage.Documents;
using BekenImage.Formats.Tuya;

namespace BekenImage.Cli.Output;

/// <summary>The answer of <c>tuya show</c> for people: values, files, wiring.</summary>
internal static class TuyaText
{
    public static void Write(Terminal terminal, TuyaContents contents, TuyaFoundUserParameters? parameters, TuyaWiring wiring, bool showSecrets)
    {
        if (contents.Storage is { } storage)
        {
            terminal.Line(FormattableString.Invariant($"Tuya storage at physical 0x{storage.Offset:x}: {Plural.Of(storage.Blocks, "block")}, {Plural.Of(storage.Values.Count, "value")}"));
            foreach (var value in storage.Values)
            {
                string name = value.Name.Length == 0 ? "(no name)" : value.Name;
                terminal.Pair(value.SumOk ? name : name + " (WRONG sum)", TuyaSecrets.Show(value.Name, value.Data.Span, showSecrets));
            }
        }
        foreach (var block in contents.ProtectedBlocks)
        {
            terminal.Line();
            terminal.Line(FormattableString.Invariant($"protected block at physical 0x{block.Offset:x}: {string.Join(", ", block.Entries.Select(entry => entry.Name))}"));
        }
        if (contents.FileSystem is { } files)
        {
            terminal.Line();
            terminal.Line(FormattableString.Invariant($"UF file system at physical 0x{files.Offset:x}: {Plural.Of(files.Files.Count, "file")}"));
            terminal.Table(["file", "length", "physical"], files.Files.Select(file => (IReadOnlyList<string>)
                [file.Name, Number(file.Length), file.Offsets.Count == 0 ? "-" : Words.Hex(file.Offsets[0])]));
        }
        Wiring(terminal, wiring, parameters is null
            ? "user_param_key: none"
            : $"user_param_key: from {DocumentWords.Of(parameters.Source)}, crc {(parameters.Parameters.StoredCrc is null ? "missing" : Words.Verdict(parameters.Parameters.CrcOk))}");
    }

    /// <summary>What a file in JSON tells.</summary>
    public static void Write(Terminal terminal, TuyaDescription description, bool showSecrets)
    {
        terminal.Line($"Tuya device told by a file in JSON: {Plural.Of(description.Values.Count, "value")}");
        foreach (var value in description.Values)
            terminal.Pair(value.Name, TuyaSecrets.Show(value.Name, value.Data.Span, showSecrets));
        Wiring(terminal, description.Wiring, description.UserParameters is null ? "user_param_key: none" : "user_param_key: from the file");
    }

    /// <summary>The names alone.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<TuyaCatalogEntry> entries) => terminal.Table(
        ["value", "place", "physical", "length"], entries.Select(entry => (IReadOnlyList<string>)
        [
            entry.Name.Length == 0 ? "(no name)" : entry.Name, DocumentWords.Of(entry.Place), entry.Offset is { } offset ? Words.Hex(offset) : "-",
            Number(entry.Data.Length),
        ]));

    private static void Wiring(Terminal terminal, TuyaWiring wiring, string parameters)
    {
        terminal.Line();
        terminal.Line(parameters);
        if (wiring.Module is not null || wiring.Chip is not null)
            terminal.Line($"module {wiring.Module ?? "unknown"}, chip {wiring.Chip ?? "unknown"}");
        if (wiring.IsTuyaMcu)
            terminal.Line("TuyaMCU: a microcontroller of its own does the work, the pins are its own");
        if (wiring.Pins.Count > 0)
        {
            terminal.Table(["pin", "as OpenBeken role", "field"], wiring.Pins.Select(pin => (IReadOnlyList<string>)
                [Number(pin.Gpio), pin.ToString(), pin.Field]));
        }
        foreach (var pin in wiring.UnmappedPins)
            terminal.Line(pin.ToString());
        foreach (string command in wiring.StartupCommands)
            terminal.Line("start-up command: " + command);
        foreach (string note in wiring.Notes)
            terminal.Line("note: " + note);
        if (wiring.UnusedFields.Count > 0)
            terminal.Line("not used: " + string.Join(", ", wiring.UnusedFields.Select(field => field.Name)));
    }

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
