using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>crc add|strip|check|repair IN [-o OUT]</c>: the page CRCs alone.</summary>
internal static class CrcCommand
{
    public static Command Make(Terminal terminal) => new("crc", "The page CRCs alone: 32 data bytes and two bytes of CRC to a page")
    {
        Writing(terminal, "add", "Pads with 0xFF to 32 bytes and adds a CRC to every 32 bytes", Add),
        Writing(terminal, "strip", "Checks the CRCs and removes them", Strip),
        Writing(terminal, "repair", "Gives every page that is not erased the CRC of its data", Repair),
        Check(terminal),
    };

    /// <summary>Pages of some data; the last is filled up with 0xFF.</summary>
    public static byte[] AddPages(ReadOnlySpan<byte> data)
    {
        byte[] whole = Pad(data);
        var pages = new byte[whole.Length / FlashPages.DataSize * FlashPages.PageSize];
        FlashPages.Encode(whole, pages);
        return pages;
    }

    /// <summary>The data, filled up with 0xFF to whole pages.</summary>
    public static byte[] Pad(ReadOnlySpan<byte> data)
    {
        var whole = new byte[(data.Length + FlashPages.DataSize - 1) / FlashPages.DataSize * FlashPages.DataSize];
        data.CopyTo(whole);
        whole.AsSpan(data.Length).Fill(0xFF);
        return whole;
    }

    public static void CheckWhole(string file, ReadOnlySpan<byte> pages)
    {
        if (pages.Length % FlashPages.PageSize != 0)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, FormattableString.Invariant(
                $"{pages.Length} bytes are not whole pages of {FlashPages.PageSize}; it ends {pages.Length % FlashPages.PageSize} bytes into one"),
                file, pages.Length / FlashPages.PageSize * FlashPages.PageSize);
        }
    }

    public static void RequireValid(string file, PageScan scan)
    {
        if (scan.Bad > 0)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.BadPage, FormattableString.Invariant(
                $"{scan.Bad} of {scan.Total} pages have a wrong CRC, the first is page {scan.FirstBad}"), file, (long)scan.FirstBad * FlashPages.PageSize);
        }
    }

    private static Command Writing(Terminal terminal, string name, string description, Func<string, ReadOnlyMemory<byte>, (byte[] Bytes, string? Note)> work)
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
            var (result, note) = work(file, bytes.Memory);
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
            CheckWhole(file, pages.Span);
            var scan = FlashPages.Check(pages.Span);
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(ImageDocuments.CheckPages(scan, file));
            else
                terminal.Line($"{file}: {scan}");
            return scan.Bad == 0 ? ExitCodes.Done : ExitCodes.No;
        });
        return command;
    }

    private static (byte[], string?) Add(string file, ReadOnlyMemory<byte> data) => (AddPages(data.Span), null);

    private static (byte[], string?) Strip(string file, ReadOnlyMemory<byte> pages)
    {
        CheckWhole(file, pages.Span);
        var data = new byte[pages.Length / FlashPages.PageSize * FlashPages.DataSize];
        RequireValid(file, FlashPages.Decode(pages.Span, data));
        return (data, null);
    }

    // The data is believed and the CRC made to fit: for a file whose data was edited by hand.
    private static (byte[], string?) Repair(string file, ReadOnlyMemory<byte> pages)
    {
        CheckWhole(file, pages.Span);
        byte[] repaired = pages.ToArray();
        int count = 0;
        for (int offset = 0; offset < repaired.Length; offset += FlashPages.PageSize)
        {
            var page = repaired.AsSpan(offset, FlashPages.PageSize);
            if (FlashPages.Check(page).Bad == 0)
                continue;
            FlashPages.Encode(page[..FlashPages.DataSize].ToArray(), page);
            count++;
        }
        return (repaired, FormattableString.Invariant($"{file}: {count} pages got a new CRC"));
    }
}
