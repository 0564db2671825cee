using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>Finds and reads Tuya's UF file system.</summary>
/// <remarks>
/// Superblock: 0 u32 0x98764321 | 4 u32 sum of the bytes 8..4095 | 8 u32 generation | 12 u16 0 | 14 u16 number of files | 16 entries of 100
/// bytes: char[32] name, u32 size, 64 bytes sector list.
/// </remarks>
internal static class UfReader
{
    /// <summary>Superblocks that are looked at; a chip has two.</summary>
    private const int Limit = 16;

    private const long StartN = 0x1D2000;
    private const long StartT = 0x1E3000;
    private const long DefaultLength = 0x18000;
    private const long FirstLengthT = 0xB000;
    private const long KeyBlockQ = 0x1EB000;

    private static readonly long[] MoreAreasT = [0x1D8000, 0x12A000];

    /// <summary>Reads the file system of an image, or of a piece of one.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="storageOffset">Offset of the Tuya key block, which ends the first area; null where there is none.</param>
    /// <param name="findings">Receives what is odd; may be null.</param>
    /// <param name="fileSystem">The file system, or null.</param>
    /// <returns>True when there is a superblock with a right sum. Never throws on content.</returns>
    public static bool TryRead(ReadOnlySpan<byte> image, long? storageOffset, ICollection<Finding>? findings,
        [NotNullWhen(true)] out UfFileSystem? fileSystem) => TryRead(image, storageOffset, findings, phase: 0, out fileSystem);

