using BekenImage.Editing;
using BekenImage.Formats.LittleFs;
using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// Puts files into the LittleFS of an image. Every byte outside the volume, length and rotation stay as they were; the guards of
/// <see cref="ImageCombiner"/> apply.
/// </summary>
public static class LittleFsEditor
{
    /// <summary>
    /// Puts files into the image's volume (<see cref="FlashImage.LittleFs"/>), replacing those of the same path; where there is none, a
    /// volume is made where the image's firmware looks for one.
    /// </summary>
    /// <param name="image">The image; a QIO file too short for a volume is extended.</param>
    /// <param name="put">Files and directories.</param>
    /// <param name="remove">Paths to remove first, a directory with all it holds. Null for none.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">The volume is damaged beyond what is replaced or removed
    /// (<see cref="FindingCode.LittleFsDamagedVolume"/>), or a path is refused.</exception>
    /// <exception cref="ImageGuardException">The files do not fit (<see cref="FindingCode.LittleFsDoesNotFit"/>, with both sizes), it is not
    /// known where a volume belongs (<see cref="FindingCode.AddressUnknown"/>), or something else is there.</exception>
    public static byte[] Put(FlashImage image, IEnumerable<LittleFsEntry> put, IEnumerable<string>? remove = null)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (put is null)
            throw new ArgumentNullException(nameof(put));
        try
        {
            return image.LittleFs is { } volume
                ? Write(image, volume.Range, LittleFsWriter.Rebuild(volume, put, remove))
                : Create(image, put, remove);
        }
        catch (BekenImageException error) when (error.Code == FindingCode.LittleFsDoesNotFit)
        {
            throw new ImageGuardException(error.Code, error.Message, error.Offset);
        }
    }

    private static byte[] Create(FlashImage image, IEnumerable<LittleFsEntry> put, IEnumerable<string>? remove)
    {
        if (LittleFsAreas.RangeFor(image, image.Content.Map) is not { } range || image.PhysicalBase != 0)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "there is no LittleFS in it, and it is not known where its firmware would look for one; there is no default address");
        }
        if (remove?.FirstOrDefault() is { } path)
            throw new BekenImageException(FindingCode.LittleFsNotFound, $"there is no LittleFS in it, so no '{path}' to remove");
        return Write(image, range, LittleFsWriter.Create((int)range.Length, put));
    }

    private static byte[] Write(FlashImage image, FlashRange range, byte[] volume)
    {
        var patch = new SectorPatch(image);
        if (range.Start >= image.Length)
        {
            patch.Append(range.Start, volume, PartitionNames.LittleFs);
            return patch.ToArray();
        }
        RefusePrograms(image, range);
        patch.Put(range.Start, volume, PartitionNames.LittleFs, PartitionNames.LittleFs);
        return patch.ToArray();
    }

    // What a superblock says of its size is a number from an image; and a firmware file may have been written over a device's volume.
    private static void RefusePrograms(FlashImage image, FlashRange range)
    {
        foreach (var program in ProgramRanges.Of(image).Where(program => program.Overlaps(range)))
        {
            throw new ImageGuardException(FindingCode.RegionsOverlap,
                $"the LittleFS ({range}) lies over a program or its header ({program}); nothing was written", program.Start);
        }
    }
}
