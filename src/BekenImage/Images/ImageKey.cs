using BekenImage.Crypto;

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

    internal ImageKey(BekenKey? value, KeySource source)
    {
        Value = value;
        Source = source;
    }

    /// <summary>The coefficients; null when the key is not known. An unknown key is never the zero key.</summary>
    public BekenKey? Value { get; }

    /// <summary><c>zero</c>, <c>tuya</c>, <c>uascent</c>, <c>custom</c> or <c>unknown</c>.</summary>
    public string Name => Value is { } key ? key.Name ?? "custom" : "unknown";

    /// <summary>How it was found.</summary>
    public KeySource Source { get; }

    /// <summary>Name and coefficients.</summary>
    public override string ToString() => Value is { } key ? $"{Name} ({key})" : Name;
}
