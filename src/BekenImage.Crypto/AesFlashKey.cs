using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Crypto;

/// <summary>
/// The key of the AES flash cipher: 32 bytes, the data key K1 and the tweak key K2. Source: AesFlashCipher.md, section 3.
/// </summary>
/// <remarks>
/// Unlike the coefficients of the older chips this is a device's secret: <see cref="ToString"/> shows two bytes of it. Every 32 bytes are a
/// key: the chips take all-zero and all-FF ones too, though the vendor's <c>beken_aes</c> refuses ten equal decimal digits in a row.
/// </remarks>
public sealed class AesFlashKey : IEquatable<AesFlashKey>
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    /// <summary>Where an OTP1 dump has the key, at bus address 0x4B100460.</summary>
    internal const int OtpOffset = 0x60;

    private readonly byte[] _bytes;

    /// <summary>Takes the bytes of a key.</summary>
    /// <param name="bytes">32 bytes: K1, then K2. They are copied.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public AesFlashKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"An AES flash key has {Size} bytes, not {bytes.Length}."), nameof(bytes));
        }
        _bytes = bytes.ToArray();
    }

    /// <inheritdoc cref="AesFlashKey(ReadOnlySpan{byte})"/>
    public AesFlashKey(byte[] bytes)
        : this((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan())
    {
    }

    /// <summary>
    /// The key of the SDK's examples (<c>73c7bf39…</c>, every <c>security.csv</c>); it opens the vendor's published
    /// <c>aes_bootloader_crc.bin</c>.
    /// </summary>
    public static AesFlashKey SdkExample { get; } = FromHex("73c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18");

    /// <summary>
    /// The key of <c>beken_utils</c> (<c>09da18bc…</c>, its <c>flash_aes_key.json</c>); it opens the packages published with that tool.
    /// </summary>
    public static AesFlashKey BekenUtils { get; } = FromHex("09da18bc4197dfadfe7fef9f729d8c89b6d64f407ac62bc4a85f96447e83a977");

    /// <summary>The published keys, in the order in which to try them.</summary>
    public static IReadOnlyList<AesFlashKey> KnownKeys { get; } = [SdkExample, BekenUtils];

    /// <summary>The name of a published key: <c>sdk-example</c> or <c>beken-utils</c>; null for any other.</summary>
    public string? Name => Equals(SdkExample) ? "sdk-example" : Equals(BekenUtils) ? "beken-utils" : null;

    internal ReadOnlySpan<byte> DataKey => _bytes.AsSpan(0, Aes128.KeySize);

    internal ReadOnlySpan<byte> TweakKey => _bytes.AsSpan(Aes128.KeySize);

    /// <summary>Reads a key from text.</summary>
    /// <param name="text">
    /// A name (<c>sdk-example</c>, <c>beken-utils</c>); 64 hex digits, also in groups of whole bytes separated by blanks, line ends,
    /// commas, colons or hyphens (<c>0x</c> allowed); the vendor's scrambled form of 128 letters, or 132 of which the last 128 count;
    /// or base64 of the 32 bytes.
    /// </param>
    /// <param name="key">The key, or null when the text is none.</param>
    /// <returns>False when the text is no key; nothing is thrown.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AesFlashKey? key) => TryParse(text.AsSpan(), out key);

    /// <inheritdoc cref="TryParse(string?, out AesFlashKey?)"/>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out AesFlashKey? key)
    {
        text = text.Trim();
        foreach (var known in KnownKeys)
        {
            if (text.Equals(known.Name.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                key = known;
                return true;
            }
        }
        key = AesFlashKeyText.Read(text.ToString()) is { } bytes ? new AesFlashKey(bytes) : null;
        return key is not null;
    }

    /// <summary>Reads the key from a dump of OTP1, offsets 0x60 to 0x7F.</summary>
    /// <param name="otp">
    /// The dump from the start of OTP1 (bus address 0x4B100400; EasyFlasher reads it at 0x5B100400). It may end anywhere after the key.
    /// </param>
    /// <param name="key">The key, or null.</param>
    /// <returns>
    /// False when the dump ends before the key does, or when its place is blank, all 00 or all FF: no key was written, or the reader was
    /// not shown it.
    /// </returns>
    /// <remarks>
    /// A key that is there need not be in use: the chip deciphers only if <c>flash_aes_enable</c> is set, bit 29 of the eFuse (byte 3,
    /// bit 5), which is not in OTP1.
    /// </remarks>
    public static bool TryReadOtp(ReadOnlySpan<byte> otp, [NotNullWhen(true)] out AesFlashKey? key)
    {
        key = null;
        if (otp.Length < OtpOffset + Size)
            return false;
        var bytes = otp.Slice(OtpOffset, Size);
        if (IsFilledWith(bytes, 0x00) || IsFilledWith(bytes, 0xFF))
            return false;
        key = new AesFlashKey(bytes);
        return true;
    }

    /// <inheritdoc cref="TryReadOtp(ReadOnlySpan{byte}, out AesFlashKey?)"/>
    /// <exception cref="ArgumentNullException"><paramref name="otp"/> is null.</exception>
    public static bool TryReadOtp(byte[] otp, [NotNullWhen(true)] out AesFlashKey? key) =>
        TryReadOtp((otp ?? throw new ArgumentNullException(nameof(otp))).AsSpan(), out key);

    /// <summary>A copy of the 32 bytes.</summary>
    public byte[] ToArray() => (byte[])_bytes.Clone();

    /// <summary>The whole key as 64 lower-case hex digits.</summary>
    public string ToHex() => AesFlashKeyText.ToHex(_bytes);

    /// <summary>
    /// The whole key as the 128 letters that the vendor's tools take instead of the digits. It hides nothing: anyone can read it back.
    /// </summary>
    public string ToScrambled() => AesFlashKeyText.Scramble(ToHex());

    /// <summary>The first two bytes in hex and an ellipsis, which tell keys apart without giving them away.</summary>
    public override string ToString() => ToHex().Substring(0, 4) + "…";

    /// <inheritdoc/>
    public bool Equals(AesFlashKey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AesFlashKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 0) ^ BitConverter.ToInt32(_bytes, Aes128.KeySize);

    /// <summary>True when all bytes are the same.</summary>
    public static bool operator ==(AesFlashKey? left, AesFlashKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>True when any byte differs.</summary>
    public static bool operator !=(AesFlashKey? left, AesFlashKey? right) => !(left == right);

    private static AesFlashKey FromHex(string digits) => new(AesFlashKeyText.Read(digits)!);

    private static bool IsFilledWith(ReadOnlySpan<byte> bytes, byte value)
    {
        foreach (byte one in bytes)
        {
            if (one != value)
                return false;
        }
        return true;
    }
}
