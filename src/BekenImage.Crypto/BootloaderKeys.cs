using System.Buffers.Binary;

namespace BekenImage.Crypto;

/// <summary>
/// What a bootloader stores about keys: the four coefficients it enciphers an updated app with, and the AES-256 key and IV of its
/// update packages. Immutable.
/// </summary>
/// <remarks>
/// A stored flash key is a claim, not a fact about the device: believe it through <see cref="KeyRecoveryResult.WithStoredKey(ReadOnlySpan{byte})"/>.
/// Keys are secrets; this class has no text form that shows them. Source: KeyRecovery.md, section 5, the one place that says where they are.
/// </remarks>
public sealed class BootloaderKeys
{
    /// <summary>Of the four words, in the order of preference.</summary>
    internal const int Tuya = 0x48;
    internal const int Tuya104 = 0x44;
    internal const int Sdk = 0x1F08;

    private const int KeySize = 16;
    private const uint TuyaKeyMarker = 0x10AABBEE;
    private const uint VectorsEnd = 0xDEADBEEF;

    private BootloaderKeys(int? flashKeyOffset, BekenKey? flashKey, int? aesOffset, string? aesIv, string? aesKey)
    {
        FlashKeyOffset = flashKeyOffset;
        FlashKey = flashKey;
        AesOffset = aesOffset;
        AesIv = aesIv;
        AesKey = aesKey;
    }

    /// <summary>Logical offset of the four words: 0x48 (Tuya, in a record), 0x44 (Tuya T 1.0.4, bare) or 0x1F08 (SDK); null when there are none.</summary>
    public int? FlashKeyOffset { get; }

    /// <summary>
    /// The four words at <see cref="FlashKeyOffset"/>, as stored. Not always the device's key: SDK bootloaders hold a placeholder, that of
    /// BK7231M the key of BK7231N.
    /// </summary>
    public BekenKey? FlashKey { get; }

    /// <summary>
    /// True when <see cref="FlashKey"/> is <c>12345678 2faa55aa 3aee63dd 4feeaa00</c>, which SDK bootloaders carry on devices without
    /// encryption or with another key.
    /// </summary>
    public bool IsPlaceholder => FlashKey == Placeholder;

    /// <summary>Logical offset of the IV string; null when there are no strings.</summary>
    public int? AesOffset { get; }

    /// <summary>IV of the update packages: 16 characters that are used as raw bytes; null when there is none.</summary>
    public string? AesIv { get; }

    /// <summary>AES-256 key of the update packages: 32 characters that are used as raw bytes; null when there is none.</summary>
    public string? AesKey { get; }

    /// <summary>What the SDK's bootloaders hold instead of a key.</summary>
    internal static BekenKey Placeholder => new(0x12345678, 0x2faa55aa, 0x3aee63dd, 0x4feeaa00);

    /// <summary>Reads what a bootloader stores.</summary>
    /// <param name="bootloader">Its logical bytes from address 0, deciphered. Any bytes are safe; what is not there is null.</param>
    public static BootloaderKeys Read(ReadOnlySpan<byte> bootloader) => Read(bootloader, BekenKey.Zero);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    /// <exception cref="ArgumentNullException"><paramref name="bootloader"/> is null.</exception>
    public static BootloaderKeys Read(byte[] bootloader) => Read(bootloader, BekenKey.Zero);

    /// <summary>Reads what a bootloader stores, where its key is known: a damaged record is then told by that key too.</summary>
    /// <param name="bootloader">Its logical bytes from address 0, deciphered. Any bytes are safe; what is not there is null.</param>
    /// <param name="deviceKey">The key it was enciphered under.</param>
    public static BootloaderKeys Read(ReadOnlySpan<byte> bootloader, BekenKey deviceKey)
    {
        int? keyOffset = FindKeyRecord(bootloader, deviceKey);
        int? aesOffset = BootloaderAesText.Find(bootloader, keyOffset == Sdk);
        return new BootloaderKeys(
            keyOffset,
            keyOffset is int at ? ReadKey(bootloader, at) : null,
            aesOffset,
            aesOffset is int iv ? BootloaderAesText.Iv(bootloader, iv) : null,
            aesOffset is int key ? BootloaderAesText.Key(bootloader, key) : null);
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, BekenKey)"/>
    /// <exception cref="ArgumentNullException"><paramref name="bootloader"/> is null.</exception>
    public static BootloaderKeys Read(byte[] bootloader, BekenKey deviceKey) =>
        Read((bootloader ?? throw new ArgumentNullException(nameof(bootloader))).AsSpan(), deviceKey);

