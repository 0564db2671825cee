namespace BekenImage;

/// <summary>
/// What a finding or a refusal is about. Codes are API: once released a number keeps its meaning. Printed as <c>BKI</c> and four digits.
/// Ranges: 1000 pages and cipher, 2000 RBL, UG and what is built, 2300 UF2, 2400 download and update packages of the newer chips, 2450
/// their secure boot, 3000 partition table and layout, 4000 RF, 5000 key-value stores and configuration, 6000 LittleFS, 8000 the image as
/// a whole, 9000 guards.
/// </summary>
public enum FindingCode
{
    /// <summary>No code: of an exception that was made without one. No finding has it.</summary>
    None = 0,

    // ---- 1000: pages and cipher -------------------------------------------------------------------------------------------------

    /// <summary>No known key gives ARM vectors. Cause: a device with a key of its own, or damage. Cure: give the key with <c>--key</c>.</summary>
    KeyUnknown = 1001,

    /// <summary>Bootloader and application are encrypted under different keys. Cause: pasted firmware. The device cannot run it.</summary>
    KeysDiffer = 1002,

    /// <summary>A page's CRC does not fit its data. The CPU reads nothing sensible there. Cause: a bad read, an interrupted write or update.</summary>
    BadPage = 1003,

    /// <summary>There are no ARM vectors where a bootloader begins. The chip does not start. Cause: it was overwritten or erased.</summary>
    BootloaderMissing = 1004,

    /// <summary>There are no ARM vectors where the app begins. The bootloader has nothing to start.</summary>
    AppMissing = 1005,

    /// <summary>
    /// Moved to another key, the bootloader may encipher updates over the air with the old key, or not at all: its key record cannot be found
    /// or renewed, or code of its kind does not encipher. The device would not start after such an update. Cure: update it by wire, or give
    /// it a bootloader of a kind that is known to encipher.
    /// </summary>
    UpdateKeyUncertain = 1006,

    /// <summary>
    /// The flash key a bootloader stores is not the one the image is enciphered under. One that enciphers updates over the air with the stored
    /// key (BK7231T) makes a device that does not start after the first; of others it tells that they were made for another device. Cause: a
    /// loader file of another device, a mis-made QIO. Cure: build or combine it anew with that file, which rewrites the record, or
    /// <c>rekey</c> to the key it has.
    /// </summary>
    StoredKeyDiffers = 1007,

    /// <summary>
    /// A file that was given as a key holds none that is known. Cause: another file, or one that is cut. Cure: an OTP dump, the SDK's
    /// <c>flash_aes_key.json</c>, <c>key_content.json</c> or <c>security.csv</c>, or the key as 64 hex digits.
    /// </summary>
    KeyFileUnknown = 1008,

    /// <summary>
    /// A key file holds hashes of public keys and no flash key, which is needed here. Cause: in an OTP dump, the key's place is not written, or
    /// locked against reading. Cure: give the key itself; where the chip hides it, it cannot be had.
    /// </summary>
    KeyFileWithoutKey = 1009,

    // ---- 2000: RBL and UG -------------------------------------------------------------------------------------------------------

    /// <summary>The CRC over an RBL header is wrong. The bootloader ignores such a header.</summary>
    RblHeaderCrc = 2001,

    /// <summary>The payload does not give the CRC its RBL header states.</summary>
    RblPayloadCrc = 2002,

    /// <summary>The payload does not give the hash its RBL header states.</summary>
    RblPayloadHash = 2003,

    /// <summary>An RBL header states sizes that do not fit the partition.</summary>
    RblSizes = 2004,

    /// <summary>
    /// The app has no RBL header where its bootloader looks for one. It is started all the same, some bootloaders log that it failed
    /// verification; only BK7231Q's is known to judge the app by its header before it jumps. Updates over the air need the header.
    /// </summary>
    RblHeaderMissing = 2005,

    /// <summary>
    /// The app's RBL header lies off the page grid. The bootloader does not see it. Normal for OpenBeken on BK7231T, whose every build closes
    /// its app at 1 MiB: that chip's bootloaders start the app without looking.
    /// </summary>
    RblHeaderOffGrid = 2006,

    /// <summary>The app's RBL header is that of an update package, as after an over-the-air update. Its CRC is not the app's; its hash is.</summary>
    RblHeaderOfPackage = 2007,

    /// <summary>An update package is staged in the download partition. The bootloader may install it over the app.</summary>
    PackageStaged = 2008,

