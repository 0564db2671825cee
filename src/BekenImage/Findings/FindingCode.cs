namespace BekenImage;

/// <summary>
/// What a finding or a refusal is about. Codes are API: once released a number keeps its meaning. Printed as <c>BKI</c> and four digits.
/// Ranges: 1000 pages and cipher, 2000 RBL, UG and what is built, 2300 UF2, 2400 download and update packages of the newer chips, 2450
/// their secure boot, 2500 what a bootloader does when it is run, 3000 partition table and layout, 4000 RF, 5000 key-value stores and
/// configuration, 6000 LittleFS, 8000 the image as a whole, 9000 guards.
/// </summary>
public enum FindingCode
{
    /// <summary>No code: of an exception that was made without one. No finding has it.</summary>
    None = 0,

    // ---- 1000: pages and cipher -------------------------------------------------------------------------------------------------

    /// <summary>
    /// No known key gives ARM vectors. Cause: a device with a key of its own, or damage. Cure: recover the key from the image's code, or
    /// give it where it is known.
    /// </summary>
    KeyUnknown = 1001,

    /// <summary>
    /// Bootloader and application are encrypted under different keys. The device cannot run it. Cause: pasted firmware, or a firmware of
    /// another device written as it is. Cure: combine the firmware with the device's dump, which moves the app to the device's key.
    /// </summary>
    KeysDiffer = 1002,

    /// <summary>
    /// A page's CRC does not fit its data. The CPU reads nothing sensible there. Cause: a bad read, an interrupted write or update. Cure:
    /// read the flash again; where it stays, write the app anew.
    /// </summary>
    BadPage = 1003,

    /// <summary>
    /// There are no ARM vectors where a bootloader begins. The chip does not start. Cause: it was overwritten or erased. Cure: write the
    /// device's own bootloader from a backup, or one of the chip's family.
    /// </summary>
    BootloaderMissing = 1004,

    /// <summary>
    /// There are no ARM vectors where the app begins. The bootloader has nothing to start. Cause: the app was erased, an update was
    /// interrupted, or it is enciphered under a key that is not known. Cure: write an app by wire.
    /// </summary>
    AppMissing = 1005,

    /// <summary>
    /// Moved to another key, the bootloader may encipher updates over the air with the old key, or not at all. The device would not start
    /// after such an update. Cause: its key record cannot be found or renewed, or code of its kind does not encipher. Cure: update it by
    /// wire, or give it a bootloader of a kind that is known to encipher.
    /// </summary>
    UpdateKeyUncertain = 1006,

    /// <summary>
    /// The flash key a bootloader stores is not the one the image is enciphered under. One that enciphers updates over the air with the
    /// stored key (BK7231T) makes a device that does not start after the first; of others it tells that they were made for another device.
    /// Cause: a loader file of another device, a mis-made QIO. Cure: build or combine it anew with that file, which rewrites the record, or
    /// move the image to the key it has.
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

    /// <summary>
    /// The CRC over an RBL header is wrong. The bootloader ignores such a header. Cause: damage, or an edit that did not renew the CRC.
    /// Cure: make the header anew: put or combine the app, or fetch the file again.
    /// </summary>
    RblHeaderCrc = 2001,

    /// <summary>
    /// The payload does not give the CRC its RBL header states. Cause: damage, an interrupted write, or an app changed without its header.
    /// Cure: fetch or read it again; for an app on purpose changed, put it anew.
    /// </summary>
    RblPayloadCrc = 2002,

    /// <summary>
    /// The payload does not give the hash its RBL header states. Cause: damage, an interrupted write, or an app changed without its header.
    /// Cure: fetch or read it again; for an app on purpose changed, put it anew.
    /// </summary>
    RblPayloadHash = 2003,

    /// <summary>
    /// An RBL header states sizes that do not fit the partition. Cause: damage, or a header of another layout. Cure: make the header anew:
    /// put or combine the app.
    /// </summary>
    RblSizes = 2004,

    /// <summary>
    /// The app has no RBL header where its bootloader looks for one. It is started all the same, some bootloaders log that it failed
    /// verification; only BK7231Q's is known to judge the app by its header before it jumps. Updates over the air need the header. Cause:
    /// an app written without its packager's header, or for another partition table. Cure: combine the firmware with the device's dump,
    /// which makes the header where the bootloader looks.
    /// </summary>
    RblHeaderMissing = 2005,

    /// <summary>
    /// The app's RBL header lies off the page grid. The bootloader does not see it. Normal for OpenBeken on BK7231T, whose chip's
    /// bootloaders start the app without looking. Cause: a build that closes its app at 1 MiB, as every build of OpenBK7231T does. Cure:
    /// none needed where the bootloader does not look; else combine the firmware anew.
    /// </summary>
    RblHeaderOffGrid = 2006,

    /// <summary>
    /// The app's RBL header is that of an update package, as after an over-the-air update. Its CRC is not the app's; its hash is. Cause: an
    /// over-the-air update: the bootloader copied the package's header. Cure: none needed.
    /// </summary>
    RblHeaderOfPackage = 2007,

    /// <summary>
    /// An update package is staged in the download partition. The bootloader may install it over the app. Cause: an update was fetched and
    /// not installed yet, or its remains. Cure: erase the download partition, or let the device finish its update, before the flash is
    /// changed.
    /// </summary>
    PackageStaged = 2008,

    /// <summary>An update package is shorter than its header says. Cause: a cut file or download. Cure: fetch it again.</summary>
    OtaTruncated = 2010,

    /// <summary>
    /// An update package is encrypted in a way that cannot be opened here (XOR, which no known tool writes, or an unknown one). Cause: a
    /// packer that is not known here. Cure: an unencrypted package, or a dump of the updated device.
    /// </summary>
    OtaEncryptionUnsupported = 2011,

    /// <summary>
    /// An update package is compressed in a way that cannot be opened here (LZMA, or an unknown one). Cause: a packer that is not known
    /// here. Cure: a package compressed in another way, or a dump of the updated device.
    /// </summary>
    OtaCompressionUnsupported = 2012,

    /// <summary>
    /// An update package does not decrypt to sense. Cause: another AES key or vector. Cure: those of the device's bootloader.
    /// </summary>
    OtaWrongKey = 2013,

    /// <summary>
    /// The padding behind an update package's firmware is not n bytes of value n. The firmware itself is right. Cause: a packer that pads
    /// in its own way. Cure: none needed.
    /// </summary>
    OtaPadding = 2014,

    /// <summary>
    /// The size of an encrypted update package is not a multiple of 16. Cause: damage, or a wrong header. Cure: fetch the file again.
    /// </summary>
    OtaNotWholeBlocks = 2015,

    /// <summary>
    /// The compressed stream in an update package ends too early, though the package's CRC fits. Cause: a faulty packer. Cure: pack the
    /// firmware anew.
    /// </summary>
    OtaStreamTruncated = 2016,

    /// <summary>
    /// The compressed stream in an update package is damaged, though the package's CRC fits. Cause: a faulty packer. Cure: pack the
    /// firmware anew.
    /// </summary>
    OtaStreamDamaged = 2017,

    /// <summary>
    /// An update package gives more bytes than its header states. It was stopped there; a bootloader would not stop. Cause: a wrong header,
    /// or a hostile file. Cure: do not install it; fetch the file again or pack it anew.
    /// </summary>
    OtaTooLong = 2018,

    /// <summary>
    /// An update package states a firmware larger than the limit. No supported chip has so much flash. Cause: a wrong header, or a hostile
    /// file. Cure: do not install it; fetch the file again.
    /// </summary>
    OtaTooLarge = 2019,

