using BekenImage.Crypto;

namespace BekenImage.Explaining;

/// <summary>The words of this field. What is said of chips and keys comes from where the library itself looks it up.</summary>
internal static class Glossary
{
    public static IEnumerable<Explanation> All() => [.. GlossaryTerms.Storage, .. GlossaryTerms.Files, .. GlossaryTerms.Areas, .. GlossarySymptoms.All, .. Keys(), .. Chips()];

    private static IEnumerable<Explanation> Keys() =>
    [
        new("zero", $"The key {BekenKey.Zero}: no encryption. What is stored is plain.", "zero key", "plain", "not encrypted"),
        new("tuya key", $"The key {BekenKey.Tuya}, which Tuya's factories gave BK7231T and BK7231N. Its name where a key is given is tuya.", BekenKey.Tuya.ToString()),
        new("uascent", $"The key {BekenKey.Uascent}, of devices of the maker Uascent.", "uascent key", BekenKey.Uascent.ToString()),
    ];

    private static IEnumerable<Explanation> Chips() =>
        BekenChips.All.Select(chip => new Explanation(chip.Name, Describe(chip), [.. chip.OtherNames]));

    private static string Describe(ChipInfo chip)
    {
        string generation = chip.Generation == ChipGeneration.Armino
            ? "A chip of the Armino generation: AES-XTS over the flash, physical partition tables"
            : "A chip of the BK72xx: the flash cipher of four coefficients, an ARM968E-S";
        string[] relatives = [.. BekenChips.All.Where(other => other.Chip != chip.Chip && other.Family == chip.Family).Select(other => other.Name)];
        string family = relatives.Length == 0 ? "no other chip runs its firmware" : $"its firmware runs on {string.Join(" and ", relatives)} too";
        string names = chip.OtherNames.Count == 0 ? string.Empty : $" It is also called {string.Join(", ", chip.OtherNames)}.";
        return FormattableString.Invariant($"{generation}; {chip.FlashLength >> 20} MiB of flash in the modules that are sold; {family}.{names}");
    }
}
