using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Ug;

/// <summary>The header of a UG package, 32 bytes, big-endian. Immutable; keeps its bytes. Source: FORMAT.md, section 1.</summary>
public sealed class UgHeader
{
    /// <summary>Bytes a header takes.</summary>
    public const int Size = 32;

    internal const int VersionOffset = 0x04;
    internal const int VersionSize = 12;
    internal const int BodyLengthOffset = 0x10;
    internal const int BodySumOffset = 0x14;
    internal const int HeaderSumOffset = 0x18;
    internal const int EndOffset = 0x1C;

    private readonly byte[] _bytes;

    internal UgHeader(byte[] bytes)
    {
        _bytes = bytes;
    }

    internal static ReadOnlySpan<byte> Start => [0x55, 0xAA, 0x55, 0xAA];

    internal static ReadOnlySpan<byte> End => [0xAA, 0x55, 0xAA, 0x55];

    /// <summary>Version of the firmware, up to the first NUL; 12 characters have none.</summary>
    public string Version => Text.FromNulTerminated(_bytes.AsSpan(VersionOffset, VersionSize));

    /// <summary>Bytes that follow the header.</summary>
    public uint BodyLength => Word(BodyLengthOffset);

    /// <summary>All bytes of the body added up, modulo 2^32.</summary>
    public uint BodySum => Word(BodySumOffset);

    /// <summary>The first 24 bytes of the header added up.</summary>
    public uint HeaderSum => Word(HeaderSumOffset);

    /// <summary>Whether the header's own sum fits.</summary>
    public bool HeaderSumOk => HeaderSum == Sum(_bytes.AsSpan(0, HeaderSumOffset));

    /// <summary>Whether the magic at the header's end is there.</summary>
    public bool EndOk => _bytes.AsSpan(EndOffset).SequenceEqual(End);

    /// <summary>The 32 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a header. Nothing but the magic at its start is judged.</summary>
    /// <param name="bytes">At least 32 bytes.</param>
    /// <param name="header">The header, or null.</param>
    /// <returns>False when the bytes are too few or do not begin with 55 AA 55 AA.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out UgHeader? header)
    {
        header = bytes.Length >= Size && bytes.StartsWith(Start) ? new UgHeader(bytes.Slice(0, Size).ToArray()) : null;
        return header is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out UgHeader?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out UgHeader? header) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out header);

    /// <summary>Version and length of the body.</summary>
    public override string ToString() => FormattableString.Invariant($"UG {Version}, {BodyLength} bytes");

    /// <summary>Unsigned bytes added up, modulo 2^32.</summary>
    internal static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (byte value in bytes)
            sum = unchecked(sum + value);
        return sum;
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(offset));
}