    /// <summary>
    /// Bytes follow an update package that are not erased flash. They are not part of it. Cause: a file padded or glued to another. Cure:
    /// none needed; cut them off where they disturb.
    /// </summary>
    OtaTrailingBytes = 2020,

    /// <summary>
    /// A UG package's header is damaged: its sum does not fit, or its end is missing. The device refuses it. Cause: damage, a cut or edited
    /// file. Cure: fetch the file again.
    /// </summary>
    UgHeaderDamaged = 2100,

    /// <summary>A UG package is shorter than its header says. Cause: a cut file or download. Cure: fetch it again.</summary>
    UgTruncated = 2101,

    /// <summary>
    /// A UG package's body does not give the sum its header states. The device refuses it. Cause: damage. Cure: fetch the file again, or
    /// pack it anew.
    /// </summary>
    UgBodySum = 2102,

    /// <summary>
    /// A UG package's body is larger than a device's download partition. Cause: it is meant for another chip, or holds more than an app.
    /// Cure: a smaller application, or flash by wire.
    /// </summary>
    UgTooLarge = 2103,

    /// <summary>
    /// A UG package's body is no RBL package. The device writes it, but its bootloader does not install it. Cause: a UG package made of
    /// something else. Cure: pack the application as an update package first, then as UG.
    /// </summary>
    UgBodyUnknown = 2104,

    /// <summary>Bytes follow a UG package. They are not part of it. Cause: a file padded or glued to another. Cure: none needed.</summary>
    UgTrailingBytes = 2105,

    /// <summary>
    /// The device's bootloader refuses packages packed like this. Cause: compression or encryption that this bootloader does not have.
    /// Cure: pack the update with what it supports.
    /// </summary>
    PackageRefused = 2110,

    /// <summary>
    /// The AES key the device's bootloader stores does not open the package. Cause: packed for another device or vendor. Cure: pack the
    /// update with that key.
    /// </summary>
    PackageKeyDiffers = 2111,

    /// <summary>
    /// What the package holds is no plain application for the app partition. Cause: a packed or enciphered application, or one linked for
    /// another place, was packed. Cure: pack the plain application.
    /// </summary>
    PackageNotPlain = 2112,

    /// <summary>
    /// The package is larger than the device's download partition. Cause: an app that does not compress far enough, or is meant for a
    /// device with more room. Cure: pack it with a better compression, or flash by wire.
    /// </summary>
    PackageTooLarge = 2113,

    /// <summary>
    /// Writing the package destroys data that lies in the download partition. Cause: this firmware keeps calibration, configuration or
    /// files inside the download partition. Cure: back it up, or flash by wire.
    /// </summary>
    PackageOverwrites = 2114,

    /// <summary>
    /// It is not known how firmware for this chip is built. Cause: a chip of which no build was ever seen. Cure: name a chip whose recipe
    /// is known.
    /// </summary>
    BuildNoRecipe = 2200,

    /// <summary>
    /// A file is no bootloader that could be built in. Cause: it has no vectors, no partition table at its end, or is an application. Cure:
    /// take the bootloader out of a dump of the chip's family.
    /// </summary>
    BuildBootloaderUnfit = 2201,

    /// <summary>
    /// A bootloader file is enciphered under another key than the firmware is built for. Cause: the file was taken as it lies in a device's
    /// flash. Cure: decipher it, or name its key.
    /// </summary>
    BuildBootloaderKey = 2202,

    /// <summary>
    /// The input is not a plain application: it has page CRCs. No device runs what is built of it. Cause: it was taken as it lies in flash.
    /// Cure: take them out first.
    /// </summary>
    BuildAppPaged = 2203,

    /// <summary>
    /// The input is not a plain application: it is enciphered. No device runs what is built of it. Cause: it was taken as it lies in flash.
    /// Cure: decipher it first.
    /// </summary>
    BuildAppEnciphered = 2204,

    /// <summary>
    /// The input does not look like an application. Cause: it has no vectors, or those of a bootloader. Cure: give the plain application as
    /// the linker makes it.
    /// </summary>
    BuildAppUnfit = 2205,

    /// <summary>
    /// Sections overlap, or lie where none can. Cause: wrong numbers in the packager's JSON. Cure: correct start addresses and sizes of the
    /// sections.
    /// </summary>
    BuildSections = 2206,

    /// <summary>
    /// The input ends with the 16 to 47 bytes the vendor's <c>encrypt</c> adds: it is a payload, not the application that went in. Cause:
    /// it was taken out of an image whole. Cure: none needed where it is recognised; else take out the application alone, without that
    /// tail.
    /// </summary>
    BuildAppTail = 2207,

    /// <summary>
    /// A name or version does not fit its field of an RBL or UG header. Cause: it is longer than the header has room for. Cure: a shorter
    /// one.
    /// </summary>
    HeaderTextTooLong = 2208,

    /// <summary>
    /// A block of a UF2 file is damaged: its magic words or its length are wrong. Its data is missing. Cause: a damaged or cut download.
    /// Cure: fetch the file again.
    /// </summary>
    Uf2BlockDamaged = 2300,

    /// <summary>A UF2 file has more or fewer blocks than it states, or not in order. Cause: a cut download. Cure: fetch it again.</summary>
    Uf2Incomplete = 2301,

    /// <summary>
    /// Blocks of a UF2 file are for another family of chips than the first. They are left out. Cause: two files glued together, or a wrong
    /// build. Cure: fetch or build the file for one chip.
    /// </summary>
    Uf2FamiliesDiffer = 2302,

    /// <summary>
    /// A UF2 file says nowhere, or not in a way that is understood, which partition its data is for. Cause: another tool than LibreTiny's
    /// made it. Cure: take out the part that is meant, or another form of the firmware.
    /// </summary>
    Uf2PartUnknown = 2303,

    /// <summary>
    /// Blocks of a UF2 file bring different data for the same place; the later one counts. Cause: a file made twice over, or by hand. Cure:
    /// none needed where both mean the same firmware; else build it anew.
    /// </summary>
    Uf2Overlap = 2304,

    /// <summary>
    /// A binary patch in a UF2 file does not fit its block. The second half of the file cannot be made. Cause: damage, or another tool's
    /// patches. Cure: fetch or build the file again.
    /// </summary>
    Uf2PatchDamaged = 2305,

    // ---- 2310: what was not unpacked ----------------------------------------------------------------------------------------------

    /// <summary>
    /// An update package was not unpacked, so whether its hash fits is not known. Cause: another package is the one that counts, or
    /// unpacking it would cost more than four times the file's size. Cure: none needed; taken out of the file alone, it is judged.
    /// </summary>
    PackageNotUnpacked = 2310,

    /// <summary>
    /// A partition table has more or fewer entries than the bootloader has room for. Cause: a table written for another bootloader. Cure:
    /// write as many entries as the bootloader's own table has.
    /// </summary>
    FalTableSize = 2210,

    /// <summary>
    /// There is no partition table, or none with this partition, so that the place of a program is not known. Cause: a prebuilt bootloader
    /// without the table a build appends, or the table of another chip. Cure: a bootloader with its table appended, or the table beside it.
    /// </summary>
    BuildTableMissing = 2220,

    /// <summary>
    /// A program does not fit its partition. Cause: it is too long, or the table is that of a smaller flash. Cure: a smaller program, or a table
    /// with a larger partition.
    /// </summary>
    BuildNoRoom = 2221,