    /// <summary>Where the keys are; not what they are.</summary>
    public override string ToString() =>
        $"flash key {(FlashKeyOffset is int key ? FormattableString.Invariant($"at 0x{key:x}") : "not found")}, " +
        $"AES key {(AesOffset is int aes ? FormattableString.Invariant($"at 0x{aes:x}") : "not found")}";

    /// <summary>Writes another flash key over the stored one; without one nothing changes.</summary>
    internal void Write(Span<byte> bootloader, BekenKey key)
    {
        if (FlashKeyOffset is not int offset)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(bootloader.Slice(offset), key.Coefficient0);
        BinaryPrimitives.WriteUInt32LittleEndian(bootloader.Slice(offset + 4), key.Coefficient1);
        BinaryPrimitives.WriteUInt32LittleEndian(bootloader.Slice(offset + 8), key.Coefficient2);
        BinaryPrimitives.WriteUInt32LittleEndian(bootloader.Slice(offset + 12), key.Coefficient3);
    }

    /// <summary>Finds four words that do what one of the candidates does; the known places first, then every word.</summary>
    /// <returns>False when there are none, or outside the known places several that differ.</returns>
    internal static bool TryFindStoredKey(ReadOnlySpan<byte> bootloader, IReadOnlyList<BekenKey> candidates, out BekenKey key)
    {
        foreach (int offset in (ReadOnlySpan<int>)[Tuya, Tuya104, Sdk])
        {
            if (IsCandidate(bootloader, offset, candidates, out key))
                return true;
        }
        bool found = false;
        key = default;
        for (int offset = 0; offset <= bootloader.Length - KeySize; offset += sizeof(uint))
        {
            if (!IsCandidate(bootloader, offset, candidates, out var stored))
                continue;
            if (found && stored != key)
            {
                key = default;
                return false;
            }
            found = true;
            key = stored;
        }
        return found;
    }

    private static bool IsCandidate(ReadOnlySpan<byte> bootloader, int offset, IReadOnlyList<BekenKey> candidates, out BekenKey key)
    {
        key = default;
        // The control word alone rules out most of what is no key.
        if (offset > bootloader.Length - KeySize || FlashCipher.IsBypassed(Word(bootloader, offset + 12)))
            return false;
        var stored = ReadKey(bootloader, offset);
        var canonical = stored.ToCanonical();
        for (int i = 0; i < candidates.Count; i++)
        {
            if (canonical == candidates[i])
            {
                key = stored;
                return true;
            }
        }
        return false;
    }

    private static int? FindKeyRecord(ReadOnlySpan<byte> bootloader, BekenKey deviceKey)
    {
        if (WordIs(bootloader, Tuya - 4, TuyaKeyMarker) && bootloader.Length >= Tuya + KeySize)
            return Tuya;
        bool endsVectors = WordIs(bootloader, Tuya104 - 8, VectorsEnd) && WordIs(bootloader, Tuya104 - 4, VectorsEnd);
        if (endsVectors && IsTuya104(bootloader, deviceKey))
            return Tuya104;
        return WordIs(bootloader, Sdk + KeySize, 0) &&
               (BootloaderAesText.IsTextAt(bootloader, BootloaderAesText.Sdk) || IsKnown(bootloader, Sdk, deviceKey)) ? Sdk : null;
    }

    // In other bootloaders the word 1, and code behind it, follow the two markers at once.
    private static bool IsTuya104(ReadOnlySpan<byte> bootloader, BekenKey deviceKey) =>
        IsKnown(bootloader, Tuya104, deviceKey) ||
        WordIs(bootloader, Tuya104 + KeySize, 1) && !WordIs(bootloader, Tuya104, 1);

    // A key that changes nothing, such as four zero words, is no sign of a record.
    private static bool IsKnown(ReadOnlySpan<byte> bootloader, int offset, BekenKey deviceKey)
    {
        if (offset > bootloader.Length - KeySize || FlashCipher.IsBypassed(Word(bootloader, offset + 12)))
            return false;
        var key = ReadKey(bootloader, offset);
        return key == Placeholder || key == BekenKey.Tuya || key == BekenKey.Uascent || key.IsEquivalentTo(deviceKey);
    }

    private static BekenKey ReadKey(ReadOnlySpan<byte> bytes, int offset) =>
        new(Word(bytes, offset), Word(bytes, offset + 4), Word(bytes, offset + 8), Word(bytes, offset + 12));

    private static bool WordIs(ReadOnlySpan<byte> bytes, int offset, uint value) =>
        offset <= bytes.Length - sizeof(uint) && Word(bytes, offset) == value;

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(offset));
}