    /// <summary>The same for a piece whose first sector begins at <paramref name="phase"/>.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> image, long? storageOffset, ICollection<Finding>? findings, int phase,
        [NotNullWhen(true)] out UfFileSystem? fileSystem)
    {
        findings ??= [];
        fileSystem = null;
        var superblocks = FindSuperblocks(image, findings, phase);
        var first = superblocks.FirstOrDefault(block => block.SumOk);
        if (first is null)
            return false;
        // The two superblocks are the first two sectors. Where only the second is left, the known places tell.
        var partner = superblocks.FirstOrDefault(block => Math.Abs(block.Offset - first.Offset) == FlashGeometry.SectorSize);
        long start = Math.Min(first.Offset, partner?.Offset ?? first.Offset);
        if (partner is null && start - FlashGeometry.SectorSize is StartN or StartT)
            start -= FlashGeometry.SectorSize;
        var copies = partner is null ? [first] : superblocks.Where(block => block == first || block == partner).ToList();
        var newest = copies.Where(block => block.SumOk).OrderByDescending(block => block.Generation).ThenBy(block => block.Offset).First();
        var areas = AreasOf(start, storageOffset);
        fileSystem = new UfFileSystem(areas, copies, newest, ReadFiles(image, newest, areas, findings));
        return true;
    }

    /// <summary>Reads the file system of an image; the overload for callers without spans.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="storageOffset">Offset of the Tuya key block, which ends the first area; null where there is none.</param>
    /// <param name="findings">Receives what is odd; may be null.</param>
    /// <param name="fileSystem">The file system, or null.</param>
    /// <returns>True when there is a superblock with a right sum. Never throws on content.</returns>
    public static bool TryRead(byte[] image, long? storageOffset, ICollection<Finding>? findings,
        [NotNullWhen(true)] out UfFileSystem? fileSystem) =>
        TryRead((image ?? throw new ArgumentNullException(nameof(image))).AsSpan(), storageOffset, findings, out fileSystem);

    private static List<UfSuperblock> FindSuperblocks(ReadOnlySpan<byte> image, ICollection<Finding> findings, int phase)
    {
        var found = new List<UfSuperblock>();
        for (int offset = phase; offset <= image.Length - FlashGeometry.SectorSize && found.Count < Limit; offset += FlashGeometry.SectorSize)
        {
            var sector = image.Slice(offset, FlashGeometry.SectorSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(sector) != UfFileSystem.Magic)
                continue;
            var reader = new SpanReader(sector);
            reader.TrySeek(8);
            reader.TryReadUInt32(out uint generation);
            reader.TryReadUInt16(out _);
            reader.TryReadUInt16(out ushort fileCount);
            bool sumOk = TuyaCipher.IsSumRight(sector);
            if (!sumOk)
                findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UfSuperblockSum,
                    "The sum over a UF superblock is wrong; it is not used.", offset));
            found.Add(new UfSuperblock(offset, sector.ToArray(), generation, fileCount, sumOk));
        }
        return found;
    }

    /// <summary>
    /// N: one area. T: three, used as one sequence. Q: as T, but its storage begins earlier and no others were met. In a piece, where nothing
    /// is at its address, T's distance from file system to storage tells it from the others.
    /// </summary>
    private static List<FlashRange> AreasOf(long start, long? storageOffset)
    {
        bool isT = start == StartT ? storageOffset != KeyBlockQ : storageOffset - start == FirstLengthT;
        long end = start + (start == StartT || isT ? FirstLengthT : DefaultLength);
        if (storageOffset is { } storage && storage > start && storage < end)
            end = storage;
        var areas = new List<FlashRange> { FlashRange.FromBounds(start, end) };
        if (isT)
            areas.AddRange(MoreAreasT.Select(area => start - StartT + area).Where(area => area >= 0).Select(area => new FlashRange(area, 0x8000)));
        return areas;
    }

    internal static List<UfFile> ReadFiles(ReadOnlySpan<byte> image, UfSuperblock superblock, IReadOnlyList<FlashRange> areas,
        ICollection<Finding> findings)
    {
        var files = new List<UfFile>();
        var taken = new HashSet<int>();
        var reader = new SpanReader(superblock.Bytes);
        reader.TrySeek(UfFileSystem.EntriesOffset);
        for (int i = 0; i < superblock.FileCount && i < UfFileSystem.EntryLimit; i++)
        {
            long entryOffset = superblock.Offset + reader.Position;
            reader.TryReadText(UfFileSystem.NameSize, out string name);
            reader.TryReadUInt32(out uint length);
            reader.TryReadBytes(UfFileSystem.SectorListSize, out var list);
            files.Add(ReadFile(image, name, length, list, areas, taken, entryOffset, findings));
        }
        if (superblock.FileCount > UfFileSystem.EntryLimit)
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UfFileSectors, FormattableString.Invariant(
                $"The UF superblock states {superblock.FileCount} files; {UfFileSystem.EntryLimit} fit."), superblock.Offset));
        return files;
    }

    private static UfFile ReadFile(ReadOnlySpan<byte> image, string name, uint length, ReadOnlySpan<byte> list, IReadOnlyList<FlashRange> areas,
        HashSet<int> taken, long entryOffset, ICollection<Finding> findings)
    {
        long needed = ((long)length + FlashGeometry.SectorSize - 1) / FlashGeometry.SectorSize;
        if (needed > 1)
            findings.Add(new Finding(FindingSeverity.Info, FindingCode.UfFileSectorList,
                "A UF file takes more than one sector; how its list is stored is inferred.", entryOffset));
        if (needed == 0)
            return new UfFile(name, length, [], [], default);
        var sectors = ReadSectorList(list, needed, 1, areas, image.Length) ?? ReadSectorList(list, needed, 2, areas, image.Length);
        if (sectors is null || sectors.Any(taken.Contains))
        {
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UfFileSectors,
                "A UF file states sectors that do not exist or belong to another file.", entryOffset));
            return new UfFile(name, length, [], [], default);
        }
        taken.UnionWith(sectors);
        var offsets = sectors.Select(sector => OffsetOf(sector, areas)).ToList();
        var data = new byte[length];
        for (int i = 0; i < offsets.Count; i++)
        {
            var target = data.AsSpan(i * FlashGeometry.SectorSize);
            image.Slice((int)offsets[i], Math.Min(FlashGeometry.SectorSize, target.Length)).CopyTo(target);
        }
        return new UfFile(name, length, sectors, offsets, data);
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
            if (sector < 2 || offset < 0 || offset > imageLength - FlashGeometry.SectorSize || sectors.Contains(sector))
                return null;
            sectors.Add(sector);
        }
        return sectors;
    }

    /// <summary>Where a sector of the sequence lies, or -1.</summary>
    internal static long OffsetOf(int sector, IReadOnlyList<FlashRange> areas)
    {
        long rest = (long)sector * FlashGeometry.SectorSize;
        foreach (var area in areas)
        {
            if (rest < area.Length)
                return area.Start + rest;
            rest -= area.Length;
        }
        return -1;
    }
}
