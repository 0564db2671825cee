using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>How a key was found.</summary>
public enum KeySource
{
    /// <summary>It is not known.</summary>
    None,

    /// <summary>The caller gave it.</summary>
    Given,

    /// <summary>A known key under which the ARM vectors appear.</summary>
    Vectors,

    /// <summary>Stored in the bootloader, and confirmed by vectors.</summary>
    Bootloader,

    /// <summary>Recovered from the ciphertext.</summary>
    Recovered,
}

/// <summary>The key of an image: the app's, or the bootloader's where there is no app. Immutable.</summary>
public sealed class ImageKey
{
    internal static readonly ImageKey Unknown = new(null, KeySource.None);

    private readonly CodeCipher? _cipher;

    internal ImageKey(CodeCipher? cipher, KeySource source)
    {
        _cipher = cipher;
        Source = source;
    }

    /// <summary>
    /// The coefficients; null when the key is not known or is an AES key. An unknown key is never the zero key; an image that is not
    /// enciphered has that, of whatever chip it is.
    /// </summary>
    public BekenKey? Value => (_cipher as CoefficientCipher)?.Key;

    /// <summary>The AES key of an Armino chip: the device's secret. Null where there is none or it is not known.</summary>
    public AesFlashKey? Aes => (_cipher as AesCodeCipher)?.Key;

    /// <summary>How <see cref="Aes"/> is applied; null where there is none.</summary>
    public AesFlashVariant? AesVariant => (_cipher as AesCodeCipher)?.Variant;

    /// <summary>True where the key is known.</summary>
    public bool IsKnown => _cipher is not null;

    /// <summary><c>zero</c>, <c>tuya</c>, <c>uascent</c>, the name of a published AES key, <c>custom</c> or <c>unknown</c>.</summary>
    public string Name => _cipher?.Name ?? "unknown";

    /// <summary>How it was found.</summary>
    public KeySource Source { get; }

    /// <summary>Name and coefficients; of an AES key two bytes.</summary>
    public override string ToString() => Value is { } key ? $"{Name} ({key})" : Aes is { } aes ? $"{Name} (AES {aes})" : Name;
}
