using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.LittleFs;

/// <summary>
/// The superblock's fields, 24 bytes of inline data of entry 0 of the pair (0, 1): u32 version, block size, block count, name limit,
/// file limit, attribute limit. Little-endian.
/// </summary>
internal sealed class LittleFsSuperblock
{
    public const int Size = 24;

    /// <summary>What OpenBeken's library accepts; it refuses 2.1.</summary>
    public const uint Version20 = 0x00020000;

    /// <summary>Offset of the name's tag in the first block; the name follows it.</summary>
    private const int NameTagOffset = 4;

    /// <summary>The smallest and largest block this library reads.</summary>
    private const int MinimumBlockSize = 128;
    private const int MaximumBlockSize = 65536;
    private const int MaximumBlockCount = 65536;

    public LittleFsSuperblock(uint version, uint blockSize, uint blockCount, uint nameLimit, uint fileLimit, uint attributeLimit)
    {
        Version = version;
        BlockSize = blockSize;
        BlockCount = blockCount;
        NameLimit = nameLimit;
        FileLimit = fileLimit;
        AttributeLimit = attributeLimit;
    }

    public uint Version { get; }

    public uint BlockSize { get; }

    public uint BlockCount { get; }

    public uint NameLimit { get; }

    public uint FileLimit { get; }

    public uint AttributeLimit { get; }

    /// <summary>Where the name lies in its block.</summary>
    public const int NameOffset = NameTagOffset + LittleFsTag.Size;

    public static ReadOnlySpan<byte> Name => "littlefs"u8;

    // The name's tag, the name and the fields' tag: the same in every volume.
    private static ReadOnlySpan<byte> Beginning => [0xF0, 0x0F, 0xFF, 0xF7, 0x6C, 0x69, 0x74, 0x74, 0x6C, 0x65, 0x66, 0x73, 0x2F, 0xE0, 0x00, 0x10];

    /// <summary>True when most bytes of a superblock's beginning are here; a damaged one shall be noticed, too.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> block)
    {
        const int enough = 12;
        if (block.Length < NameTagOffset + Beginning.Length)
            return false;
        int equal = 0;
        for (int i = 0; i < Beginning.Length; i++)
        {
            if (block[NameTagOffset + i] == Beginning[i])
                equal++;
        }
        return equal >= enough || block.Slice(NameTagOffset + LittleFsTag.Size).StartsWith(Name);
    }

    /// <summary>Reads the superblock of a block whose size is not known yet.</summary>
    public static LittleFsSuperblock? ReadBlock(ReadOnlyMemory<byte> bytes)
    {
        var log = LittleFsBlockLog.Scan(bytes.Slice(0, Math.Min(bytes.Length, MaximumBlockSize)));
        if (!log.IsValid)
            return null;
        var metadata = new LittleFsMetadata(LittleFsPair.Root, 0);
        log.Replay(metadata);
        return Of(metadata);
    }

    /// <summary>The superblock entry of a metadata pair, if it has one.</summary>
    public static LittleFsSuperblock? Of(LittleFsMetadata metadata)
    {
        var item = metadata.Items.Count > 0 ? metadata.Items[0] : null;
        return item is { IsSuperblock: true, StructType: LittleFsTag.InlineStruct } && item.Name.Span.SequenceEqual(Name) &&
               TryRead(item.Struct.Span, out var superblock) ? superblock : null;
    }

    public static bool TryRead(ReadOnlySpan<byte> fields, [NotNullWhen(true)] out LittleFsSuperblock? superblock)
    {
        superblock = null;
        var reader = new SpanReader(fields);
        if (!reader.TryReadUInt32(out uint version) ||
            !reader.TryReadUInt32(out uint blockSize) ||
            !reader.TryReadUInt32(out uint blockCount) ||
            !reader.TryReadUInt32(out uint nameLimit) ||
            !reader.TryReadUInt32(out uint fileLimit) ||
            !reader.TryReadUInt32(out uint attributeLimit))
            return false;
        superblock = new LittleFsSuperblock(version, blockSize, blockCount, nameLimit, fileLimit, attributeLimit);
        return true;
    }

    public byte[] ToArray()
    {
        var fields = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(fields, Version);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(4), BlockSize);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(8), BlockCount);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(12), NameLimit);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(16), FileLimit);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(20), AttributeLimit);
        return fields;
    }

    /// <summary>What makes the volume unreadable here, or null.</summary>
    public string? WhyUnsupported()
    {
        if (Version >> 16 != 2)
            return FormattableString.Invariant($"LittleFS disk version {Version >> 16}.{Version & 0xFFFF}, this library reads 2.x; the volume is not read");
        if (BlockSize is < MinimumBlockSize or > MaximumBlockSize || BlockSize % sizeof(uint) != 0)
        {
            return FormattableString.Invariant(
                $"LittleFS block size 0x{BlockSize:x}, this library reads 0x{MinimumBlockSize:x} to 0x{MaximumBlockSize:x}; the volume is not read");
        }
        if (BlockCount is < 2 or > MaximumBlockCount)
            return FormattableString.Invariant($"LittleFS states {BlockCount} blocks, this library reads 2 to {MaximumBlockCount}; the volume is not read");
        return null;
    }

    public bool HasGeometryOf(LittleFsSuperblock other) => BlockSize == other.BlockSize && BlockCount == other.BlockCount;
}
