namespace BekenImage.Crypto;

/// <summary>
/// Finds the key of a Beken image out of the ciphertext: by the ARM vector tables at the start of bootloader and app, otherwise by the
/// statistics of ARM and Thumb code.
/// </summary>
/// <remarks>
/// A key is one of 125 settings and one 32-bit word. An answer is given only where the evidence leaves no other; otherwise the result is
/// ambiguous or unknown. Allocates some hundred bytes; what it counts in is rented. Nothing here throws on content.
/// Source: KeyRecovery.md.
/// </remarks>
public static class KeyRecovery
{
    /// <summary>Looks for the key of one stretch.</summary>
    /// <param name="ciphertext">
    /// Striped data with the page CRCs removed: an app, a bootloader, or a piece, of any length. 32-byte runs of 0xFF (erased pages),
    /// plain holes and damaged pages may be in it.
    /// </param>
    /// <param name="logicalAddress">
    /// Logical address of the first byte, such as 0 for a bootloader and 0x10000 for an app. With a wrong one no key fits.
    /// </param>
    /// <returns>
    /// The answer. A bootloader alone, or any data inside one 64 KiB window of addresses, leaves one bit of the key open when stage "15"
    /// is on: the result is then ambiguous, with two candidates.
    /// </returns>
    public static KeyRecoveryResult Recover(ReadOnlySpan<byte> ciphertext, uint logicalAddress) =>
        KeyRecoverySearch.Run(new KeyRecoveryInput(ciphertext, logicalAddress));

    /// <inheritdoc cref="Recover(ReadOnlySpan{byte}, uint)"/>
    /// <exception cref="ArgumentNullException"><paramref name="ciphertext"/> is null.</exception>
    public static KeyRecoveryResult Recover(byte[] ciphertext, uint logicalAddress) =>
        Recover((ciphertext ?? throw new ArgumentNullException(nameof(ciphertext))).AsSpan(), logicalAddress);

    /// <summary>Looks for the one key of several stretches, such as bootloader and app: together they leave less open.</summary>
    /// <param name="stretches">The stretches, in any order; they should not overlap. None is fine and gives an unknown key.</param>
    /// <returns>
    /// The answer for all of them; unknown with <see cref="KeyRecoveryEvidence.Contradiction"/> when they have different keys. Ask for each
    /// alone then.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="stretches"/> or one of them is null.</exception>
    public static KeyRecoveryResult Recover(IReadOnlyList<KeyRecoveryStretch> stretches)
    {
        if (stretches is null)
            throw new ArgumentNullException(nameof(stretches));
        foreach (var stretch in stretches)
        {
            if (stretch is null)
                throw new ArgumentNullException(nameof(stretches), "A stretch is null.");
        }
        return KeyRecoverySearch.Run(new KeyRecoveryInput(stretches));
    }
}
