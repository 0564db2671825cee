namespace BekenImage.Images;

/// <summary>A stretch of an image and the partition that owns it; no partition means a gap.</summary>
internal sealed class OwnedRange(FlashRange range, Partition? owner)
{
    public FlashRange Range { get; } = range;

    public Partition? Owner { get; } = owner;
}

/// <summary>Gives every byte of an image exactly one owner: where partitions overlap, the inner one.</summary>
internal static class RangeOwners
{
    /// <summary>Stretches in physical order that cover the image exactly once.</summary>
    public static List<OwnedRange> Resolve(long length, IEnumerable<Partition> partitions)
    {
        var owned = new List<OwnedRange>();
        var innerFirst = partitions
            .Where(partition => !partition.IsPart)
            .OrderBy(partition => partition.Length)
            .ThenBy(partition => partition.Source == PartitionSource.Fal)
            .ThenBy(partition => partition.Offset);
        foreach (var partition in innerFirst)
            Claim(owned, partition.Range, partition);
        Claim(owned, new FlashRange(0, length), null);
        owned.Sort((left, right) => left.Range.Start.CompareTo(right.Range.Start));
        return owned;
    }

    // What is free of the range goes to the owner, in as many pieces as it takes.
    private static void Claim(List<OwnedRange> owned, FlashRange range, Partition? owner)
    {
        long at = range.Start;
        foreach (var taken in owned.Where(other => other.Range.Overlaps(range)).OrderBy(other => other.Range.Start).ToArray())
        {
            if (taken.Range.Start > at)
                owned.Add(new OwnedRange(FlashRange.FromBounds(at, taken.Range.Start), owner));
            at = Math.Max(at, taken.Range.End);
        }
        if (at < range.End)
            owned.Add(new OwnedRange(FlashRange.FromBounds(at, range.End), owner));
    }
}
