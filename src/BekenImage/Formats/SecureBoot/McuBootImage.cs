using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>
/// An image that MCUboot, the second bootloader, checks and starts: header, payload, entries. Here its bytes are plain and without page
/// CRCs. Immutable; keeps its bytes. Source: FORMAT.md, section 5.
/// </summary>
public sealed class McuBootImage
{
    /// <summary>Bytes of the header that mean something; the rest up to <see cref="HeaderSize"/> is padding.</summary>
    public const int HeaderFields = 32;

    /// <summary>More entries than any image has.</summary>
    public const int MaximumTlvs = 64;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly long _offset;

    internal McuBootImage(ReadOnlyMemory<byte> bytes, long offset, McuBootLayout layout)
    {
        _bytes = bytes;
        _offset = offset;
        Tlvs = layout.Tlvs;
        SignedLength = layout.SignedLength;
        Length = layout.Length;
        IsComplete = layout.IsComplete;
        Findings = layout.Findings;
        ComputedHash = IsComplete ? Sha256Text.Of(bytes.Span.Slice(0, (int)SignedLength)) : null;
    }

    internal static ReadOnlySpan<byte> Magic => [0x3D, 0xB8, 0xF3, 0x96];

    internal static ReadOnlySpan<byte> TrailerMagic =>
        [0x77, 0xC2, 0x95, 0xF3, 0x60, 0xD2, 0xEF, 0x7F, 0x35, 0x52, 0x50, 0x0F, 0x2C, 0xB6, 0x79, 0x80];

    /// <summary>Where MCUboot loads the image; 0 where it runs in place.</summary>
    public uint LoadAddress => Word(0x04);

    /// <summary>Bytes from the magic to the payload: 0x1000.</summary>
    public int HeaderSize => Half(0x08);

    /// <summary>Bytes of the protected entries, their head included.</summary>
    public int ProtectedTlvSize => Half(0x0A);

    /// <summary>Bytes of the payload.</summary>
    public uint PayloadLength => Word(0x0C);

    /// <summary>As stored.</summary>
    public uint Flags => Word(0x10);

    /// <summary>Major, minor, revision and build: <c>0.0.1+0</c>.</summary>
    public string Version =>
        FormattableString.Invariant($"{_bytes.Span[0x14]}.{_bytes.Span[0x15]}.{Half(0x16)}+{Word(0x18)}");

    /// <summary>What runs, as much of it as is there.</summary>
    public ReadOnlyMemory<byte> Payload =>
        HeaderSize >= _bytes.Length ? default : _bytes.Slice(HeaderSize, (int)Math.Min(PayloadLength, _bytes.Length - HeaderSize));

    /// <summary>
    /// What the SDK appends to the payload before signing: a version (major, minor, revision) and <c>BK7236</c>, as <c>0.0.1</c>; null where
    /// that is not there.
    /// </summary>
    public string? ApplicationVersion
    {
        get
        {
            var payload = Payload.Span;
            if (payload.Length != PayloadLength || payload.Length < 10 || !payload.Slice(payload.Length - 6).SequenceEqual("BK7236"u8))
                return null;
            var version = payload.Slice(payload.Length - 10);
            return FormattableString.Invariant($"{version[0]}.{version[1]}.{BinaryPrimitives.ReadUInt16LittleEndian(version.Slice(2))}");
        }
    }

    /// <summary>The entries in stored order, protected ones first.</summary>
    public IReadOnlyList<McuBootTlv> Tlvs { get; }

    /// <summary>Bytes the hash covers: header, payload and protected entries.</summary>
    public long SignedLength { get; }

    /// <summary>The bytes the hash covers; empty when they are not all there.</summary>
    internal ReadOnlyMemory<byte> Signed => IsComplete ? _bytes.Slice(0, (int)SignedLength) : default;

    /// <summary>Where the image ends: behind its last entry. Behind it lie padding of the slot and MCUboot's trailer.</summary>
    public long Length { get; }

