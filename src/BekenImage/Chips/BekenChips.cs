using System.Diagnostics.CodeAnalysis;
using BekenImage.Chips;
using BekenImage.Formats.Obk;

namespace BekenImage;

/// <summary>Names and families of chips, and what OpenBeken brings for each.</summary>
public static class BekenChips
{
    /// <summary>The names that are understood: the chips, then what they are also called.</summary>
    public static IReadOnlyList<string> Names =>
        [.. ChipRegistry.Chips.Select(chip => chip.Name), .. ChipRegistry.Chips.SelectMany(chip => chip.Aliases)];

    /// <summary>The chips, by number.</summary>
    public static IReadOnlyList<ChipInfo> All =>
        ChipRegistry.Chips.Select(chip => new ChipInfo(ChipRegistry.FamilyOf(chip.Chip)!, chip)).ToArray();

    /// <summary>Reads a chip's name, in any case; T1, T2, T34 and T4 are understood too.</summary>
    /// <param name="text">The name.</param>
    /// <param name="chip">The chip, or <see cref="BekenChip.Unknown"/>.</param>
    public static bool TryParse(string? text, out BekenChip chip)
    {
        string name = text?.Trim() ?? string.Empty;
        chip = ChipRegistry.Chips.FirstOrDefault(facts => Is(name, facts.Name) || facts.Aliases.Any(alias => Is(name, alias)))?.Chip
            ?? BekenChip.Unknown;
        return chip != BekenChip.Unknown;
    }

    /// <summary>
    /// True when firmware of one chip runs on the other: BK7231N, BK7231M and BL2028N are one family, every other chip stands alone.
    /// An unknown chip is of no family.
    /// </summary>
    /// <param name="one">A chip.</param>
    /// <param name="other">Another chip.</param>
    public static bool AreSameFamily(BekenChip one, BekenChip other) =>
        one != BekenChip.Unknown && other != BekenChip.Unknown && FamilyOf(one) == FamilyOf(other);

    /// <summary>How many pins the configuration of OpenBeken's build for a chip has room for; 32 where there is none.</summary>
    /// <param name="chip">The chip.</param>
    public static ObkPinLayout PinLayoutOf(BekenChip chip) =>
        TryGetObkFirmware(chip, out var firmware) ? firmware.PinLayout : ObkPinLayout.Pins32;

    /// <summary>OpenBeken's build for a chip; BK7231M and BL2028N run that of BK7231N.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="firmware">The build, or null.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryGetObkFirmware(BekenChip chip, [NotNullWhen(true)] out ObkFirmware? firmware)
    {
        firmware = ChipRegistry.Find(chip)?.ObkFirmware;
        return firmware is not null;
    }

    /// <summary>OpenBeken's build for a chip; BK7231M and BL2028N run that of BK7231N.</summary>
    /// <param name="chip">The chip.</param>
    /// <exception cref="BekenImageException">There is none (<see cref="FindingCode.ObkChipUnknown"/>).</exception>
    public static ObkFirmware ObkFirmwareOf(BekenChip chip)
    {
        if (TryGetObkFirmware(chip, out var firmware))
            return firmware;
        string known = string.Join(", ", ChipRegistry.Chips.Where(facts => facts.ObkFirmware is not null).Select(facts => facts.Name));
        throw new BekenImageException(FindingCode.ObkChipUnknown,
            $"there is no OpenBeken firmware for '{chip}' whose defaults are known; the chips are {known}");
    }

    /// <summary>The chip that stands for the family.</summary>
    internal static BekenChip FamilyOf(BekenChip chip) => ChipRegistry.FamilyOf(chip)?.Head ?? chip;

    private static bool Is(string text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
