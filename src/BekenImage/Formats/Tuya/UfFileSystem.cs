namespace BekenImage.Formats.Tuya;

/// <summary>A file of Tuya's UF file system. Immutable.</summary>
public sealed class UfFile
{
    internal UfFile(string name, long length, IReadOnlyList<int> sectors, IReadOnlyList<long> offsets, ReadOnlyMemory<byte> data)
    {
        Name = name;
        Length = length;
        Sectors = sectors;
        Offsets = offsets;
        Data = data;
    }

    /// <summary>Its name, one character a byte.</summary>
    public string Name { get; }

    /// <summary>The length its entry states, in bytes.</summary>
    public long Length { get; }

    /// <summary>Numbers of its sectors in the sequence, in order; empty where the list cannot be followed.</summary>
    public IReadOnlyList<int> Sectors { get; }

    /// <summary>Physical, un-rotated offsets of its sectors, in order.</summary>
    public IReadOnlyList<long> Offsets { get; }

    /// <summary>Its content; empty where its sectors cannot be read.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The content as text, without NULs behind it; null where it is none.</summary>
    public string? Text => TuyaText.Decode(Data.Span);

    /// <summary>Name and length.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({Length} bytes)");
}

/// <summary>One of the two copies of the directory of a UF file system.</summary>
public sealed class UfSuperblock
{
    internal UfSuperblock(long offset, byte[] bytes, uint generation, int fileCount, bool sumOk)
    {
        Offset = offset;
        Bytes = bytes;
        Generation = generation;
        FileCount = fileCount;
        SumOk = sumOk;
    }

    /// <summary>Physical, un-rotated offset of the sector.</summary>
    public long Offset { get; }

    /// <summary>The copy with the higher one counts.</summary>
    public uint Generation { get; }

    /// <summary>Number of entries it states.</summary>
    public int FileCount { get; }

    /// <summary>True when the sum over it is right.</summary>
    public bool SumOk { get; }

    internal byte[] Bytes { get; }
}

/// <summary>
/// The plain small file system of Tuya's SDKs. Its sectors are numbered through one to three areas of the flash; the first two are the
/// superblocks. Immutable.
/// </summary>
public sealed class UfFileSystem
{
    internal const uint Magic = 0x98764321;
    internal const int FileCountOffset = 14;
    internal const int EntriesOffset = 16;
    internal const int EntrySize = 100;
    internal const int NameSize = 32;
    internal const int SectorListOffset = 36;
    internal const int SectorListSize = 64;
    internal const int EntryLimit = (FlashGeometry.SectorSize - EntriesOffset) / EntrySize;

    internal UfFileSystem(IReadOnlyList<FlashRange> areas, IReadOnlyList<UfSuperblock> superblocks, UfSuperblock newest,
        IReadOnlyList<UfFile> files)
    {
        Areas = areas;
        Superblocks = superblocks;
        Newest = newest;
        Files = files;
    }

    /// <summary>Physical, un-rotated offset of the first area.</summary>
    public long Offset => Areas[0].Start;

    /// <summary>The areas whose sectors make the sequence, in that order; they may reach beyond a piece of an image.</summary>
    public IReadOnlyList<FlashRange> Areas { get; }

    /// <summary>The copies of the directory that were found.</summary>
    public IReadOnlyList<UfSuperblock> Superblocks { get; }

    /// <summary>The copy that counts.</summary>
    public UfSuperblock Newest { get; }

    /// <summary>The files, in stored order.</summary>
    public IReadOnlyList<UfFile> Files { get; }

    /// <summary>The first file of that name, or null.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    public UfFile? Find(string name) => Files.FirstOrDefault(file => file.Name == name);

    /// <summary>Where it begins and how much it holds.</summary>
    public override string ToString() => FormattableString.Invariant($"UF file system at 0x{Offset:x}, {Files.Count} files");
}
