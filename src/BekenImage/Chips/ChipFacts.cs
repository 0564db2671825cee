using BekenImage.Formats.Obk;

namespace BekenImage.Chips;

/// <summary>Everything known of one chip.</summary>
internal sealed class ChipFacts(BekenChip chip, string name, params string[] aliases)
{
    public BekenChip Chip { get; } = chip;

    public string Name { get; } = name;

    /// <summary>Other names it goes by.</summary>
    public IReadOnlyList<string> Aliases { get; } = aliases;

    /// <summary>The flash map of each firmware there is for it.</summary>
    public IReadOnlyDictionary<FirmwareFlavor, ChipLayout> Layouts { get; init; } = new Dictionary<FirmwareFlavor, ChipLayout>();

    /// <summary>Length of the flash in the modules that are sold, in bytes; 2 MiB on the BK72xx.</summary>
    public long FlashLength { get; init; } = 0x200000;

    /// <summary>The bootloader it usually comes with.</summary>
    public UsualBootloader? Bootloader { get; init; }

    /// <summary>OpenBeken's build for it.</summary>
    public ObkFirmware? ObkFirmware { get; init; }

    /// <summary>How its firmware is put together.</summary>
    public FirmwareRecipe? Recipe { get; init; }
}
