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
        Making(terminal, "add", "paged", "Pads with 0xFF to 32 bytes and adds a CRC to every 32 bytes", (_, data) => (PageFile.Add(data), null)),
        Making(terminal, "strip", "stripped", "Checks the CRCs and removes them", (_, pages) => (PageFile.Strip(pages), null)),
        Making(terminal, "repair", "repaired", "Gives every page that is not erased the CRC of its data", Repair),
        Check(terminal),
    };

    private static Command Making(Terminal terminal, string name, string mark, string description, Func<string, byte[], (byte[] Bytes, string? Note)> work)
    {
        var input = CommonOptions.Image("IN", "The bytes; - for standard input");
        var command = new Command(name, description) { input };
        var output = new OutputOptions(command, "The file to write", new Beside(input, file => DefaultName.Marked(file, mark)));
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            var writing = output.Read(terminal, parsed, file);
            writing.Check(file);
            using var bytes = InputFile.Read(file);
            var (result, note) = With(file, () => work(file, bytes.Span.ToArray()));
            writing.SaveMade(result, bytes.Span.ToArray(), file);
            writing.Tell(Plural.Of(result.Length, "byte"));
            if (note is not null)
                terminal.Note(note);
            writing.Print(result);
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
        return (repaired.ToArray(), $"{file}: {Plural.Of(repaired.Repaired, "page")} got a new CRC");
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
