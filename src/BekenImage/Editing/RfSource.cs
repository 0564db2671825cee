using BekenImage.Formats.Rf;

namespace BekenImage;

/// <summary>An RF table out of a file that holds one: its sector alone, or a dump, of which the table that counts is taken.</summary>
public static class RfSource
{
    /// <summary>Takes the table.</summary>
    /// <param name="bytes">A sector of at most 4096 bytes, or an image.</param>
    /// <exception cref="BekenImageException">There is none.</exception>
    public static RfTable Read(byte[] bytes)
    {
        if (bytes is null)
            throw new ArgumentNullException(nameof(bytes));
        return bytes.Length > FlashGeometry.SectorSize && FlashImage.Parse(bytes).Rf is { } counts ? counts : RfReader.Read(bytes, 0);
    }
}
