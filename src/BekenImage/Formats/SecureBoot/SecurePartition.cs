using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>A record of a secure partition table, 32 bytes, big-endian. Immutable; keeps its bytes. Source: FORMAT.md, section 1.</summary>
public sealed class SecurePartition
{
    /// <summary>Bytes a record takes.</summary>
    public const int Size = 32;

    internal const int NameSize = 20;
    internal const int OldNameSize = 24;
    internal const int TypeOffset = 20;
    internal const int SubTypeOffset = 21;
    internal const int OffsetOffset = 22;
    internal const int LengthOffset = 26;
    internal const int FlagsOffset = 30;
    internal const int OldOffsetOffset = 24;
    internal const int OldLengthOffset = 28;

    private readonly byte[] _bytes;

    /// <summary>Makes a record of version 2.</summary>
    /// <param name="name">Up to 20 ASCII characters.</param>
    /// <param name="type">0, 1 or 0xFF; what it means depends on the packer (<see cref="SecureTypeOrder"/>).</param>
    /// <param name="subType">0 where beken_utils wrote it.</param>
    /// <param name="offset">Physical.</param>
    /// <param name="length">Physical.</param>
    /// <param name="flags">Bit 0 encrypted with nvs_key, bit 1 encrypted with the flash key.</param>
    /// <exception cref="BekenImageException">The name does not fit its field.</exception>
    public SecurePartition(string name, byte type, byte subType, uint offset, uint length, int flags)
        : this(SecurePartitionWriter.Record(name, type, subType, offset, length, flags), 2)
    {
    }

    internal SecurePartition(byte[] bytes, int version)
    {
        _bytes = bytes;
        Version = version;
    }

    /// <summary>1 (2022: a name of 24 bytes, no type and flags) or 2.</summary>
    public int Version { get; }

    /// <summary>Partition name: <c>bl2</c>, <c>primary_all</c>, <c>sys_rf</c>.</summary>
    public string Name => NameIn(_bytes.AsSpan(0, Version == 1 ? OldNameSize : NameSize));

    /// <summary>As stored; null in version 1.</summary>
    public byte? Type => Version == 1 ? null : _bytes[TypeOffset];

    /// <summary>As stored; null in version 1. 0 where beken_utils wrote it, which knows none.</summary>
    public byte? SubType => Version == 1 ? null : _bytes[SubTypeOffset];

    /// <summary>Where it begins in flash, physical.</summary>
    public uint Offset => Word(Version == 1 ? OldOffsetOffset : OffsetOffset);

    /// <summary>Bytes of flash it takes.</summary>
    public uint Length => Word(Version == 1 ? OldLengthOffset : LengthOffset);

    /// <summary>As stored; 0 in version 1. Bits 2 to 7 are reserved, 8 to 15 the customer's.</summary>
    public int Flags => Version == 1 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(FlagsOffset));

    /// <summary>Whether its content is encrypted with the key in <c>nvs_key</c>.</summary>
    public bool IsEncrypted => (Flags & 1) != 0;

    /// <summary>Whether its content is encrypted with the flash key; of code partitions that follows from the device, not from this flag.</summary>
    public bool IsFlashEncrypted => (Flags & 2) != 0;

    /// <summary>True for <c>primary_all</c> and <c>secondary_all</c>, which stand for the partitions before them taken together.</summary>
    public bool IsMerged => Name is "primary_all" or "secondary_all";

    /// <summary>The partition in flash, physical.</summary>
    public FlashRange PhysicalRange => new(Offset, Length);

    /// <summary>The 32 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Name, and the range in flash.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} at 0x{Offset:x}+0x{Length:x}, physical");

    /// <summary>A name ends where 0xFF or NUL does.</summary>
    internal static string NameIn(ReadOnlySpan<byte> field) => Text.FromLatin1(field.Slice(0, NameLength(field)));

    internal static int NameLength(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOfAny((byte)0xFF, (byte)0);
        return end < 0 ? field.Length : end;
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(offset));
}