    /// <summary>True when every byte up to <see cref="Length"/> is there and the entries could be walked.</summary>
    public bool IsComplete { get; }

    /// <summary>True when the slot ends with MCUboot's trailer (imgtool's <c>--pad</c>).</summary>
    public bool HasTrailer => _bytes.Span.EndsWith(TrailerMagic);

    /// <summary>The counter below which the device takes no update; null where there is none.</summary>
    public uint? SecurityCounter => Find(McuBootTlv.SecurityCounterTag) is { Value.Length: 4 } tlv
        ? BinaryPrimitives.ReadUInt32LittleEndian(tlv.Value.Span) : null;

    /// <summary>The SHA-256 the entries state, lower-case hex; null where there is none.</summary>
    public string? StatedHash => Find(McuBootTlv.Sha256Tag) is { Value.Length: Sha256Text.HashSize } tlv ? Hex.Lower(tlv.Value.ToArray()) : null;

    /// <summary>The SHA-256 the bytes give, lower-case hex; null when they are not all there.</summary>
    public string? ComputedHash { get; }

    /// <summary>Whether the bytes give the SHA-256 the entries state; null when one of the two is not there.</summary>
    public bool? HashOk => StatedHash is null || ComputedHash is null ? null : StatedHash == ComputedHash;

    /// <summary>The key that signed, SubjectPublicKeyInfo in DER; empty where only its hash is there.</summary>
    public ReadOnlyMemory<byte> PublicKey => Find(McuBootTlv.PublicKeyTag)?.Value ?? default;

    /// <summary>SHA-256 of the key, as <c>bl2_rotpk_hash</c> in OTP has it: lower-case hex; null where there is no key.</summary>
    public string? PublicKeyHash => !PublicKey.IsEmpty ? Sha256Text.Of(PublicKey.Span)
        : Find(McuBootTlv.KeyHashTag) is { Value.Length: Sha256Text.HashSize } tlv ? Hex.Lower(tlv.Value.ToArray()) : null;

    /// <summary>What is wrong with header and entries. Hash, signature and key: <see cref="Verify"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads an image; nothing is copied, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The image from its header on, plain, without page CRCs; what lies behind it may follow.</param>
    /// <param name="image">The image, or null.</param>
    /// <param name="offset">Where the bytes begin; findings count from there.</param>
    /// <returns>False when no header is there. A damaged image is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out McuBootImage? image, long offset = 0)
    {
        image = bytes.Length >= HeaderFields && bytes.Span.StartsWith(Magic) ? new McuBootImage(bytes, offset, McuBootReader.Walk(bytes, offset)) : null;
        return image is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out McuBootImage?, long)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out McuBootImage? image, long offset = 0) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out image, offset);

    /// <summary>The first entry with that tag, or null.</summary>
    /// <param name="tag">See <see cref="McuBootTlv"/>.</param>
    public McuBootTlv? Find(int tag) => Tlvs.FirstOrDefault(tlv => tlv.Tag == tag);

    /// <summary>
    /// Checks the signature with the key in the entries. The vendor's imgtool signs the 32 bytes of the hash as a message, so that SHA-256 is
    /// taken twice; MCUboot's own signs the hash itself, and that is not taken here.
    /// </summary>
    public SignatureCheck CheckSignature() => McuBootReader.CheckSignature(this);

    /// <summary>Checks what can be checked: hash, signature, and the key where it is known what the device trusts.</summary>
    /// <param name="keys">What the device trusts; null when it is not known.</param>
    public IReadOnlyList<Finding> Verify(SecureBootKeys? keys = null) => McuBootReader.Verify(this, _offset, keys);

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Version and length.</summary>
    public override string ToString() => FormattableString.Invariant($"MCUboot image {Version}, 0x{Length:x} bytes");

    private int Half(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span.Slice(offset));

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span.Slice(offset));
}
