using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>Finds and reads Tuya's UF file system.</summary>
/// <remarks>
/// Superblock: 0 u32 0x98764321 | 4 u32 sum of the bytes 8..4095 | 8 u32 generation | 12 u16 0 | 14 u16 number of files | 16 entries of 100
/// bytes: char[32] name, u32 size, 64 bytes sector list.
/// </remarks>
public static class UFReader
{
    /// <summary>Superblocks that are looked at; a chip has two.</summary>
    private const int Limit = 16;

    private const long StartN = 0x1D2000;
    private const long StartT = 0x1E3000;
    private const long DefaultLength = 0x18000;
    private const long KeyBlockQ = 0x1EB000;

    /// <summary>Reads the file system of an image, or of a piece of one.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="storageOffset">Offset of the Tuya key block, which ends the first area; null where there is none.</param>
    /// <param name="findings">Receives what is odd; may be null.</param>
    /// <param name="fileSystem">The file system, or null.</param>
    /// <returns>True when there is a superblock with a right sum. Never throws on content.</returns>
    public static bool TryRead(ReadOnlySpan<byte> image, long? storageOffset, ICollection<Finding>? findings,
        [NotNullWhen(true)] out UFFileSystem? fileSystem)
    {
        findings ??= [];
        fileSystem = null;
        var superblocks = FindSuperblocks(image, findings);
        var first = superblocks.FirstOrDefault(block => block.SumOk);
        if (first is null)
            return false;
        // The two superblocks are the first two sectors. Where only the second is left, the known places tell.
        var partner = superblocks.FirstOrDefault(block => Math.Abs(block.Offset - first.Offset) == TuyaSector.Size);
        long start = Math.Min(first.Offset, partner?.Offset ?? first.Offset);
        if (partner is null && start - TuyaSector.Size is StartN or StartT)
            start -= TuyaSector.Size;
        var copies = partner is null ? [first] : superblocks.Where(block => block == first || block == partner).ToList();
        var newest = copies.Where(block => block.SumOk).OrderByDescending(block => block.Generation).ThenBy(block => block.Offset).First();
        var areas = AreasOf(start, storageOffset);
        fileSystem = new UFFileSystem(areas, copies, newest, ReadFiles(image, newest, areas, findings));
        return true;
    }

    /// <summary>Reads the file system of an image; the overload for callers without spans.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="storageOffset">Offset of the Tuya key block, which ends the first area; null where there is none.</param>
    /// <param name="findings">Receives what is odd; may be null.</param>
    /// <param name="fileSystem">The file system, or null.</param>
    /// <returns>True when there is a superblock with a right sum. Never throws on content.</returns>
    public static bool TryRead(byte[] image, long? storageOffset, ICollection<Finding>? findings,
        [NotNullWhen(true)] out UFFileSystem? fileSystem) =>
        TryRead((image ?? throw new ArgumentNullException(nameof(image))).AsSpan(), storageOffset, findings, out fileSystem);

