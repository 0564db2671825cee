using BekenImage.Compression;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.Rbl;

/// <summary>Makes update packages as the vendor's packager does. Source: FORMAT.md, section 5.</summary>
public static class OtaWriter
{
    /// <summary>
    /// What the vendor's packager leaves in byte 8 of the version field, where a shorter version does not cover it: it copies into memory it
    /// never cleared. Nobody reads it, but with it the same input gives the same file as the vendor's.
    /// </summary>
    private const byte VendorLeftover = 1;

    /// <summary>Packs a plain firmware.</summary>
    /// <param name="firmware">
    /// The plain application: neither encrypted for the flash nor with page CRCs, because the bootloader adds both while it installs.
    /// </param>
    /// <param name="options">How; null for gzip and AES-256 with the default key.</param>
    /// <returns>Header and package.</returns>
    /// <exception cref="ArgumentException">The compression or encryption cannot be written.</exception>
    /// <exception cref="BekenImageException">Name or version does not fit its field.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> firmware, OtaPackOptions? options = null)
    {
        options ??= new OtaPackOptions();
        if (options.Encryption is not (RblEncryption.None or RblEncryption.Aes256))
            throw new ArgumentException("Packages can be encrypted with AES-256 or not at all.", nameof(options));
        byte[] padded = PackagePadding.Add(Compress(firmware, options.Compression));
        byte[] package = options.Encryption == RblEncryption.Aes256 ? AesCbc256.Encrypt(options.Key.Key, options.Key.IV, padded) : padded;
        var strings = options.HeaderTemplate ?? RblWriter.Blank(options.Name, options.Version, options.Timestamp, VendorLeftover);
        var header = strings.With(
            (uint)options.Encryption | (uint)options.Compression << 8,
            Crc32.Compute(package),
            Fnv1a.Compute(firmware),
            (uint)firmware.Length,
            (uint)package.Length);
        var bytes = new byte[RblHeader.Size + package.Length];
        header.Bytes.Span.CopyTo(bytes);
        package.CopyTo(bytes, RblHeader.Size);
        return bytes;
    }

    /// <inheritdoc cref="Pack(ReadOnlySpan{byte}, OtaPackOptions?)"/>
    public static byte[] Pack(byte[] firmware, OtaPackOptions? options = null) =>
        Pack((firmware ?? throw new ArgumentNullException(nameof(firmware))).AsSpan(), options);

    private static byte[] Compress(ReadOnlySpan<byte> firmware, RblCompression compression) => compression switch
    {
        RblCompression.None => firmware.ToArray(),
        RblCompression.Gzip => Gzip.Encode(firmware),
        RblCompression.QuickLz => PieceFraming.Encode(firmware, QuickLz.MakeEncoder()),
        RblCompression.FastLz => PieceFraming.Encode(firmware, FastLz.MakeEncoder()),
        _ => throw new ArgumentException("Packages can be packed with gzip, QuickLZ, FastLZ, or not at all.", nameof(compression)),
    };
}
