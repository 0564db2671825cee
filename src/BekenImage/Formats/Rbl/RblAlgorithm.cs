namespace BekenImage.Formats.Rbl;

/// <summary>How the package behind an RBL header is encrypted: byte 4 of the header. This is not the flash cipher.</summary>
public enum RblEncryption
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>XOR; defined by RT-Thread, never met.</summary>
    Xor = 1,

    /// <summary>AES-256-CBC.</summary>
    Aes256 = 2,
}

/// <summary>How the package behind an RBL header is compressed: byte 5 of the header.</summary>
public enum RblCompression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>One gzip member.</summary>
    Gzip = 1,

    /// <summary>QuickLZ 1.5.0 level 3, in blocks of 4096 bytes.</summary>
    QuickLz = 2,

    /// <summary>FastLZ, in blocks of 4096 bytes.</summary>
    FastLz = 3,

    /// <summary>One LZMA-alone stream.</summary>
    Lzma = 4,
}
