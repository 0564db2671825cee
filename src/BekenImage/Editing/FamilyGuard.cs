using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Editing;

/// <summary>Refuses a change after which a new program would stand on a device of another family, or where it is not linked for.</summary>
internal static class FamilyGuard
{
    /// <summary>Asks about a change that may have replaced an app.</summary>
    /// <exception cref="ImageGuardException">
    /// The new app is for another family (<see cref="FindingCode.ChipsDiffer"/>), or for another place (<see cref="FindingCode.AddressUnknown"/>).
    /// </exception>
    public static void Check(DraftEdit edit)
    {
        if (edit.Changes.Count > 0)
            Check(edit.Image.Content, edit.ToImage().Content);
    }

    /// <inheritdoc cref="Check(DraftEdit)"/>
    /// <param name="before">The image as it was: it tells the device, by its bootloader where that is there.</param>
    /// <param name="after">The image as it would be.</param>
    public static void Check(ImageContent before, ImageContent after)
    {
        if (Reason(before, after) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason + "; nothing was written", after.Programs.App?.Offset);
        if (LinkedElsewhere(after) is { } linked && LinkedElsewhere(before) != linked)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown, FormattableString.Invariant(
                $"the app is linked for logical 0x{linked:x}, but would begin at logical 0x{after.Programs.App!.LogicalStart!.Value.Value:x}; nothing was written"),
                after.Programs.App.Offset);
        }
    }

    /// <summary>Asks about a program before it is enciphered for its place: there its vectors would no longer show.</summary>
    /// <param name="device">The image it is for.</param>
    /// <param name="plain">The program.</param>
    /// <exception cref="ImageGuardException">It is for another generation of chips (<see cref="FindingCode.ChipsDiffer"/>).</exception>
    public static void CheckProgram(ImageContent device, ReadOnlySpan<byte> plain)
    {
        if (FamilyRule.OtherGeneration(device.Origin.ToldGeneration, FamilyRule.GenerationOf(plain)) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason + "; nothing was written");
    }

    private static uint? LinkedElsewhere(ImageContent image) => image.Programs.App is { Key: not null, LogicalStart: { } start } app
        ? ArmVectors.LinkedElsewhere(image.Decoded.Decode(app).Span, start.Value)
        : null;

    /// <summary>Refuses by name what is only known how to do for the BK72xx.</summary>
    /// <param name="image">The image.</param>
    /// <param name="what">What was asked for: the subject of the sentence.</param>
    /// <exception cref="ImageGuardException">It is an image of the family of BK7236 (<see cref="FindingCode.NotForArmino"/>).</exception>
    public static void RequireBk72xx(FlashImage image, string what)
    {
        if (FamilyRule.GenerationOf(image) == ChipGeneration.Armino)
            throw new ImageGuardException(FindingCode.NotForArmino, $"a BK7236-family image; {what} is not supported");
    }

    /// <summary>Asks about an image whose programs were put together: of one family, or refused.</summary>
    /// <exception cref="ImageGuardException">Bootloader and app are not of one family (<see cref="FindingCode.ChipsDiffer"/>).</exception>
    public static void CheckTogether(ImageContent image)
    {
        if (image is { Bootloader: { } bootloader, App: { } app } && FamilyRule.Together(bootloader, app) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason, image.Programs.App?.Offset);
    }

    private static string? Reason(ImageContent before, ImageContent after)
    {
        if (ReferenceEquals(before.Programs, after.Programs))
            return null;
        // A program of another generation is wrong wherever it stands, whether or not the chip is told.
        if (after.App is { } changed && FamilyRule.OtherGeneration(before.Origin.ToldGeneration, changed.Generation) is { } other)
            return other;
        if (before.Bootloader is not { Chip: not BekenChip.Unknown } device)
            return after.App is { } alone ? FamilyRule.AppOn(FamilyRule.Resolve(before.ToldChip, before.Chip), alone) : null;
        if (after.Bootloader is { } bootloader && FamilyRule.BootloaderOn(device.Chip, bootloader) is { } reason)
            return reason;
        return after.App is { } app && FamilyRule.Together(device, app) is not null ? FamilyRule.AppOn(device.Chip, app) : null;
    }
}
