using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>
/// The manifest by which BL1, the loader in ROM, checks the second bootloader: the partitions <c>primary_manifest</c> and
/// <c>secondary_manifest</c>. Little-endian, raw in flash. Immutable; keeps its bytes. Source: FORMAT.md, section 4.
/// </summary>
public sealed class Bl1Manifest
{
    /// <summary>Bytes a manifest of one image takes; the rest of its sector is 0xFF.</summary>
    public const int Size = 0xD5;

    /// <summary>Where the CPU sees logical address 0 of the flash.</summary>
    public const uint FlashWindow = 0x02000000;

    internal const int TotalLengthOffset = 0x0C;
    internal const int SchemesOffset = 0x10;
    internal const int ImageCountOffset = 0x14;
    internal const int StaticAddressOffset = 0x20;
    internal const int ImageLengthOffset = 0x28;
    internal const int ImageHashOffset = 0x30;
    internal const int IsEncryptedOffset = 0x50;
    internal const int PublicKeyOffset = 0x54;
    internal const int SignatureOffset = 0x95;
    internal const uint Version = 0x00010001;
    internal const uint KnownSchemes = 0x00030619;

    private readonly byte[] _bytes;
    private readonly long _offset;

    internal Bl1Manifest(byte[] bytes, long offset)
    {
        _bytes = bytes;
        _offset = offset;
        Findings = Bl1ManifestReader.Judge(this, offset);
    }

    internal static ReadOnlySpan<byte> Magic => [0xD8, 0x2F, 0xBC, 0xA1];

    /// <summary>0x00010001.</summary>
    public uint FormatVersion => Word(0x04);

    /// <summary>Version of the manifest: BL1 takes none below the counter in OTP.</summary>
    public uint SecurityCounter => Word(0x08);

    /// <summary>Bytes of the manifest.</summary>
    public uint TotalLength => Word(TotalLengthOffset);

    /// <summary>Hash and signature schemes, 0x00030619: SHA-256 and ECDSA over P-256. What each bit means is not known.</summary>
    public uint Schemes => Word(SchemesOffset);

    /// <summary>1.</summary>
    public uint ImageCount => Word(ImageCountOffset);

    /// <summary>Where the CPU sees the second bootloader.</summary>
    public uint StaticAddress => Word(StaticAddressOffset);

    /// <summary>Where BL1 loads it; the same where it runs in place.</summary>
    public uint LoadAddress => Word(0x24);

    /// <summary>Bytes of the second bootloader, plain and without page CRCs.</summary>
    public uint ImageLength => Word(ImageLengthOffset);

    /// <summary>Where BL1 jumps to.</summary>
    public uint EntryAddress => Word(0x2C);

    /// <summary>Whether the image is stored encrypted for BL1; 0 in all that were met, also where the flash cipher is on.</summary>
    public uint IsEncrypted => Word(IsEncryptedOffset);

    /// <summary>SHA-256 of the plain bytes of the second bootloader, 32 bytes.</summary>
    public ReadOnlyMemory<byte> ImageHash => _bytes.AsMemory(ImageHashOffset, Sha256Text.HashSize);

    /// <summary>The same as lower-case hex.</summary>
    public string StatedHash => Hex.Lower(ImageHash.ToArray());

    /// <summary>The key that signed, 65 bytes: 04, X, Y.</summary>
    public ReadOnlyMemory<byte> PublicKey => _bytes.AsMemory(PublicKeyOffset, SignatureOffset - PublicKeyOffset);

    /// <summary>SHA-256 of the key, as <c>bl1_rotpk_hash</c> in OTP has it: lower-case hex.</summary>
    public string PublicKeyHash => Sha256Text.Of(PublicKey.Span);

    /// <summary>64 bytes: r, s.</summary>
    public ReadOnlyMemory<byte> Signature => _bytes.AsMemory(SignatureOffset);

