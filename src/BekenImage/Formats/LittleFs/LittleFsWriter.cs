namespace BekenImage.Formats.LittleFs;

/// <summary>
/// Makes LittleFS volumes that OpenBeken mounts: disk version 2.0, files of at most 16 bytes inline, one commit per directory block.
/// A volume is always written anew. Same entries, same bytes; their order does not matter.
/// </summary>
public static class LittleFsWriter
{
    internal const int OpenBekenBlockSize = 4096;
    internal const int NameLimit = LittleFsNames.MaximumLength;
    internal const int FileLimit = 0x7FFFFFFF;
    internal const int AttributeLimit = 1022;

    private const int MinimumBlocks = 2;
    private const int MaximumBlocks = 65536;

    /// <summary>Makes an empty volume.</summary>
    /// <param name="length">Its size in bytes, a multiple of 4096 from 0x2000 on; OpenBeken uses 0x4000 and more.</param>
    /// <exception cref="BekenImageException">The size is not possible (<see cref="FindingCode.LittleFsSizeRefused"/>).</exception>
    public static byte[] CreateEmpty(int length) => Create(length, []);

    /// <summary>Makes a volume of files and directories.</summary>
    /// <param name="length">Its size in bytes, a multiple of 4096 from 0x2000 on; OpenBeken uses 0x4000 and more.</param>
    /// <param name="entries">What it shall hold. Directories on the way to a file need not be given.</param>
    /// <exception cref="BekenImageException">The size is not possible (<see cref="FindingCode.LittleFsSizeRefused"/>), the entries do not
    /// fit (<see cref="FindingCode.LittleFsDoesNotFit"/>, with both sizes), or a path is used twice
    /// (<see cref="FindingCode.LittleFsNameRefused"/>).</exception>
    public static byte[] Create(int length, IEnumerable<LittleFsEntry> entries)
    {
        if (entries is null)
            throw new ArgumentNullException(nameof(entries));
        if (length % OpenBekenBlockSize != 0 || length / OpenBekenBlockSize is < MinimumBlocks or > MaximumBlocks)
        {
            throw new BekenImageException(FindingCode.LittleFsSizeRefused, FormattableString.Invariant(
                $"a LittleFS volume cannot have 0x{length:x} bytes: it must be a multiple of 0x1000, from 0x2000 to 0x10000000"));
        }
        var superblock = NewSuperblock((uint)(length / OpenBekenBlockSize));
        return Build(LittleFsPlan.Make(superblock, entries, []), superblock);
    }

    /// <summary>The smallest size, in bytes, of a volume that holds the entries. Leave the firmware room to write.</summary>
    /// <param name="entries">What it shall hold.</param>
    /// <exception cref="BekenImageException">A path is used twice (<see cref="FindingCode.LittleFsNameRefused"/>), or there are more
    /// entries than one volume may have (<see cref="FindingCode.LittleFsDoesNotFit"/>).</exception>
    public static long LengthFor(IEnumerable<LittleFsEntry> entries)
    {
        if (entries is null)
            throw new ArgumentNullException(nameof(entries));
        return LittleFsPlan.Make(NewSuperblock(MaximumBlocks), entries, []).BlocksNeeded * (long)OpenBekenBlockSize;
    }

