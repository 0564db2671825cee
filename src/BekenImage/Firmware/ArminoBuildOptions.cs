using BekenImage.Crypto;
using BekenImage.Formats.Fal;

namespace BekenImage;

/// <summary>What may be different when an image for BK7236 and its kin is built. Null means: as the inputs say.</summary>
public sealed class ArminoBuildOptions
{
    /// <summary>The device's AES key; null for a device whose flash is not enciphered.</summary>
    public AesFlashKey? AesKey { get; set; }

    /// <summary>How the key is applied; null as the chip does.</summary>
    public AesFlashVariant? AesVariant { get; set; }

    /// <summary>
    /// A partition table that is appended to the bootloader, as <c>cmake_Gen_image -genjson</c> does; null where the bootloader has its own.
    /// Offsets and lengths are physical.
    /// </summary>
    public IReadOnlyList<FalPartition>? Table { get; set; }
}
