using BekenImage.Crypto;

namespace BekenImage;

/// <summary>How a bootloader is to be run.</summary>
public sealed class BootOptions
{
    /// <summary>
    /// How many instructions may be run; null for enough: a run then ends when nothing was printed and the flash was left alone for long,
    /// and at the latest after a few thousand million, which an update takes.
    /// </summary>
    public long? Steps { get; set; }

    /// <summary>True to go on into the application, as far as the known registers carry it.</summary>
    public bool RunApp { get; set; }

    /// <summary>
    /// The key the device deciphers its flash with; null for that of the image. One that is not the image's shows what the device would
    /// do with it.
    /// </summary>
    public BekenKey? Key { get; set; }

    /// <summary>What the flash answers when it is asked who it is; null for a chip of the image's size that loaders know.</summary>
    public uint? FlashId { get; set; }

    /// <summary>Pulls the plug after the flash was programmed or erased so many times; null for never.</summary>
    public int? PowerCutAfterFlashWrites { get; set; }
}
