using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Fal;

/// <summary>Finds the partition table in a bootloader.</summary>
internal static class FalReader
{
    /// <summary>More entries than any bootloader has; what follows is ignored.</summary>
    internal const int MaximumPartitions = 64;

    internal static ReadOnlySpan<byte> Magic => "01PE"u8;

    private static ReadOnlySpan<byte> FlashPrefix => "beken_"u8;

    /// <summary>Finds the last table in the logical bytes of a bootloader, as RT-Thread's flash layer does by searching backwards.</summary>
    /// <param name="logical">Bootloader bytes without page CRCs; plain, or as stored (the table is not enciphered with the rest).</param>
    /// <param name="isPlain">Recorded in the table: whether <paramref name="logical"/> are the bytes as stored.</param>
    /// <returns>The table, or null when there is none.</returns>
    /// <remarks>The magic word also occurs as a literal in code; the printable name and the flash name tell a real entry from that.</remarks>
    public static FalTable? Find(ReadOnlySpan<byte> logical, bool isPlain = true)
    {
        for (int last = logical.LastIndexOf(Magic); last >= 0; last = logical.Slice(0, last).LastIndexOf(Magic))
        {
            if (!TryReadEntry(logical, last, out _))
                continue;
            int first = last;
            while (first >= FalPartition.Size && TryReadEntry(logical, first - FalPartition.Size, out _))
                first -= FalPartition.Size;
            return new FalTable(first, isPlain, ReadEntries(logical, first));
        }
        return null;
    }

    /// <summary>
    /// The table of a bootloader of BK7236 and its kin, where offsets are physical throughout. Told by the bootloader's slot: its 68 KiB of
    /// flash hold 64 KiB of program, and which of the two is written says how is counted. Null for every other table.
    /// </summary>
    /// <param name="logical">As in <see cref="Find"/>.</param>
    /// <param name="isPlain">As in <see cref="Find"/>.</param>
    public static FalTable? FindPhysical(ReadOnlySpan<byte> logical, bool isPlain = true)
    {
        if (Find(logical, isPlain) is not { } table || !table.Partitions.Any(CountsInFlash))
            return null;
        var partitions = table.Partitions.Select(entry => new FalPartition(entry.Bytes.ToArray(), isPhysical: true)).ToArray();
        return new FalTable(table.LogicalOffset, isPlain, partitions);
    }

    private static bool CountsInFlash(FalPartition entry) => entry.IsStriped && entry.Name switch
    {
        PartitionNames.Bootloader => entry is { Offset: 0, Length: FlashGeometry.AppOffset },
        PartitionNames.App => entry.Offset == FlashGeometry.AppOffset,
        _ => false,
    };

    private static List<FalPartition> ReadEntries(ReadOnlySpan<byte> logical, int first)
    {
        var partitions = new List<FalPartition>();
        for (int at = first; partitions.Count < MaximumPartitions && TryReadEntry(logical, at, out var partition); at += FalPartition.Size)
            partitions.Add(partition);
        return partitions;
    }

    private static bool TryReadEntry(ReadOnlySpan<byte> logical, int offset, [NotNullWhen(true)] out FalPartition? partition)
    {
        partition = null;
        var reader = new SpanReader(logical);
        if (!reader.TrySeek(offset) || !reader.TryReadBytes(FalPartition.Size, out var entry) || !entry.StartsWith(Magic))
            return false;
        var name = entry.Slice(FalPartition.NameOffset, FalPartition.NameSize);
        int nameLength = name.IndexOf((byte)0);
        if (nameLength < 0)
            nameLength = name.Length;
        if (nameLength == 0 || !Text.IsPrintable(name.Slice(0, nameLength)))
            return false;
        if (!entry.Slice(FalPartition.FlashOffset).StartsWith(FlashPrefix))
            return false;
        partition = new FalPartition(entry.ToArray());
        return true;
    }
}
