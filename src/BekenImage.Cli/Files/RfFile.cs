using BekenImage.Formats.Rf;

namespace BekenImage.Cli.Files;

/// <summary>A file with an RF table: the sector alone, or a dump, of which the table that counts is taken.</summary>
internal static class RfFile
{
    public static RfTable Read(string path)
    {
        using var bytes = InputFile.Read(path);
        byte[] copy = bytes.Span.ToArray();
        try
        {
            return copy.Length <= FlashGeometry.SectorSize ? RfReader.Read(copy, 0) : FlashImage.Parse(copy).Rf ?? RfReader.Read(copy, 0);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, path);
        }
    }
}
