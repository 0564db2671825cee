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

    /// <summary>A Tuya key block was found, but no data block that deciphers with its key. Cause: the storage is erased, cut off or damaged.</summary>
    TuyaNoBlocks = 5200,

    /// <summary>
    /// The sum over a Tuya data block is wrong. The next older copy counts where there is one; else only values whose own sum is right are
    /// read from it. Cause: a bad read or an interrupted write. Cure: read the flash again.
    /// </summary>
    TuyaBlockSum = 5201,

    /// <summary>A Tuya value reaches into a block that does not exist, or into pages of another value. Cause: a cut or damaged storage.</summary>
    TuyaValueIncomplete = 5202,

    /// <summary>The bytes of a Tuya value do not give the sum stored for them. The value cannot be trusted.</summary>
    TuyaValueSum = 5203,

    /// <summary>A page marked as an index page of a Tuya block is none. What it described is not listed.</summary>
    TuyaIndexPage = 5204,

    /// <summary>A name occurs twice among the current blocks of a Tuya storage; the one with a right sum, then the first, is listed.</summary>
    TuyaNameTwice = 5205,

    /// <summary>More than one Tuya key block lies in the image. The one with the most data blocks is read. Cause: a doubled read.</summary>
    TuyaSeveralStorages = 5206,

    /// <summary>
    /// The Tuya key block is unreadable; the key was taken from the protected block beside it. The device itself cannot open this storage.
    /// </summary>
    TuyaKeyBlockDamaged = 5207,

    /// <summary>The Tuya data key is derived as on another platform than Beken's.</summary>
    TuyaForeignKey = 5208,

    /// <summary>The entries of a Tuya protected block do not fill it as stated; those before the fault are listed.</summary>
    TuyaProtectedEntries = 5220,

    /// <summary>A value in the Tuya protected block differs from the one in the storage. Which of them the firmware prefers is not known.</summary>
    TuyaProtectedDiffers = 5221,

    /// <summary>A sector looks like a Tuya key or protected block, but neither checksum is right.</summary>
    TuyaKeySectorSum = 5222,

    /// <summary>The sum over a superblock of Tuya's UF file system is wrong; the other one counts.</summary>
    UFSuperblockSum = 5240,

    /// <summary>A file of Tuya's UF file system states sectors that do not exist or belong to another file; it is listed without content.</summary>
    UFFileSectors = 5241,

    /// <summary>A file of Tuya's UF file system takes more than one sector. How such lists are stored is inferred, not known.</summary>
    UFFileSectorList = 5242,

    /// <summary>The crc inside a user_param_key text is wrong. The firmware does not seem to insist on it.</summary>
    TuyaUserParamCrc = 5260,

    /// <summary>Refused: there is no Tuya storage, or none that holds what was asked for.</summary>
    TuyaNothingToWrite = 5280,

    /// <summary>Refused: the value does not fit into the free pages of the storage, or not into the protected block.</summary>
    TuyaValueTooLarge = 5281,

    /// <summary>Refused: the value lies in a damaged block, and writing would make the damage look right.</summary>
    TuyaBlockDamaged = 5282,

    /// <summary>Refused: such a name or value cannot be stored (a name of 1 to 31 bytes without NUL, a value of at least one byte).</summary>
    TuyaValueInvalid = 5283,

    /// <summary>Refused: the file does not fit into the sectors it has, or there is no such file.</summary>
    UFFileTooLarge = 5284,

    /// <summary>Refused: such a field cannot stand in a user_param_key text, or the text is none.</summary>
    TuyaUserParamInvalid = 5285,

    // ---- 6000: LittleFS ---------------------------------------------------------------------------------------------------------

    // ---- 8000: the image as a whole ---------------------------------------------------------------------------------------------

    /// <summary>The input is larger than an image may be. Cure: cut it; no supported chip has more flash.</summary>
    TooLarge = 8001,

    // ---- 9000: guards -----------------------------------------------------------------------------------------------------------
}
