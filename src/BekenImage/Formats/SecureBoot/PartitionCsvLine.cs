namespace BekenImage.Formats.SecureBoot;

/// <summary>A partition of a source text. Immutable. Source: FORMAT.md, section 2.</summary>
public sealed class PartitionCsvLine
{
    internal PartitionCsvLine(string name, bool isCode, string subType, uint offset, uint length, int flags)
    {
        Name = name;
        IsCode = isCode;
        SubType = subType;
        Offset = offset;
        Length = length;
        Flags = flags;
    }

    /// <summary>Partition name.</summary>
    public string Name { get; }

    /// <summary>Whether it holds code, which lies in pages.</summary>
    public bool IsCode { get; }

    /// <summary>As written; empty where there is none.</summary>
    public string SubType { get; }

    /// <summary>Where it begins in flash, physical: as written, or the end of the partition before.</summary>
    public uint Offset { get; }

    /// <summary>Bytes of flash it takes.</summary>
    public uint Length { get; }

    /// <summary>The flags as a record has them.</summary>
    public int Flags { get; }

    /// <summary>The partition in flash, physical.</summary>
    public FlashRange PhysicalRange => new(Offset, Length);

    /// <summary>The record beken_utils makes of it. It writes no subtype.</summary>
    /// <exception cref="BekenImageException">The name does not fit a record.</exception>
    public SecurePartition ToRecord() => new(Name, IsCode ? (byte)0 : (byte)1, 0, Offset, Length, Flags);

    /// <summary>Name, and the range in flash.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} at 0x{Offset:x}+0x{Length:x}, physical");
}
