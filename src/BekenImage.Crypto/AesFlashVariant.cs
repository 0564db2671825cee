namespace BekenImage.Crypto;

/// <summary>How a chip applies AES-128-XTS to its flash pages. Source: AesFlashCipher.md, section 2.</summary>
public enum AesFlashVariant
{
    /// <summary>
    /// BK7236, BK7258, BK7256 (the vendor's <c>beken_aes</c>): the four bytes of every 32-bit word are swapped around the cipher, the tweak
    /// is a byte address and it and its doubling are big-endian.
    /// </summary>
    WordSwapped,

    /// <summary>BK7236N, BK7239N (the vendor's <c>aes_xts.py</c>): IEEE 1619 with data units of 32 bytes.</summary>
    Standard,
}
