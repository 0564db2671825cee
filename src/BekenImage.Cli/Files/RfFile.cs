using BekenImage.Cli.Output;
using BekenImage.Formats.Rf;

namespace BekenImage.Cli.Files;

/// <summary>A file with an RF table: the sector alone, or a dump or a part of one, of which the table that counts is taken.</summary>
internal static class RfFile
{
    public static RfTable Read(Terminal terminal, string path) => Read(terminal, path, out _);

    /// <summary>The table, and the chip of the dump it was taken out of; unknown for a sector alone.</summary>
    public static RfTable Read(Terminal terminal, string path, out BekenChip chip)
    {
        byte[] bytes = InputFile.ReadImage(terminal, path);
        try
        {
            return RfSource.Read(bytes, out chip);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, path);
        }
    }
}
