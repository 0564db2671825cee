using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>
/// What a device of the newer chips trusts: the flash key and the hashes of the two public keys, from the SDK's files or an OTP dump.
/// Immutable. Source: FORMAT.md, section 6.
/// </summary>
public sealed class SecureBootKeys
{
    /// <summary>Longer texts are not read; the SDK's have a few kilobytes.</summary>
    public const int MaximumText = 1024 * 1024;

    private const int KeySize = 32;
    private const int OtpKeyOffset = 0x60;
    private const int OtpBl1Offset = 0x128;
    private const int OtpBl2Offset = 0x148;

    // "name": { "content": "hex" } of key_content.json, "content": "hex" of flash_aes_key.json, and
    // { "name": "bl1_rotpk_hash", ..., "data": "hex" } of otp_efuse_config.json, whose members are in that order.
    private static readonly Regex Content = new(
        "\"(?<name>[^\"{}]{1,64})\"\\s*:\\s*\\{[^{}\"]{0,64}\"content\"\\s*:\\s*\"(?<hex>[0-9a-fA-F]{64})\"",
        RegexOptions.CultureInvariant);

    private static readonly Regex Bare = new("^\\s*\\{\\s*\"content\"\\s*:\\s*\"(?<hex>[0-9a-fA-F]{64})\"", RegexOptions.CultureInvariant);

    private static readonly Regex Otp = new(
        "\"name\"\\s*:\\s*\"(?<name>flash_aes_key|bl1_rotpk_hash|bl2_rotpk_hash)\"[^{}]{0,1024}?\"data\"\\s*:\\s*\"(?<hex>[0-9a-fA-F]{64})\"",
        RegexOptions.CultureInvariant);

    /// <summary>Makes one of known values.</summary>
    /// <param name="flashKey">32 bytes, or null.</param>
    /// <param name="bl1KeyHash">32 bytes, or null.</param>
    /// <param name="bl2KeyHash">32 bytes, or null.</param>
    /// <exception cref="ArgumentException">A value has another length.</exception>
    public SecureBootKeys(byte[]? flashKey, byte[]? bl1KeyHash, byte[]? bl2KeyHash)
    {
        // Said in full: a null array becomes an empty memory, not null.
        FlashKey = Checked(flashKey, nameof(flashKey)) is { } key ? key : (ReadOnlyMemory<byte>?)null;
        Bl1KeyHash = Checked(bl1KeyHash, nameof(bl1KeyHash)) is { } first ? Hex.Lower(first) : null;
        Bl2KeyHash = Checked(bl2KeyHash, nameof(bl2KeyHash)) is { } second ? Hex.Lower(second) : null;
    }

    /// <summary>The AES key of the flash, 32 bytes: the device's secret. Null where the source has none.</summary>
    public ReadOnlyMemory<byte>? FlashKey { get; }

    /// <summary>SHA-256 of the key that signs manifests, lower-case hex; null where the source has none.</summary>
    public string? Bl1KeyHash { get; }

    /// <summary>SHA-256 of the key that signs MCUboot images, lower-case hex; null where the source has none.</summary>
    public string? Bl2KeyHash { get; }

