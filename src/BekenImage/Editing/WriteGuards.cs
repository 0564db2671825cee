namespace BekenImage.Editing;

/// <summary>The guards every write into an image passes, whoever asks: not into the bootloader, not out of the flash.</summary>
internal static class WriteGuards
{
    /// <exception cref="ImageGuardException">It reaches into the bootloader or out of the flash.</exception>
    public static void Check(FlashRange range, long flashLength, string name)
    {
        if (range.Overlaps(FlashGeometry.BootloaderSlot))
        {
            throw new ImageGuardException(FindingCode.BootloaderProtected,
                $"'{name}' ({range}) would write into the bootloader ({FlashGeometry.BootloaderSlot}); nothing was written", range.Start);
        }
        CheckInside(range, flashLength, name);
    }

    /// <exception cref="ImageGuardException">It reaches out of the flash.</exception>
    public static void CheckInside(FlashRange range, long flashLength, string name)
    {
        if (range.End > flashLength)
        {
            throw new ImageGuardException(FindingCode.OutsideFlash, FormattableString.Invariant(
                $"'{name}' ({range}) would reach beyond the flash, which ends at 0x{flashLength:x}; nothing was written"), range.Start);
        }
    }
}
