using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Uf2;

namespace BekenImage.Cli.Commands;

/// <summary><c>uf2 pack|unpack|info</c>: what LibreTiny and ESPHome release.</summary>
internal static class Uf2Command
{
    public static Command Make(Terminal terminal) =>
        new("uf2", "UF2 files of LibreTiny and ESPHome: update package and app of one build") { Pack(terminal), Unpack(terminal), Info(terminal) };

    private static Command Pack(Terminal terminal)
    {
        var inputs = new Argument<string[]>("IN")
            { Description = "An update package (RBL or UG), a packed app (UA, QIO), or both", Arity = ArgumentArity.OneOrMore };
        var chip = CommonOptions.Chip("The chip it is for");
        chip.Required = true;
        var board = new Option<string?>("--board") { HelpName = "NAME", Description = "LibreTiny's name of the board, such as generic-bk7231n-qfn32-tuya" };
        var name = new Option<string?>("--name") { HelpName = "TEXT", Description = "Name of the firmware, such as esphome" };
        var version = new Option<string?>("--app-version") { HelpName = "TEXT", Description = "Version of the firmware" };
        var timestamp = CommonOptions.Timestamp("--timestamp", "Time of the build, seconds since 1970 or ISO 8601 in UTC; without it the file states none");
        var command = new Command("pack", "Packs an update package, an app, or both, as LibreTiny's tool does")
            { inputs, chip, board, name, version, timestamp };
        var output = new OutputOptions(command, "The UF2 file to write");
        command.SetAction(parsed =>
        {
            string[] files = parsed.GetRequiredValue(inputs);
            var writing = output.Read(terminal, parsed, files[0]);
            writing.Check(files);
            long? time = parsed.GetValue(timestamp);
            var tags = Uf2Writer.Describe(
                parsed.GetValue(board), parsed.GetValue(name), parsed.GetValue(version), time is null ? null : OtaCommand.Timestamp(time));
            var parts = files.Select(file => PartOf(terminal, file, parsed.GetValue(chip))).ToArray();
            byte[] bytes = Uf2Builder.Build(parsed.GetValue(chip), parsed.GetValue(board), tags, parts);
            writing.Save(bytes, files);
            writing.Tell($"{Plural.Of(bytes.Length, "byte")}, {string.Join(", ", parts.Select(part => part.ToString()))}");
            writing.Print(bytes);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Uf2Part PartOf(Terminal terminal, string file, BekenChip chip)
    {
        var image = InputFile.Load(terminal, file);
        try
        {
            return Uf2Builder.PartOf(image, chip);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
    }

    private static Command Unpack(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The UF2 file; - for standard input");
        var command = new Command("unpack", "Takes a UF2 file apart: a file for each part") { input };
        var output = new OutputOptions(command, "The folder to write", new Beside(input, file => DefaultName.Folder(file, "parts"), "x.uf2"), isFolder: true);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            var writing = output.Read(terminal, parsed, file);
            string folder = writing.Output;
            OutputFolder.CheckTree(folder, writing.Force, file);
            var package = Read(terminal, file);
            if (package.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
                throw new CliException(ExitCodes.BadInput, error.Code, error.Message, file, error.Offset);
            var files = Uf2Splitter.Split(package)
                .Select(part => new KeyValuePair<string, ReadOnlyMemory<byte>>(part.Key, part.Value.Data)).ToArray();
            OutputFolder.WriteTree(folder, [], files, writing.Force, files.Any(part => SecretNote.IsIn(part.Value)), file);
            foreach (var (name, bytes) in files)
                terminal.Note($"{Path.Combine(folder, name)}: {Plural.Of(bytes.Length, "byte")}");
            writing.Print(() => ImageDocuments.WrittenFolder(writing.Verb, file, folder, files, package.Findings));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Info(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The UF2 file; - for standard input");
        var json = CommonOptions.AsJson();
        var command = new Command("info", "Shows what a UF2 file is for and what it brings; exit 1 when it is damaged") { input, json };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            var package = Read(terminal, file);
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(ImageDocuments.Uf2(package, file));
            else
                Write(terminal, file, package);
            return package.Findings.Any(finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.No : ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string file, Uf2Package package)
    {
        terminal.Line($"{file}: UF2, {Plural.Of(package.Blocks.Count, "block")}");
        terminal.Pair("firmware", $"{package.FirmwareName ?? "not stated"} {package.FirmwareVersion}".TrimEnd());
        terminal.Pair("board", package.Board ?? "not stated");
        terminal.Pair("chip", Words.Of(Uf2Builder.ChipOf(package)) ?? "not known");
        terminal.Pair("LibreTiny", package.LibreTinyVersion ?? "not stated");
        if (package.BuildTime is { } seconds)
            terminal.Pair("built", Words.Time(seconds));
        terminal.Line();
        terminal.Table(["partition", "offset", "length", "for"], package.Parts.Select(part => (IReadOnlyList<string>)
            [part.Name, Words.Hex(part.Offset), Words.Hex(part.Data.Length), string.Join(", ", part.Schemes.Select(DocumentWords.Of))]));
        InspectText.Findings(terminal, package.Findings);
    }

    private static Uf2Package Read(Terminal terminal, string file) =>
        Uf2Package.TryRead(InputFile.Load(terminal, file).Bytes, out var package) ? package
            : throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it is no UF2 file: it does not begin with its magic words", file);
}