    /// <summary>An update package is shorter than its header says. Cause: a cut file or download. Cure: fetch it again.</summary>
    OtaTruncated = 2010,

    /// <summary>An update package is encrypted in a way that cannot be opened here (XOR, which no known tool writes, or an unknown one).</summary>
    OtaEncryptionUnsupported = 2011,

    /// <summary>An update package is compressed in a way that cannot be opened here (LZMA, or an unknown one).</summary>
    OtaCompressionUnsupported = 2012,

    /// <summary>An update package does not decrypt to sense. Cause: another AES key or vector. Cure: those of the device's bootloader.</summary>
    OtaWrongKey = 2013,

    /// <summary>The padding behind an update package's firmware is not n bytes of value n. The firmware itself is right.</summary>
    OtaPadding = 2014,

    /// <summary>The size of an encrypted update package is not a multiple of 16. Cause: damage, or a wrong header.</summary>
    OtaNotWholeBlocks = 2015,

    /// <summary>The compressed stream in an update package ends too early, though the package's CRC fits. Cause: a faulty packer.</summary>
    OtaStreamTruncated = 2016,

    /// <summary>The compressed stream in an update package is damaged, though the package's CRC fits. Cause: a faulty packer.</summary>
    OtaStreamDamaged = 2017,

    /// <summary>An update package gives more bytes than its header states. It was stopped there; a bootloader would not stop.</summary>
    OtaTooLong = 2018,

    /// <summary>An update package states a firmware larger than the limit. No supported chip has so much flash.</summary>
    OtaTooLarge = 2019,

    /// <summary>Bytes follow an update package that are not erased flash. They are not part of it.</summary>
    OtaTrailingBytes = 2020,

    /// <summary>A UG package's header is damaged: its sum does not fit, or its end is missing. The device refuses it.</summary>
    UgHeaderDamaged = 2100,

    /// <summary>A UG package is shorter than its header says. Cause: a cut file or download. Cure: fetch it again.</summary>
    UgTruncated = 2101,

    /// <summary>A UG package's body does not give the sum its header states. The device refuses it.</summary>
    UgBodySum = 2102,

    /// <summary>A UG package's body is larger than a device's download partition.</summary>
    UgTooLarge = 2103,

    /// <summary>A UG package's body is no RBL package. The device writes it, but its bootloader does not install it.</summary>
    UgBodyUnknown = 2104,

    /// <summary>Bytes follow a UG package. They are not part of it.</summary>
    UgTrailingBytes = 2105,

    /// <summary>The device's bootloader refuses packages packed like this. Cure: pack the update with what it supports.</summary>
    PackageRefused = 2110,

    /// <summary>The AES key the device's bootloader stores does not open the package. Cure: pack the update with that key.</summary>
    PackageKeyDiffers = 2111,

    /// <summary>What the package holds is no plain application for the app partition. Cure: pack the plain application.</summary>
    PackageNotPlain = 2112,

    /// <summary>The package is larger than the device's download partition.</summary>
    PackageTooLarge = 2113,

    /// <summary>Writing the package destroys data that lies in the download partition. Cure: back it up, or flash by wire.</summary>
    PackageOverwrites = 2114,

    /// <summary>It is not known how firmware for this chip is built.</summary>
    BuildNoRecipe = 2200,

    /// <summary>A file is no bootloader that could be built in: no vectors, no partition table at its end, or an application.</summary>
    BuildBootloaderUnfit = 2201,

    /// <summary>A bootloader file is enciphered under another key than the firmware is built for. Cure: decipher it, or name its key.</summary>
    BuildBootloaderKey = 2202,

    /// <summary>The input is not a plain application: it has page CRCs. No device runs what is built of it. Cure: take them out first.</summary>
    BuildAppPaged = 2203,

    /// <summary>The input is not a plain application: it is enciphered. No device runs what is built of it. Cure: decipher it first.</summary>
    BuildAppEnciphered = 2204,

    /// <summary>The input does not look like an application: no vectors, or those of a bootloader.</summary>
    BuildAppUnfit = 2205,

    /// <summary>Sections overlap, or lie where none can. Cause: wrong numbers in the packager's JSON.</summary>
    BuildSections = 2206,

    /// <summary>
    /// The input ends with the 16 to 47 bytes the vendor's <c>encrypt</c> adds: it is a payload, not the application that went in. Cure: none
    /// needed where it is recognised; <c>extract app --app-only</c> gives the application.
    /// </summary>
    BuildAppTail = 2207,

