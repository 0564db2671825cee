using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>Reads secure partition tables and judges them. Source: FORMAT.md, section 1.</summary>
internal static class SecurePartitionReader
{
    /// <summary>No flash of this generation is larger; the packer refuses more.</summary>
    private const uint LargestFlash = 0x1000000;

    public static SecurePartitionTable? Read(ReadOnlyMemory<byte> bytes, long physicalOffset)
    {
        if (VersionOf(bytes.Span) is not { } version)
            return null;
        var partitions = new List<SecurePartition>();
        var findings = new List<Finding>();
        int at = SecurePartitionTable.RecordsOffset;
        for (; IsRecord(bytes.Span, at); at += SecurePartition.Size)
        {
            if (partitions.Count == SecurePartitionTable.MaximumPartitions)
            {
                findings.Add(Make(FindingSeverity.Warning, FindingCode.SecureTableTooLong, physicalOffset + at,
                    $"the partition table goes on after {partitions.Count} records; those behind are left out"));
                break;
            }
            var partition = new SecurePartition(bytes.Slice(at, SecurePartition.Size).ToArray(), version);
            if (Problem(partition) is { } problem)
                findings.Add(Make(FindingSeverity.Warning, FindingCode.SecureTableRecord, physicalOffset + at, problem));
            partitions.Add(partition);
        }
        AddOverlaps(partitions, physicalOffset, findings);
        return new SecurePartitionTable(bytes, version, partitions, findings);
    }

    /// <summary>The packer whose types these are: the first record of a known nature tells.</summary>
    public static SecureTypeOrder OrderOf(IReadOnlyList<SecurePartition> partitions)
    {
        int zero = 0, one = 0;
        foreach (var partition in partitions)
        {
            if (SecurePartitionNames.IsCode(partition.Name) is not { } isCode || partition.Type is not (0 or 1))
                continue;
            if (partition.Type == 0 == isCode)
                zero++;
            else
                one++;
        }
        return zero > one ? SecureTypeOrder.CodeIsZero : one > zero ? SecureTypeOrder.CodeIsOne : SecureTypeOrder.Unknown;
    }

    // A flash of at most 16 MiB has offsets and lengths whose upper byte is 0 (1 for all 16 MiB): where that byte lies tells the version.
    private static int? VersionOf(ReadOnlySpan<byte> bytes)
    {
        int at = SecurePartitionTable.RecordsOffset;
        if (!IsRecord(bytes, at))
            return null;
        var record = bytes.Slice(at, SecurePartition.Size);
        int length = SecurePartition.NameLength(record.Slice(0, SecurePartition.NameSize));
        if (length == 0 || !Text.IsPrintable(record.Slice(0, length)))
            return null;
        bool isFirst = Fits(new SecurePartition(record.ToArray(), 1)) && record[20] is 0xFF or > 0x1F && record[21] is 0xFF or > 0x1F;
        bool isSecond = Fits(new SecurePartition(record.ToArray(), 2));
        return isSecond && !isFirst ? 2 : isFirst ? 1 : null;
    }

    private static bool Fits(SecurePartition partition) =>
        partition.Length > 0 && (long)partition.Offset + partition.Length <= LargestFlash;

    private static bool IsRecord(ReadOnlySpan<byte> bytes, int at) => at + SecurePartition.Size <= bytes.Length && bytes[at] != 0xFF;

    private static FormattableString? Problem(SecurePartition partition)
    {
        var name = partition.Bytes.Span.Slice(0, partition.Version == 1 ? SecurePartition.OldNameSize : SecurePartition.NameSize);
        if (SecurePartition.NameLength(name) is var length && (length == 0 || !Text.IsPrintable(name.Slice(0, length))))
            return $"a record of the partition table has no name that can be printed";
        if ((long)partition.Offset + partition.Length > LargestFlash)
            return $"partition '{partition.Name}' ends at 0x{(long)partition.Offset + partition.Length:x}, outside every flash";
        return null;
    }

    private static void AddOverlaps(List<SecurePartition> partitions, long physicalOffset, List<Finding> findings)
    {
        var ordered = partitions.Where(partition => partition.Length > 0 && !partition.IsMerged)
            .OrderBy(partition => partition.Offset).ThenByDescending(partition => partition.Length).ToList();
        for (int i = 1; i < ordered.Count; i++)
        {
            var (before, after) = (ordered[i - 1].PhysicalRange, ordered[i].PhysicalRange);
            if (before.Overlaps(after) && !before.Contains(after))
            {
                findings.Add(Make(FindingSeverity.Warning, FindingCode.SecureTableOverlap, physicalOffset + SecurePartitionTable.RecordsOffset,
                    $"partitions '{ordered[i - 1].Name}' ({before}) and '{ordered[i].Name}' ({after}) overlap"));
            }
        }
    }

    private static Finding Make(FindingSeverity severity, FindingCode code, long offset, FormattableString message) =>
        new(severity, code, FormattableString.Invariant(message), offset);
}