    private static List<UFSuperblock> FindSuperblocks(ReadOnlySpan<byte> image, ICollection<Finding> findings)
    {
        var found = new List<UFSuperblock>();
        for (int offset = 0; offset <= image.Length - TuyaSector.Size && found.Count < Limit; offset += TuyaSector.Size)
        {
            var sector = image.Slice(offset, TuyaSector.Size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(sector) != UFFileSystem.Magic)
                continue;
            var reader = new SpanReader(sector);
            reader.TrySeek(8);
            reader.TryReadUInt32(out uint generation);
            reader.TryReadUInt16(out _);
            reader.TryReadUInt16(out ushort fileCount);
            bool sumOk = TuyaCipher.IsSumRight(sector);
            if (!sumOk)
                findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UFSuperblockSum,
                    "The sum over a UF superblock is wrong; it is not used.", offset));
            found.Add(new UFSuperblock(offset, sector.ToArray(), generation, fileCount, sumOk));
        }
        return found;
    }

    /// <summary>N: one area. T: three, used as one sequence. Q: as T, but its storage begins earlier and no others were met.</summary>
    private static List<FlashRange> AreasOf(long start, long? storageOffset)
    {
        long end = start + (start == StartT ? 0xB000 : DefaultLength);
        if (storageOffset is { } storage && storage > start && storage < end)
            end = storage;
        var areas = new List<FlashRange> { FlashRange.FromBounds(start, end) };
        if (start == StartT && storageOffset != KeyBlockQ)
        {
            areas.Add(new FlashRange(0x1D8000, 0x8000));
            areas.Add(new FlashRange(0x12A000, 0x8000));
        }
        return areas;
    }

    internal static List<UFFile> ReadFiles(ReadOnlySpan<byte> image, UFSuperblock superblock, IReadOnlyList<FlashRange> areas,
        ICollection<Finding> findings)
    {
        var files = new List<UFFile>();
        var taken = new HashSet<int>();
        var reader = new SpanReader(superblock.Bytes);
        reader.TrySeek(UFFileSystem.EntriesOffset);
        for (int i = 0; i < superblock.FileCount && i < UFFileSystem.EntryLimit; i++)
        {
            long entryOffset = superblock.Offset + reader.Position;
            reader.TryReadText(UFFileSystem.NameSize, out string name);
            reader.TryReadUInt32(out uint length);
            reader.TryReadBytes(UFFileSystem.SectorListSize, out var list);
            files.Add(ReadFile(image, name, length, list, areas, taken, entryOffset, findings));
        }
        if (superblock.FileCount > UFFileSystem.EntryLimit)
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UFFileSectors, FormattableString.Invariant(
                $"The UF superblock states {superblock.FileCount} files; {UFFileSystem.EntryLimit} fit."), superblock.Offset));
        return files;
    }

    private static UFFile ReadFile(ReadOnlySpan<byte> image, string name, uint length, ReadOnlySpan<byte> list, IReadOnlyList<FlashRange> areas,
        HashSet<int> taken, long entryOffset, ICollection<Finding> findings)
    {
        long needed = ((long)length + TuyaSector.Size - 1) / TuyaSector.Size;
        if (needed > 1)
            findings.Add(new Finding(FindingSeverity.Info, FindingCode.UFFileSectorList,
                "A UF file takes more than one sector; how its list is stored is inferred.", entryOffset));
        if (needed == 0)
            return new UFFile(name, length, [], [], default);
        var sectors = ReadSectorList(list, needed, 1, areas, image.Length) ?? ReadSectorList(list, needed, 2, areas, image.Length);
        if (sectors is null || sectors.Any(taken.Contains))
        {
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UFFileSectors,
                "A UF file states sectors that do not exist or belong to another file.", entryOffset));
            return new UFFile(name, length, [], [], default);
        }
        taken.UnionWith(sectors);
        var offsets = sectors.Select(sector => OffsetOf(sector, areas)).ToList();
        var data = new byte[length];
        for (int i = 0; i < offsets.Count; i++)
        {
            var target = data.AsSpan(i * TuyaSector.Size);
            image.Slice((int)offsets[i], Math.Min(TuyaSector.Size, target.Length)).CopyTo(target);
        }
        return new UFFile(name, length, sectors, offsets, data);
    }

    /// <summary>The list with entries of one or two bytes, or null where it is none: the numbers must exist, differ and be no superblock.</summary>
    private static List<int>? ReadSectorList(ReadOnlySpan<byte> list, long needed, int width, IReadOnlyList<FlashRange> areas, long imageLength)
    {
        if (needed * width > list.Length)
            return null;
        var sectors = new List<int>();
        for (int i = 0; i < needed; i++)
        {
            int sector = width == 1 ? list[i] : BinaryPrimitives.ReadUInt16LittleEndian(list.Slice(2 * i));
            long offset = OffsetOf(sector, areas);
            if (sector < 2 || offset < 0 || offset > imageLength - TuyaSector.Size || sectors.Contains(sector))
                return null;
            sectors.Add(sector);
        }
        return sectors;
    }

    /// <summary>Where a sector of the sequence lies, or -1.</summary>
    internal static long OffsetOf(int sector, IReadOnlyList<FlashRange> areas)
    {
        long rest = (long)sector * TuyaSector.Size;
        foreach (var area in areas)
        {
            if (rest < area.Length)
                return area.Start + rest;
            rest -= area.Length;
        }
        return -1;
    }
}
