namespace BekenImage;

/// <summary>What a file is.</summary>
public enum ImageKind
{
    /// <summary>Nothing this library knows.</summary>
    Unknown,

    /// <summary>A whole chip with bootloader and app.</summary>
    Dump,

    /// <summary>Shorter than a chip, with bootloader and app; a configuration behind them is fine.</summary>
    Qio,

    /// <summary>A packed app for physical 0x11000 with its RBL header.</summary>
    Ua,

    /// <summary>Pages of an app without header, or a plain application.</summary>
    App,

    /// <summary>A bootloader alone: its file, plain or enciphered, or its flash area.</summary>
    Bootloader,

    /// <summary>An RBL update package.</summary>
    Ota,

    /// <summary>A Tuya UG package around an update package.</summary>
    Ug,

    /// <summary>Part of a dump; offsets count from the start of the file.</summary>
    Piece,

    /// <summary>
    /// A download of another form around firmware or an image: a UF2 file of LibreTiny, a zip or gzip file, a headered package of the Armino
    /// chips. What is inside is <see cref="FlashImage.Contained"/>; a package of parts for the flash is read as that flash.
    /// </summary>
    Package,
}
