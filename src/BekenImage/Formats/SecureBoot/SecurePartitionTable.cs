using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.SecureBoot;

/// <summary>
/// The partition table of a secure-boot image: the partition named <c>partition</c>, deciphered and without page CRCs where it has them.
/// Immutable; keeps its bytes. Source: FORMAT.md, section 1.
/// </summary>
public sealed class SecurePartitionTable
{
    /// <summary>Where the records begin; before them lies the configuration of peripherals (PPC), or 0xFF.</summary>
    public const int RecordsOffset = 0x400;

    /// <summary>More records than a partition of 4 KiB has room for; those beyond are left out.</summary>
    public const int MaximumPartitions = 96;

    private readonly ReadOnlyMemory<byte> _bytes;

    internal SecurePartitionTable(
        ReadOnlyMemory<byte> bytes, int version, IReadOnlyList<SecurePartition> partitions, IReadOnlyList<Finding> findings)
    {
        _bytes = bytes;
        Version = version;
        Partitions = partitions;
        Findings = findings;
        TypeOrder = SecurePartitionReader.OrderOf(partitions);
    }

    /// <summary>1 (2022) or 2.</summary>
    public int Version { get; }

    /// <summary>The records in stored order; merged ones stand behind the last they merge.</summary>
    public IReadOnlyList<SecurePartition> Partitions { get; }

    /// <summary>Which type stands for code, found by the names whose nature is known.</summary>
    public SecureTypeOrder TypeOrder { get; }

    /// <summary>What is wrong or remarkable.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>What lies before the records: the configuration of peripherals, or 0xFF.</summary>
    public ReadOnlyMemory<byte> Configuration => _bytes.Slice(0, RecordsOffset);

    /// <summary>Reads a table; nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The partition from its start on: plain, without page CRCs.</param>
    /// <param name="table">The table, or null.</param>
    /// <param name="physicalOffset">Where the bytes begin in flash; findings count from there.</param>
    /// <returns>False when there is no record at 0x400. A damaged table is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SecurePartitionTable? table, long physicalOffset = 0)
    {
        table = SecurePartitionReader.Read(bytes, physicalOffset);
        return table is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out SecurePartitionTable?, long)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out SecurePartitionTable? table, long physicalOffset = 0) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out table, physicalOffset);

    /// <summary>The first record of that name, or null.</summary>
    /// <param name="name">Partition name.</param>
    public SecurePartition? Find(string name) => Partitions.FirstOrDefault(partition => partition.Name == name);

    /// <summary>Whether a partition holds code, which lies in pages; null when the table does not tell.</summary>
    /// <param name="partition">A record of this table.</param>
    public bool? IsCode(SecurePartition partition)
    {
        if (partition is null)
            throw new ArgumentNullException(nameof(partition));
        bool? byName = SecurePartitionNames.IsCode(partition.Name);
        return byName ?? (TypeOrder, partition.Type) switch
        {
            (SecureTypeOrder.CodeIsZero, 0) or (SecureTypeOrder.CodeIsOne, 1) => true,
            (SecureTypeOrder.CodeIsZero, 1) or (SecureTypeOrder.CodeIsOne, 0) => false,
            _ => null,
        };
    }

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>The names of the partitions, in stored order.</summary>
    public override string ToString() => "secure partition table: " + string.Join(", ", Partitions.Select(partition => partition.Name));
}