    /// <summary>
    /// The vectors of a program lead out of its partition: it is linked for another place. Cause: the program of another core, or of a build
    /// with another table. Cure: link it for this one.
    /// </summary>
    BuildLinkedElsewhere = 2222,

    /// <summary>
    /// A part that belongs into the file is missing. Cause: its file is not beside the packager's JSON, and was not named. Cure: bring it.
    /// </summary>
    BuildPartMissing = 2223,

    /// <summary>
    /// How the vendor makes such a file is known from sources alone. Cause: nothing was met it could be compared with. Cure: try it on a device
    /// that can be flashed by wire.
    /// </summary>
    BuildFromSources = 2224,

    /// <summary>
    /// A part is not what its partition takes, or its partition takes none. Cause: a file of another kind, or one given for a merged partition.
    /// Cure: the file the table's partition is for.
    /// </summary>
    BuildPartUnfit = 2225,

    /// <summary>
    /// An update file is enciphered, and no key that is known opens it. Cause: it was made for devices with a key of their own. Cure: the
    /// device's key.
    /// </summary>
    UpdateEnciphered = 2226,

    /// <summary>
    /// An update file of this form cannot be unpacked or packed here. Cause: its body is a difference to a firmware that is not in it, or how
    /// it is made is not known; the message says which. Cure: a file of another form, or the vendor's tool.
    /// </summary>
    UpdateFormRefused = 2227,

    /// <summary>An A/B update file does not give what its header states. Cause: damage. Cure: fetch the file again.</summary>
    AbSlotDamaged = 2228,

    /// <summary>
    /// What the JSON of the packager says of a place is not what the bootloader's own table says, which the device goes by. Cause: a JSON of
    /// another build. Cure: make both of one table.
    /// </summary>
    BuildPlacesDiffer = 2229,

    // ---- 2400: packages of the newer chips --------------------------------------------------------------------------------------

    /// <summary>
    /// The CRC over the header of a download package is wrong. Cause: damage, a cut or edited file. Cure: fetch it again.
    /// </summary>
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

    /// <summary>
    /// Two images of a package are for the same bytes of flash; the later one counts. Cause: damage, or a wrong partition table. Cure:
    /// fetch the file again; for one's own, correct the partition table.
    /// </summary>
    DownloadOverlap = 2404,

    /// <summary>
    /// An image lies outside its partition, or outside the flash. What lies outside the flash is left out. Cause: damage, or an image that
    /// is too large. Cure: fetch the file again; for one's own, a smaller image.
    /// </summary>
    DownloadOutside = 2405,

    /// <summary>
    /// Bytes of a package belong to no image. Harmless where they are padding. Cause: padding, or a file glued to another. Cure: none
    /// needed where it is padding.
    /// </summary>
    DownloadTrailingBytes = 2406,

    /// <summary>
    /// Refused: what was given makes no package. Cause: too many images, or one that wraps around. Cure: fewer or smaller images.
    /// </summary>
    DownloadRefused = 2407,

    /// <summary>
    /// The CRC over the header of an MCUboot update package is wrong. The device refuses it. Cause: damage. Cure: fetch it again.
    /// </summary>
    McuUpdateHeaderCrc = 2410,

    /// <summary>An MCUboot update package states a header it cannot have. Cause: damage. Cure: fetch the file again.</summary>
    McuUpdateHeaderDamaged = 2411,

    /// <summary>An image of an MCUboot update package does not lie in the file. Cause: a cut download. Cure: fetch it again.</summary>
    McuUpdateTruncated = 2412,

    /// <summary>
    /// An image of an MCUboot update package does not give the CRC its header states. Cause: damage. Cure: fetch it again.
    /// </summary>
    McuUpdateImageCrc = 2413,

    /// <summary>
    /// Bytes behind the images of an MCUboot update package. They are not part of it. Cause: padding, or a file glued to another. Cure:
    /// none needed.
    /// </summary>
    McuUpdateTrailingBytes = 2414,

    /// <summary>
    /// The list of block lengths at the start of an overwrite body does not describe what follows. Cause: damage, or another body. Cure:
    /// fetch the package again.
    /// </summary>
    OverwriteListDamaged = 2420,

    /// <summary>A block of an overwrite body is no LZMA stream, or a damaged one. Cause: damage. Cure: fetch the package again.</summary>
    OverwriteBlockDamaged = 2421,

    /// <summary>
    /// A block of an overwrite body gives more than it may; it was stopped there. Cause: a damaged or hostile file. Cure: fetch the package
    /// again; do not install it.
    /// </summary>
    OverwriteBlockTooLong = 2422,

    /// <summary>
    /// A block of an overwrite body does not fit its 16-bit length when packed. Cause: data that does not compress. Cure: use an update
    /// that is not compressed.
    /// </summary>
    OverwriteBlockIncompressible = 2423,

    /// <summary>
    /// The trailer of an app_ug package is damaged, or does not count the bytes before it. Cause: damage, a cut file. Cure: fetch the file
    /// again.
    /// </summary>
    UaTrailerDamaged = 2430,

    /// <summary>
    /// The body of an app_ug package does not give the CRC its trailer states. Cause: damage. Cure: fetch the file again.
    /// </summary>
    UaBodyCrc = 2431,

    /// <summary>
    /// A difference update of Tuya (diff2ya): its header is read, its patch is not applied. Cause: no real file was ever met, so that a
    /// patch applied by guess would be a wrong firmware. Cure: a full update, or a dump of the updated device.
    /// </summary>
    Diff2YaNotApplied = 2432,

    /// <summary>The header of a difference update does not count its own body. Cause: a cut download. Cure: fetch it again.</summary>
    Diff2YaDamaged = 2433,

    /// <summary>Refused: no update file can be made of this app. Cause: it is larger than its partition. Cure: a smaller app.</summary>
    UaRefused = 2434,

    /// <summary>
    /// A part passed between signing servers (pack_header) states what it cannot have. Cause: damage. Cure: fetch or make the part again.
    /// </summary>
    PackHeaderDamaged = 2440,

    // ---- 2450: secure boot of the newer chips -----------------------------------------------------------------------------------

    /// <summary>
    /// A secure partition table has more records than any device; those beyond the limit are left out. Cause: damage, other data. Cure:
    /// none needed where other data was taken for a table; else read the flash again.
    /// </summary>
    SecureTableTooLong = 2450,

    /// <summary>
    /// A record of a secure partition table has no name that can be printed, or lies outside every flash. It is listed, not used. Cause:
    /// damage, or other data taken for a table. Cure: read the flash again; the other records are used.
    /// </summary>
    SecureTableRecord = 2451,

    /// <summary>
    /// Partitions of a secure partition table overlap that do not contain one another. Cause: damage, or a table made by hand. Cure:
    /// correct the partition source it was made from.
    /// </summary>
    SecureTableOverlap = 2452,

    /// <summary>
    /// A line of a partition source (CSV) cannot be used. Cause: a field is missing, is no number, or lies outside the flash. Cure: correct
    /// the line.
    /// </summary>
    SecureTableSource = 2453,

    /// <summary>
    /// Fields of a BL1 manifest are not those of one. BL1 refuses it, the device does not start. Cause: damage. Cure: read the flash again;
    /// write the vendor's bootloader anew.
    /// </summary>
    ManifestDamaged = 2460,

    /// <summary>A BL1 manifest names bytes that the image does not have. Cause: a cut read, damage. Cure: read the whole flash.</summary>
    ManifestOutside = 2461,

    /// <summary>
    /// The second bootloader does not give the SHA-256 its manifest states. BL1 refuses it, the device does not start. Cause: damage, a
    /// changed bootloader, or deciphered with a wrong key. Cure: give the right key, or write the vendor's bootloader anew.
    /// </summary>
    ManifestImageHash = 2462,

