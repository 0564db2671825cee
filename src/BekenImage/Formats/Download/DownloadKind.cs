namespace BekenImage.Formats.Download;

/// <summary>Which download package it is, by its magic.</summary>
public enum DownloadKind
{
    /// <summary><c>BKDLV10.</c>: secure boot, of 2022.</summary>
    Bkdl,

    /// <summary><c>BL1DLV10</c>: with or without secure boot.</summary>
    Bl1,

    /// <summary><c>BLXDLV10</c>: one file for a chip that makes its own key; may hold data for OTP. From sources.</summary>
    Blx,

    /// <summary><c>BL2DLV10</c>: for the second bootloader. From sources.</summary>
    Bl2,
}
