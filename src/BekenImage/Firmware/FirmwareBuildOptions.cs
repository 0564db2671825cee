using BekenImage.Crypto;
using BekenImage.Formats.Rbl;

namespace BekenImage;

/// <summary>What may be different from a chip's recipe. Null means: as the recipe says.</summary>
public sealed class FirmwareBuildOptions
{
    /// <summary>The device's key; null for the key of the published builds.</summary>
    public BekenKey? Key { get; set; }

    /// <summary>Name in the app's header; up to 16 characters.</summary>
    public string AppName { get; set; } = "app";

    /// <summary>Version text of the app's header; up to 24 characters.</summary>
    public string? AppVersion { get; set; }

    /// <summary>Modification time of the app, in seconds since 1970.</summary>
    public uint AppTimestamp { get; set; }

    /// <summary>Name in the bootloader's header; up to 16 characters.</summary>
    public string BootloaderName { get; set; } = "bootloader";

    /// <summary>Version text of the bootloader's header; up to 24 characters.</summary>
    public string? BootloaderVersion { get; set; }

    /// <summary>Modification time of the bootloader, in seconds since 1970.</summary>
    public uint BootloaderTimestamp { get; set; }

    /// <summary>
    /// A header whose texts, timestamp and junk bytes the app's header keeps; then name, version and timestamp above do not count. The
    /// older packager left junk in them, which no one checks but the header's CRC.
    /// </summary>
    public RblHeader? AppHeader { get; set; }

    /// <summary>The same for the bootloader's header.</summary>
    public RblHeader? BootloaderHeader { get; set; }

    /// <summary>Physical length of the bootloader section.</summary>
    public int? BootloaderLength { get; set; }

    /// <summary>Physical length of the app section.</summary>
    public int? AppLength { get; set; }
}
