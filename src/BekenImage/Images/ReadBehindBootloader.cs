namespace BekenImage.Images;

/// <summary>
/// A read of a device that begins behind its bootloader, at physical 0x11000: UART loaders of some chips refuse what lies before it. Told by
/// the app at its beginning or the device's data, which lie as far before their places; and by its length.
/// </summary>
internal static class ReadBehindBootloader
{
    /// <summary>What such a read lacks, as a sentence.</summary>
    public const string Message = "the read begins at physical 0x11000, behind the bootloader, which is not in it";

    /// <summary>
    /// True for such a read: pages of an app for 0x11000 and nothing more are a packed app, and what is no image where it belongs, for its
    /// length, is no read.
    /// </summary>
    public static bool Is(ImageOrigin origin) =>
        origin.Start == ImageStart.App && origin.Bytes.Length <= FlashImage.MaximumLength - FlashGeometry.AppOffset &&
        (HasLength(origin.Bytes.Length) || DeviceSectors.AreAtHome(origin.Bytes, FlashGeometry.AppOffset));

    /// <summary>True for such a read whose app is gone: the data lies where it would in a read from there on, not in one from 0 on.</summary>
    public static bool IsWithoutApp(ReadOnlyMemory<byte> bytes) =>
        HasLength(bytes.Length) && DeviceSectors.AreAtHome(bytes, FlashGeometry.AppOffset) && !DeviceSectors.AreAtHome(bytes);

    /// <summary>The read where it belongs, with nothing where the bootloader is missing.</summary>
    public static byte[] Place(ReadOnlySpan<byte> read)
    {
        byte[] placed = IO.ByteRuns.Erased(FlashGeometry.AppOffset + (long)read.Length);
        read.CopyTo(placed.AsSpan(FlashGeometry.AppOffset));
        return placed;
    }

    private static bool HasLength(long length) =>
        length + FlashGeometry.AppOffset is >= ImageOrigin.SmallestWholeChip and var chip && ImageOrigin.IsChipSize(chip);
}
