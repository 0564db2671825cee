using BekenImage.Formats.Obk;

namespace BekenImage;

/// <summary>
/// An OpenBeken configuration out of a file that holds one: the configuration or its sector alone, or an image or a part of one, of which the
/// configuration that counts is taken.
/// </summary>
public static class ObkSource
{
    /// <summary>Takes the configuration.</summary>
    /// <param name="bytes">3584 bytes or a sector of at most 4096, or an image.</param>
    /// <exception cref="BekenImageException">There is none, or its checksum is wrong.</exception>
    public static ObkConfig Read(byte[] bytes) => Read(bytes, out _);

    /// <summary>The same as changes: every field of it, under its name, passwords too.</summary>
    /// <param name="bytes">3584 bytes or a sector of at most 4096, or an image.</param>
    /// <exception cref="BekenImageException">There is none, or its checksum is wrong.</exception>
    public static ObkConfigDocument ReadDocument(byte[] bytes)
    {
        var config = Read(bytes, out var chip);
        return new ObkConfigDocument(config, knowsPins: chip != BekenChip.Unknown);
    }

    private static ObkConfig Read(byte[] bytes, out BekenChip chip)
    {
        if (bytes is null)
            throw new ArgumentNullException(nameof(bytes));
        chip = BekenChip.Unknown;
        // How the pins of a sector alone are counted says nobody.
        if (bytes.Length <= FlashGeometry.SectorSize)
            return ObkConfigReader.Read(bytes, 0, default);
        var image = FlashImage.Parse(bytes).OpenArchive();
        if (image.ObkConfig is not { } counts)
        {
            throw new BekenImageException(FindingCode.ObkNotAConfig,
                "there is no OpenBeken configuration in it: neither does it begin with one, nor is there one at a sector of it");
        }
        if (!counts.ChecksumOk)
            throw new BekenImageException(FindingCode.ObkChecksum, "the checksum of the OpenBeken configuration in it is wrong", counts.Offset);
        chip = image.Chip;
        return counts;
    }
}