    /// <summary>Logical range of the second bootloader in flash; null when the manifest names bytes outside the window of the CPU.</summary>
    public FlashRange? LogicalImageRange => StaticAddress >= FlashWindow &&
        FlashRange.TryCreate(StaticAddress - (long)FlashWindow, ImageLength, FlashWindow, out var range) ? range : (FlashRange?)null;

    /// <summary>What is wrong with the fields. Hash, signature and key are asked for by their methods.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The 213 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a manifest; nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The partition from its start on.</param>
    /// <param name="manifest">The manifest, or null.</param>
    /// <param name="physicalOffset">Where the bytes begin in flash; findings count from there.</param>
    /// <returns>False when the bytes are too few or do not begin with D8 2F BC A1. A damaged manifest is true, with findings.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Bl1Manifest? manifest, long physicalOffset = 0)
    {
        manifest = bytes.Length >= Size && bytes.StartsWith(Magic) ? new Bl1Manifest(bytes.Slice(0, Size).ToArray(), physicalOffset) : null;
        return manifest is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out Bl1Manifest?, long)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out Bl1Manifest? manifest, long physicalOffset = 0) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out manifest, physicalOffset);

    /// <summary>The second bootloader in the plain logical bytes of a flash, where all of it is there; null otherwise.</summary>
    /// <param name="logical">Plain bytes without page CRCs, from logical 0 on.</param>
    public ReadOnlyMemory<byte>? FindImage(ReadOnlyMemory<byte> logical) =>
        LogicalImageRange is { } range && range.End <= logical.Length ? range.Of(logical) : (ReadOnlyMemory<byte>?)null;

    /// <summary>Checks SHA-256 of the second bootloader.</summary>
    /// <param name="image">Its plain bytes, as many as <see cref="ImageLength"/> says.</param>
    /// <returns>False when they are another number, or give another hash.</returns>
    public bool HashFits(ReadOnlySpan<byte> image) => image.Length == ImageLength && ImageHash.Span.SequenceEqual(Sha256Text.Hash(image));

    /// <inheritdoc cref="HashFits(ReadOnlySpan{byte})"/>
    public bool HashFits(byte[] image) => HashFits((image ?? throw new ArgumentNullException(nameof(image))).AsSpan());

    /// <summary>Checks the signature over the first 0x95 bytes with the key that stands in them. Whether the device trusts that key is another question.</summary>
    public SignatureCheck CheckSignature() => SignatureCheck.Run(PublicKey.Span, _bytes.AsSpan(0, SignatureOffset), Signature.Span);

    /// <summary>Checks what can be checked.</summary>
    /// <param name="logical">Plain bytes of the flash without page CRCs, from logical 0 on; empty when they cannot be read.</param>
    /// <param name="keys">What the device trusts; null when it is not known.</param>
    public IReadOnlyList<Finding> Verify(ReadOnlyMemory<byte> logical, SecureBootKeys? keys = null) =>
        Bl1ManifestReader.Verify(this, _offset, logical, keys);

    /// <summary>The same manifest with other fields that are not signed for: for making one, and for tests. The signature no longer fits.</summary>
    /// <param name="securityCounter">Version of the manifest.</param>
    /// <param name="staticAddress">Where the CPU sees the image.</param>
    /// <param name="image">The plain bytes of the image.</param>
    public Bl1Manifest With(uint securityCounter, uint staticAddress, ReadOnlySpan<byte> image) =>
        new(Bl1ManifestWriter.Write(securityCounter, staticAddress, image, PublicKey.Span, Signature.Span), _offset);

    /// <inheritdoc cref="With(uint, uint, ReadOnlySpan{byte})"/>
    public Bl1Manifest With(uint securityCounter, uint staticAddress, byte[] image) =>
        With(securityCounter, staticAddress, (image ?? throw new ArgumentNullException(nameof(image))).AsSpan());

    /// <summary>Address, length and version.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"BL1 manifest: image at 0x{StaticAddress:x8}+0x{ImageLength:x}, version {SecurityCounter}");

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));
}
