namespace BekenImage.Chips;

/// <summary>All chip files. Whoever wants to know something of a chip asks here.</summary>
internal static class ChipRegistry
{
    // One line for each file, in the order in which signs are tried: BK7252N's bootloader also carries the name BK7238.
    private static readonly ChipFamily[] Files =
    [
        BK7252N.Family,
        BK7252.Family,
        BK7231U.Family,
        BK7231N.Family,
        BK7231T.Family,
        BK7231Q.Family,
        BK7238.Family,
        BK7236.Family,
        BK7258.Family,
        BK7239N.Family,
    ];

    private static readonly AsyncLocal<ChipFamily[]?> Scope = new();

    public static IReadOnlyList<ChipFamily> Families => Scope.Value ?? Files;

    /// <summary>All chips, by number.</summary>
    public static IEnumerable<ChipFacts> Chips => Families.SelectMany(family => family.Chips).OrderBy(chip => chip.Chip);

    /// <summary>Where OpenBeken's volumes end, on one chip or another.</summary>
    public static IReadOnlyCollection<long> LittleFsEnds => Chips
        .SelectMany(chip => chip.Layouts.Values)
        .Select(layout => layout.LittleFsPlace?.End ?? 0)
        .Where(end => end > 0)
        .Distinct()
        .ToArray();

    /// <summary>What is known of a chip, or null.</summary>
    public static ChipFacts? Find(BekenChip chip) => FamilyOf(chip)?.Chips.First(facts => facts.Chip == chip);

    /// <summary>The family of a chip, or null.</summary>
    public static ChipFamily? FamilyOf(BekenChip chip)
    {
        foreach (var family in Families)
        {
            foreach (var facts in family.Chips)
            {
                if (facts.Chip == chip)
                    return family;
            }
        }
        return null;
    }

    /// <summary>What a bootloader of a known version does with update packages.</summary>
    public static BootloaderKind BootloaderKindOf(string? version) =>
        Families
        .SelectMany(family => family.Signs.Bootloaders)
        .FirstOrDefault(known => known.Version == version)?.Kind ?? BootloaderKind.Unknown;

    /// <summary>The chip of a Tuya module, by name; null when it tells none. The longest beginning counts: T34 is no T3.</summary>
    public static string? NameOfTuyaModule(string? module) => module is null ? null : Families
        .SelectMany(family => family.Signs.TuyaModules, (family, prefix) => (family.Name, Prefix: prefix))
        .Where(entry => module.StartsWith(entry.Prefix, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(entry => entry.Prefix.Length)
        .FirstOrDefault().Name;

    /// <summary>The chip that a platform of Tuya's means, by name; null when it means none.</summary>
    public static string? NameOfTuyaPlatform(string? platform) => platform is null ? null : Families
        .FirstOrDefault(family => family.Signs.TuyaPlatforms.Contains(platform, StringComparer.OrdinalIgnoreCase))?.Name;

    /// <summary>
    /// The family of a LibreTiny board, by name: a part of it is a chip's name (<c>generic-bk7231n-qfn32-tuya</c>), or it is a Tuya
    /// module (<c>cb2s</c>). Null when it tells none.
    /// </summary>
    public static ChipFamily? FamilyOfBoard(string? board)
    {
        if (board is null)
            return null;
        string[] parts = board.Split('-');
        var named = Families.FirstOrDefault(family => family.Chips.Any(chip =>
            parts.Any(part => Is(part, chip.Name) || chip.Aliases.Any(alias => Is(part, alias)))));
        return named ?? (NameOfTuyaModule(board) is { } name ? Families.First(family => family.Name == name) : null);

        static bool Is(string part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Adds a chip file for the running flow of control, until disposed: for trying out a chip before it has its line.</summary>
    public static IDisposable With(ChipFamily family)
    {
        var scope = new Addition(Scope.Value);
        Scope.Value = [.. Families, family];
        return scope;
    }

    private sealed class Addition(ChipFamily[]? before) : IDisposable
    {
        public void Dispose() => Scope.Value = before;
    }
}
