using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>fal show|set</c>: the bootloader's partition table.</summary>
internal static class FalCommand
{
    /// <summary>The column that says how offsets are counted, which the flash device tells too.</summary>
    private const int Counted = 4;

    public static Command Make(Terminal terminal) => new("fal", "The bootloader's partition table") { Show(terminal), Set(terminal) };

    private static Command Show(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var json = CommonOptions.AsJson();
        var command = new Command("show", "Shows the table; offsets and lengths of striped partitions are logical, but for BK7236 and its kin") { image, json };
        var key = new KeyOptions(command);
        command.SetAction(parsed => RunShow(terminal, parsed.GetRequiredValue(image), parsed.GetValue(json), key.Read(terminal, parsed).Options));
        return command;
    }

    private static Command Set(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var table = new Option<string>("--table")
        {
            HelpName = "FILE", Required = true,
            Description = "The table: rt_partition_tool's JSON, or what 'fal show --json' prints",
        };
        var command = new Command("set", "Puts another table into the bootloader and renews its RBL header; moves nothing to where the table says")
            { image, table };
        var output = new OutputOptions(command, "The image to write");
        var key = new KeyOptions(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(table);
            var given = key.Read(terminal, parsed);
            string path = parsed.GetRequiredValue(image);
            return EditRun.Run(
                output.Read(terminal, parsed, path), path, given.Options,
                draft => draft.SetPartitionTable(InputFile.ReadDocument(file, InputDocuments.ParsePartitionTable)),
                "the bootloader's partition table replaced, its header renewed",
                error => error.Code is FindingCode.FalTableSize or FindingCode.FalTableUnusual or FindingCode.FalEntryRange ? file : null, [file, .. given.Files]);
        });
        return command;
    }

    private static int RunShow(Terminal terminal, string file, bool json, FlashImageOptions options)
    {
        var image = InputFile.Load(terminal, file, options);
        if (image.Fal is not { } fal)
            throw new CliException(ExitCodes.BadInput, FindingCode.FalMissing, "there is no bootloader with a partition table in it", file);
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.PartitionTable(image, file));
            return ExitCodes.Done;
        }
        terminal.Table(
            ["name", "flash", "offset", "length", "counted", "physical", "CRC"],
            fal.Partitions.Select(entry => (IReadOnlyList<Ink>)
            [
                entry.Name, entry.Flash, Words.Hex(entry.Offset), Words.Hex(entry.Length), entry.IsStriped && !entry.IsPhysical ? "logical" : "physical",
                entry.PhysicalRange.ToString(), entry.CrcOk is null ? "none" : Ink.Verdict(entry.CrcOk),
            ]), expendable: Counted);
        return ExitCodes.Done;
    }
}