    /// <summary>A name or version does not fit its field of an RBL or UG header. Cure: a shorter one.</summary>
    HeaderTextTooLong = 2208,

    /// <summary>A block of a UF2 file is damaged: its magic words or its length are wrong. Its data is missing. Cure: fetch the file again.</summary>
    Uf2BlockDamaged = 2300,

    /// <summary>A UF2 file has more or fewer blocks than it states, or not in order. Cause: a cut download. Cure: fetch it again.</summary>
    Uf2Incomplete = 2301,

    /// <summary>Blocks of a UF2 file are for another family of chips than the first. They are left out.</summary>
    Uf2FamiliesDiffer = 2302,

    /// <summary>A UF2 file says nowhere, or not in a way that is understood, which partition its data is for.</summary>
    Uf2PartUnknown = 2303,

    /// <summary>Blocks of a UF2 file bring different data for the same place; the later one counts.</summary>
    Uf2Overlap = 2304,

    /// <summary>A binary patch in a UF2 file does not fit its block. The second half of the file cannot be made.</summary>
    Uf2PatchDamaged = 2305,

    /// <summary>A partition table has more or fewer entries than the bootloader has room for.</summary>
    FalTableSize = 2210,

    /// <summary>
    /// There is no partition table, or none with this partition, so that the place of a program is not known. Cure: a bootloader with its
    /// table appended, or the table beside it.
    /// </summary>
    BuildTableMissing = 2220,

    /// <summary>A program does not fit its partition. Cure: a smaller program, or a table with a larger partition.</summary>
    BuildNoRoom = 2221,

    /// <summary>The vectors of a program lead out of its partition: it is linked for another place. Cure: link it for this one.</summary>
    BuildLinkedElsewhere = 2222,

    /// <summary>A part that belongs into the file is missing. Cure: bring it.</summary>
    BuildPartMissing = 2223,

    /// <summary>How the vendor makes such a file is known from sources alone; nothing was met it could be compared with. Try it on a device that can be flashed by wire.</summary>
    BuildFromSources = 2224,

    /// <summary>A part is not what its partition takes, or its partition takes none.</summary>
    BuildPartUnfit = 2225,

    /// <summary>An update file is enciphered, and no key that is known opens it. Cure: the device's key.</summary>
    UpdateEnciphered = 2226,

    /// <summary>An update file of this form cannot be unpacked or packed here. The message says why.</summary>
    UpdateFormRefused = 2227,

    /// <summary>An A/B update file does not give what its header states. Cause: damage. Cure: fetch the file again.</summary>
    AbSlotDamaged = 2228,

    /// <summary>What the JSON of the packager says of a place is not what the bootloader's own table says, which the device goes by.</summary>
    BuildPlacesDiffer = 2229,

    // ---- 2400: packages of the newer chips --------------------------------------------------------------------------------------

    /// <summary>The CRC over the header of a download package is wrong. Cause: damage, a cut or edited file. Cure: fetch it again.</summary>
    DownloadHeaderCrc = 2400,

    /// <summary>
    /// A download package states a header it cannot have: another header length, or more images than its bytes have room for. Those that
    /// are there are read. Cause: damage. Cure: fetch the file again.
    /// </summary>
    DownloadHeaderDamaged = 2401,

    /// <summary>The data of an image does not lie in the file. Cause: a cut download, damage. Cure: fetch the file again.</summary>
    DownloadTruncated = 2402,

    /// <summary>The data of an image does not give the CRC its header states. Cause: damage. Cure: fetch the file again.</summary>
    DownloadImageCrc = 2403,

    /// <summary>Two images of a package are for the same bytes of flash; the later one counts. Cause: damage, or a wrong partition table.</summary>
    DownloadOverlap = 2404,

    /// <summary>
    /// An image lies outside its partition, or outside the flash. What lies outside the flash is left out. Cause: damage, or an image that is
    /// too large. Cure: fetch the file again; for one's own, a smaller image.
    /// </summary>
    DownloadOutside = 2405,

    /// <summary>Bytes of a package belong to no image. Harmless where they are padding.</summary>
    DownloadTrailingBytes = 2406,

    /// <summary>Refused: what was given makes no package: too many images, or one that wraps around. Cure: fewer or smaller images.</summary>
    DownloadRefused = 2407,

    /// <summary>The CRC over the header of an MCUboot update package is wrong. The device refuses it. Cure: fetch it again.</summary>
    McuUpdateHeaderCrc = 2410,