    /// <summary>
    /// The signature of a BL1 manifest is wrong. BL1 refuses it, the device does not start. Cause: damage, a changed manifest. Cure: write
    /// the vendor's signed bootloader anew.
    /// </summary>
    ManifestSignature = 2463,

    /// <summary>
    /// The public key of a BL1 manifest is not the one the device trusts (its hash in OTP). Cause: firmware of another vendor or device.
    /// Cure: firmware signed with the device's key.
    /// </summary>
    ManifestKey = 2464,

    /// <summary>
    /// An MCUboot image is damaged: header or tags are not those of one. The second bootloader does not start it. Cause: damage, or
    /// deciphered with a wrong key. Cure: read it again, or write the app anew.
    /// </summary>
    McuBootDamaged = 2470,

    /// <summary>
    /// An MCUboot image ends before its header and tags say. Cause: a cut read or download. Cure: read the whole flash, or fetch the file
    /// again.
    /// </summary>
    McuBootTruncated = 2471,

    /// <summary>
    /// An MCUboot image does not give the SHA-256 in its tags. The second bootloader does not start it. Cause: damage, a changed app, or
    /// deciphered with a wrong key. Cure: give the right key, or write the app anew.
    /// </summary>
    McuBootHash = 2472,

    /// <summary>
    /// The signature of an MCUboot image is wrong. The second bootloader does not start it. Cause: damage, a changed image. Cure: write a
    /// signed app anew.
    /// </summary>
    McuBootSignature = 2473,

    /// <summary>
    /// The key of an MCUboot image is not the one the device trusts (its hash in OTP). Cause: firmware of another vendor. Cure: firmware
    /// signed with the device's key.
    /// </summary>
    McuBootKey = 2474,

    /// <summary>
    /// An MCUboot image has no SHA-256, no key or no signature of a kind that is known, so that it cannot be checked. Cause: an unsigned
    /// build, or tags of a newer kind. Cure: none needed where the device has no secure boot; else a signed build.
    /// </summary>
    McuBootUnsigned = 2475,

    /// <summary>
    /// A signature could not be checked, because this platform has no ECDSA over P-256. Nothing is said about it. Cause: the platform has
    /// no such algorithm. Cure: check it on another platform.
    /// </summary>
    SignatureNotChecked = 2476,

    /// <summary>
    /// The key of the key-value store (nvs_key) does not give its CRC. Cause: damage, or deciphered with a wrong flash key. Cure: give the
    /// right key; where it is damaged, the device makes a new store.
    /// </summary>
    NvsKeyCrc = 2480,

    /// <summary>
    /// The flag that chooses the bootloader (boot_flag) has neither of its two values. Cause: damage. Cure: write the sector from a backup.
    /// </summary>
    BootFlagDamaged = 2481,

    // ---- 2500: what the bootloader does when it is run ----------------------------------------------------------------------------

    /// <summary>
    /// There is nothing in the file that can be run. Cause: it holds no bootloader, one whose key is not known, or programs for another core
    /// than the ARM of the BK72xx. Cure: give the whole image, its key where it is known.
    /// </summary>
    BootNothingToRun = 2500,

    /// <summary>
    /// The bootloader, when it was run, said that it does not accept the app. Cause: the app is damaged, or its RBL header is not made for
    /// it. Cure: combine or build the image anew, which makes the header; write the app again where it is damaged.
    /// </summary>
    BootAppRefused = 2501,

    /// <summary>
    /// The bootloader, when it was run, never jumped to the app. Cause: it stands still or loops for ever, or it was given too few
    /// instructions. Cure: read what it printed last; give it more where it was still working.
    /// </summary>
    BootNotReached = 2502,

    /// <summary>
    /// The bootloader, when it was run, came to where a processor cannot go on. Cause: a damaged bootloader, one under another key than the
    /// device's, or something of the chip that is not modelled. Cure: write the device's own bootloader from a backup.
    /// </summary>
    BootFault = 2503,

    /// <summary>
    /// The bootloader jumps to the app, and there is none. Cause: the app was erased, its first page is damaged, or it is enciphered under
    /// another key than the device's. Cure: write an app; combine it with the device's dump, which gives it the device's key.
    /// </summary>
    BootNoProgram = 2504,

    /// <summary>
    /// While it ran, the processor read a page whose CRC is wrong. What a chip does then is not known. Cause: a bad read, an interrupted
    /// write. Cure: read the flash again; where it stays, write the program anew.
    /// </summary>
    BootBadPage = 2505,

    /// <summary>
    /// The bootloader started the app without judging it: that it jumped says nothing of the app. Cause: most of them do so. Cure: none
    /// needed; the checks of the image judge the app.
    /// </summary>
    BootAppNotJudged = 2506,

    /// <summary>
    /// The bootloader installs the staged update package at the first start: the app of the image is replaced. Cause: the package is newer
    /// than the app's header says the app is. Cure: erase the download partition where that is not wanted.
    /// </summary>
    BootUpdateInstalled = 2507,

    /// <summary>
    /// The bootloader began with the staged update package and said why it does not install it. Cause: a damaged package, one in a form it
    /// does not take, or a flash it does not know. Cure: pack the update again, in a form this bootloader takes.
    /// </summary>
    BootUpdateFailed = 2508,

    /// <summary>
    /// The app was started and could not be followed to its end. Cause: it uses parts of the chip that are not modelled. Cure: none needed;
    /// what it printed until then counts.
    /// </summary>
    BootAppStopped = 2509,

    /// <summary>
    /// The app, when it was run, found no RF table: it works with calibration that is not the device's. Cause: a firmware pasted behind the
    /// bootloader of another one, which looks elsewhere. Cure: combine the firmware with the device's dump, which moves the table.
    /// </summary>
    BootAppWithoutRf = 2510,

    /// <summary>
    /// The flash was programmed or erased while the bootloader or the app ran. Cause: an app that stores something at its start. Cure: none
    /// needed.
    /// </summary>
    BootFlashWritten = 2511,

    /// <summary>
    /// More was printed than is kept. Cause: a program that prints for ever. Cure: none; what was printed first is there.
    /// </summary>
    BootLogCut = 2512,

    /// <summary>
    /// The bootloader left the staged update package alone. Cause: the app's header says it is that version already. Cure: none needed; pack it
    /// with another version where it is to be installed.
    /// </summary>
    BootUpdateLeft = 2513,

    /// <summary>
    /// The bootloader starts an app that does not run on this device: it does not look. Cause: an app for another family of chips, or one
    /// with damaged pages. Cure: write a sound app for this chip; combine it with the device's dump.
    /// </summary>
    BootAppUnfit = 2514,

    // ---- 3000: partition table and layout ---------------------------------------------------------------------------------------

    /// <summary>
    /// No partition table was found. The layout is that of the known maps. Cause: a bootloader that keeps its table elsewhere or has none,
    /// or a file that ends before it. Cure: none needed where the known layout is right; else read the whole chip.
    /// </summary>
    FalMissing = 3001,

    /// <summary>
    /// A FAL entry's CRC is wrong. The bootloader may ignore the table. Cause: damage, or a table edited without renewing the CRC. Cure:
    /// write the table anew.
    /// </summary>
    FalEntryCrc = 3002,

    /// <summary>
    /// A FAL entry lies outside every flash, or off the page grid. It is not used. Cause: damage, or a table made by hand. Cure: write the
    /// table anew.
    /// </summary>
    FalEntryRange = 3003,

