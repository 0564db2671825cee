using BekenImage.Crypto.Kernels;

namespace BekenImage.Crypto;

/// <summary>
/// The flash cipher of Beken Wi-Fi chips. Every aligned 32-bit little-endian word is XORed with a keystream word that depends only on
/// the word's logical address and on the key, so encryption and decryption are the same operation.
/// </summary>
/// <remarks>The definition is in FlashCipher.Scalar.cs and FlashCipher.md; every faster path gives its results.</remarks>
public static partial class FlashCipher
{
    /// <summary>Encrypts or decrypts bytes as they lie at a logical address.</summary>
    /// <param name="key">The coefficients.</param>
    /// <param name="logicalAddress">
    /// Logical address of <paramref name="source"/>[0]; any value. Bytes of a partial word use that word's keystream.
    /// </param>
    /// <param name="source">Bytes without page CRCs, of any length.</param>
    /// <param name="destination">
    /// Receives as many bytes as <paramref name="source"/> has; what lies after them is left alone. May be the same memory as
    /// <paramref name="source"/>, but must not overlap it partly.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <paramref name="source"/>. Nothing was written.</exception>
    public static void Apply(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < source.Length)
            ThrowHelper.DestinationTooShort(nameof(destination), source.Length, destination.Length);
        if (IsBypassed(key.Coefficient3))
            source.CopyTo(destination);
        else
            PageKernel.Selected.Apply(key, logicalAddress, source, destination);
    }

    /// <inheritdoc cref="Apply(BekenKey, uint, ReadOnlySpan{byte}, Span{byte})"/>
    public static void Apply(BekenKey key, uint logicalAddress, byte[] source, byte[] destination)
    {
        if (source is null)
            throw new ArgumentNullException(nameof(source));
        if (destination is null)
            throw new ArgumentNullException(nameof(destination));
        Apply(key, logicalAddress, source.AsSpan(), destination.AsSpan());
    }
}
