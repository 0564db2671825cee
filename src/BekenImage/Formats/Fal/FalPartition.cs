using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Fal;

/// <summary>One entry of a FAL partition table: 64 bytes. Immutable; keeps its original bytes. Source: FORMAT.md, section 1.</summary>
public sealed class FalPartition
{
    /// <summary>Bytes an entry takes.</summary>
    public const int Size = 64;

    /// <summary>Flash name of a striped partition: offset and length are logical.</summary>
    public const string StripedFlash = "beken_onchip_crc";

    /// <summary>Flash name of a raw partition: offset and length are physical.</summary>
    public const string RawFlash = "beken_onchip";

    internal const int NameOffset = 0x04;
    internal const int NameSize = 24;
    internal const int FlashOffset = 0x1C;
    internal const int FlashSize = 24;
    internal const int OffsetOffset = 0x34;
    internal const int LengthOffset = 0x38;
    internal const int CrcOffset = 0x3C;

    private readonly byte[] _bytes;

    /// <summary>Makes an entry with a valid CRC.</summary>
    /// <param name="name">Partition name, up to 24 ASCII characters.</param>
    /// <param name="flash"><see cref="StripedFlash"/> or <see cref="RawFlash"/>.</param>
    /// <param name="offset">Logical for a striped partition, physical for a raw one.</param>
    /// <param name="length">Counted as <paramref name="offset"/> is.</param>
    public FalPartition(string name, string flash, uint offset, uint length)
        : this(FalWriter.Entry(name, flash, offset, length, withCrc: true))
    {
    }

    internal FalPartition(byte[] bytes, bool isPhysical = false)
    {
        _bytes = bytes;
        IsPhysical = isPhysical;
    }

    /// <summary>Partition name: <c>bootloader</c>, <c>app</c>, <c>download</c>.</summary>
    public string Name => Text.FromNulTerminated(_bytes.AsSpan(NameOffset, NameSize));

    /// <summary>Flash device: <c>beken_onchip_crc</c> (striped) or <c>beken_onchip</c> (raw).</summary>
    public string Flash => Text.FromNulTerminated(_bytes.AsSpan(FlashOffset, FlashSize));

    /// <summary>True when the partition lies in 34-byte pages; then offset and length are logical, but for <see cref="IsPhysical"/>.</summary>
    public bool IsStriped => Flash == StripedFlash;

    /// <summary>True where offset and length are physical also for striped partitions: in the tables of BK7236 and its kin.</summary>
    public bool IsPhysical { get; }

    /// <summary>As stored: logical for a striped partition, physical for a raw one.</summary>
    public uint Offset => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(OffsetOffset));

    /// <summary>As stored: logical for a striped partition, physical for a raw one.</summary>
    public uint Length => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(LengthOffset));

    /// <summary>Whether the stored CRC-32 over the first 60 bytes fits; null when it is zero, which means "not checked".</summary>
    public bool? CrcOk
    {
        get
        {
            uint stored = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(CrcOffset));
            return stored == 0 ? null : stored == Crc32.Compute(_bytes.AsSpan(0, CrcOffset));
        }
    }

    /// <summary>The partition in flash, physical, whatever its kind.</summary>
    public FlashRange PhysicalRange => IsStriped && !IsPhysical
        ? FlashRange.FromBounds(new LogicalAddress(Offset).ToPhysical().Value, new LogicalAddress((long)Offset + Length).ToPhysical().Value)
        : new FlashRange(Offset, Length);

    /// <summary>The 64 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Name, flash device, and the range as stored.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Name} in {Flash} at 0x{Offset:x}+0x{Length:x}, {(IsStriped && !IsPhysical ? "logical" : "physical")}");
}
