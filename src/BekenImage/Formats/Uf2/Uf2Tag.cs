using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Uf2;

/// <summary>A tag of a UF2 file. Immutable. Source: FORMAT.md, section 2.</summary>
public sealed class Uf2Tag
{
    /// <summary>Version of the firmware, text.</summary>
    public const int Version = 0x9FC7BC;

    /// <summary>Name of the firmware, text.</summary>
    public const int Firmware = 0x00DE43;

    /// <summary>Board, text in lower case.</summary>
    public const int Board = 0xCA25C8;

    /// <summary>LibreTiny's version, text.</summary>
    public const int LibreTinyVersion = 0x59563D;

    /// <summary>What made the file, text.</summary>
    public const int Device = 0x650D9D;

    /// <summary>CRC-32 of the board's name behind <c>LibreTiny </c>, 4 bytes.</summary>
    public const int DeviceId = 0xC8A729;

    /// <summary>Time of the build, seconds since 1970, 4 bytes.</summary>
    public const int BuildTime = 0x822F30;

    /// <summary>Schemes in the file.</summary>
    public const int PartList = 0x6EC68A;

    /// <summary>Partitions of the data that follows.</summary>
    public const int PartInfo = 0xC0EE0C;

    /// <summary>A partition table.</summary>
    public const int PartitionTable = 0x8288ED;

    /// <summary>Binary patch of a block.</summary>
    public const int BinaryPatch = 0xB948DE;

    /// <summary>Format 1.</summary>
    public const int Format1 = 0x5D57D0;

    /// <summary>Format 2.</summary>
    public const int Format2 = 0x6C8492;

    internal const int HasPart1 = 0xBBD965;
    internal const int HasPart2 = 0x92280E;
    internal const int Part1 = 0x805946;
    internal const int Part2 = 0xA1E4D7;

    internal const int HeaderSize = 4;
    internal const int Alignment = 4;
    internal const int MaximumValue = byte.MaxValue - HeaderSize;

    /// <summary>Makes a tag.</summary>
    /// <param name="type">Its type, three bytes.</param>
    /// <param name="value">Its value, 251 bytes at most.</param>
    /// <exception cref="ArgumentException">The value is longer, or the type has more than three bytes.</exception>
    public Uf2Tag(int type, byte[] value)
        : this(type, (ReadOnlyMemory<byte>)(byte[])(value ?? throw new ArgumentNullException(nameof(value))).Clone())
    {
        if (type is < 0 or > 0xFFFFFF)
            throw new ArgumentException("A tag's type has three bytes.", nameof(type));
        if (value.Length > MaximumValue)
            throw new ArgumentException("A tag's value has 251 bytes at most.", nameof(value));
    }

    internal Uf2Tag(int type, ReadOnlyMemory<byte> value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>Its type, three bytes.</summary>
    public int Type { get; }

    /// <summary>Its value as stored.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The value as text, up to its first NUL.</summary>
    public string Text => Utf8Text.FromNulTerminated(Value.Span);

    /// <summary>The value as a number; null unless it has four bytes.</summary>
    public uint? Number => Value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(Value.Span) : null;

    /// <summary>Type and length.</summary>
    public override string ToString() => FormattableString.Invariant($"tag {Type:X6}, {Value.Length} bytes");
}
