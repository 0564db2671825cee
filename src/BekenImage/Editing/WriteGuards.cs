namespace BekenImage.Editing;

/// <summary>The guards every write into an image passes, whoever asks: not into the bootloader, not out of the flash.</summary>
internal static class WriteGuards
{
    /// <param name="range">What would be written.</param>
    /// <param name="flashLength">Where the flash ends.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="bootloader">Where the bootloader lies.</param>
    /// <exception cref="ImageGuardException">It reaches into the bootloader or out of the flash.</exception>
    public static void Check(FlashRange range, long flashLength, string name, FlashRange bootloader)
    {
        if (range.Overlaps(bootloader))
        {
            throw new ImageGuardException(FindingCode.BootloaderProtected,
                $"'{name}' ({range}) would write into the bootloader ({bootloader}); nothing was written", range.Start);
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
