using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.Ua;

/// <summary>
/// The header of a difference update of Tuya (diff2ya, magic <c>MMM</c>), 64 bytes, little-endian. From sources; no real file was met. The
/// patch behind it is not applied. Immutable; keeps its bytes. Source: FORMAT.md, section 3.
/// </summary>
public sealed class Diff2YaHeader
{
    /// <summary>Bytes a header takes.</summary>
    public const int Size = 64;

    private readonly byte[] _bytes;

    private Diff2YaHeader(byte[] bytes, int fileLength)
    {
        _bytes = bytes;
        Findings = Judge(fileLength);
    }

    private static ReadOnlySpan<byte> Magic => "MMM\0"u8;

    /// <summary>Kind of the body, as stored: 0x53494E47 (<c>SING</c>), 0x41425349 or 0x41425238 (A/B), 0x4C5A4350 to 0x4C5A4352 (LZ).</summary>
    public uint Kind => Word(0x04);

    /// <summary>CRC-32 of the firmware it is for.</summary>
    public uint OldCrc => Word(0x08);

    /// <summary>CRC-32 of the firmware it makes.</summary>
    public uint NewCrc => Word(0x0C);

    /// <summary>Bytes of the firmware it is for.</summary>
    public uint OldLength => Word(0x10);

    /// <summary>Bytes of the firmware it makes.</summary>
    public uint NewLength => Word(0x14);

    /// <summary>Where the body begins: 64.</summary>
    public uint BodyOffset => Word(0x18);

    /// <summary>As stored: 0.</summary>
    public uint Start => Word(0x1C);

    /// <summary>Bytes of the body: an xz stream.</summary>
    public uint BodyLength => Word(0x20);

    /// <summary>CRC-32 of the body.</summary>
    public uint BodyCrc => Word(0x24);

    /// <summary>As stored.</summary>
    public uint Step => Word(0x28);

    /// <summary>As stored.</summary>
    public uint BufferSize => Word(0x2C);

    /// <summary>As stored.</summary>
    public byte Mode => _bytes[0x30];

    /// <summary>As stored.</summary>
    public byte Index => _bytes[0x31];

    /// <summary>As stored.</summary>
    public int MinimumVersion => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(0x32));

    /// <summary>As stored.</summary>
    public uint ExtendLength => Word(0x3C);

    /// <summary>That the patch is not applied, and what is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The 64 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads the header at the start of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="header">The header, or null.</param>
    /// <returns>False when the bytes are too few or do not begin with <c>MMM</c> and NUL.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Diff2YaHeader? header)
    {
        header = bytes.Length >= Size && bytes.StartsWith(Magic) ? new Diff2YaHeader(bytes.Slice(0, Size).ToArray(), bytes.Length) : null;
        return header is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out Diff2YaHeader?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out Diff2YaHeader? header) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out header);

    /// <summary>What it makes of what.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"difference update, 0x{OldLength:x} bytes (CRC 0x{OldCrc:x8}) to 0x{NewLength:x} (0x{NewCrc:x8})");

    private IReadOnlyList<Finding> Judge(int fileLength)
    {
        var findings = new List<Finding>
        {
            new(FindingSeverity.Info, FindingCode.Diff2YaNotApplied, "a difference update of Tuya (diff2ya); its patch is not applied here", 0),
        };
        if (!FlashRange.TryCreate(BodyOffset, BodyLength, fileLength, out _))
        {
            findings.Add(new Finding(FindingSeverity.Error, FindingCode.Diff2YaDamaged, FormattableString.Invariant(
                $"the header states a body at 0x{BodyOffset:x}+0x{BodyLength:x}, the file has 0x{fileLength:x} bytes"), 0x18));
        }
        return findings;
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));
}