    /// <summary>An MCUboot update package states a header it cannot have. Cause: damage. Cure: fetch the file again.</summary>
    McuUpdateHeaderDamaged = 2411,

    /// <summary>An image of an MCUboot update package does not lie in the file. Cause: a cut download. Cure: fetch it again.</summary>
    McuUpdateTruncated = 2412,

    /// <summary>An image of an MCUboot update package does not give the CRC its header states. Cause: damage. Cure: fetch it again.</summary>
    McuUpdateImageCrc = 2413,

    /// <summary>Bytes behind the images of an MCUboot update package. They are not part of it.</summary>
    McuUpdateTrailingBytes = 2414,

    /// <summary>The list of block lengths at the start of an overwrite body does not describe what follows. Cause: damage, or another body.</summary>
    OverwriteListDamaged = 2420,

    /// <summary>A block of an overwrite body is no LZMA stream, or a damaged one. Cause: damage. Cure: fetch the package again.</summary>
    OverwriteBlockDamaged = 2421,

    /// <summary>A block of an overwrite body gives more than it may; it was stopped there. Cause: a damaged or hostile file.</summary>
    OverwriteBlockTooLong = 2422,

    /// <summary>A block of an overwrite body does not fit its 16-bit length when packed. Cause: data that does not compress.</summary>
    OverwriteBlockIncompressible = 2423,

    /// <summary>The trailer of an app_ug package is damaged, or does not count the bytes before it. Cure: fetch the file again.</summary>
    UaTrailerDamaged = 2430,

    /// <summary>The body of an app_ug package does not give the CRC its trailer states. Cause: damage. Cure: fetch the file again.</summary>
    UaBodyCrc = 2431,

    /// <summary>
    /// A difference update of Tuya (diff2ya): its header is read, its patch is not applied; no real file was ever met. Cure: a full update, or
    /// a dump of the updated device.
    /// </summary>
    Diff2YaNotApplied = 2432,

    /// <summary>The header of a difference update does not count its own body. Cause: a cut download. Cure: fetch it again.</summary>
    Diff2YaDamaged = 2433,

    /// <summary>Refused: an app is larger than its partition, so that no update file can be made of it. Cure: a smaller app.</summary>
    UaRefused = 2434,

    /// <summary>A part passed between signing servers (pack_header) states what it cannot have. Cause: damage.</summary>
    PackHeaderDamaged = 2440,

    // ---- 2450: secure boot of the newer chips -----------------------------------------------------------------------------------

    /// <summary>A secure partition table has more records than any device; those beyond the limit are left out. Cause: damage, other data.</summary>
    SecureTableTooLong = 2450,

    /// <summary>A record of a secure partition table has no name that can be printed, or lies outside every flash. It is listed, not used.</summary>
    SecureTableRecord = 2451,

    /// <summary>Partitions of a secure partition table overlap that do not contain one another. Cause: damage, or a table made by hand.</summary>
    SecureTableOverlap = 2452,

    /// <summary>A line of a partition source (CSV) cannot be used. Cure: correct the line.</summary>
    SecureTableSource = 2453,

    /// <summary>Fields of a BL1 manifest are not those of one. BL1 refuses it, the device does not start. Cause: damage.</summary>
    ManifestDamaged = 2460,

    /// <summary>A BL1 manifest names bytes that the image does not have. Cause: a cut read, damage.</summary>
    ManifestOutside = 2461,

    /// <summary>
    /// The second bootloader does not give the SHA-256 its manifest states. BL1 refuses it, the device does not start. Cause: damage, a
    /// changed bootloader, or deciphered with a wrong key.
    /// </summary>
    ManifestImageHash = 2462,

    /// <summary>The signature of a BL1 manifest is wrong. BL1 refuses it, the device does not start. Cause: damage, a changed manifest.</summary>
    ManifestSignature = 2463,

    /// <summary>
    /// The public key of a BL1 manifest is not the one the device trusts (its hash in OTP). Cause: firmware of another vendor or device; its
    /// cure is firmware signed with the device's key.
    /// </summary>
    ManifestKey = 2464,

    /// <summary>An MCUboot image is damaged: header or tags are not those of one. The second bootloader does not start it.</summary>
    McuBootDamaged = 2470,

    /// <summary>An MCUboot image ends before its header and tags say. Cause: a cut read or download.</summary>
    McuBootTruncated = 2471,

