using BekenImage.Formats.Rf;

namespace BekenImage.Chips;

/// <summary>Chips that run each other's firmware, and the signs they share. One file of this folder describes one family.</summary>
internal sealed class ChipFamily(string name)
{
    /// <summary>The name of the chip that stands for the family.</summary>
    public string Name { get; } = name;

    public ChipSigns Signs { get; init; } = new();

    public ChipGeneration Generation { get; init; }

    /// <summary>True where the flash cipher of an Armino chip is AES-XTS as IEEE 1619 has it, not the word-swapped variant.</summary>
    public bool HasStandardAes { get; init; }

    /// <summary>
    /// True where the chip's ROM takes downloads over UART, so that a bad bootloader can be written again; elsewhere the bootloader in the
    /// flash is what takes them. Source: bk7231tools, serial/base/enums.py (protocol FULL); BK7231GUIFlashTool, Flashers/BK7231Flasher.cs.
    /// </summary>
    public bool HasDownloadRom { get; init; }

    /// <summary>The chips, the one that stands for the family first; none where only the name is known.</summary>
    public IReadOnlyList<ChipFacts> Chips { get; init; } = [];

    /// <summary>Which of the chips it is when a program for its flash is not enciphered; null where that tells nothing.</summary>
    public BekenChip? PlainChip { get; init; }

    /// <summary>As <see cref="PlainChip"/>, with a bootloader of the Beken SDK.</summary>
    public BekenChip? PlainSdkChip { get; init; }

    /// <summary>The type of its RF tables, where it is known.</summary>
    public RfType RfType { get; init; }

    /// <summary>What its programs find around them when they run.</summary>
    public BootHardware Hardware { get; init; } = BootHardware.Usual;

    /// <summary>The chip that stands for the family.</summary>
    public BekenChip Head => Chips.Count == 0 ? BekenChip.Unknown : Chips[0].Chip;
}
