using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>crc add|strip|check|repair IN [-o OUT]</c>: the page CRCs alone.</summary>
internal static class CrcCommand
{
    public static Command Make(Terminal terminal) => new("crc", "The page CRCs alone: 32 data bytes and two bytes of CRC to a page")
    {
        Writing(terminal, "add", "Pads with 0xFF to 32 bytes and adds a CRC to every 32 bytes", (_, data) => (PageFile.Add(data), null)),
        Writing(terminal, "strip", "Checks the CRCs and removes them", (_, pages) => (PageFile.Strip(pages), null)),
        Writing(terminal, "repair", "Gives every page that is not erased the CRC of its data", Repair),
        Check(terminal),
    };

    private static Command Writing(Terminal terminal, string name, string description, Func<string, byte[], (byte[] Bytes, string? Note)> work)
    {
        var input = CommonOptions.Image("IN", "The bytes; - for standard input");
        var output = CommonOptions.Output("The file to write");
        var force = CommonOptions.Force();
        var command = new Command(name, description) { input, output, force };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            string target = parsed.GetRequiredValue(output);
            OutputFile.Check(target, parsed.GetValue(force), file);
            using var bytes = InputFile.Read(file);
            var (result, note) = With(file, () => work(file, bytes.Span.ToArray()));
            OutputFile.Write(target, result, parsed.GetValue(force), file);
            if (note is not null)
                terminal.Note(note);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The pages; - for standard input");
        var json = CommonOptions.AsJson();
        var command = new Command("check", "Counts valid, erased and bad pages; exit 1 when any is bad") { input, json };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            using var pages = InputFile.Read(file);
            var scan = With(file, () => PageFile.Check(pages.Span));
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(ImageDocuments.CheckPages(scan, file));
            else
                terminal.Line($"{file}: {scan}");
            return scan.Bad == 0 ? ExitCodes.Done : ExitCodes.No;
        });
        return command;
    }

    private static (byte[], string?) Repair(string file, byte[] pages)
    {
        var repaired = PageFile.Repair(pages);
        return (repaired.ToArray(), FormattableString.Invariant($"{file}: {repaired.Repaired} pages got a new CRC"));
    }

    private static T With<T>(string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
    }
}
