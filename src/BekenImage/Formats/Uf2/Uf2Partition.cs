namespace BekenImage.Formats.Uf2;

/// <summary>An entry of the partition table a UF2 file may carry. Immutable. Source: FORMAT.md, section 2, 8288ED.</summary>
public sealed class Uf2Partition
{
    internal const int Size = 48;
    internal const int NameOffset = 4;
    internal const int NameSize = 16;
    internal const int OffsetOffset = 36;
    internal const int LengthOffset = 40;

    internal Uf2Partition(string name, uint offset, uint length)
    {
        Name = name;
        Offset = offset;
        Length = length;
    }

    /// <summary>Name of the partition.</summary>
    public string Name { get; }

    /// <summary>Where it begins; physical.</summary>
    public uint Offset { get; }

    /// <summary>Bytes it takes; physical.</summary>
    public uint Length { get; }

    /// <summary>Name and range.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} at 0x{Offset:x}+0x{Length:x}");
}