    /// <summary>Reads key_content.json, flash_aes_key.json or otp_efuse_config.json of the SDK.</summary>
    /// <param name="text">The file.</param>
    /// <param name="keys">What it says, or null.</param>
    /// <returns>False when none of the three values is in it.</returns>
    public static bool TryReadText(string text, [NotNullWhen(true)] out SecureBootKeys? keys)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        keys = text.Length > MaximumText ? null : Read(text);
        return keys is not null;
    }

    /// <summary>
    /// Reads a dump of OTP1 of BK7236 or BK7258, from its start on: the flash key at 0x60, the hashes at 0x128 and 0x148. A field of equal
    /// bytes (not written, or locked against reading) is none.
    /// </summary>
    /// <param name="otp">At least 0x80 bytes.</param>
    /// <param name="keys">What it holds, or null.</param>
    /// <returns>False when it is too short or holds none of the three.</returns>
    public static bool TryReadOtp(ReadOnlySpan<byte> otp, [NotNullWhen(true)] out SecureBootKeys? keys)
    {
        byte[]? flash = Field(otp, OtpKeyOffset), first = Field(otp, OtpBl1Offset), second = Field(otp, OtpBl2Offset);
        keys = flash is null && first is null && second is null ? null : new SecureBootKeys(flash, first, second);
        return keys is not null;
    }

    /// <inheritdoc cref="TryReadOtp(ReadOnlySpan{byte}, out SecureBootKeys?)"/>
    public static bool TryReadOtp(byte[] otp, [NotNullWhen(true)] out SecureBootKeys? keys) =>
        TryReadOtp((otp ?? throw new ArgumentNullException(nameof(otp))).AsSpan(), out keys);

    /// <summary>Whether a manifest's key is the trusted one; null when that is not known.</summary>
    /// <param name="hash">SHA-256 of the key in hex.</param>
    public bool? IsBl1Key(string hash) => IsKey(Bl1KeyHash, hash);

    /// <summary>Whether an MCUboot image's key is the trusted one; null when that is not known.</summary>
    /// <param name="hash">SHA-256 of the key in hex.</param>
    public bool? IsBl2Key(string hash) => IsKey(Bl2KeyHash, hash);

    /// <summary>Which of the three are there; never the key itself.</summary>
    public override string ToString() => "secure boot keys: " + string.Join(", ", new[]
    {
        FlashKey is null ? "no flash key" : "flash key", Bl1KeyHash is null ? "no BL1 hash" : "BL1 hash " + Bl1KeyHash,
        Bl2KeyHash is null ? "no BL2 hash" : "BL2 hash " + Bl2KeyHash,
    });

    // OTP holds each 32-bit word with its bytes reversed; some of the SDK's files too. Either form names the same key.
    private static bool? IsKey(string? trusted, string hash)
    {
        if (hash is null)
            throw new ArgumentNullException(nameof(hash));
        if (trusted is null)
            return null;
        string lower = hash.ToLowerInvariant();
        return lower == trusted || lower == WordsReversed(trusted);
    }

    private static string WordsReversed(string hex) => string.Concat(
        Enumerable.Range(0, hex.Length / 8).Select(word => string.Concat(Enumerable.Range(0, 4).Select(i => hex.Substring(word * 8 + 6 - 2 * i, 2)))));

    private static SecureBootKeys? Read(string text)
    {
        string? flash = null, first = null, second = null;
        foreach (Match match in Content.Matches(text))
            Take(match.Groups["name"].Value, match.Groups["hex"].Value);
        foreach (Match match in Otp.Matches(text))
            Take(match.Groups["name"].Value, match.Groups["hex"].Value);
        if (Bare.Match(text) is { Success: true } bare)
            flash ??= bare.Groups["hex"].Value;
        return flash is null && first is null && second is null ? null : new SecureBootKeys(Bytes(flash), Bytes(first), Bytes(second));

        void Take(string name, string hex)
        {
            switch (name)
            {
                case "Flash Aes key" or "flash_aes_key":
                    flash ??= hex;
                    break;
                case "Bl1 boot Public key hash" or "bl1_rotpk_hash":
                    first ??= hex;
                    break;
                case "Bl2 boot Public key hash" or "bl2_rotpk_hash":
                    second ??= hex;
                    break;
                default:
                    break;
            }
        }
    }

    private static byte[]? Bytes(string? hex) =>
        hex is null ? null : Enumerable.Range(0, hex.Length / 2).Select(i => Convert.ToByte(hex.Substring(2 * i, 2), 16)).ToArray();

    private static byte[]? Field(ReadOnlySpan<byte> otp, int offset)
    {
        if (otp.Length < offset + KeySize)
            return null;
        var field = otp.Slice(offset, KeySize);
        return ByteRuns.IsAll(field, field[0]) ? null : field.ToArray();
    }

    private static byte[]? Checked(byte[]? value, string parameter) => value is null or { Length: KeySize } ? (byte[]?)value?.Clone()
        : throw new ArgumentException("A key or hash has 32 bytes.", parameter);
}