    /// <summary>
    /// FAL entries overlap each other or leave out the app. Cause: a table made by hand, or damage. Cure: write the table the bootloader
    /// came with.
    /// </summary>
    FalTableUnusual = 3004,

    /// <summary>
    /// The firmware writes an over-the-air update to one address, the bootloader looks at another. Updates will not work, and writing one
    /// would erase the app's RBL header. Cause: bootloader and firmware come from two SDKs with two flash maps. Cure: combine with the
    /// firmware's partition table, or update by wire.
    /// </summary>
    UpdateAddressesDiffer = 3005,

    /// <summary>
    /// It is not known where this firmware looks for its data. Calibration stays where it is. Cause: a firmware that shows no sign of its
    /// maker, or of a chip whose map is not known. Cure: name the chip; where calibration must lie is then looked up.
    /// </summary>
    FirmwareMapUnknown = 3006,

    /// <summary>
    /// The ranges of the partition table's striped entries hold together far more than the flash does: only the first of them were decoded.
    /// Cause: entries that overlap, made by hand or to cost time. Cure: write the table the bootloader came with.
    /// </summary>
    FalEntriesNotDecoded = 3007,

    // ---- 4000: RF ---------------------------------------------------------------------------------------------------------------

    /// <summary>
    /// An RF table begins here but its lengths do not fit. Cause: a bad read or an overwrite. Cure: restore the sector from a backup.
    /// </summary>
    RfTableDamaged = 4001,

    /// <summary>
    /// An RF table has no MAC element of six bytes. The firmware uses its default MAC. Cause: damage, or a table made by a tool. Cure:
    /// restore the sector from a backup.
    /// </summary>
    RfMacMissing = 4002,

    /// <summary>
    /// The MAC in an RF table is multicast, all 00 or all FF. Cause: the MAC was overwritten, or set by a tool. Cure: set the MAC of the
    /// device's label.
    /// </summary>
    RfMacInvalid = 4003,

    /// <summary>
    /// An RF table with chip information only. Cause: the sector was erased and made anew. Cure: restore it from a backup.
    /// </summary>
    RfUncalibrated = 4004,

    /// <summary>
    /// Bytes at the end of a group that are no element, where none are usual. The firmware ignores them. Cause: a tool that wrote the
    /// table, or remains of an older one. Cure: none needed.
    /// </summary>
    RfTail = 4005,

    /// <summary>
    /// What was given as an RF table is none. Cause: another file, another sector, or an offset that is wrong. Cure: give a dump of the
    /// device, or the 4 KiB sector.
    /// </summary>
    RfNotATable = 4006,

    /// <summary>
    /// A MAC was asked for that no station may have: odd first byte, all 00 or all FF. Cause: a mistyped MAC, or a group address. Cure:
    /// give the MAC of the device's label.
    /// </summary>
    RfMacRefused = 4007,

    /// <summary>
    /// A restored RF table has another MAC than the calibrated one it replaces. Calibration and MAC belong to one chip. Cause: the table of
    /// another device, or one whose MAC was changed. Cure: keep the device's MAC in the table, or its own table.
    /// </summary>
    RfMacDiffers = 4008,

    /// <summary>
    /// The image holds no RF table. The device will run with a made-up MAC and without calibration. Cause: the sector was erased, or was
    /// not read. Cure: restore the sector from a backup of this device.
    /// </summary>
    RfMissing = 4020,

    /// <summary>
    /// The image holds several RF tables; one was chosen. Cause: firmware that looked elsewhere made a table of its own, or a tool wrote
    /// one. Cure: none needed where the chosen one is calibrated; else choose by comparing them.
    /// </summary>
    RfSeveral = 4021,

    /// <summary>
    /// The calibration is not where the firmware looks for it. Cause: the firmware was made for a chip or SDK with another flash map. Cure:
    /// move it there.
    /// </summary>
    RfElsewhere = 4022,

    /// <summary>
    /// The RF table is one that flashers write where a device has lost its own: another unit's calibration under a made-up MAC. Cause: the
    /// sector was erased and a flasher filled it. Cure: the device's own table from a backup.
    /// </summary>
    RfGeneric = 4023,

    /// <summary>
    /// The MAC ends in 00:00:00: a placeholder, which other devices have too. Cause: the calibration was lost or not found, and the
    /// firmware fell back on its default. Cure: set the MAC of the device's label.
    /// </summary>
    RfMacPlaceholder = 4024,

    /// <summary>
    /// The RF table is of a chip of another family. Its calibration means nothing to this one. Cause: a table of another device was
    /// written, or a flasher's for another chip. Cure: the device's own table.
    /// </summary>
    RfOtherChip = 4025,

    /// <summary>
    /// A NET_PARAM table begins here but its lengths do not fit. Cause: a bad read or an interrupted write. The firmware makes a new one.
    /// Cure: none needed: the firmware makes a new one; else restore the sector from a backup.
    /// </summary>
    NetParamDamaged = 4101,

    /// <summary>
    /// A NET_PARAM table has no MAC item. Firmware that keeps its MAC there uses its default. Cause: a new table that the firmware has not
    /// filled. Cure: set the MAC, or restore the sector from a backup.
    /// </summary>
    NetParamMacMissing = 4102,

    /// <summary>
    /// A MAC was asked for that no station may have: odd first byte, all 00 or all FF. Cause: a mistyped MAC, or a group address. Cure:
    /// give the MAC of the device's label.
    /// </summary>
    NetParamMacRefused = 4103,

    /// <summary>
    /// The sector holds the Wi-Fi credentials of a former network. Cause: the device was connected to it. Cure: sanitize the image before
    /// it is shared.
    /// </summary>
    FastConnectCredentials = 4110,

    // ---- 5000: key-value stores and configuration -------------------------------------------------------------------------------

    /// <summary>
    /// The checksum of an OpenBeken config is wrong; the firmware starts with its defaults. Cause: a bad read, or a config of another
    /// platform. Cure: restore the sector from a backup, or set the fields anew from the defaults.
    /// </summary>
    ObkChecksum = 5001,

    /// <summary>
    /// An OpenBeken config begins here, but the file ends before it does. Cause: a read or file that was cut. Cure: read the whole sector.
    /// </summary>
    ObkTruncated = 5002,

    /// <summary>
    /// An OpenBeken config of a version newer than those known here. Its fields may have other places. Cause: a newer OpenBeken. Cure: none
    /// needed to read what is known; change fields in the firmware's own pages.
    /// </summary>
    ObkVersionUnknown = 5003,

    /// <summary>
    /// An OpenBeken config whose version today's firmware replaces by its defaults. Cause: a configuration of a very old release. Cure: set
    /// its version to 5.
    /// </summary>
    ObkVersionNotAccepted = 5004,

    /// <summary>
    /// What was given as an OpenBeken config is none. Cause: another file, or another sector. Cure: give the configuration, an image that
    /// holds one, or JSON with its fields.
    /// </summary>
    ObkNotAConfig = 5005,

    /// <summary>
    /// A field of the OpenBeken config was named that does not exist. The message lists those that do. Cause: a mistyped name, or a field
    /// of another version. Cure: use a name of the list.
    /// </summary>
    ObkUnknownField = 5006,

    /// <summary>
    /// A value does not fit its field of the OpenBeken config. Cause: it is too long, no number, or no known name. Cure: give a value the
    /// field takes; the message says which.
    /// </summary>
    ObkValueRefused = 5007,

    /// <summary>
    /// A field was named that this version of the OpenBeken config does not have yet. Cause: the configuration was written by an older
    /// release. Cure: set its version to 5 first.
    /// </summary>
    ObkFieldNotInVersion = 5008,

