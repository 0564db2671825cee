using BekenImage.Chips;
using BekenImage.Combining;
using BekenImage.Crypto;

namespace BekenImage;

/// <summary>
/// The exact lines that write an image with the tools people have. Sources: BK7231GUIFlashTool, CommandLineRunner.cs, BK7231Flasher.cs and
/// SPIFlasher_Beken.cs; ltchiptool, commands/flash/write.py; bk7231tools, __main__.py and serial/cmd_hl_flash.py; flashrom's manual.
/// </summary>
internal static partial class FlashingTools
{
    private const string EasyFlasher = "BK7231GUIFlashTool";

    /// <summary>The mark in a file name by which BK7231GUIFlashTool takes a file for one that begins with a bootloader.</summary>
    private const string QioMark = "_QIO_";

    private const string ProgrammerNote =
        "the first line is for a CH341A on the chip's SPI pins, its D2 on CEN (the flash is inside the chip on most modules); the second for a flash chip of its own, off the board";

    private const string OverUart = "cannot write this image over UART: it changes the bootloader, and on this chip that bootloader is what takes downloads";

    private const string NotReached =
        "cannot reach this device over UART: on this chip the bootloader is what takes downloads, and it is gone; only a programmer writes it";

    // A port must have some name in a line; this one all three tools know.
    private const string Port = "COM3";

    public static IEnumerable<NextStep> StepsFor(FlashRange output, FlashTarget target, string file)
    {
        bool hasRom = ChipRegistry.FamilyOf(target.Chip)?.HasDownloadRom == true;
        bool isReached = hasRom || output.Start != 0 || target.KeepsBootloader;
        if (isReached)
        {
            yield return new NextStep(NextSteps.Wiring, [],
                $"3.3 V, adapter RX to TX1, TX to RX1; start the command, then switch the device off and on (or CEN to GND for a moment). {Port} stands for your port (Linux: /dev/ttyUSB0)");
        }
        if (!isReached)
        {
            foreach (string tool in new[] { EasyFlasher, "ltchiptool", "bk7231tools" })
                yield return new NextStep(tool, [], OverUart);
        }
        else
        {
            // A bootloader in use as the download program stays where it is; it is the same as in the file.
            long skip = !hasRom && output.Start == 0 ? FlashGeometry.AppOffset : 0;
            var written = new FlashRange(output.Start + skip, output.Length - skip);
            yield return Easy(written, skip, target, file);
            yield return LtChipTool(written, skip, target, file);
            yield return Bk7231Tools(written, skip, target, file);
        }
        yield return Programmer(output, target, file);
    }

    private static NextStep Easy(FlashRange written, long skip, FlashTarget target, string file)
    {
        if (EasyFlasherMode(target.Chip, target.Key) is not { } mode)
            return new NextStep(EasyFlasher, [], "has no mode for this chip or its key");
        string start = $"BK7231Flasher.exe --port {Port} --chip {mode} ";
        // With the mark the tool leaves out the first 0x11000 bytes, or may; without it, it writes the file as it is.
        bool skips = skip > 0;
        string name = WithMark(file, skips);
        var lines = new List<string>();
        if (name != file)
            lines.Add($"copy {ShellWord.QuoteFile(file)} {ShellWord.QuoteFile(name)}");
        lines.Add(written.Start == FlashGeometry.AppOffset && !skips
            ? start + FormattableString.Invariant($"write_flash {ShellWord.QuoteFile(name)} --addr 0x{written.Start:x} --size 0x{RoundUp(written.Length):x}")
            : start + $"fwrite {ShellWord.QuoteFile(name)}");
        string note = (skips, name != file) switch
        {
            (true, _) => $"{QioMark} in the name is what makes it leave the bootloader out; without, it would write the bootloader over the app",
            (_, true) => $"without {QioMark} in the name, which would make it leave out the first 0x11000 bytes",
            _ => string.Empty,
        };
        string window = FormattableString.Invariant(
            $"versions without a command line: chip {mode}, custom write, offset 0x{written.Start:x}, length 0x{RoundUp(written.Length):x}");
        if (skips)
            window = $"versions without a command line: chip {mode}, the copy as firmware, 'Do firmware write'";
        return new NextStep(EasyFlasher, lines, note.Length == 0 ? window : note + "; " + window);
    }

