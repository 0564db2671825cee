using BekenImage.Formats.Fal;
using BekenImage.IO;

namespace BekenImage.Comparing;

/// <summary>The bootloader's partition table, RBL headers, and staged update packages.</summary>
internal static class HeaderComparison
{
    public static void Run(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        CompareTables(a, b, list);
        CompareHeaders(a, b, list);
        ComparePackages(a, b, list);
    }

    /// <summary>Name, version, time, lengths and checksums.</summary>
    public static string Describe(RblContainer container)
    {
        var header = container.Header;
        string time = DateTimeOffset.FromUnixTimeSeconds(header.Timestamp).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return FormattableString.Invariant(
            $"{header.Name} {header.Version}, {time}, {header.RawSize} bytes, CRC {header.PayloadCrc:x8}, hash {header.PayloadHash:x8}");
    }

    private static void CompareTables(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        var first = a.Content.Fal;
        var second = b.Content.Fal;
        if (first is null && second is null)
            return;
        int before = list.Count;
        var ownerA = a.Owners.Of(DifferenceArea.Fal).FirstOrDefault();
        var ownerB = b.Owners.Of(DifferenceArea.Fal).FirstOrDefault();
        if (first is null || second is null)
        {
            if (ownerA is { Differs: true } || ownerB is { Differs: true })
            {
                list.Add(DifferenceArea.Fal, second is null ? DifferenceKind.Removed : DifferenceKind.Added, null,
                    first is null ? null : Count(first), second is null ? null : Count(second), ownerA?.Range.Start, ownerB?.Range.Start, (ownerA ?? ownerB)?.Range.Length);
            }
        }
        else
        {
            CompareEntries(first, second, list);
        }
        if (list.Count == before)
            return;
        foreach (var owner in new[] { ownerA, ownerB })
        {
            if (owner is not null)
                owner.IsExplained = true;
        }
    }

    private static string Count(FalTable table) => Counted.Of(table.Partitions.Count, "partition");

    // An entry may stand in the table several times: the n-th of a name belongs to the n-th.
    private static void CompareEntries(FalTable first, FalTable second, DifferenceList list)
    {
        var rest = second.Partitions.ToList();
        foreach (var entry in first.Partitions)
        {
            var other = rest.Find(candidate => candidate.Name == entry.Name);
            if (other is null)
            {
                list.Add(DifferenceArea.Fal, DifferenceKind.Removed, entry.Name, Text(entry), null);
                continue;
            }
            rest.Remove(other);
            if (!entry.Bytes.Span.SequenceEqual(other.Bytes.Span))
            {
                bool isMoved = entry.Offset != other.Offset && entry.Length == other.Length && entry.Flash == other.Flash;
                list.Add(DifferenceArea.Fal, isMoved ? DifferenceKind.Moved : DifferenceKind.Changed, entry.Name, Text(entry), Text(other));
            }
        }
        foreach (var entry in rest)
            list.Add(DifferenceArea.Fal, DifferenceKind.Added, entry.Name, null, Text(entry));
    }

    private static string Text(FalPartition entry) => FormattableString.Invariant(
        $"{entry.Flash} 0x{entry.Offset:x}+0x{entry.Length:x}{(entry.CrcOk == false ? ", checksum wrong" : string.Empty)}");

    private static void CompareHeaders(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        static IEnumerable<FoundContent<RblContainer>> Of(ComparedSide side, string? partition) => side.Content.Containers
            .Where(container => container.IsBehindPayload && container.Partition == partition)
            .Select(container => new FoundContent<RblContainer>(container, container.Offset, container.Header.Bytes));

        foreach (string? partition in a.Content.Containers.Concat(b.Content.Containers).Select(container => container.Partition).Distinct())
        {
            ContentMatch.Compare(a, b, list, DifferenceArea.Container, partition, Of(a, partition), Of(b, partition), Describe, (first, second) =>
                list.Add(DifferenceArea.Container, DifferenceKind.Changed, partition, Describe(first.Value), Describe(second.Value),
                    first.Offset, second.Offset, first.Value.End - first.Value.Offset));
        }
    }

    private static void ComparePackages(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        static IEnumerable<FoundContent<RblContainer>> Of(ComparedSide side) => side.Content.Containers
            .Where(container => !container.IsBehindPayload)
            .Select(container => new FoundContent<RblContainer>(container, container.Offset, OwnerMap.PackageRange(side.Content, container).Of(side.Content.Bytes)));

        static string Shown(RblContainer package) => $"{package.Header.Name} {package.Header.Version}";

        ContentMatch.Compare(a, b, list, DifferenceArea.Download, "update", Of(a), Of(b), Shown, (first, second) =>
            list.Add(DifferenceArea.Download, DifferenceKind.Changed, "update", Shown(first.Value), Shown(second.Value), first.Offset, second.Offset, second.Bytes.Length));
    }
}
