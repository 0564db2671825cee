using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Download;

/// <summary>
/// The header in front of a part that bksecure hands from one signing server to the next, 96 bytes, little-endian. From sources; no such
/// file was met. Immutable; keeps its bytes. Source: FORMAT.md, section 2.
/// </summary>
public sealed class PackHeader
{
    /// <summary>Bytes a header takes.</summary>
    public const int Size = 96;

    private readonly byte[] _bytes;

    private PackHeader(byte[] bytes)
    {
        _bytes = bytes;
        Findings = (long)Offset + PartitionLength <= DownloadPackage.LargestFlash ? [] :
        [
            new Finding(FindingSeverity.Warning, FindingCode.PackHeaderDamaged,
                FormattableString.Invariant($"the part is for 0x{Offset:x}+0x{PartitionLength:x}, outside every flash"), 0x2C),
        ];
    }

    private static ReadOnlySpan<byte> Magic => "pack_header\0"u8;

    /// <summary>Name of the partition.</summary>
    public string Name => Text.FromNulTerminated(_bytes.AsSpan(12, 20));

    /// <summary>Version of the part.</summary>
    public string Version => Text.FromNulTerminated(_bytes.AsSpan(32, 8));

    /// <summary>Type as bksecure counts it: 0 data, 1 code.</summary>
    public byte Type => _bytes[40];

    /// <summary>Subtype.</summary>
    public byte SubType => _bytes[41];

    /// <summary>Where the partition begins in flash, physical.</summary>
    public uint Offset => Word(44);

    /// <summary>Bytes of flash it takes.</summary>
    public uint PartitionLength => Word(48);

    /// <summary>Flags of the partition.</summary>
    public uint Flags => Word(52);

    /// <summary>Bytes of an MCUboot header the part leaves room for.</summary>
    public uint ImageHeaderSize => Word(56);

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The 96 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>One of the four words whose meaning depends on the part.</summary>
    /// <param name="index">0 to 3.</param>
    public uint Meta(int index) => index is >= 0 and < 4 ? Word(64 + 4 * index) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Reads a header; the part follows it.</summary>
    /// <param name="bytes">At least 96 bytes.</param>
    /// <param name="header">The header, or null.</param>
    /// <returns>False when the bytes are too few or do not begin with <c>pack_header</c>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PackHeader? header)
    {
        header = bytes.Length >= Size && bytes.StartsWith(Magic) ? new PackHeader(bytes.Slice(0, Size).ToArray()) : null;
        return header is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out PackHeader?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out PackHeader? header) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out header);

    /// <summary>Name and place.</summary>
    public override string ToString() => FormattableString.Invariant($"part '{Name}' {Version} for 0x{Offset:x}+0x{PartitionLength:x}");

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));
}
