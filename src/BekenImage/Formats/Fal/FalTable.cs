namespace BekenImage.Formats.Fal;

/// <summary>The partition table of a bootloader: entries packed back to back at the end of its payload. Immutable.</summary>
public sealed class FalTable
{
    /// <summary>Makes a table.</summary>
    /// <param name="logicalOffset">Logical address of the first entry in the bootloader.</param>
    /// <param name="isPlain">False when the table could only be read after deciphering.</param>
    /// <param name="partitions">The entries in stored order.</param>
    public FalTable(int logicalOffset, bool isPlain, IReadOnlyList<FalPartition> partitions)
    {
        LogicalOffset = logicalOffset;
        IsPlain = isPlain;
        Partitions = partitions ?? throw new ArgumentNullException(nameof(partitions));
    }

    /// <summary>Logical address of the first entry in the bootloader.</summary>
    public int LogicalOffset { get; }

    /// <summary>True when the table lies in flash as plain bytes, which is the rule even in an encrypted bootloader.</summary>
    public bool IsPlain { get; }

    /// <summary>The entries in stored order, which differs between families.</summary>
    public IReadOnlyList<FalPartition> Partitions { get; }

    /// <summary>
    /// True in the bootloaders of BK7236 and its kin: offsets are physical also for striped partitions, and of several entries of one name
    /// the last counts.
    /// </summary>
    public bool IsPhysical => Partitions.Any(partition => partition.IsPhysical);

    /// <summary>
    /// The entries a loader goes by. Those of BK7236 and its kin read from the end: a build appends its table to the one that the prebuilt
    /// bootloader carries, and what the later one gives away no longer counts. Else all.
    /// </summary>
    public IReadOnlyList<FalPartition> InForce => IsPhysical ? Latest() : Partitions;

    /// <summary>The entry of that name that counts, or null.</summary>
    /// <param name="name">Partition name.</param>
    public FalPartition? Find(string name) => InForce.FirstOrDefault(partition => partition.Name == name);

    /// <summary>The same table with an entry changed: it takes the place of the first one of its name, or the end where there is none.</summary>
    /// <param name="partition">The entry.</param>
    public FalTable With(FalPartition partition)
    {
        if (partition is null)
            throw new ArgumentNullException(nameof(partition));
        var partitions = Partitions.ToList();
        int index = partitions.FindIndex(existing => existing.Name == partition.Name);
        if (index < 0)
            partitions.Add(partition);
        else
            partitions[index] = partition;
        return new FalTable(LogicalOffset, IsPlain, partitions);
    }

    /// <summary>The same table without the entries of a name.</summary>
    /// <param name="name">Partition name.</param>
    public FalTable Without(string name) =>
        new(LogicalOffset, IsPlain, Partitions.Where(partition => partition.Name != name).ToList());

    // Fewer than 64, so each is compared with each.
    private List<FalPartition> Latest()
    {
        var latest = new List<FalPartition>();
        foreach (var partition in Partitions.Reverse())
        {
            if (latest.All(later => later.Name != partition.Name && !later.PhysicalRange.Overlaps(partition.PhysicalRange)))
                latest.Add(partition);
        }
        latest.Reverse();
        return latest;
    }

    /// <summary>The names of the partitions, in stored order.</summary>
    public override string ToString() => "partition table: " + string.Join(", ", Partitions.Select(partition => partition.Name));
}
