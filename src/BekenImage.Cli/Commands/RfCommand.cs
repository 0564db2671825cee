using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Rf;

namespace BekenImage.Cli.Commands;

/// <summary><c>rf show</c>, <c>rf set-mac</c>, <c>rf compare</c>, <c>rf restore</c>: MAC and calibration of a device.</summary>
internal static class RfCommand
{
    public static Command Make(Terminal terminal) => new("rf", "RF tables: MAC and calibration of a device")
    {
        Show(terminal), SetMac(terminal), Compare(terminal), Restore(terminal),
    };

    private static Command Show(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var json = CommonOptions.AsJson();
        var command = new Command("show", "Shows every RF table, item by item") { image, json };
        command.SetAction(parsed => RunShow(terminal, parsed.GetRequiredValue(image), parsed.GetValue(json)));
        return command;
    }

    private static Command SetMac(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var mac = new Argument<MacAddress>("MAC") { Description = "Six bytes in hex, joined by colons", CustomParser = result => CommonOptions.ParseMac(result, "MAC") };
        var command = new Command("set-mac", "Sets the MAC in every copy that the firmware reads; calibration stays") { image, mac };
        var output = new OutputOptions(command, "The image to write");
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(image);
            var wanted = parsed.GetRequiredValue(mac);
            return EditRun.Run(output.Read(terminal, parsed, file), file, null, draft => draft.SetMac(wanted), $"the MAC is {wanted}");
        });
        return command;
    }

    private static Command Compare(Terminal terminal)
    {
        var first = CommonOptions.Image("A", "A dump or an RF sector");
        var second = CommonOptions.Image("B", "Another one");
        var json = CommonOptions.AsJson();
        var command = new Command("compare", "Compares two RF tables item by item, and says what is specific to the device") { first, second, json };
        command.SetAction(parsed => RunCompare(terminal, parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetValue(json)));
        return command;
    }

    private static Command Restore(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var from = new Option<string>("--from") { Description = "A dump of the device, or its RF sector", Required = true };
        var mac = new Option<MacAddress?>("--mac") { Description = "Another MAC for the table", CustomParser = result => CommonOptions.ParseMac(result, "--mac") };
        var uncalibrated = new Option<bool>("--allow-uncalibrated") { Description = "Take a table with chip information only, which restores no calibration" };
        var chip = CommonOptions.Chip();
        var command = new Command("restore", "Puts an RF table where this image's firmware looks") { image, from, mac, uncalibrated, chip };
        var output = new OutputOptions(command, "The image to write");
        command.SetAction(parsed =>
        {
            var request = new RestoreRequest(
                parsed.GetRequiredValue(image), parsed.GetRequiredValue(from), parsed.GetValue(mac), parsed.GetValue(uncalibrated),
                new FlashImageOptions { Chip = parsed.GetValue(chip) });
            return RunRestore(output.Read(terminal, parsed, request.Image), request);
        });
        return command;
    }

    private static int RunShow(Terminal terminal, string file, bool json)
    {
        var image = InputFile.Load(terminal, file);
        if (image.Rf is not { } counts)
            throw new CliException(ExitCodes.BadInput, FindingCode.RfMissing, "there is no RF table in it", file);
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.RfTables(image, file));
            return ExitCodes.Done;
        }
        foreach (var table in image.RfTables)
            WriteTable(terminal, table, table.Offset == counts.Offset);
        return ExitCodes.Done;
    }

    private static void WriteTable(Terminal terminal, RfTable table, bool counts)
    {
        var summary = new RfSummary(table);
        terminal.Line(FormattableString.Invariant(
            $"RF table at physical 0x{table.Offset:x}: MAC {table.MacText ?? "missing"}, length {table.Length}, {summary.Shape}{(counts ? string.Empty : "; another one counts")}"));
        foreach (string warning in summary.Warnings)
            terminal.Hanging(4, Ink.Caution("warning"), ": " + warning);
        terminal.Line();
        foreach (var group in table.Groups)
        {
            terminal.Line([Ink.Strong(group.Name)]);
            foreach (var item in group.Items)
                terminal.Pair("  " + item.Name + (item.IsRepeated ? " (repeated)" : string.Empty), $"{item.ValueText}{(item.Meaning.Length == 0 ? string.Empty : "  - " + item.Meaning)}");
        }
        terminal.Line();
    }

    private static int RunCompare(Terminal terminal, string firstFile, string secondFile, bool json)
    {
        var first = RfFile.Read(terminal, firstFile);
        var second = RfFile.Read(terminal, secondFile);
        var rows = RfComparison.Compare(first, second);
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.CompareRf(first, firstFile, second, secondFile));
            return ExitCodes.Done;
        }
        terminal.Line(FormattableString.Invariant($"A: {firstFile}, physical 0x{first.Offset:x}, MAC {first.MacText ?? "missing"}, {new RfSummary(first).Shape}"));
        terminal.Line(FormattableString.Invariant($"B: {secondFile}, physical 0x{second.Offset:x}, MAC {second.MacText ?? "missing"}, {new RfSummary(second).Shape}"));
        foreach (string warning in new RfSummary(first).Warnings)
            terminal.Hanging(4, Ink.Caution("warning"), ": A: " + warning);
        foreach (string warning in new RfSummary(second).Warnings)
            terminal.Hanging(4, Ink.Caution("warning"), ": B: " + warning);
        terminal.Line();
        foreach (var row in rows)
            WriteRow(terminal, row);
        return ExitCodes.Done;
    }

    private static void WriteRow(Terminal terminal, RfDifference row)
    {
        if (row.IsEqual)
        {
            terminal.Pair(row.Name, "same: " + row.First!.ValueText);
            return;
        }
        terminal.Pair(row.Name, $"differs{(row.IsDeviceSpecific ? ", specific to the device" : string.Empty)}: {row.Remark}");
        terminal.Pair("  A", row.First?.ValueText ?? "-");
        terminal.Pair("  B", row.Second?.ValueText ?? "-");
    }

    private sealed record RestoreRequest(string Image, string From, MacAddress? Mac, bool AllowUncalibrated, FlashImageOptions Options);

    private static int RunRestore(Writing writing, RestoreRequest request)
    {
        writing.Check(request.Image, request.From);
        var table = RfFile.Read(writing.Terminal, request.From, out var chip);
        return EditRun.Run(writing, request.Image, request.Options,
            draft => draft.RestoreRf(table, request.Mac, request.AllowUncalibrated, chip),
            $"the RF table of '{request.From}' with MAC {request.Mac?.ToString() ?? table.MacText} is where this firmware looks",
            error => error.Subject == PartitionNames.Rf ? request.From : null, request.From);
    }
}
