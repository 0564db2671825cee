namespace BekenImage.Explaining;

/// <summary>The words and what they mean. Sources: the FORMAT.md of each format, and that of Chips.</summary>
internal static class GlossaryTerms
{
    /// <summary>How bytes lie in flash.</summary>
    public static readonly Explanation[] Storage =
    [
        new("physical address", "An offset in the flash chip, or in a dump that begins at 0. Of a rotated dump: after the rotation is undone.", "physical"),
        new("logical address", "What the CPU sees in a striped partition: physical / 34 * 32 on the boundary of a page. Physical 0x11000 is logical 0x10000.", "logical"),
        new("page", "34 bytes of flash: 32 of data and a big-endian CRC-16 over them. The grid of pages begins at physical 0. Other texts call it a row.", "row", "34-byte page"),
        new("page CRC", "CRC-16 with the polynomial 0x8005, initial value 0xFFFF, over the 32 stored bytes of a page. The chip reads nothing sensible where it is wrong.", "CRC", "CRC-16"),
        new("striped", "Stored in pages, with their CRCs: bootloader and app. In the partition table the flash is called beken_onchip_crc.", "beken_onchip_crc"),
        new("raw", "Stored as plain bytes, without pages: calibration, configuration, update packages. In the partition table the flash is called beken_onchip.", "beken_onchip"),
        new("logical form", "A program without page CRCs, as a file or as a read through the CPU gives it. It must be paged before flash holds it."),
        new("sector", "4096 bytes: the least that flash erases at once.", "flash sector"),
        new("erased", "Bytes of 0xFF: what flash holds after an erase."),
        new("key", "What the chip deciphers its programs with while it reads them: four words on the BK72xx, a key for AES-XTS on Armino chips. It is burnt into the chip and cannot be changed.", "flash key", "encryption key"),
        new("coefficients", "The four 32-bit words of the flash cipher of the BK72xx.", "coefficient", "flash cipher"),
        new("AES-XTS", "The flash cipher of the Armino chips: AES-128 over each page of 32 bytes. Some chips swap the bytes of words first, others do as IEEE 1619 says.", "aes", "aes-standard"),
        new("recovered key", "Four words found from the code alone: ARM code has instructions that are so frequent that they show through the cipher."),
        new("vectors", "The first instructions or addresses of a program. They have a known form, so that they tell whether a key is right.", "ARM vectors", "vector table"),
        new("rotation", "How far a dump must be rotated right so that physical 0 comes first. Some tools read from 0x11000 on and come round to the beginning."),
        new("doubled read", "A read longer than the chip, which then shows its start again, once or many times."),
        new("OTP", "Memory of the chip that is written once: the key and what secure boot trusts are there, and no read of the flash shows them.", "eFuse"),
    ];

    /// <summary>Files, headers, programs.</summary>
    public static readonly Explanation[] Files =
    [
        new("dump", "A read of a device's whole flash. The backup to keep: calibration and MAC are in it and nowhere else.", "factory dump", "backup"),
        new("QIO", "A firmware file that begins at 0: bootloader and app as flash holds them. It is written to an empty chip or over everything.", "qio"),
        new("UA", "A firmware file for 0x11000: the app as flash holds it, with its header. The bootloader stays.", "ua"),
        new("UG", "Tuya's package for updates over the air: a header with sums around an RBL package.", "UG package"),
        new("RBL", "The header of 96 bytes of RT-Thread's bootloader: name, version, sizes, CRC and hash of an app or an update package.", "RBL header", "rbl"),
        new("OTA", "An update over the air. On these chips: an RBL package, written into the download partition, unpacked by the bootloader.", "update package", "over the air"),
        new("UF2", "The file of LibreTiny's tools: blocks of 512 bytes, each with its own address, for one or two ways of flashing."),
        new("piece", "A part of a dump. Its offsets count from the start of the file."),
        new("package", "A file around firmware: a zip or gzip file, UF2, a headered download or update file."),
        new("bootloader", "The program at physical 0 to 0x11000. It checks and unpacks updates and starts the app. Without it a device does not start.", "loader"),
        new("app", "The firmware proper, from physical 0x11000 on.", "application"),
        new("FAL", "The partition table in the bootloader (flash abstraction layer of RT-Thread): name, flash, offset and length of bootloader, app and download.", "partition table"),
        new("payload", "What an RBL header describes: the app without what fills its partition."),
        new("FACTORY", "The first input of the main job: a dump of the device."),
        new("FIRMWARE", "The second input of the main job: what is to run on the device."),
        new("TuyaMCU", "A device in which a microcontroller of its own does the work and the Wi-Fi module only passes messages over UART."),
        new("OpenBeken", "Free firmware for these chips, configured by pins and commands.", "OBK", "OpenBK"),
        new("LibreTiny", "A free SDK for these chips; mostly met as ESPHome.", "ESPHome", "LibreTuya"),
        new("beken-freertos", "Beken's FreeRTOS SDK, which other makers build their firmware with.", "Beken SDK", "beken378"),
        new("Armino", "Beken's newer SDK, and the chips of its generation: BK7236, BK7258, BK7239N and others. Other cores, another cipher, other tables.", "beken-armino"),
        new("secure boot", "On Armino chips: each stage checks the signature of the next before it starts it; the first key is in OTP."),
        new("BL1", "The boot ROM of an Armino chip. It checks the second bootloader by its manifest."),
        new("BL2", "The second bootloader of an Armino chip under secure boot: MCUboot."),
        new("manifest", "Under secure boot: what says where the second bootloader lies, its hash, and the key and signature that vouch for it.", "BL1 manifest"),
        new("MCUboot", "The second bootloader of Armino chips under secure boot, and the image form it starts: a header, the program, tags with hash and signature."),
        new("TLV", "A tag with its length and value, as behind an MCUboot image.", "tag"),
        new("quicklz", "One of the compressions of RBL packages.", "QuickLZ"),
        new("fastlz", "One of the compressions of RBL packages.", "FastLZ"),
        new("download mode", "The chip's ROM, or the bootloader, takes bytes over UART before the app starts. How a device is flashed by wire.", "UART download", "by wire"),
        new("vendor tail", "The 16 to 47 bytes that the vendor's program for enciphering adds behind an application."),
        new("SPI flash", "Memory of 2 to 8 MiB beside or in the chip. A programmer can read it even where the chip does not start.", "flash"),
    ];

