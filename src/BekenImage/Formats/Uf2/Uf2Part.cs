namespace BekenImage.Formats.Uf2;

/// <summary>Bytes in a row that a UF2 file brings for one partition, under one or more schemes. Immutable.</summary>
public sealed class Uf2Part
{
    /// <summary>Describes a part.</summary>
    /// <param name="name">Name of the partition, such as <c>download</c> or <c>app</c>.</param>
    /// <param name="schemes">Who takes it.</param>
    /// <param name="offset">Where its first byte goes, counted within the partition.</param>
    /// <param name="data">Its bytes.</param>
    public Uf2Part(string name, IReadOnlyList<Uf2Scheme> schemes, uint offset, byte[] data)
        : this(name, schemes, offset, (ReadOnlyMemory<byte>)(data ?? throw new ArgumentNullException(nameof(data))))
    {
    }

    internal Uf2Part(string name, IReadOnlyList<Uf2Scheme> schemes, uint offset, ReadOnlyMemory<byte> data)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Schemes = schemes ?? throw new ArgumentNullException(nameof(schemes));
        Offset = offset;
        Data = data;
    }

    /// <summary>Name of the partition.</summary>
    public string Name { get; }

    /// <summary>Who takes it.</summary>
    public IReadOnlyList<Uf2Scheme> Schemes { get; }

    /// <summary>Where its first byte goes, counted within the partition.</summary>
    public uint Offset { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Partition and length.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}, 0x{Data.Length:x} bytes");
}
