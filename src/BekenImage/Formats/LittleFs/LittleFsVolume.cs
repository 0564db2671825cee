namespace BekenImage.Formats.LittleFs;

/// <summary>A LittleFS volume as it was read. Immutable; a view of the image's bytes. Source: FORMAT.md beside this file.</summary>
public sealed class LittleFsVolume
{
    internal LittleFsVolume(
        long offset,
        ReadOnlyMemory<byte> bytes,
        LittleFsSuperblock superblock,
        IReadOnlyList<LittleFsEntry> entries,
        IReadOnlyList<LittleFsAttribute> attributes,
        LittleFsBlockUse use,
        IReadOnlyList<Finding> findings)
    {
        Offset = offset;
        Bytes = bytes;
        Superblock = superblock;
        Entries = entries;
        Files = entries.Where(entry => !entry.IsDirectory).ToArray();
        Attributes = attributes;
        UsedBlocks = use.UsedBlocks;
        Findings = findings;
    }

    /// <summary>Physical offset of block 0.</summary>
    public long Offset { get; }

    /// <summary>Length in bytes as the superblock states it: block count times block size. The image may end before (<see cref="IsClipped"/>).</summary>
    public long Length => (long)BlockCount * BlockSize;

    /// <summary>The range of the volume, physical.</summary>
    public FlashRange Range => new(Offset, Length);

    /// <summary>The bytes that are there, from block 0 on; fewer than <see cref="Length"/> where the volume is clipped.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Bytes of a block; 4096 in OpenBeken's volumes.</summary>
    public int BlockSize => (int)Superblock.BlockSize;

    /// <summary>Number of blocks.</summary>
    public int BlockCount => (int)Superblock.BlockCount;

    /// <summary>Blocks that hold metadata or content.</summary>
    public int UsedBlocks { get; }

    /// <summary>Disk version, upper number: 2.</summary>
    public int MajorVersion => (int)(Superblock.Version >> 16);

    /// <summary>Disk version, lower number: 0 in OpenBeken's volumes, 1 from newer tools (OpenBeken refuses those).</summary>
    public int MinorVersion => (int)(Superblock.Version & 0xFFFF);

    /// <summary>Files and directories, sorted bytewise by their names, each directory before what it holds.</summary>
    public IReadOnlyList<LittleFsEntry> Entries { get; }

    /// <summary>The files alone.</summary>
    public IReadOnlyList<LittleFsEntry> Files { get; }

    /// <summary>User attributes of the root directory.</summary>
    public IReadOnlyList<LittleFsAttribute> Attributes { get; }

    /// <summary>What is wrong or remarkable about it.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>True when something could not be read; see <see cref="Findings"/>.</summary>
    public bool IsDamaged => Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    /// <summary>True when the image ends before the volume does.</summary>
    public bool IsClipped => Bytes.Length < Length;

    internal LittleFsSuperblock Superblock { get; }

    /// <summary>The file or directory of that path, or null.</summary>
    /// <param name="path">Path from the root with <c>/</c> between the names, as in <see cref="LittleFsEntry.Path"/>.</param>
    public LittleFsEntry? Find(string path) => Entries.FirstOrDefault(entry => string.Equals(entry.Path, path, StringComparison.Ordinal));

    /// <summary>Version, place and how much it holds.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"LittleFS {MajorVersion}.{MinorVersion} at {Range}, {Files.Count} files");
}
