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

    /// <summary>The first entry of that name, or null.</summary>
    /// <param name="name">Partition name.</param>
    public FalPartition? Find(string name) => Partitions.FirstOrDefault(partition => partition.Name == name);
}
