namespace BekenImage;

/// <summary>
/// What a finding or a refusal is about. Codes are API: once released a number keeps its meaning. Printed as <c>BKI</c> and four digits.
/// Ranges: 1000 pages and cipher, 2000 RBL and UG, 3000 partition table and layout, 4000 RF, 5000 key-value stores and configuration,
/// 6000 LittleFS, 8000 the image as a whole, 9000 guards.
/// </summary>
public enum FindingCode
{
    // ---- 1000: pages and cipher -------------------------------------------------------------------------------------------------

    /// <summary>No known key gives ARM vectors. Cause: a device with a key of its own, or damage. Cure: give the key with <c>--key</c>.</summary>
    KeyUnknown = 1001,

    /// <summary>Bootloader and application are encrypted under different keys. Cause: pasted firmware. The device cannot run it.</summary>
    KeysDiffer = 1002,

    /// <summary>A page's CRC does not fit its data. The CPU reads nothing sensible there. Cause: a bad read, an interrupted write or update.</summary>
    BadPage = 1003,

    // ---- 2000: RBL and UG -------------------------------------------------------------------------------------------------------

    /// <summary>The CRC over an RBL header is wrong. The bootloader ignores such a header.</summary>
    RblHeaderCrc = 2001,

    /// <summary>The payload does not give the CRC its RBL header states.</summary>
    RblPayloadCrc = 2002,

    /// <summary>The payload does not give the hash its RBL header states.</summary>
    RblPayloadHash = 2003,

    /// <summary>An RBL header states sizes that do not fit the partition.</summary>
    RblSizes = 2004,

    // ---- 3000: partition table and layout ---------------------------------------------------------------------------------------

    // ---- 4000: RF ---------------------------------------------------------------------------------------------------------------

    // ---- 5000: key-value stores and configuration -------------------------------------------------------------------------------

    // ---- 6000: LittleFS ---------------------------------------------------------------------------------------------------------

    // ---- 8000: the image as a whole ---------------------------------------------------------------------------------------------

    /// <summary>The input is larger than an image may be. Cure: cut it; no supported chip has more flash.</summary>
    TooLarge = 8001,

    // ---- 9000: guards -----------------------------------------------------------------------------------------------------------
}
