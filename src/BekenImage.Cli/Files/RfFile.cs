using BekenImage.Formats.Rf;

namespace BekenImage.Cli.Files;

/// <summary>A file with an RF table: the sector alone, or a dump, of which the table that counts is taken.</summary>
internal static class RfFile
{
    public static RfTable Read(string path) => Read(path, out _);

    /// <summary>The table, and the chip of the dump it was taken out of; unknown for a sector alone.</summary>
    public static RfTable Read(string path, out BekenChip chip)
    {
        using var bytes = InputFile.Read(path);
        byte[] copy = bytes.Span.ToArray();
        try
        {
            return RfSource.Read(copy, out chip);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, path);
        }
    }
}
