using BekenImage.Formats.Rbl;

namespace BekenImage;

/// <summary>The RBL headers of an image whose texts, timestamps and junk a build keeps.</summary>
public static class FirmwareHeaders
{
    /// <summary>The header of a program: of several the one that describes what is there.</summary>
    /// <param name="image">The image.</param>
    /// <param name="partition">The partition's name: <c>bootloader</c> or <c>app</c>.</param>
    /// <returns>Null where there is none whose CRC fits.</returns>
    public static RblHeader? Find(FlashImage image, string partition)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        return image.Containers
            .Where(container => container is { IsBehindPayload: true, HeaderCrcOk: true } && container.Partition == partition)
            .OrderByDescending(container => container.PayloadHashOk == true)
            .FirstOrDefault()?.Header;
    }
}
