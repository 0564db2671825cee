namespace BekenImage;

/// <summary>Names and families of chips.</summary>
public static class BekenChips
{
    /// <summary>Reads a chip's name, in any case; T1, T2, T34 and T4 are understood too.</summary>
    /// <param name="text">The name.</param>
    /// <param name="chip">The chip, or <see cref="BekenChip.Unknown"/>.</param>
    public static bool TryParse(string? text, out BekenChip chip)
    {
        chip = text?.Trim().ToUpperInvariant() switch
        {
            "BK7231T" or "BK7231S" => BekenChip.BK7231T,
            "BK7231N" or "T2" or "T34" => BekenChip.BK7231N,
            "BK7231M" => BekenChip.BK7231M,
            "BK7231U" => BekenChip.BK7231U,
            "BK7231Q" => BekenChip.BK7231Q,
            "BL2028N" => BekenChip.BL2028N,
            "BK7238" or "T1" => BekenChip.BK7238,
            "BK7252" or "BK7251" or "BK7252U" => BekenChip.BK7252,
            "BK7252N" or "T4" => BekenChip.BK7252N,
            _ => BekenChip.Unknown,
        };
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

    /// <summary>The chip that stands for the family.</summary>
    internal static BekenChip FamilyOf(BekenChip chip) =>
        chip is BekenChip.BK7231M or BekenChip.BL2028N ? BekenChip.BK7231N : chip;
}