    /// <summary>
    /// There is no OpenBeken firmware for the chip whose defaults are known. Cause: the image does not tell its chip, or no OpenBeken
    /// exists for it. Cure: name the chip.
    /// </summary>
    ObkChipUnknown = 5009,

    /// <summary>
    /// A masked secret was given as a value: the text that stands for a password is no password. Cause: a document printed without its
    /// secrets was given back. Cure: print the document with its secrets shown.
    /// </summary>
    ObkMasked = 5010,

    /// <summary>
    /// A value fits its field of the OpenBeken config, but no firmware takes it: it was stored all the same. The message says what is
    /// taken. Cause: a number out of range, or a name of another firmware. Cure: set one that the message lists.
    /// </summary>
    ObkValueUnlikely = 5011,

    /// <summary>
    /// A device template names a role that OpenBeken does not have; that pin is left out. Cause: a template for another firmware or a newer
    /// one. Cure: name one it has, or a driver of your own.
    /// </summary>
    ObkRoleUnknown = 5012,

    /// <summary>
    /// A device template gives a pin a channel that is no number from 0 to 255; that pin is left out. Cause: a template written by hand.
    /// Cure: write it as role;channel.
    /// </summary>
    ObkChannelUnread = 5013,

    /// <summary>
    /// A current entry of the flash variables has a wrong CRC; the firmware ignores it. Cause: power lost while writing, a bad read. Cure:
    /// none needed: the variables start anew.
    /// </summary>
    FlashVarsEntryCrc = 5101,

    /// <summary>
    /// An entry of the flash variables whose lengths do not fit its sector; the firmware skips it. Cause: power lost while writing, a bad
    /// read. Cure: none needed: the variables start anew.
    /// </summary>
    FlashVarsEntryDamaged = 5102,

    /// <summary>
    /// The older journal of flash variables does not end with a whole copy. The firmware starts with zeros. Cause: power lost while
    /// writing, or the sectors were overwritten. Cure: none needed: the variables start anew.
    /// </summary>
    FlashVarsJournalDamaged = 5103,

    /// <summary>
    /// The flash variables hold the credentials of a network. Cause: fast connect is on in the firmware. Cure: sanitize the image before it
    /// is shared.
    /// </summary>
    FlashVarsCredentials = 5104,
    /// <summary>
    /// A Tuya key block was found, but no data block that deciphers with its key. Cause: the storage is erased, cut off or damaged. Cure:
    /// read the whole flash again; an erased storage is made anew by the firmware.
    /// </summary>
    TuyaNoBlocks = 5200,

    /// <summary>
    /// The sum over a Tuya data block is wrong. The next older copy counts where there is one; else only values whose own sum is right are
    /// read from it. Cause: a bad read or an interrupted write. Cure: read the flash again.
    /// </summary>
    TuyaBlockSum = 5201,

    /// <summary>
    /// A Tuya value reaches into a block that does not exist, or into pages of another value. Cause: a cut or damaged storage. Cure: read
    /// the whole flash again.
    /// </summary>
    TuyaValueIncomplete = 5202,

    /// <summary>
    /// The bytes of a Tuya value do not give the sum stored for them. The value cannot be trusted. Cause: a bad read or an interrupted
    /// write. Cure: read the flash again; an older copy may be sound.
    /// </summary>
    TuyaValueSum = 5203,

    /// <summary>
    /// A page marked as an index page of a Tuya block is none. What it described is not listed. Cause: a bad read or an interrupted write.
    /// Cure: read the flash again.
    /// </summary>
    TuyaIndexPage = 5204,

    /// <summary>
    /// A name occurs twice among the current blocks of a Tuya storage; the one with a right sum, then the first, is listed. Cause: an
    /// interrupted write. Cure: none needed.
    /// </summary>
    TuyaNameTwice = 5205,

    /// <summary>
    /// More than one Tuya key block lies in the image. The one with the most data blocks is read. Cause: a doubled read. Cure: cut a
    /// doubled read to its first half.
    /// </summary>
    TuyaSeveralStorages = 5206,

    /// <summary>
    /// The Tuya key block is unreadable; the key was taken from the protected block beside it. The device itself cannot open this storage.
    /// Cause: the sector was overwritten or erased. Cure: restore the sector from a backup.
    /// </summary>
    TuyaKeyBlockDamaged = 5207,

    /// <summary>
    /// The Tuya data key is derived as on another platform than Beken's. Cause: storage of another chip, or a module with another maker's
    /// SDK. Cure: none needed to read it.
    /// </summary>
    TuyaForeignKey = 5208,

    /// <summary>
    /// What Tuya's cloud knows the device by is zeros. Cause: a copy that was made to be shared. Cure: keep the dump it was made from; OpenBeken
    /// and other firmware do not need it.
    /// </summary>
    TuyaIdentityBlank = 5209,

    /// <summary>
    /// The entries of a Tuya protected block do not fill it as stated; those before the fault are listed. Cause: damage, or a newer form.
    /// Cure: none needed to read those that are listed.
    /// </summary>
    TuyaProtectedEntries = 5220,

    /// <summary>
    /// A value in the Tuya protected block differs from the one in the storage. Which of them the firmware prefers is not known. Cause: an
    /// interrupted write, or a value changed in one place only. Cure: set the value anew, which writes both.
    /// </summary>
    TuyaProtectedDiffers = 5221,

    /// <summary>
    /// A sector looks like a Tuya key or protected block, but neither checksum is right. Cause: a bad read, or other data that looks like
    /// it. Cure: read the flash again.
    /// </summary>
    TuyaKeySectorSum = 5222,

    /// <summary>
    /// The sum over a superblock of Tuya's UF file system is wrong; the other one counts. Cause: power lost while writing. Cure: none
    /// needed.
    /// </summary>
    UfSuperblockSum = 5240,

    /// <summary>
    /// A file of Tuya's UF file system states sectors that do not exist or belong to another file; it is listed without content. Cause:
    /// damage, a cut read. Cure: read the whole flash again.
    /// </summary>
    UfFileSectors = 5241,

    /// <summary>
    /// A file of Tuya's UF file system takes more than one sector. How such lists are stored is inferred, not known. Cause: a file larger
    /// than those met so far. Cure: check the content before it is relied on.
    /// </summary>
    UfFileSectorList = 5242,

    /// <summary>
    /// The crc inside a user_param_key text is wrong. The firmware does not seem to insist on it. Cause: the text was edited, or made by
    /// another tool. Cure: none needed; writing it anew renews the crc.
    /// </summary>
    TuyaUserParamCrc = 5260,

    /// <summary>
    /// The wiring that Tuya's data names could not be taken over whole. Cause: pins without a role in OpenBeken, or something a person
    /// should look at. Cure: look at the board, and name the missing pins.
    /// </summary>
    TuyaWiringUnclear = 5261,

    /// <summary>
    /// The bootloader of the image a plan leads to is another than the device's, and the device's stays. Cause: a bootloader is only
    /// written where that was asked for. Cure: none needed where the device's own is meant to stay; else ask for the bootloader.
    /// </summary>
    PlanKeepsBootloader = 5270,

    /// <summary>
    /// Refused: the plan would leave the device without its calibration. Cause: the image it leads to holds none, or one that calibrates
    /// nothing. Cure: take an image with the device's own, or give it up by name.
    /// </summary>
    PlanLosesCalibration = 5271,

