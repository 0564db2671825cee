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
            return RfSource.Read(copy);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, path);
        }
    }
}
