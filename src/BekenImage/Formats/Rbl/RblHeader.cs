using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Rbl;

/// <summary>
/// An RBL header ("RT-Thread binary"), 96 bytes: behind the bootloader and the app in flash, in front of an update package. Immutable;
/// keeps its original bytes, junk behind the NULs included. Source: FORMAT.md, section 1.
/// </summary>
public sealed class RblHeader
{
    /// <summary>Bytes a header takes.</summary>
    public const int Size = 96;

    /// <summary>Bytes a header takes in a striped partition: three pages.</summary>
    public const int StripedSize = 102;

    /// <summary>Where the header of a striped partition lies: in its last three pages.</summary>
    /// <param name="partition">The partition, physical.</param>
    internal static long OffsetAtEndOf(FlashRange partition) => partition.End - StripedSize;

    internal const int AlgorithmOffset = 0x04;
    internal const int TimestampOffset = 0x08;
    internal const int NameOffset = 0x0C;
    internal const int NameSize = 16;
    internal const int VersionOffset = 0x1C;
    internal const int VersionSize = 24;
    internal const int SerialOffset = 0x34;
    internal const int SerialSize = 24;
    internal const int PayloadCrcOffset = 0x4C;
    internal const int PayloadHashOffset = 0x50;
    internal const int RawSizeOffset = 0x54;
    internal const int PackageSizeOffset = 0x58;
    internal const int HeaderCrcOffset = 0x5C;

    private readonly byte[] _bytes;

    internal RblHeader(byte[] bytes)
    {
        _bytes = bytes;
    }

    internal static ReadOnlySpan<byte> Magic => "RBL\0"u8;

    /// <summary>Byte 4: how the package is encrypted. Values above <see cref="RblEncryption.Aes256"/> are unknown.</summary>
    public RblEncryption Encryption => (RblEncryption)_bytes[AlgorithmOffset];

    /// <summary>Byte 5: how the package is compressed. Values above <see cref="RblCompression.Lzma"/> are unknown.</summary>
    public RblCompression Compression => (RblCompression)_bytes[AlgorithmOffset + 1];

    /// <summary>The algorithm word: 0 for a header in flash, encryption and compression for an update package.</summary>
    public uint Algorithm => Word(AlgorithmOffset);

    /// <summary>Modification time of the packed file, in seconds since 1970.</summary>
    public uint Timestamp => Word(TimestampOffset);

    /// <summary>Which partition it is for, up to the first NUL: <c>app</c> or <c>bootloader</c>.</summary>
    public string Name => Text.FromNulTerminated(_bytes.AsSpan(NameOffset, NameSize));

    /// <summary>Version text up to the first NUL; 24 characters have none.</summary>
    public string Version => Text.FromNulTerminated(_bytes.AsSpan(VersionOffset, VersionSize));

    /// <summary>CRC-32 of the package.</summary>
    public uint PayloadCrc => Word(PayloadCrcOffset);

    /// <summary>32-bit FNV-1a of the payload.</summary>
    public uint PayloadHash => Word(PayloadHashOffset);

    /// <summary>Length of what the hash covers.</summary>
    public uint RawSize => Word(RawSizeOffset);

    /// <summary>Length of what the CRC covers. In flash up to 16 of its bytes are virtual: counted, but not stored.</summary>
    public uint PackageSize => Word(PackageSizeOffset);

    /// <summary>CRC-32 of the 92 bytes before it, as stored.</summary>
    public uint HeaderCrc => Word(HeaderCrcOffset);

    /// <summary>Whether the header's own CRC fits.</summary>
    public bool HeaderCrcOk => HeaderCrc == Crc32.Compute(_bytes.AsSpan(0, HeaderCrcOffset));

    /// <summary>True when the sizes and the CRC describe an update package, not what lies in flash.</summary>
    public bool DescribesPackage => Algorithm != 0;

    /// <summary>The 96 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a header. Nothing but the magic is judged: see <see cref="HeaderCrcOk"/>.</summary>
    /// <param name="bytes">At least 96 bytes, from the magic on.</param>
    /// <param name="header">The header, or null.</param>
    /// <returns>False when the bytes are too few or do not begin with <c>RBL</c> and a NUL.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RblHeader? header)
    {
        header = bytes.Length >= Size && bytes.StartsWith(Magic) ? new RblHeader(bytes.Slice(0, Size).ToArray()) : null;
        return header is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out RblHeader?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out RblHeader? header) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out header);

    /// <summary>The same header with other texts or another time; a field whose text stays keeps the junk behind it.</summary>
    /// <param name="name">Up to 16 characters; null keeps the field.</param>
    /// <param name="version">Up to 24 characters; null keeps the field.</param>
    /// <param name="timestamp">Seconds since 1970; null keeps the field.</param>
    /// <exception cref="BekenImageException">A text does not fit its field.</exception>
    public RblHeader WithTexts(string? name, string? version, uint? timestamp)
    {
        var bytes = (byte[])_bytes.Clone();
        if (name is not null && name != Name)
            Text.WriteHeaderText("name", name, bytes.AsSpan(NameOffset, NameSize));
        if (version is not null && version != Version)
            Text.WriteHeaderText("version", version, bytes.AsSpan(VersionOffset, VersionSize));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(TimestampOffset), timestamp ?? Timestamp);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeaderCrcOffset), Crc32.Compute(bytes.AsSpan(0, HeaderCrcOffset)));
        return new RblHeader(bytes);
    }

    /// <summary>Name, version, algorithms and sizes.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"RBL {Name} {Version}, {Compression}, {Encryption}, {RawSize} bytes, packed {PackageSize}");

    /// <summary>The same header, so that it describes another payload; strings, timestamp and junk bytes stay.</summary>
    /// <param name="algorithm">The algorithm word; 0 in flash.</param>
    /// <param name="payloadCrc">CRC-32 of the package.</param>
    /// <param name="payloadHash">FNV-1a of the payload.</param>
    /// <param name="rawSize">Length of the payload.</param>
    /// <param name="packageSize">Length of the package.</param>
    internal RblHeader With(uint algorithm, uint payloadCrc, uint payloadHash, uint rawSize, uint packageSize)
    {
        var bytes = (byte[])_bytes.Clone();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(AlgorithmOffset), algorithm);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PayloadCrcOffset), payloadCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PayloadHashOffset), payloadHash);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(RawSizeOffset), rawSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PackageSizeOffset), packageSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeaderCrcOffset), Crc32.Compute(bytes.AsSpan(0, HeaderCrcOffset)));
        return new RblHeader(bytes);
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));
}
