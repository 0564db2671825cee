using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.Uf2;

/// <summary>
/// A UF2 file: blocks of data for partitions, for one or more ways of flashing, and tags that describe it. Immutable; keeps its bytes.
/// Source: FORMAT.md.
/// </summary>
public sealed class Uf2Package
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal Uf2Package(
        ReadOnlyMemory<byte> bytes, IReadOnlyList<Uf2Block> blocks, IReadOnlyList<Uf2Part> parts, IReadOnlyList<Finding> findings)
    {
        _bytes = bytes;
        Blocks = blocks;
        Tags = blocks.SelectMany(block => block.Tags).ToArray();
        Parts = parts;
        Findings = findings;
    }

    /// <summary>The blocks that can be read, in stored order.</summary>
    public IReadOnlyList<Uf2Block> Blocks { get; }

    /// <summary>All tags in stored order.</summary>
    public IReadOnlyList<Uf2Tag> Tags { get; }

    /// <summary>What the file brings for which partition, by partition and offset.</summary>
    public IReadOnlyList<Uf2Part> Parts { get; }

    /// <summary>What is wrong or remarkable.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The family of chips: 0x7B3EF230 is BK7231N. Null where the file states none.</summary>
    public uint? Family => Blocks.Count == 0 ? null : Blocks[0].Family;

    /// <summary>Name of the firmware: <c>esphome</c>; null where the file states none.</summary>
    public string? FirmwareName => TextOf(Uf2Tag.Firmware);

    /// <summary>Version of the firmware; null where the file states none.</summary>
    public string? FirmwareVersion => TextOf(Uf2Tag.Version);

    /// <summary>The board, lower case: <c>generic-bk7231n-qfn32-tuya</c>; null where the file states none.</summary>
    public string? Board => TextOf(Uf2Tag.Board);

    /// <summary>LibreTiny's version; null where the file states none.</summary>
    public string? LibreTinyVersion => TextOf(Uf2Tag.LibreTinyVersion);

    /// <summary>Time of the build, seconds since 1970; null where the file states none.</summary>
    public uint? BuildTime => Find(Uf2Tag.BuildTime)?.Number;

    /// <summary>The partition table the file carries; empty where there is none.</summary>
    public IReadOnlyList<Uf2Partition> PartitionTable =>
        Find(Uf2Tag.PartitionTable) is { } table ? Uf2Reader.ReadTable(table.Value.Span) : [];

    /// <summary>Reads a file; nothing is copied but the parts, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="package">The file, or null.</param>
    /// <returns>False when it does not begin with UF2's magic words. A damaged file is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Uf2Package? package)
    {
        package = Uf2Block.StartsWithMagic(bytes.Span) ? Uf2Reader.Read(bytes) : null;
        return package is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out Uf2Package?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out Uf2Package? package) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out package);

    /// <summary>The part for a scheme, or null: the first of them where there are several.</summary>
    /// <param name="scheme">Who takes it.</param>
    /// <param name="name">Name of the partition; null for any.</param>
    public Uf2Part? FindPart(Uf2Scheme scheme, string? name = null) =>
        Parts.FirstOrDefault(part => part.Schemes.Contains(scheme) && (name is null || part.Name == name));

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Firmware, version and board.</summary>
    public override string ToString() => string.Join(" ", new[] { "UF2", FirmwareName, FirmwareVersion, Board }.Where(text => text is not null));

    private Uf2Tag? Find(int type) => Tags.LastOrDefault(tag => tag.Type == type);

    private string? TextOf(int type) => Find(type) is { Value.Length: > 0 } tag ? tag.Text : null;
}
