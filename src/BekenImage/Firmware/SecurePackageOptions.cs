using BekenImage.Crypto;
using BekenImage.Formats.Download;

namespace BekenImage;

/// <summary>What the configuration files of beken_utils say, beside the partition table. Null means: as the inputs say.</summary>
public sealed class SecurePackageOptions
{
    /// <summary>The flash key (<c>flash_aes_type</c> FIXED); null for a device whose flash is not enciphered (NONE).</summary>
    public AesFlashKey? AesKey { get; set; }

    /// <summary>Which download package; null for <c>BKDLV10.</c> where the table has a manifest, else <c>BL1DLV10</c>, as beken_utils chooses.</summary>
    public DownloadKind? Kind { get; set; }

    /// <summary>
    /// Version of the second bootloader (<c>bootloader_version</c>), such as <c>1.2.3</c>, which stands readable at logical 0x120; null for
    /// what the file has there.
    /// </summary>
    public string? BootloaderVersion { get; set; }

    /// <summary>The counter below which the device takes no update; null for the one in the signed image.</summary>
    public uint? SecurityCounter { get; set; }

    /// <summary>Encipher the body of the update package (<c>encrypt</c> TRUE); it is clear otherwise.</summary>
    public bool EnciphersUpdate { get; set; }
}
