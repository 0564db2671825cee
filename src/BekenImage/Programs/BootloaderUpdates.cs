using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>
/// With which key a bootloader's own code enciphers an update over the air, by its kind. Source: Firmware/FORMAT.md, section 4.
/// </summary>
internal static class BootloaderUpdates
{
    /// <summary>The code reads the four words and enciphers with them: BK7231T.</summary>
    private static bool EnciphersWithRecord(BootloaderPayload bootloader) =>
        bootloader.Keys.FlashKeyOffset is BootloaderKeys.Tuya104 or BootloaderKeys.Tuya && !EnciphersByHardware(bootloader);

    /// <summary>The code stores plain words and the chip enciphers them, with its own key: BK7231N.</summary>
    private static bool EnciphersByHardware(BootloaderPayload bootloader) =>
        bootloader.Keys.FlashKeyOffset == BootloaderKeys.Tuya && bootloader.HasNMarker;

    /// <summary>
    /// What the vendor's plain bootloaders of this kind hold in their record: the SDK's its placeholder, Tuya's N the key of BK7231N. No code
    /// of theirs reads it. Null where the record is read, or where there is none.
    /// </summary>
    internal static BekenKey? PlainDefault(BootloaderPayload bootloader) =>
        bootloader.Keys.FlashKeyOffset == BootloaderKeys.Sdk ? BootloaderKeys.Placeholder
        : EnciphersByHardware(bootloader) ? BekenKey.Tuya
        : null;

    /// <summary>Why updates over the air may not come out under the bootloader's key; null where they do.</summary>
    internal static string? Doubt(BootloaderPayload bootloader) => bootloader.Keys.FlashKey switch
    {
        null => "no key record of a known kind is in the bootloader: it may encipher updates over the air with another key, or not at all",
        { } stored when EnciphersWithRecord(bootloader) && !stored.IsEquivalentTo(bootloader.Key) =>
            "the key the bootloader stores, with which it enciphers updates over the air, is not the one it is under",
        _ when bootloader.Keys.FlashKeyOffset == BootloaderKeys.Sdk && !bootloader.Key.IsIdentity =>
            "bootloaders of this kind were not seen to encipher updates: one over the air may be written plain, whatever key they store",
        _ => null,
    };
}
