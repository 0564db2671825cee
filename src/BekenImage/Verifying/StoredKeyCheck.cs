using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Verifying;

/// <summary>
/// Would an update over the air come out under the device's key? The device runs before; after it a bootloader that stores another key has
/// an app the chip cannot read. Source: Firmware/FORMAT.md, section 4.
/// </summary>
internal static class StoredKeyCheck
{
    private const string Name = "stored-key";

    /// <summary>Of an image's own bootloader.</summary>
    public static VerifyCheck Of(FlashImage image) => Judge(image, CheckStatus.Warn);

    /// <summary>Of the bootloader that is on the device once the firmware is.</summary>
    /// <param name="firmware">The firmware.</param>
    /// <param name="device">A dump of the device; null when only its kind is known.</param>
    /// <param name="isPackage">The device's bootloader is to install the firmware: then this is the update that comes out wrong.</param>
    public static VerifyCheck AfterFlashing(FlashImage firmware, FlashImage? device, bool isPackage)
    {
        if (isPackage)
            return device is null ? NotKnown() : Judge(device, CheckStatus.Fail);
        bool bringsOne = firmware.Programs.Bootloader is { IsStriped: true, Pages.Valid: > 0 };
        return bringsOne ? Of(firmware) : device is null ? NotKnown() : Of(device);
    }

    private static VerifyCheck Judge(FlashImage image, CheckStatus whenRead)
    {
        if (StoredKeys.Of(image.Bytes, image.Programs) is not { } updates)
            return NotKnown();
        long offset = image.Programs.Bootloader!.Offset;
        return updates.State switch
        {
            StoredKeyState.Unknown => new(FindingCode.StoredKeyDiffers, Name, CheckStatus.Skipped, "no key record of a known kind is in the bootloader"),
            StoredKeyState.Fits => new(FindingCode.StoredKeyDiffers, Name, CheckStatus.Pass, updates.StoresOwnKey
                ? "the bootloader stores the key it is under"
                : "the key record holds what the vendor's own loaders of this kind hold on such a device; no code of theirs reads it", offset),
            StoredKeyState.Differs => new(FindingCode.StoredKeyDiffers, Name, whenRead, updates.Mismatch!, offset),
            _ => new(FindingCode.StoredKeyDiffers, Name, CheckStatus.Warn, updates.Mismatch!, offset),
        };
    }

    private static VerifyCheck NotKnown() =>
        new(FindingCode.StoredKeyDiffers, Name, CheckStatus.Skipped, "there is no bootloader under a known key to look in");
}
