using System.Buffers.Binary;

namespace BekenImage.Crypto;

/// <summary>
/// What a bootloader stores about keys: the four coefficients it enciphers an updated app with, and the AES-256 key and IV of its
/// update packages.
/// </summary>
/// <remarks>
/// A stored flash key is a claim, not a fact about the device: believe it through <see cref="KeyRecoveryResult.WithStoredKey(ReadOnlySpan{byte})"/>.
/// Keys are secrets; this class has no text form that shows them. Source: KeyRecovery.md, section 5.
/// </remarks>
public sealed class BootloaderKeys
{
    private const int KeySize = 16;
    private const int AesIvLength = 16;
    private const int AesKeyLength = 32;

    /// <summary>IV, NUL, key, NUL.</summary>
    private const int AesSize = AesIvLength + 1 + AesKeyLength + 1;

    private const uint TuyaKeyMarker = 0x10AABBEE;
    private const uint VectorsEnd = 0xDEADBEEF;
    private const int Tuya104 = 0x44;
    private const int Tuya = 0x48;
    private const int TuyaAes = 0x5C;
    private const int Sdk = 0x1F08;
    private const int SdkAes = 0x1F1C;

    private static readonly BekenKey Placeholder = new(0x12345678, 0x2faa55aa, 0x3aee63dd, 0x4feeaa00);

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

    /// <summary>The four words at <see cref="FlashKeyOffset"/>, as stored.</summary>
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

    /// <summary>Reads what a bootloader stores.</summary>
    /// <param name="bootloader">Its logical bytes from address 0, deciphered. Any bytes are safe; what is not there is null.</param>
    public static BootloaderKeys Read(ReadOnlySpan<byte> bootloader)
    {
        int? keyOffset = FindKeyRecord(bootloader);
        int? aesOffset = FindAesStrings(bootloader);
        return new BootloaderKeys(
            keyOffset,
            keyOffset is int at ? ReadKey(bootloader, at) : null,
            aesOffset,
            aesOffset is int iv ? Ascii(bootloader.Slice(iv, AesIvLength)) : null,
            aesOffset is int key ? Ascii(bootloader.Slice(key + AesIvLength + 1, AesKeyLength)) : null);
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    /// <exception cref="ArgumentNullException"><paramref name="bootloader"/> is null.</exception>
    public static BootloaderKeys Read(byte[] bootloader) =>
        Read((bootloader ?? throw new ArgumentNullException(nameof(bootloader))).AsSpan());

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

    private static int? FindKeyRecord(ReadOnlySpan<byte> bootloader)
    {
        if (WordIs(bootloader, 0x44, TuyaKeyMarker) && bootloader.Length >= Tuya + KeySize)
            return Tuya;
        // T 1.0.4: between the end of the vectors' literals and the word 1 that stands right behind them in other bootloaders.
        if (WordIs(bootloader, 0x3C, VectorsEnd) && WordIs(bootloader, 0x40, VectorsEnd) && WordIs(bootloader, Tuya104 + KeySize, 1))
            return Tuya104;
        return WordIs(bootloader, Sdk + KeySize, 0) && IsAesStrings(bootloader, SdkAes) ? Sdk : null;
    }

    private static int? FindAesStrings(ReadOnlySpan<byte> bootloader)
    {
        foreach (int offset in (ReadOnlySpan<int>)[TuyaAes, SdkAes])
        {
            if (IsAesStrings(bootloader, offset))
                return offset;
        }
        // T 1.0.4 and WA2 keep them among their other data.
        for (int offset = 0; offset <= bootloader.Length - AesSize; offset += sizeof(uint))
        {
            if (IsAesStrings(bootloader, offset))
                return offset;
        }
        return null;
    }

    private static bool IsAesStrings(ReadOnlySpan<byte> bootloader, int offset)
    {
        if (offset > bootloader.Length - AesSize || bootloader[offset + AesIvLength] != 0 || bootloader[offset + AesSize - 1] != 0)
            return false;
        return IsAlphanumeric(bootloader.Slice(offset, AesIvLength)) &&
               IsAlphanumeric(bootloader.Slice(offset + AesIvLength + 1, AesKeyLength));
    }

    private static bool IsAlphanumeric(ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
        {
            if (character is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z')))
                return false;
        }
        return true;
    }

    private static string Ascii(ReadOnlySpan<byte> text) => System.Text.Encoding.ASCII.GetString(text.ToArray());

    private static BekenKey ReadKey(ReadOnlySpan<byte> bytes, int offset) =>
        new(Word(bytes, offset), Word(bytes, offset + 4), Word(bytes, offset + 8), Word(bytes, offset + 12));

    private static bool WordIs(ReadOnlySpan<byte> bytes, int offset, uint value) =>
        offset <= bytes.Length - sizeof(uint) && Word(bytes, offset) == value;

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(offset));
}
