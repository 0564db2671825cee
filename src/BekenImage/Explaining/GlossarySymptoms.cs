namespace BekenImage.Explaining;

/// <summary>What one sees when a device does not do what it should. docs/troubleshooting.md has a part for each, with the way out.</summary>
internal static class GlossarySymptoms
{
    /// <summary>The symptoms. The sections of docs/troubleshooting.md are names here.</summary>
    public static readonly Explanation[] All =
    [
        new("nothing on the UART", "Supply, wires or the wrong pin; or the bootloader is gone, and the CPU has nothing to start. A read of the flash tells the one from the other.", "no output", "dead device"),
        new("garbage on the UART", "Another baud rate than 115200, no common ground, or firmware under another key than the chip's: the chip then runs noise.", "only ▢ or garbage on the UART", "only ▢ on the UART"),
        new("boot loop", "The bootloader jumps and there is no program it can run: the app is missing, damaged, under another key, for another chip or at another place. The verdict on a read of the device says which.", "the bootloader's lines, and then nothing, or a boot loop", "does not boot", "does not start", "watchdog reset"),
        new("App verify failed", "A bootloader's line: where its table says the app ends, it found no header that fits. A warning where the app starts all the same. A combination with the device's dump has the header where its bootloader looks.", "Jump to app failed", "App verify failed! Need to recovery factory firmware."),
        new("slow access point", "The radio runs without its calibration, or with another unit's. A generic table can be told from a device's own, another unit's cannot; only a dump from before has the right one.", "a slow access point, a weak radio", "weak radio", "weak Wi-Fi", "connection drops"),
        new("OTA does nothing", "Firmware and bootloader do not agree where the download partition lies, or the package is under a key the bootloader does not hold. The dump and the firmware together tell.", "an update over the air does nothing", "update does nothing", "updates do not work"),
        new("does not start after an update", "The bootloader installed what lay in the download partition over the app: a package for another device, or an old one. A staged package is seen in a read of the device.", "it does not start after an update"),
        new("written to 0x0", "0x0 is the bootloader. A UA file belongs to 0x11000, a configuration to the sector the chip's layout has for it; only a QIO or a whole image begins at 0. The bootloader can be put back from a dump from before.", "something was written to 0x0", "configuration at 0x0", "config at 0x0", "app at 0x0"),
        new("settings are lost", "The configuration is not where the firmware looks, its checksum is wrong, or the whole flash was written. The startup command is in it too.", "lost settings", "forgets its settings", "Config crc or ident mismatch"),
        new("files are gone", "LittleFS lies inside the download partition on most chips: an update package that reaches so far, or a whole image without files, overwrites it.", "lost files"),
        new("the dump looks wrong", "A read that began elsewhere, went on behind the chip, ended early or left the page CRCs out. What can be undone is undone when the read is written normalized.", "odd read", "bad dump"),
    ];
}
