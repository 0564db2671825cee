using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>Asks of an image's bootloader what its updates come out under.</summary>
internal static class StoredKeys
{
    /// <summary>
    /// Null where there is no readable bootloader. A plain file without pages says nothing: it is made for a device whose key is not known,
    /// or was read through a CPU that deciphers.
    /// </summary>
    /// <param name="bytes">The image, from physical 0 on.</param>
    /// <param name="programs">Its programs.</param>
    public static BootloaderUpdates? Of(ReadOnlyMemory<byte> bytes, ProgramLayout programs)
    {
        // An Armino loader keeps no key: the chip deciphers.
        if (programs is not { Generation: ChipGeneration.Bk72xx, Bootloader: { Key: { } key } bootloader })
            return null;
        var stored = bootloader.Range.Of(bytes).Span;
        if (bootloader.IsStriped)
            return BootloaderUpdates.Read(ProgramPages.Strip(stored, BootloaderUpdates.Extent), key);
        return key.IsIdentity ? null : BootloaderUpdates.Read(stored, key);
    }
}
