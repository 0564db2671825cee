namespace BekenImage.Crypto;

/// <summary>What the search for a key came to.</summary>
public enum KeyRecoveryStatus
{
    /// <summary>Nothing is known: no code was seen, too little of it, or the stretches contradict each other.</summary>
    Unknown,

    /// <summary>The data are plain code: the key is the zero key, or any that changes nothing.</summary>
    NotEncrypted,

    /// <summary>The key is known for every address of a chip.</summary>
    Recovered,

    /// <summary>
    /// The key is one of several. All of them decipher <see cref="KeyRecoveryResult.ProvenFor"/> alike; more data would tell them apart.
    /// </summary>
    Ambiguous,
}

/// <summary>What a <see cref="KeyRecoveryResult"/> rests on.</summary>
public enum KeyRecoveryEvidence
{
    /// <summary>Less data than any method needs: no vector table, and under 4 KiB of pages.</summary>
    TooLittleData,

    /// <summary>Enough data, but under no key do they look like ARM code.</summary>
    NoCode,

    /// <summary>Parts of the data have different keys.</summary>
    Contradiction,

    /// <summary>Statistics of ARM and Thumb code alone.</summary>
    CodeStatistics,

    /// <summary>One ARM vector table, and the statistics of what follows where they are needed.</summary>
    VectorTable,

    /// <summary>Two or more ARM vector tables, those of bootloader and app, which agree.</summary>
    VectorTables,

    /// <summary>The coefficients stored in the device's own bootloader, which do what was recovered.</summary>
    StoredKey,
}

/// <summary>The answer of <see cref="KeyRecovery"/>. Immutable.</summary>
public sealed class KeyRecoveryResult
{
    internal KeyRecoveryResult(
        KeyRecoveryStatus status, KeyRecoveryEvidence evidence, double confidence,
        IReadOnlyList<BekenKey> candidates, KeyRecoveryRange provenFor, bool isExact)
    {
        Status = status;
        Evidence = evidence;
        Confidence = confidence;
        Candidates = candidates;
        ProvenFor = provenFor;
        IsExact = isExact;
    }

    /// <summary>How far the search came.</summary>
    public KeyRecoveryStatus Status { get; }

    /// <summary>
    /// The key; <see cref="BekenKey.Zero"/> when not encrypted; null when unknown or ambiguous. It is in canonical form
    /// (<see cref="BekenKey.ToCanonical"/>) unless <see cref="IsExact"/> is true.
    /// </summary>
    public BekenKey? Key => Status is KeyRecoveryStatus.NotEncrypted or KeyRecoveryStatus.Recovered ? Candidates[0] : null;

    /// <summary>
    /// The keys it may be: one when it is known, none when nothing is, several when ambiguous. Any of them deciphers
    /// <see cref="ProvenFor"/>.
    /// </summary>
    public IReadOnlyList<BekenKey> Candidates { get; }

    /// <summary>
    /// Logical addresses for which the candidates are proven: 2 MiB, or more if the data reach further, for a known key; where all
    /// candidates agree when ambiguous; empty when unknown.
    /// </summary>
    public KeyRecoveryRange ProvenFor { get; }

    /// <summary>What the answer rests on, or why there is none.</summary>
    public KeyRecoveryEvidence Evidence { get; }

    /// <summary>
    /// How likely the answer is right, 0 to 1: a lower bound from measured cases (KeyRecovery.md, section 6). 0 when unknown; for an
    /// ambiguous result, how likely the key is among the candidates.
    /// </summary>
    public double Confidence { get; }

    /// <summary>True when the coefficients are those stored in the device's own bootloader; see <see cref="WithStoredKey(ReadOnlySpan{byte})"/>.</summary>
    public bool IsExact { get; }

    /// <summary>
    /// Looks for the exact coefficients in a deciphered bootloader: four words that do what was recovered. They also settle an ambiguous
    /// result.
    /// </summary>
    /// <param name="bootloader">
    /// The logical bytes of the bootloader, deciphered with this key or any of the candidates; not those of an SDK bootloader of another
    /// device. Any bytes are safe.
    /// </param>
    /// <returns>
    /// A result with the stored coefficients and <see cref="IsExact"/> true, or this result when nothing stored there is equivalent to
    /// what was recovered. A stored key never overrules the evidence: SDK bootloaders carry a placeholder, and plain bootloaders of some
    /// devices the Tuya key.
    /// </returns>
    /// <remarks>Source: KeyRecovery.md, section 5.</remarks>
    public KeyRecoveryResult WithStoredKey(ReadOnlySpan<byte> bootloader)
    {
        if (Status is not (KeyRecoveryStatus.Recovered or KeyRecoveryStatus.Ambiguous))
            return this;
        return BootloaderKeys.TryFindStoredKey(bootloader, Candidates, out var stored)
            ? new KeyRecoveryResult(
                KeyRecoveryStatus.Recovered, KeyRecoveryEvidence.StoredKey, Confidence, [stored], KeyRecoveryRange.Chip.Including(ProvenFor), true)
            : this;
    }

    /// <inheritdoc cref="WithStoredKey(ReadOnlySpan{byte})"/>
    /// <exception cref="ArgumentNullException"><paramref name="bootloader"/> is null.</exception>
    public KeyRecoveryResult WithStoredKey(byte[] bootloader) =>
        WithStoredKey((bootloader ?? throw new ArgumentNullException(nameof(bootloader))).AsSpan());

    /// <summary>Status, evidence and confidence in words; no key.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Status} by {Evidence}, {Candidates.Count} candidates, confidence {Confidence:0.####}, proven for {ProvenFor}");

    /// <summary>The answer for programs that were read as they are stored: nothing is enciphered.</summary>
    public static KeyRecoveryResult OfPlainCode() => Certain(BekenKey.Zero, KeyRecoveryEvidence.VectorTable, 1, default);

    internal static KeyRecoveryResult Unknown(KeyRecoveryEvidence why) => new(KeyRecoveryStatus.Unknown, why, 0, [], default, false);

    internal static KeyRecoveryResult Certain(BekenKey key, KeyRecoveryEvidence evidence, double confidence, KeyRecoveryRange data) => new(
        key == BekenKey.Zero ? KeyRecoveryStatus.NotEncrypted : KeyRecoveryStatus.Recovered,
        evidence, confidence, [key], KeyRecoveryRange.Chip.Including(data), false);
}