    /// <summary>
    /// Makes a volume again with some files put in, replaced or removed: everything is read and written into a fresh volume of the same
    /// size and block size. User attributes stay, those of a replaced file too unless the new one brings its own.
    /// </summary>
    /// <param name="volume">The volume as it is.</param>
    /// <param name="put">Files and directories to put in; those of the same path are replaced. Null for none.</param>
    /// <param name="remove">Paths to remove first, a directory with all it holds. Null for none.</param>
    /// <returns>The bytes of the volume, <see cref="LittleFsVolume.Length"/> of them, disk version 2.0. Free blocks are erased: what was
    /// deleted before is gone.</returns>
    /// <exception cref="BekenImageException">The volume is damaged beyond what is replaced or removed
    /// (<see cref="FindingCode.LittleFsDamagedVolume"/>), a path to remove is not there (<see cref="FindingCode.LittleFsNotFound"/>), a
    /// path is used twice, or by a file and a directory (<see cref="FindingCode.LittleFsNameRefused"/>), or all does not fit
    /// (<see cref="FindingCode.LittleFsDoesNotFit"/>, with both sizes).</exception>
    public static byte[] Rebuild(LittleFsVolume volume, IEnumerable<LittleFsEntry>? put = null, IEnumerable<string>? remove = null)
    {
        if (volume is null)
            throw new ArgumentNullException(nameof(volume));
        var entries = volume.Entries.ToList();
        foreach (string path in remove ?? [])
            Remove(entries, path ?? throw new ArgumentException("A path is null.", nameof(remove)), volume.Offset);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in put ?? [])
        {
            if (entry is null)
                throw new ArgumentException("An entry is null.", nameof(put));
            if (!given.Add(entry.Path))
                throw LittleFsPlan.UsedTwice(entry.Path);
            Put(entries, entry);
        }
        RefuseDamage(volume, entries);
        return Rewrite(volume, entries, volume.Attributes);
    }

    /// <summary>A fresh volume with the geometry of another, and nothing but these entries and attributes of the root.</summary>
    internal static byte[] Rewrite(LittleFsVolume volume, IReadOnlyList<LittleFsEntry> entries, IReadOnlyList<LittleFsAttribute> attributes)
    {
        var old = volume.Superblock;
        var superblock = new LittleFsSuperblock(
            LittleFsSuperblock.Version20, old.BlockSize, old.BlockCount, old.NameLimit, old.FileLimit, old.AttributeLimit);
        return Build(LittleFsPlan.Make(superblock, entries, attributes), superblock);
    }

    private static LittleFsSuperblock NewSuperblock(uint blockCount) =>
        new(LittleFsSuperblock.Version20, OpenBekenBlockSize, blockCount, NameLimit, FileLimit, AttributeLimit);

    private static void Remove(List<LittleFsEntry> entries, string path, long offset)
    {
        int removed = entries.RemoveAll(entry => entry.Path == path || entry.Path.StartsWith(path + "/", StringComparison.Ordinal));
        if (removed == 0)
        {
            throw new BekenImageException(
                FindingCode.LittleFsNotFound, $"the LittleFS volume has no '{LittleFsNames.Shorten(path)}'; names are told apart by case", offset);
        }
    }

    private static void Put(List<LittleFsEntry> entries, LittleFsEntry entry)
    {
        int index = entries.FindIndex(other => other.Path == entry.Path);
        if (index < 0)
        {
            entries.Add(entry);
            return;
        }
        var old = entries[index];
        if (old.IsDirectory != entry.IsDirectory)
        {
            throw new BekenImageException(FindingCode.LittleFsNameRefused,
                $"'{LittleFsNames.Shorten(entry.Path)}' is a {(old.IsDirectory ? "directory" : "file")} in the volume; remove it first");
        }
        entries[index] = entry.WithPath(old.RawPath).WithAttributes(entry.Attributes.Count > 0 ? entry.Attributes : old.Attributes);
    }

    private static void RefuseDamage(LittleFsVolume volume, List<LittleFsEntry> entries)
    {
        string? why = volume.IsClipped ? "the image ends before the volume does"
            : entries.FirstOrDefault(entry => !entry.IsComplete) is { } damaged
                ? $"the content of '{LittleFsNames.Shorten(damaged.Path)}' is damaged; remove or replace that file"
                : volume.Findings.FirstOrDefault(IsLoss) is { } loss ? loss.Message : null;
        if (why is not null)
        {
            throw new BekenImageException(
                FindingCode.LittleFsDamagedVolume, "the LittleFS volume cannot be changed without losing what it held: " + why, volume.Offset);
        }
    }

    // A damaged file that is replaced or removed is no loss any more; everything else is.
    private static bool IsLoss(Finding finding) =>
        finding.Severity == FindingSeverity.Error && finding.Code != FindingCode.LittleFsFileDamaged;

    private static byte[] Build(LittleFsPlan plan, LittleFsSuperblock superblock)
    {
        plan.RequireFit();
        byte[] bytes = plan.ToArray();
        var findings = new List<Finding>();
        bool isSame = LittleFsReader.TryRead(bytes, 0, findings, out var volume) && !volume.IsDamaged &&
                      volume.Superblock.HasGeometryOf(superblock) && plan.Holds(volume.Entries);
        return isSame ? bytes : throw new InvalidOperationException("The LittleFS volume that was made does not read back; this is a fault of the library.");
    }
}
