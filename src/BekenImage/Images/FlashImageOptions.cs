using BekenImage.Crypto;
using BekenImage.Formats.SecureBoot;

namespace BekenImage;

/// <summary>What the caller knows about an image.</summary>
public sealed class FlashImageOptions
{
    /// <summary>
    /// The key, when it is known; it wins over everything found in the image. One that shows no vectors where another does is not the
    /// image's: the image is read as without it, says so (<see cref="FindingCode.KeyDoesNotFit"/>), and is not changed. Null: find it.
    /// </summary>
    public BekenKey? Key { get; set; }

    /// <summary>
    /// The AES key of an Armino chip, when it is known. One that opens nothing in the image is not its key: the image is read as without it,
    /// says so (<see cref="FindingCode.KeyDoesNotFit"/>), and is not changed. Null: only the published keys are tried.
    /// </summary>
    public AesFlashKey? AesKey { get; set; }

    /// <summary>How <see cref="AesKey"/> is applied; null tries both.</summary>
    public AesFlashVariant? AesVariant { get; set; }

    /// <summary>What the device trusts under secure boot, where that is known: the hashes of its two public keys. Null: signatures alone are checked.</summary>
    public SecureBootKeys? SecureBoot { get; set; }

    /// <summary>The chip, when the image cannot tell; it wins over everything found in the image.</summary>
    public BekenChip Chip { get; set; }

    /// <summary>What the file around this one says: one of these chips; none of any where it contradicts itself. Null where it says nothing.</summary>
    internal IReadOnlyList<BekenChip>? StatedChips { get; set; }

    /// <summary>How many files are around this one.</summary>
    internal int Depth { get; set; }

    internal bool IsKeyGiven => Key is not null || AesKey is not null;

    internal string? NameOfGivenKey => Key?.DisplayName ?? AesKey?.Name ?? AesKey?.ToString();

    /// <summary>What an image keeps: changing the caller's options later changes no image.</summary>
    internal FlashImageOptions Copy() => new()
    {
        Key = Key, AesKey = AesKey, AesVariant = AesVariant, SecureBoot = SecureBoot, Chip = Chip, StatedChips = StatedChips, Depth = Depth,
    };
}