    /// <summary>
    /// An MCUboot image does not give the SHA-256 in its tags. The second bootloader does not start it. Cause: damage, a changed app, or
    /// deciphered with a wrong key.
    /// </summary>
    McuBootHash = 2472,

    /// <summary>The signature of an MCUboot image is wrong. The second bootloader does not start it. Cause: damage, a changed image.</summary>
    McuBootSignature = 2473,

    /// <summary>The key of an MCUboot image is not the one the device trusts (its hash in OTP). Cause: firmware of another vendor.</summary>
    McuBootKey = 2474,

    /// <summary>An MCUboot image has no SHA-256, no key or no signature of a kind that is known, so that it cannot be checked.</summary>
    McuBootUnsigned = 2475,

    /// <summary>A signature could not be checked, because this platform has no ECDSA over P-256. Nothing is said about it.</summary>
    SignatureNotChecked = 2476,

    /// <summary>The key of the key-value store (nvs_key) does not give its CRC. Cause: damage, or deciphered with a wrong flash key.</summary>
    NvsKeyCrc = 2480,

    /// <summary>The flag that chooses the bootloader (boot_flag) has neither of its two values. Cause: damage.</summary>
    BootFlagDamaged = 2481,

    // ---- 3000: partition table and layout ---------------------------------------------------------------------------------------

    /// <summary>No partition table was found. The layout is that of the known maps.</summary>
    FalMissing = 3001,

    /// <summary>A FAL entry's CRC is wrong. The bootloader may ignore the table.</summary>
    FalEntryCrc = 3002,

    /// <summary>A FAL entry lies outside every flash, or off the page grid. It is not used.</summary>
    FalEntryRange = 3003,

    /// <summary>FAL entries overlap each other or leave out the app.</summary>
    FalTableUnusual = 3004,

    /// <summary>
    /// The firmware writes an over-the-air update to one address, the bootloader looks at another. Updates will not work, and writing one
    /// would erase the app's RBL header. Cure: <c>--partition-table firmware</c>, or update by wire.
    /// </summary>
    UpdateAddressesDiffer = 3005,

    /// <summary>It is not known where this firmware looks for its data. Calibration stays where it is.</summary>
    FirmwareMapUnknown = 3006,

    // ---- 4000: RF ---------------------------------------------------------------------------------------------------------------

    /// <summary>An RF table begins here but its lengths do not fit. Cause: a bad read or an overwrite. Cure: restore the sector from a backup.</summary>
    RfTableDamaged = 4001,

    /// <summary>An RF table has no MAC element of six bytes. The firmware uses its default MAC. Cure: restore the sector from a backup.</summary>
    RfMacMissing = 4002,

    /// <summary>The MAC in an RF table is multicast, all 00 or all FF. Cure: set the MAC from the device's label.</summary>
    RfMacInvalid = 4003,

    /// <summary>An RF table with chip information only. Cause: the sector was erased and made anew. Cure: restore it from a backup.</summary>
    RfUncalibrated = 4004,

    /// <summary>Bytes at the end of a group that are no element, where none are usual. The firmware ignores them.</summary>
    RfTail = 4005,

    /// <summary>What was given as an RF table is none. Cure: give a dump of the device, or the 4 KiB sector.</summary>
    RfNotATable = 4006,

    /// <summary>A MAC was asked for that no station may have: odd first byte, all 00 or all FF.</summary>
    RfMacRefused = 4007,

    /// <summary>A restored RF table has another MAC than the calibrated one it replaces. Calibration and MAC belong to one chip.</summary>
    RfMacDiffers = 4008,

    /// <summary>The image holds no RF table. The device will run with a made-up MAC and without calibration.</summary>
    RfMissing = 4020,

    /// <summary>The image holds several RF tables; one was chosen.</summary>
    RfSeveral = 4021,

    /// <summary>The calibration is not where the firmware looks for it. Cure: move it there.</summary>
    RfElsewhere = 4022,

    /// <summary>
    /// The RF table is one that flashers write where a device has lost its own: another unit's calibration under a made-up MAC. Cure: the
    /// device's own from a backup, <c>rf restore</c>.
    /// </summary>
    RfGeneric = 4023,

    /// <summary>The MAC ends in 00:00:00: a placeholder, which other devices have too. Cure: <c>rf set-mac</c> with the MAC of the device's label.</summary>
    RfMacPlaceholder = 4024,

