using System.CommandLine;
using System.Globalization;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Obk;

namespace BekenImage.Cli.Commands;

/// <summary><c>chips</c>, <c>layout</c>, and what <c>obk</c> lists: what the library knows, whatever the image.</summary>
internal static class ListCommands
{
    private const string FlavorName = "FLAVOR";

    private static string FlavorWords { get; } = string.Join(", ", DocumentWords.Flavors.Select(DocumentWords.Of));

    public static Command Chips(Terminal terminal) => List(terminal, "chips", "Lists the chips: other names, family, flash, known layouts",
        () => ImageDocuments.Chips(),
        () => terminal.Table(["chip", "also called", "family", "generation", "flash", "OpenBeken's build", "layouts"], BekenChips.All.Select(chip => (IReadOnlyList<string>)
        [
            chip.Name, Joined(chip.OtherNames), Words.Of(chip.Family) ?? "-", DocumentWords.Of(chip.Generation),
            FormattableString.Invariant($"{chip.FlashLength >> 20} MiB"), chip.ObkFirmware?.Name ?? "-", Joined(chip.Flavors.Select(DocumentWords.Of)),
        ])));

    public static Command Layout(Terminal terminal)
    {
        var chip = new Argument<BekenChip>("CHIP") { Description = "The chip", CustomParser = CommonOptions.ParseChip };
        var flavor = new Argument<FirmwareFlavor>(FlavorName)
        {
            Description = $"Whose firmware: {FlavorWords}; all that are known where it is left out", Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => FirmwareFlavor.Unknown,
            CustomParser = result => DocumentWords.TryParse(CommonOptions.Given(result), out FirmwareFlavor known)
                ? known
                : CommonOptions.Unknown<FirmwareFlavor>(
                    result, $"{FlavorName} is one of {FlavorWords}, not {CommonOptions.Quoted(result)}", DocumentWords.Flavors.Select(DocumentWords.Of)),
        };
        chip.CompletionSources.Clear();
        chip.CompletionSources.Add([.. BekenChips.Names]);
        flavor.CompletionSources.Clear();
        flavor.CompletionSources.Add([.. DocumentWords.Flavors.Select(DocumentWords.Of)]);
        var json = CommonOptions.AsJson();
        var command = new Command("layout", "Lists where a firmware looks on a chip") { chip, flavor, json };
        command.SetAction(parsed => RunLayout(terminal, parsed.GetRequiredValue(chip), parsed.GetValue(flavor), parsed.GetValue(json)));
        return command;
    }

    public static Command ObkRoles(Terminal terminal) => List(terminal, "roles", "Lists the pin roles, by number",
        () => ImageDocuments.ObkRoles(),
        () => terminal.Table(["role", "name", "channels", "also read"], Enumerable.Range(0, ObkPinRoles.Count).Select(number => (IReadOnlyList<string>)
            [Text(number), ObkPinRoles.NameOf((byte)number), Text(ObkPinRoles.ChannelCount((byte)number)), Joined(ObkPinRoles.OtherNamesOf((byte)number))])));

    public static Command ObkFlags(Terminal terminal) => List(terminal, "flags", "Lists the flags, by number",
        () => ImageDocuments.ObkFlags(),
        () => terminal.Table(["flag", "name", "what it does"], Enumerable.Range(0, Formats.Obk.ObkFlags.Count).Select(number => (IReadOnlyList<string>)
            [Text(number), Formats.Obk.ObkFlags.NameOf(number), Formats.Obk.ObkFlags.MeaningOf(number)])));

    public static Command ObkChannels(Terminal terminal) => List(terminal, "channels", "Lists the channel types, by number",
        () => ImageDocuments.ObkChannels(),
        () => terminal.Table(["type", "name", "shown as"], Enumerable.Range(0, ObkChannelTypes.Count).Select(number => (IReadOnlyList<string>)
        [
            Text(number), ObkChannelTypes.NameOf((byte)number),
            ObkChannelTypes.DivisorOf((byte)number) is > 1 and var divisor ? FormattableString.Invariant($"value / {divisor}") : "value",
        ])));

    private static int RunLayout(Terminal terminal, BekenChip chip, FirmwareFlavor flavor, bool json)
    {
        var known = DocumentWords.Flavors.Where(candidate => ChipLayout.For(chip, candidate) is not null).ToArray();
        var wanted = flavor == FirmwareFlavor.Unknown ? known : known.Where(candidate => candidate == flavor).ToArray();
        if (wanted.Length == 0)
        {
            string whose = flavor == FirmwareFlavor.Unknown ? "any firmware" : $"{Words.Of(flavor)} firmware";
            string others = known.Length == 0 ? string.Empty : $"; known there: {string.Join(", ", known.Select(Words.Of))}";
            throw new CliException(ExitCodes.BadInput, FindingCode.FirmwareMapUnknown, $"it is not known where {whose} looks on {Words.Of(chip)}{others}");
        }
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.Layout(chip, wanted));
            return ExitCodes.Done;
        }
        for (int i = 0; i < wanted.Length; i++)
        {
            if (i > 0)
                terminal.Line();
            terminal.Line($"{Words.Of(chip)}, {Words.Of(wanted[i])}; areas may lie inside each other");
            terminal.Table(["area", "physical", "end", "length"], ChipLayout.For(chip, wanted[i])!.Areas.Select(area => (IReadOnlyList<string>)
                [area.Name, Words.Hex(area.Range.Start), Words.Hex(area.Range.End), Words.Hex(area.Range.Length)]));
        }
        return ExitCodes.Done;
    }

    private static Command List(Terminal terminal, string name, string description, Func<string> document, Action write)
    {
        var json = CommonOptions.AsJson();
        var command = new Command(name, description) { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(document());
            else
                write();
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Joined(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : "-";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
