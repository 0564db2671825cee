using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>Changes files of Tuya's UF file system within the sectors they have.</summary>
internal static class UfWriter
{
    /// <summary>Replaces the content of a file.</summary>
    /// <param name="fileSystem">The file system as read.</param>
    /// <param name="name">Name of an existing file.</param>
    /// <param name="data">The new content, at least one byte.</param>
    /// <returns>The sectors that changed: those of the file, and the superblocks where the length changes. None where nothing does.</returns>
    /// <exception cref="BekenImageException">There is no such file, or it has too few sectors.</exception>
    public static IReadOnlyList<TuyaSector> SetFile(UfFileSystem fileSystem, string name, ReadOnlySpan<byte> data)
    {
        var changed = new SortedDictionary<long, byte[]>();
        SetFile(fileSystem ?? throw new ArgumentNullException(nameof(fileSystem)), name, data, changed);
        return changed.Select(pair => new TuyaSector(pair.Key, pair.Value)).ToList();
    }

    /// <summary>Replaces the content of a file; the overload for callers without spans.</summary>
    /// <param name="fileSystem">The file system as read.</param>
    /// <param name="name">Name of an existing file.</param>
    /// <param name="data">The new content, at least one byte.</param>
    /// <returns>The sectors that changed.</returns>
    /// <exception cref="BekenImageException">There is no such file, or it has too few sectors.</exception>
    public static IReadOnlyList<TuyaSector> SetFile(UfFileSystem fileSystem, string name, byte[] data) =>
        SetFile(fileSystem, name, (data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>Adds to the sectors changed so far, so that several files can change at once.</summary>
    internal static void SetFile(UfFileSystem fileSystem, string name, ReadOnlySpan<byte> data, SortedDictionary<long, byte[]> changed)
    {
        var file = fileSystem.Find(name) ?? throw new BekenImageException(FindingCode.UfFileTooLarge, "There is no such UF file.", fileSystem.Offset);
        if (file.Data.Length == file.Length && file.Data.Span.SequenceEqual(data))
            return;
        int needed = (data.Length + FlashGeometry.SectorSize - 1) / FlashGeometry.SectorSize;
        if (needed == 0 || needed > file.Offsets.Count)
            throw new BekenImageException(FindingCode.UfFileTooLarge, FormattableString.Invariant(
                $"The UF file has {file.Offsets.Count} sectors of 4096 bytes, {data.Length} bytes need {needed}; nothing was written."), fileSystem.Offset);
        for (int i = 0; i < needed; i++)
        {
            var part = data.Slice(i * FlashGeometry.SectorSize);
            part = part.Slice(0, Math.Min(part.Length, FlashGeometry.SectorSize));
            changed[file.Offsets[i]] = ByteRuns.Erased(FlashGeometry.SectorSize, part);
        }
        if (data.Length == file.Length)
            return;
        foreach (var superblock in fileSystem.Superblocks.Where(block => block.SumOk))
            Resize(superblock, fileSystem.Newest, file, data.Length, changed);
    }

    /// <summary>Renews the length in a superblock that names the file in these sectors; the older copy may know another version of it.</summary>
    private static void Resize(UfSuperblock superblock, UfSuperblock newest, UfFile file, int length, SortedDictionary<long, byte[]> changed)
    {
        int entry = EntryOf(superblock, file.Name);
        if (entry < 0)
            return;
        var list = SectorListOf(superblock, entry);
        if (superblock != newest && !list.SequenceEqual(SectorListOf(newest, EntryOf(newest, file.Name))))
            return;
        if (!changed.TryGetValue(superblock.Offset, out byte[]? bytes))
            changed[superblock.Offset] = bytes = superblock.Bytes.ToArray();
        int needed = (length + FlashGeometry.SectorSize - 1) / FlashGeometry.SectorSize;
        int width = file.Sectors.Count > 1 && list[1] != file.Sectors[1] ? 2 : 1;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + UfFileSystem.NameSize), (uint)length);
        bytes.AsSpan(entry + UfFileSystem.SectorListOffset + needed * width, (file.Sectors.Count - needed) * width).Clear();
        TuyaCipher.RenewSum(bytes);
    }

    private static ReadOnlySpan<byte> SectorListOf(UfSuperblock superblock, int entry) =>
        superblock.Bytes.AsSpan(entry + UfFileSystem.SectorListOffset, UfFileSystem.SectorListSize);

    private static int EntryOf(UfSuperblock superblock, string name)
    {
        for (int i = 0; i < superblock.FileCount && i < UfFileSystem.EntryLimit; i++)
        {
            int entry = UfFileSystem.EntriesOffset + i * UfFileSystem.EntrySize;
            if (Text.FromNulTerminated(superblock.Bytes.AsSpan(entry, UfFileSystem.NameSize)) == name)
                return entry;
        }
        return -1;
    }
}