    /// <summary>The RF table is of a chip of another family. Its calibration means nothing to this one. Cure: the device's own table.</summary>
    RfOtherChip = 4025,

    /// <summary>A NET_PARAM table begins here but its lengths do not fit. Cause: a bad read or an interrupted write. The firmware makes a new one.</summary>
    NetParamDamaged = 4101,

    /// <summary>A NET_PARAM table has no MAC item. Firmware that keeps its MAC there uses its default.</summary>
    NetParamMacMissing = 4102,

    /// <summary>A MAC was asked for that no station may have: odd first byte, all 00 or all FF.</summary>
    NetParamMacRefused = 4103,

    /// <summary>The sector holds the Wi-Fi credentials of a former network. Cure: sanitize the image before it is shared.</summary>
    FastConnectCredentials = 4110,

    // ---- 5000: key-value stores and configuration -------------------------------------------------------------------------------

    /// <summary>The checksum of an OpenBeken config is wrong; the firmware starts with its defaults. Cause: a bad read, or a config of another platform.</summary>
    ObkChecksum = 5001,

    /// <summary>An OpenBeken config begins here, but the file ends before it does. Cure: read the whole sector.</summary>
    ObkTruncated = 5002,

    /// <summary>An OpenBeken config of a version newer than those known here. Its fields may have other places.</summary>
    ObkVersionUnknown = 5003,

    /// <summary>An OpenBeken config whose version today's firmware replaces by its defaults. Cure: set its version to 5.</summary>
    ObkVersionNotAccepted = 5004,

    /// <summary>What was given as an OpenBeken config is none.</summary>
    ObkNotAConfig = 5005,

    /// <summary>A field of the OpenBeken config was named that does not exist. The message lists those that do.</summary>
    ObkUnknownField = 5006,

    /// <summary>A value does not fit its field of the OpenBeken config: too long, no number, no known name.</summary>
    ObkValueRefused = 5007,

    /// <summary>A field was named that this version of the OpenBeken config does not have yet. Cure: set its version to 5 first.</summary>
    ObkFieldNotInVersion = 5008,

    /// <summary>There is no OpenBeken firmware for the chip whose defaults are known.</summary>
    ObkChipUnknown = 5009,

    /// <summary>A masked secret was given as a value: the text that stands for a password is no password. Cure: <c>--show-secrets</c> when it is printed.</summary>
    ObkMasked = 5010,

    /// <summary>A value fits its field of the OpenBeken config, but no firmware takes it: it was stored all the same. The message says what is taken.</summary>
    ObkValueUnlikely = 5011,

    /// <summary>A device template names a role that OpenBeken does not have; that pin is left out. Cure: name one it has, or a driver of your own.</summary>
    ObkRoleUnknown = 5012,

    /// <summary>A device template gives a pin a channel that is no number from 0 to 255; that pin is left out. Cure: write it as role;channel.</summary>
    ObkChannelUnread = 5013,

    /// <summary>A current entry of the flash variables has a wrong CRC; the firmware ignores it. Cause: power lost while writing, a bad read.</summary>
    FlashVarsEntryCrc = 5101,

    /// <summary>An entry of the flash variables whose lengths do not fit its sector; the firmware skips it.</summary>
    FlashVarsEntryDamaged = 5102,

    /// <summary>The older journal of flash variables does not end with a whole copy. The firmware starts with zeros.</summary>
    FlashVarsJournalDamaged = 5103,

    /// <summary>The flash variables hold the credentials of a network. Cure: sanitize the image before it is shared.</summary>
    FlashVarsCredentials = 5104,
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
    UfSuperblockSum = 5240,

    /// <summary>A file of Tuya's UF file system states sectors that do not exist or belong to another file; it is listed without content.</summary>
    UfFileSectors = 5241,

    /// <summary>A file of Tuya's UF file system takes more than one sector. How such lists are stored is inferred, not known.</summary>
    UfFileSectorList = 5242,

    /// <summary>The crc inside a user_param_key text is wrong. The firmware does not seem to insist on it.</summary>
    TuyaUserParamCrc = 5260,

    /// <summary>
    /// The wiring that Tuya's data names could not be taken over whole: pins without a role in OpenBeken, or something a person should look at.
    /// Cure: look at the board, and name the missing pins.
    /// </summary>
    TuyaWiringUnclear = 5261,

    /// <summary>Refused: there is no Tuya storage, or none that holds what was asked for.</summary>
    TuyaNothingToWrite = 5280,

