using BekenImage.Chips;
using BekenImage.Crypto;

namespace BekenImage;

/// <content>
/// Ranges instead of images. None of the tools has a command that only erases; each erases the sectors it writes, so that a range that shall
/// be blank is written with 0xFF. bk7231tools takes whole files only, BK7231GUIFlashTool the beginnings of files: every range is a file.
/// </content>
internal static partial class FlashingTools
{
    /// <summary>The name of a tool as its users know it.</summary>
    public static string NameOf(FlasherTool tool) => tool switch
    {
        FlasherTool.EasyFlasher => EasyFlasher,
        FlasherTool.LtChipTool => "ltchiptool",
        FlasherTool.Bk7231Tools => "bk7231tools",
        _ => "programmer",
    };

    /// <summary>The lines that write ranges, one after the other.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="chip">The device's chip.</param>
    /// <param name="key">Its key; null where it is not known.</param>
    /// <param name="ranges">Where which file goes.</param>
    /// <param name="whole">A file with the whole flash as it will be, for a tool that writes nothing less.</param>
    /// <param name="hasLoader">Whether the device has a bootloader now.</param>
    public static NextStep LinesFor(
        FlasherTool tool, BekenChip chip, BekenKey? key, IReadOnlyList<KeyValuePair<FlashRange, string>> ranges, string whole, bool hasLoader)
    {
        var family = ChipRegistry.FamilyOf(chip);
        if (family?.Generation == ChipGeneration.Armino)
            return new NextStep(NameOf(tool), [], "which tool writes which range of this chip's flash is not known here");
        if (tool == FlasherTool.Programmer)
            return new NextStep("programmer", ProgrammerLines(whole), $"{ProgrammerNote}. A programmer takes the whole flash; flashrom leaves alone by itself what is the same");
        if (!hasLoader && family?.HasDownloadRom != true)
            return new NextStep(NameOf(tool), [], NotReached);
        bool hasBootloader = ranges.Any(range => range.Key.Start < FlashGeometry.AppOffset);
        if (hasBootloader && family?.HasDownloadRom != true)
            return new NextStep(NameOf(tool), [], OverUart);
        return tool switch
        {
            FlasherTool.EasyFlasher when EasyFlasherMode(chip, key) is not { } => new NextStep(EasyFlasher, [], "has no mode for this chip or its key"),
            FlasherTool.EasyFlasher => new NextStep(EasyFlasher, Each(range =>
                $"BK7231Flasher.exe --port {Port} --chip {EasyFlasherMode(chip, key)} write_flash {File(range)} --addr 0x{range.Key.Start:x} --size 0x{range.Key.Length:x}"),
                $"{Note(hasBootloader)}; no folder on the way to the files may have {QioMark} in its name"),
            FlasherTool.LtChipTool => new NextStep("ltchiptool", Each(range =>
                $"ltchiptool flash write -d {Port} -f {LtChipFamily(chip)} -s 0x{range.Key.Start:x} {File(range)}"), Note(hasBootloader)),
            _ => new NextStep("bk7231tools", Each(range =>
                $"bk7231tools write_flash -d {Port} -s 0x{range.Key.Start:x}{(range.Key.Start < FlashGeometry.AppOffset ? " -B" : string.Empty)} {File(range)}"),
                chip == BekenChip.BK7252N ? "does not name this chip; not known to work" : Note(hasBootloader)),
        };

        string[] Each(Func<KeyValuePair<FlashRange, string>, FormattableString> line) => ranges.Select(range => FormattableString.Invariant(line(range))).ToArray();
    }

    private static string File(KeyValuePair<FlashRange, string> range) => ShellWord.QuoteFile(range.Value);

    private static string Note(bool hasBootloader) => hasBootloader
        ? "in this order; the tool erases what it writes, a range that shall be blank is written with 0xFF; the last lines write the bootloader, which this chip's ROM can always repair"
        : "in this order; the tool erases what it writes, a range that shall be blank is written with 0xFF";
}