    /// <summary>
    /// Refused: the plan would replace the device's calibration and MAC by those of another unit. Cause: an image of another device. Cure:
    /// take an image of this device, or give its own up by name.
    /// </summary>
    PlanOtherDevice = 5272,

    /// <summary>
    /// What the plan leads to does not boot, as far as verify can tell. Cause: the image does not boot by itself, or not with the
    /// bootloader that stays. Cure: verify the image; ask for its bootloader where the device has none.
    /// </summary>
    PlanDoesNotBoot = 5273,

    /// <summary>
    /// The device's only calibration is erased and written again in its place: between the two it is in no flash. Cause: it changes, by
    /// another MAC perhaps. Cure: keep the dump of the device until the step is done.
    /// </summary>
    PlanRewritesCalibration = 5274,

    /// <summary>
    /// Refused: what the plan is to lead to is no image of that flash. Cause: an update package, a file without page CRCs, a part of a dump
    /// whose place is not known, or a dump of a chip of another size. Cure: take an image as flash holds it.
    /// </summary>
    PlanTargetUnfit = 5275,

    /// <summary>
    /// The image ends before the flash does: what lies behind it stays as the device has it. Cause: a firmware file, or a packed app. Cure:
    /// none needed; the image of a whole chip says what shall lie there.
    /// </summary>
    PlanKeepsRest = 5276,

    /// <summary>
    /// Refused: there is no Tuya storage, or none that holds what was asked for. Cause: the device stores nothing of Tuya's, or the storage
    /// was erased. Cure: take an image of the device before it was converted.
    /// </summary>
    TuyaNothingToWrite = 5280,

    /// <summary>
    /// Refused: the value does not fit into the free pages of the storage, or not into the protected block. Cause: the value is longer than
    /// what is free. Cure: a shorter value.
    /// </summary>
    TuyaValueTooLarge = 5281,

    /// <summary>
    /// Refused: the value lies in a damaged block, and writing would make the damage look right. Cause: a bad read or an interrupted write.
    /// Cure: read the flash again.
    /// </summary>
    TuyaBlockDamaged = 5282,

    /// <summary>
    /// Refused: such a name or value cannot be stored. Cause: a name is 1 to 31 bytes without NUL, a value at least one byte. Cure: give
    /// such a name and value.
    /// </summary>
    TuyaValueInvalid = 5283,

    /// <summary>
    /// Refused: the file does not fit into the sectors it has, or there is no such file. Cause: it is longer than its sectors, or the name
    /// is mistyped. Cure: a shorter file, or a name that is listed.
    /// </summary>
    UfFileTooLarge = 5284,

    /// <summary>
    /// Refused: such a field cannot stand in a user_param_key text, or the text is none. Cause: a text that is not in the form of
    /// user_param_key, or a field that has no place in it. Cure: give a text as the device's own, or a JSON object of texts and numbers.
    /// </summary>
    TuyaUserParamInvalid = 5285,

    // ---- 6000: LittleFS ---------------------------------------------------------------------------------------------------------

    /// <summary>
    /// A LittleFS superblock whose commit does not verify, without a second copy. Cause: damage, a bad read. The volume cannot be read.
    /// Cure: read the flash again; else make the volume anew.
    /// </summary>
    LittleFsSuperblockDamaged = 6001,

    /// <summary>
    /// A LittleFS volume of a version or geometry this library does not read. Cause: made by another tool, or for another firmware. Cure:
    /// make the volume anew with OpenBeken's geometry.
    /// </summary>
    LittleFsUnsupported = 6002,

    /// <summary>The image ends before the LittleFS volume does. Cause: a read that was cut. Cure: read the whole chip.</summary>
    LittleFsClipped = 6003,

    /// <summary>
    /// A directory's metadata has no commit that verifies; what it listed is lost. Cause: damage, an update written over the volume. Cure:
    /// take out what can be read, and make the volume anew.
    /// </summary>
    LittleFsMetadataDamaged = 6004,

    /// <summary>
    /// A commit does not verify and an older state is read. Cause: power lost while writing (harmless), or damage. Cure: none needed where
    /// power was lost; else look at the files before they are relied on.
    /// </summary>
    LittleFsOlderState = 6005,

    /// <summary>
    /// A block number leads outside the volume, or to a block that is in use elsewhere. Cause: damage. What it led to is not read. Cure:
    /// take out what can be read, and make the volume anew.
    /// </summary>
    LittleFsPointer = 6006,

    /// <summary>Not all of a file's content can be read. Cause: damage. Cure: write the file again.</summary>
    LittleFsFileDamaged = 6007,

    /// <summary>
    /// An entry of a directory has no usable name or no content. Cause: damage. Cure: take out what can be read, and make the volume anew.
    /// </summary>
    LittleFsEntryDamaged = 6008,

    /// <summary>
    /// A rename or the removal of a directory was not finished. Harmless: the firmware settles it with its next write. Cause: power lost
    /// while renaming. Cure: none needed: the firmware settles it with its next write.
    /// </summary>
    LittleFsMoveUnfinished = 6009,

    /// <summary>
    /// A volume has more entries, or deeper directories, than this library lists. Cause: damage, or a hostile file. Cure: take out what is
    /// listed.
    /// </summary>
    LittleFsLimit = 6010,

    /// <summary>
    /// A name that the firmware cannot open by its path. Cause: made by another tool. Cure: add the file under another name.
    /// </summary>
    LittleFsName = 6011,

    /// <summary>
    /// A disk version that OpenBeken refuses: it would format the volume. Cause: made by a newer tool. Cure: make the volume anew.
    /// </summary>
    LittleFsDiskVersion = 6012,

    /// <summary>
    /// A block size other than OpenBeken's 4096. Cause: made by another tool, or for another firmware. Cure: make the volume anew with
    /// OpenBeken's geometry.
    /// </summary>
    LittleFsGeometry = 6013,

    /// <summary>
    /// Names in a directory are out of order; the firmware may not find every file. Cause: a writer other than littlefs. Cure: make the
    /// volume anew.
    /// </summary>
    LittleFsOrder = 6014,

    /// <summary>
    /// The LittleFS volume found is not where the image's own firmware looks. Cause: left by another firmware, or <c>LFS_Size</c> was
    /// changed. Cure: set the size that fits it, or add the files to a volume where the firmware looks.
    /// </summary>
    LittleFsElsewhere = 6015,

    /// <summary>
    /// Files do not fit a LittleFS volume. Cause: more content than blocks. Cure: fewer or smaller files, or a larger volume (OpenBeken's
    /// <c>LFS_Size</c>).
    /// </summary>
    LittleFsDoesNotFit = 6101,

    /// <summary>
    /// A path that a LittleFS volume cannot hold, that the firmware could not open, or that is used twice. Cause: a name that is too long, has
    /// no letters, has control characters, leaves the volume, or was given already. Cure: another name.
    /// </summary>
    LittleFsNameRefused = 6102,

    /// <summary>
    /// A file was named that the LittleFS volume does not have. Cause: a mistyped path. Cure: a path that the list of files has.
    /// </summary>
    LittleFsNotFound = 6103,

    /// <summary>
    /// A damaged LittleFS volume was to be changed, which would lose what cannot be read. Cause: damage of the volume. Cure: extract what
    /// is there, make a volume anew.
    /// </summary>
    LittleFsDamagedVolume = 6104,

    /// <summary>
    /// A LittleFS volume of an impossible size was asked for. Cause: a size that is no multiple of the block size, too small, or larger
    /// than its place. Cure: a size the message names.
    /// </summary>
    LittleFsSizeRefused = 6105,

    // ---- 8000: the image as a whole ---------------------------------------------------------------------------------------------

