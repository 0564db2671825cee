namespace BekenImage.Crypto;

/// <summary>A stretch of striped data with the page CRCs removed, as it lies at a logical address: an app, a bootloader, or a piece.</summary>
public sealed class KeyRecoveryStretch
{
    /// <summary>Makes a stretch.</summary>
    /// <param name="ciphertext">The data bytes, not deciphered. Erased pages may be in it as 32 bytes 0xFF; they are not looked at.</param>
    /// <param name="logicalAddress">Logical address of the first byte; a multiple of 32 for pages on the grid.</param>
    public KeyRecoveryStretch(ReadOnlyMemory<byte> ciphertext, uint logicalAddress)
    {
        Ciphertext = ciphertext;
        LogicalAddress = logicalAddress;
    }

    /// <inheritdoc cref="KeyRecoveryStretch(ReadOnlyMemory{byte}, uint)"/>
    /// <exception cref="ArgumentNullException"><paramref name="ciphertext"/> is null.</exception>
    public KeyRecoveryStretch(byte[] ciphertext, uint logicalAddress)
        : this((ciphertext ?? throw new ArgumentNullException(nameof(ciphertext))).AsMemory(), logicalAddress)
    {
    }

    /// <summary>The data bytes, not deciphered.</summary>
    public ReadOnlyMemory<byte> Ciphertext { get; }

    /// <summary>Logical address of the first byte.</summary>
    public uint LogicalAddress { get; }
}