    /// <summary>Refused: the value does not fit into the free pages of the storage, or not into the protected block.</summary>
    TuyaValueTooLarge = 5281,

    /// <summary>Refused: the value lies in a damaged block, and writing would make the damage look right.</summary>
    TuyaBlockDamaged = 5282,

    /// <summary>Refused: such a name or value cannot be stored (a name of 1 to 31 bytes without NUL, a value of at least one byte).</summary>
    TuyaValueInvalid = 5283,

    /// <summary>Refused: the file does not fit into the sectors it has, or there is no such file.</summary>
    UfFileTooLarge = 5284,

    /// <summary>Refused: such a field cannot stand in a user_param_key text, or the text is none.</summary>
    TuyaUserParamInvalid = 5285,

    // ---- 6000: LittleFS ---------------------------------------------------------------------------------------------------------

    /// <summary>A LittleFS superblock whose commit does not verify, without a second copy. Cause: damage, a bad read. The volume cannot be read.</summary>
    LittleFsSuperblockDamaged = 6001,

    /// <summary>A LittleFS volume of a version or geometry this library does not read.</summary>
    LittleFsUnsupported = 6002,

    /// <summary>The image ends before the LittleFS volume does. Cure: read the whole chip.</summary>
    LittleFsClipped = 6003,

    /// <summary>A directory's metadata has no commit that verifies; what it listed is lost. Cause: damage, an update written over the volume.</summary>
    LittleFsMetadataDamaged = 6004,

    /// <summary>A commit does not verify and an older state is read. Cause: power lost while writing (harmless), or damage.</summary>
    LittleFsOlderState = 6005,

    /// <summary>A block number leads outside the volume, or to a block that is in use elsewhere. Cause: damage. What it led to is not read.</summary>
    LittleFsPointer = 6006,

    /// <summary>Not all of a file's content can be read. Cause: damage. Cure: write the file again.</summary>
    LittleFsFileDamaged = 6007,

    /// <summary>An entry of a directory has no usable name or no content. Cause: damage.</summary>
    LittleFsEntryDamaged = 6008,

    /// <summary>A rename or the removal of a directory was not finished. Harmless: the firmware settles it with its next write.</summary>
    LittleFsMoveUnfinished = 6009,

    /// <summary>A volume has more entries, or deeper directories, than this library lists.</summary>
    LittleFsLimit = 6010,

    /// <summary>A name that the firmware cannot open by its path.</summary>
    LittleFsName = 6011,

    /// <summary>A disk version that OpenBeken refuses: it would format the volume. Cause: made by a newer tool. Cure: make the volume anew with <c>fs create</c>.</summary>
    LittleFsDiskVersion = 6012,

    /// <summary>A block size other than OpenBeken's 4096.</summary>
    LittleFsGeometry = 6013,

    /// <summary>Names in a directory are out of order; the firmware may not find every file. Cause: a writer other than littlefs. Cure: make the volume anew.</summary>
    LittleFsOrder = 6014,

    /// <summary>The LittleFS volume found is not where the image's own firmware looks. Cause: left by another firmware, or <c>LFS_Size</c> was changed.</summary>
    LittleFsElsewhere = 6015,

    /// <summary>Files do not fit a LittleFS volume. Cure: fewer or smaller files, or a larger volume (OpenBeken's <c>LFS_Size</c>).</summary>
    LittleFsDoesNotFit = 6101,

    /// <summary>A path that a LittleFS volume cannot hold, or that is used twice.</summary>
    LittleFsNameRefused = 6102,

    /// <summary>A file was named that the LittleFS volume does not have.</summary>
    LittleFsNotFound = 6103,

    /// <summary>A damaged LittleFS volume was to be changed, which would lose what cannot be read. Cure: extract what is there, make a volume anew.</summary>
    LittleFsDamagedVolume = 6104,

    /// <summary>A LittleFS volume of an impossible size was asked for.</summary>
    LittleFsSizeRefused = 6105,

    // ---- 8000: the image as a whole ---------------------------------------------------------------------------------------------

    /// <summary>The input is larger than an image may be. Cure: cut it; no supported chip has more flash.</summary>
    TooLarge = 8001,

    /// <summary>The read did not begin at physical 0 and wrapped around. The image is read as if it had; <c>normalize</c> writes it so.</summary>
    Rotated = 8002,

    /// <summary>The second half repeats the first: the chip is half as large as the file. Cure: <c>normalize</c>.</summary>
    Doubled = 8003,