    /// <summary>
    /// The input is larger than an image may be. Cause: several dumps in one file, or another kind of file. Cure: cut it; no supported chip
    /// has more flash.
    /// </summary>
    TooLarge = 8001,

    /// <summary>
    /// The read did not begin at physical 0 and wrapped around. The image is read as if it had. Cause: a
    /// tool that read from 0x11000 on, round the end of the chip. Cure: none needed to read it; write it normalized before it is flashed.
    /// </summary>
    Rotated = 8002,

    /// <summary>
    /// The read went on behind the chip's end, which shows its content again there, once or many times, or nothing. Cause: a read longer
    /// than the chip. Cure: write it normalized, which cuts it.
    /// </summary>
    Doubled = 8003,

    /// <summary>
    /// The file ends before the flash it belongs to does. Cause: an interrupted read, or a size chosen too small. Cure: read the whole chip
    /// again.
    /// </summary>
    Truncated = 8004,

    /// <summary>
    /// Every byte is 0xFF or every byte is 0x00: an erased chip, or a read that did not reach it. Cause: an erased chip, or a read that did
    /// not reach it. Cure: check wiring and read again.
    /// </summary>
    Blank = 8005,

    /// <summary>
    /// Nothing in the file, or of what was named, is known to this library. Cause: a file of another kind, damage, an unknown key; of a
    /// name, a mistyped one. Cure: check what was given; name the key where it is known.
    /// </summary>
    NotRecognised = 8006,

    /// <summary>
    /// Pages were found, but nothing that says where in the chip they belong. Cause: a part cut out of a dump. Cure: read the flash from 0
    /// on.
    /// </summary>
    UnplacedPages = 8007,

    /// <summary>
    /// The file is not what the operation needs. Cause: another file was named than was meant. Cure: give what the message asks for.
    /// </summary>
    WrongKind = 8008,

    /// <summary>
    /// The bootloader names one chip and the app another. Cause: an app of another chip was written, or a mixed file. Cure: use bootloader
    /// and app of one family.
    /// </summary>
    ChipsDisagree = 8009,

    /// <summary>
    /// An input cannot be read. Cause: it does not exist, may not be read, or is packed in an archive in a way that is not unpacked here. Cure:
    /// check name and rights; unpack an archive with its own tool, and give what is in it.
    /// </summary>
    InputUnreadable = 8010,

    /// <summary>An input has no byte in it. Cause: a download or read that failed. Cure: fetch or read it again.</summary>
    InputEmpty = 8011,

    /// <summary>An output cannot be written. Cause: there is no such folder, no right, or no room. Cure: name another place.</summary>
    OutputUnwritable = 8012,

    /// <summary>
    /// An archive does not hold exactly one image that can be read. Cause: several images, or none, were packed into it. Cure: take the one
    /// that is meant out of it.
    /// </summary>
    ArchiveListed = 8013,

    /// <summary>
    /// A file of another kind that may hold an image: 7z, rar, xz, tar, Intel HEX, S-record. Cause: another tool's format. Cure: unpack or
    /// convert it.
    /// </summary>
    KnownOtherFormat = 8014,

    /// <summary>
    /// A part of a dump begins in the middle of a sector, so that everything in it lies off the usual places. What proves itself is found
    /// all the same. Cause: a part cut out at an odd place. Cure: none needed to take data out of it; for more, read from 0 on.
    /// </summary>
    SectorsShifted = 8015,

    /// <summary>
    /// A name stands twice in one object of a JSON text: the last one counts. Cause: another tool wrote the text, or it was edited by hand.
    /// Cure: take the other out.
    /// </summary>
    JsonNameTwice = 8016,

    /// <summary>
    /// A UF2 file is for a flash of two halves; the part whose application is linked where a Beken bootloader starts it is used. Cause: a
    /// file for every way of updating in one. Cure: none needed; a file for one half says by itself what it is for.
    /// </summary>
    Uf2HalfTaken = 8017,

    // ---- 9000: guards -----------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Something would be written into the bootloader (physical 0 to 0x11000). Without it the device does not start. Cause: a range or
    /// partition that reaches into it. Cure: replace the bootloader by its own name, where that is meant.
    /// </summary>
    BootloaderProtected = 9001,

    /// <summary>
    /// The app does not fit its partition, or would reach into what the firmware itself writes. Cause: the firmware is built for a larger
    /// app partition. Cure: a smaller build, or the firmware's own bootloader and table.
    /// </summary>
    AppTooLarge = 9002,

    /// <summary>
    /// Two parts of the planned image claim the same bytes. Cause: two inputs claim one place. Cure: leave one out, or move it.
    /// </summary>
    RegionsOverlap = 9003,

    /// <summary>
    /// Something would be written outside the flash. Cause: an address or length that is too large, or an image of a larger flash. Cure: an
    /// address inside; the right size.
    /// </summary>
    OutsideFlash = 9004,

    /// <summary>
    /// Where something belongs is not known, and there is no default address. Cause: an image that shows neither table nor known layout.
    /// Cure: name the chip, or take a dump with its bootloader.
    /// </summary>
    AddressUnknown = 9005,

    /// <summary>
    /// The two images are for chips of different families, or a chip cannot be told. Cause: firmware for another chip. Cure: take the build
    /// for the device's chip; name the chip where an image does not tell it.
    /// </summary>
    ChipsDiffer = 9006,

    /// <summary>
    /// The key does not fit the bootloader that will run the app; or a key that was given is not the image's. Cause: a key of another
    /// device. Cure: leave away the one that was given, it is found; where bootloader and app have two, say which is the device's.
    /// </summary>
    KeyDoesNotFit = 9007,

    /// <summary>
    /// Cutting the image at the wanted size would lose something that is not erased. Cause: content behind the size that was asked for.
    /// Cure: take a larger size, or leave that content out on purpose.
    /// </summary>
    ContentCutOff = 9008,

    /// <summary>The output exists. Cause: an earlier run. Cure: another name, or replacing it on purpose.</summary>
    OutputExists = 9009,

    /// <summary>The output is one of the inputs. Cause: one name for both. Cure: another name.</summary>
    OutputIsInput = 9010,

    /// <summary>
    /// An image does not tell its chip, and the caller did not name it. Cause: an image without its bootloader, or whose signs disagree.
    /// Cure: name the chip.
    /// </summary>
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

    /// <summary>
    /// What was asked for is not supported for the family of BK7236. Cause: it rests on what only the BK72xx have: coefficients, RBL headers, a
    /// table of logical addresses. Cure: none; what is supported there does not need it.
    /// </summary>
    NotForArmino = 9015,

    /// <summary>
    /// The image of a whole chip that was put together, or one whose programs were edited, would not boot. Cause: an input that is damaged in a
    /// place no other guard looks at; or raw bytes of a program were edited, and their page CRCs or the RBL header do not fit any more.
    /// Cure: inputs that verify says boot; plain programs, whose pages and header are made anew. What stands against it is named.
    /// </summary>
    ResultDoesNotBoot = 9016,

    /// <summary>
    /// The device's own calibration and MAC are replaced or left out. Cause: it was asked for, or an edited file holds another table or
    /// none. Cure: keep a backup that has them; restore them from it.
    /// </summary>
    CalibrationLost = 9017,

    /// <summary>
    /// A place may still hold secrets: it is in a form that is not read, or a name of a secret stands there with a value that was not
    /// recognised. Cause: files of a firmware that is not known. Cure: look at it before the image is shared, or erase it.
    /// </summary>
    SecretsMayRemain = 9018,
}