    private static NextStep LtChipTool(FlashRange written, long skip, FlashTarget target, string file)
    {
        string part = skip > 0 ? FormattableString.Invariant($" -S 0x{skip:x} -l 0x{written.Length:x}") : string.Empty;
        return new NextStep("ltchiptool",
            [FormattableString.Invariant($"ltchiptool flash write -d {Port} -f {LtChipFamily(target.Chip)} -s 0x{written.Start:x}{part} {ShellWord.QuoteFile(file)}")], Leaves(skip));
    }

    private static NextStep Bk7231Tools(FlashRange written, long skip, FlashTarget target, string file)
    {
        string part = skip > 0 ? FormattableString.Invariant($" -S 0x{skip:x}") : string.Empty;
        string bootloader = written.Start < FlashGeometry.AppOffset ? " -B" : string.Empty;
        string? note = bootloader.Length > 0 ? "-B lets it write the bootloader, which this chip's ROM can always repair" : Leaves(skip);
        if (target.Chip == BekenChip.BK7252N)
            note = "does not name this chip; not known to work";
        return new NextStep("bk7231tools",
            [FormattableString.Invariant($"bk7231tools write_flash -d {Port} -s 0x{written.Start:x}{part}{bootloader} {ShellWord.QuoteFile(file)}")], note);
    }

    // What is on the chip there already is the same.
    private static string? Leaves(long skip) => skip > 0 ? "leaves the bootloader alone: on this chip it is what takes downloads" : null;

    private static NextStep Programmer(FlashRange output, FlashTarget target, string file)
    {
        if (output.Start != 0 || output.Length != target.FlashLength)
        {
            return new NextStep("programmer", [], "writes whole chips: make an image of the whole chip for it");
        }
        return new NextStep("programmer",
            ProgrammerLines(file),
            "the first line is for a CH341A on the chip's SPI pins, its D2 on CEN (the flash is inside the chip on most modules); the second for a flash chip of its own, off the board");
    }

    /// <summary>
    /// The tool compares the key it reads from the chip with the one of its mode: Tuya's is its BK7231N, none its BK7231M, whatever is printed
    /// on the chip.
    /// </summary>
    private static string? EasyFlasherMode(BekenChip chip, BekenKey? key) => chip switch
    {
        BekenChip.BK7231N or BekenChip.BK7231M or BekenChip.BL2028N =>
            key is not { } known ? null : known.IsIdentity ? "BK7231M" : known.IsEquivalentTo(BekenKey.Tuya) ? "BK7231N" : null,
        BekenChip.BK7231Q or BekenChip.Unknown => null,
        _ => chip.ToString(),
    };

    // The name of the family is known to every version; T and U changed theirs.
    private static string LtChipFamily(BekenChip chip) => BekenChips.FamilyOf(chip) == BekenChip.BK7231N ? "bk7231n" : "bk72xx";

    private static string[] ProgrammerLines(string file) =>
    [
        $"BK7231Flasher.exe --chip BekenSPI fwrite {ShellWord.QuoteFile(WithMark(file, has: false))}",
        $"flashrom -p ch341a_spi -w {ShellWord.QuoteFile(file)}",
    ];

    private static string WithMark(string file, bool has)
    {
        int name = Math.Max(file.LastIndexOf('/'), file.LastIndexOf('\\')) + 1;
        // It looks for the mark in the whole path.
        if (!has && file.IndexOf(QioMark, 0, name, StringComparison.Ordinal) >= 0)
            return file.Substring(name).Replace(QioMark, "_");
        bool marked = file.IndexOf(QioMark, name, StringComparison.Ordinal) >= 0;
        if (marked == has)
            return file;
        if (!has)
            return file.Substring(0, name) + file.Substring(name).Replace(QioMark, "_");
        int dot = file.LastIndexOf('.');
        return dot <= name ? file + QioMark : file.Insert(dot, QioMark);
    }

    private static long RoundUp(long length) => (length + FlashGeometry.SectorSize - 1) / FlashGeometry.SectorSize * FlashGeometry.SectorSize;
}
