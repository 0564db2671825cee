using BekenImage.Formats.Rf;

namespace BekenImage;

/// <summary>An RF table out of a file that holds one: its sector alone, or a dump, of which the table that counts is taken.</summary>
public static class RfSource
{
    /// <summary>Takes the table.</summary>
    /// <param name="bytes">A sector of at most 4096 bytes, or an image.</param>
    /// <exception cref="BekenImageException">There is none.</exception>
    public static RfTable Read(byte[] bytes) => Read(bytes, out _);

    /// <summary>Takes the table, and says of which chip it is.</summary>
    /// <param name="bytes">A sector of at most 4096 bytes, or an image.</param>
    /// <param name="chip">The chip of the image; unknown where it does not tell, and for a sector alone.</param>
    /// <exception cref="BekenImageException">There is none.</exception>
    public static RfTable Read(byte[] bytes, out BekenChip chip)
    {
        if (bytes is null)
            throw new ArgumentNullException(nameof(bytes));
        chip = BekenChip.Unknown;
        if (bytes.Length <= FlashGeometry.SectorSize || FlashImage.Parse(bytes).OpenArchive() is not { Rf: { } counts } image)
            return RfReader.Read(bytes, 0);
        chip = image.Chip;
        return counts;
    }
}
