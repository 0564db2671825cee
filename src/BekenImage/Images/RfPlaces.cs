using BekenImage.Chips;

namespace BekenImage.Images;

/// <summary>
/// Where the firmware of an image looks for calibration. Without its bootloader an app tells the family of its chip and no more: where the
/// chips of the family differ, each of their places may be the one.
/// </summary>
internal static class RfPlaces
{
    /// <summary>The places, physical; none where none is known.</summary>
    public static IReadOnlyList<long> Of(FlashImage image) => image.Content.Map is not { } map ? []
        : IsChipTold(image) ? [map.Rf.Start]
        : [.. OfFamily(image).Append(map.Rf.Start).Distinct()];

    private static bool IsChipTold(FlashImage image) =>
        image.Options.Chip != BekenChip.Unknown || image.Content.Bootloader is { Chip: not BekenChip.Unknown };

    private static IEnumerable<long> OfFamily(FlashImage image) => (ChipRegistry.FamilyOf(image.Chip)?.Chips ?? [])
        .Select(chip => ChipLayout.For(chip.Chip, image.Flavor)).OfType<ChipLayout>().Select(layout => layout.Rf.Start);
}
