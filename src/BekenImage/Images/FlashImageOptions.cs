using BekenImage.Crypto;

namespace BekenImage;

/// <summary>What the caller knows about an image.</summary>
public sealed class FlashImageOptions
{
    /// <summary>
    /// The key, when it is known; it wins over everything found in the image. One that shows no vectors where another does is not the
    /// image's: the image is read as without it, says so (<see cref="FindingCode.KeyDoesNotFit"/>), and is not changed. Null: find it.
    /// </summary>
    public BekenKey? Key { get; set; }

    /// <summary>The chip, when the image cannot tell; it wins over everything found in the image.</summary>
    public BekenChip Chip { get; set; }

    /// <summary>What the file around this one says: one of these chips; none of any where it contradicts itself. Null where it says nothing.</summary>
    internal IReadOnlyList<BekenChip>? StatedChips { get; set; }

    /// <summary>How many files are around this one.</summary>
    internal int Depth { get; set; }

    /// <summary>What an image keeps: changing the caller's options later changes no image.</summary>
    internal FlashImageOptions Copy() => new() { Key = Key, Chip = Chip, StatedChips = StatedChips, Depth = Depth };
}
