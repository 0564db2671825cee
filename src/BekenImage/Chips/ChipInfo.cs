using BekenImage.Chips;
using BekenImage.Formats.Obk;

namespace BekenImage;

/// <summary>What is known of a chip, to be listed. Immutable.</summary>
public sealed class ChipInfo
{
    private readonly ChipFacts _facts;

    internal ChipInfo(ChipFamily family, ChipFacts facts)
    {
        _facts = facts;
        Family = family.Head;
        Generation = family.Generation;
        HasDownloadRom = family.HasDownloadRom;
        Flavors = facts.Layouts.Keys.OrderBy(flavor => flavor).ToArray();
    }

    /// <summary>The chip.</summary>
    public BekenChip Chip => _facts.Chip;

    /// <summary>Its name.</summary>
    public string Name => _facts.Name;

    /// <summary>Other names it goes by: those of Tuya's modules, those of Beken.</summary>
    public IReadOnlyList<string> OtherNames => _facts.Aliases;

    /// <summary>The chip that stands for its family: those run each other's firmware.</summary>
    public BekenChip Family { get; }

    /// <summary>Which of the two generations it is of.</summary>
    public ChipGeneration Generation { get; }

    /// <summary>Length of the flash in the modules that are sold, in bytes.</summary>
    public long FlashLength => _facts.FlashLength;

    /// <summary>True where the chip's ROM takes downloads over UART, so that even a bad bootloader can be written again.</summary>
    public bool HasDownloadRom { get; }

    /// <summary>The flavors of which <see cref="ChipLayout.For"/> knows where they look.</summary>
    public IReadOnlyList<FirmwareFlavor> Flavors { get; }

    /// <summary>OpenBeken's build for it; null where none is known.</summary>
    public ObkFirmware? ObkFirmware => _facts.ObkFirmware;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