    /// <summary>The file ends before the flash it belongs to does.</summary>
    Truncated = 8004,

    /// <summary>Every byte is 0xFF or every byte is 0x00: an erased chip, or a read that did not reach it.</summary>
    Blank = 8005,

    /// <summary>Nothing in the file is known to this library.</summary>
    NotRecognised = 8006,

    /// <summary>Pages were found, but nothing that says where in the chip they belong.</summary>
    UnplacedPages = 8007,

    /// <summary>The file is not what the operation needs.</summary>
    WrongKind = 8008,

    /// <summary>The bootloader names one chip and the app another.</summary>
    ChipsDisagree = 8009,

    /// <summary>An input cannot be read.</summary>
    InputUnreadable = 8010,

    /// <summary>An input has no byte in it.</summary>
    InputEmpty = 8011,

    /// <summary>An output cannot be written.</summary>
    OutputUnwritable = 8012,

    /// <summary>An archive does not hold exactly one image that can be read. Cure: take the one that is meant out of it.</summary>
    ArchiveListed = 8013,

    /// <summary>A file of another kind that may hold an image: 7z, rar, xz, tar, Intel HEX, S-record. Cure: unpack or convert it.</summary>
    KnownOtherFormat = 8014,

    /// <summary>
    /// A part of a dump begins in the middle of a sector, so that everything in it lies off the usual places. What proves itself is found all the
    /// same. Cure: none needed to take data out of it; for more, read from 0 on.
    /// </summary>
    SectorsShifted = 8015,

    /// <summary>A name stands twice in one object of a JSON text that another tool wrote: the last one counts. Cure: take the other out.</summary>
    JsonNameTwice = 8016,

    /// <summary>
    /// A UF2 file is for a flash of two halves; the part whose application is linked where a Beken bootloader starts it is used. Cure: none needed;
    /// a file for one half says by itself what it is for.
    /// </summary>
    Uf2HalfTaken = 8017,

    // ---- 9000: guards -----------------------------------------------------------------------------------------------------------

    /// <summary>Something would be written into the bootloader (physical 0 to 0x11000). Only the options that name the bootloader may do that.</summary>
    BootloaderProtected = 9001,

    /// <summary>The app does not fit its partition, or would reach into what the firmware itself writes.</summary>
    AppTooLarge = 9002,

    /// <summary>Two parts of the planned image claim the same bytes.</summary>
    RegionsOverlap = 9003,

    /// <summary>Something would be written outside the flash.</summary>
    OutsideFlash = 9004,

    /// <summary>Where something belongs is not known, and there is no default address.</summary>
    AddressUnknown = 9005,

    /// <summary>The two images are for chips of different families, or a chip cannot be told. Cure for the latter: <c>--chip</c>.</summary>
    ChipsDiffer = 9006,

    /// <summary>
    /// The key does not fit the bootloader that will run the app; or a key that was given is not the image's. Cure: leave it away, it is found.
    /// </summary>
    KeyDoesNotFit = 9007,

    /// <summary>Cutting the image at the wanted size would lose something that is not erased.</summary>
    ContentCutOff = 9008,

    /// <summary>The output exists. Cure: another name, or <c>--force</c>.</summary>
    OutputExists = 9009,

    /// <summary>The output is one of the inputs. Cure: another name.</summary>
    OutputIsInput = 9010,

    /// <summary>An image does not tell its chip, and the caller did not name it. Cure: name the chip.</summary>
    ChipUnknown = 9011,

    /// <summary>
    /// The device, or the firmware, starts under secure boot: manifest and application are signed. Cause: a changed application fails its
    /// signature, and the loader does not start it. Cure: none without the key it was signed with.
    /// </summary>
    SecureBootSigned = 9012,

    /// <summary>
    /// The programs of an image of the family of BK7236 are enciphered by AES. Cause: an application is put beside others only where nothing
    /// is enciphered. Cure: none here; the partitions of an image whose key is known can be replaced one by one with <c>put</c>.
    /// </summary>
    ImageEnciphered = 9013,

    /// <summary>
    /// The device has a program that the firmware does not bring, such as that of a second core; the device's own stays. Cause: a file with
    /// one application only. Cure: the whole image the two were built into.
    /// </summary>
    ProgramNotBrought = 9014,

    /// <summary>What was asked for is not supported for the family of BK7236. Cure: none; what is supported there does not need it.</summary>
    NotForArmino = 9015,
}