    /// <summary>What lies where, and what the device is.</summary>
    public static readonly Explanation[] Areas =
    [
        new("RF", "The table with the radio's calibration and the MAC: one sector, made for this one chip at the factory. Nothing can compute it anew.", "rf", "RF table", "calibration", "TLV table"),
        new("MAC", "The address of the device in the network, six bytes. It lies in the RF table.", "MAC address", "MacAddress"),
        new("MAC 00:00:00", "A MAC that ends in 00:00:00, such as c8:47:8c:00:00:00, is what firmware uses that found no RF table. Other devices have it too, and two of them disturb a network. The device's own is on its label or in an older backup.", "c8:47:8c:00:00:00", "00:00:00", "placeholder MAC", "placeholder", "the MAC ends in 00:00:00"),
        new("generic RF table", "A table that flashers carry and write where a device has lost its own: another unit's calibration under a made-up MAC.", "generic"),
        new("uncalibrated", "An RF table with chip information only: the calibration was lost, and the firmware made a new table."),
        new("net", "The sector of the network parameters; OpenBeken keeps its configuration there.", "NET_PARAM"),
        new("fast-connect", "A record with the Wi-Fi network of the last connection, its key with it, so that the next one is quick. It holds credentials.", "fast connect"),
        new("obk-config", "OpenBeken's configuration: 3584 bytes with pins, flags, names, passwords and the startup command.", "OpenBeken config", "configuration"),
        new("startup command", "The commands OpenBeken runs when it starts: drivers, pin settings, rules.", "initCommandLine", "autoexec"),
        new("pin role", "What OpenBeken does with a GPIO: Rel is a relay, Btn a button, and so on. A role ending in _n is inverted.", "role"),
        new("channel", "A number from 0 to 63 that connects OpenBeken's pins: a button with channel 1 switches the relay with channel 1."),
        new("channel type", "How OpenBeken shows a channel: as a switch, a dimmer, a temperature in tenths."),
        new("flag", "One of OpenBeken's 64 switches for how it behaves.", "OBK_FLAG"),
        new("device template", "A device's wiring in JSON as OpenBeken's web application imports it.", "template"),
        new("flash-vars", "OpenBeken's flash variables: values it keeps over a restart, and the count of starts.", "flash variables", "EasyFlash"),
        new("littlefs", "The file system OpenBeken keeps web pages, scripts and settings in. On most chips it lies inside the download partition.", "LittleFS", "LFS"),
        new("tuya", "As an area: Tuya's enciphered key-value storage, with the device's cloud identity, its settings, the Wi-Fi network. As a firmware: Tuya's IoT SDK or TuyaOS, which most of these devices come with. As a key: see tuya key.", "tuya storage", "KV storage", "TuyaOS"),
        new("tuya-uf", "Tuya's small file system of older devices.", "UF file system"),
        new("tuya-protected", "Tuya's protected block: the identity once more, beside the storage.", "protected block"),
        new("user_param_key", "The text in which Tuya's firmware keeps the wiring of the device: which pin has the relay, the button, the lamp."),
        new("baud_cfg", "The value of Tuya's storage that says the device has a microcontroller of its own, and at which speed it talks."),
        new("em_sys_env", "The value of Tuya's storage that names the platform, that is the chip."),
        new("download", "The partition where an update package is staged until the bootloader installs it.", "download partition"),
        new("app1", "The application of the second core of BK7258."),
        new("app2", "The application of a third core of BK7258, where the bootloader's table has a place for it."),
        new("usr_config", "A partition of Armino firmware for the settings of the user."),
        new("kvs", "LibreTiny's key-value store.", "FlashDB"),
        new("gap", "A range of an image that nothing claims."),
        new("convert", "The main job on a device that ran other firmware before: what the new one would misread is erased.", "conversion"),
        new("update", "The main job on a device that runs OpenBeken already: everything but app and update package stays."),
        new("guard", "A rule that refuses to write what would make a device useless, whatever was asked for.", "refused"),
        new("finding", "What is wrong or remarkable about an image: a severity, a code such as BKI1003, a sentence, mostly an offset.", "finding code", "BKI"),
        new("brick", "A device that does not start any more. Where the bootloader is whole it can be flashed by wire."),
    ];
}
