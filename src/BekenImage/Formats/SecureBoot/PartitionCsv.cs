using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.SecureBoot;

/// <summary>Which of the three texts a partition source is.</summary>
public enum PartitionCsvForm
{
    /// <summary>partitions.csv of 2022: Name,Offset,Size,Execute,Read,Write.</summary>
    First,

    /// <summary>partitions.csv: Name,Type,SubType,Offset,Size,Flags.</summary>
    Second,

    /// <summary>auto_partitions.csv and bk7236_partitions.csv: Name,Offset,Size,Type,Read,Write, and settings before it.</summary>
    Automatic,
}

/// <summary>A text from which the SDK makes its partition table. Immutable. Source: FORMAT.md, section 2.</summary>
public sealed class PartitionCsv
{
    internal PartitionCsv(
        PartitionCsvForm form, IReadOnlyList<NamedValue> settings, IReadOnlyList<PartitionCsvLine> partitions, IReadOnlyList<Finding> findings)
    {
        Form = form;
        Settings = settings;
        Partitions = partitions;
        Findings = findings;
    }

    /// <summary>Which text it is.</summary>
    public PartitionCsvForm Form { get; }

    /// <summary>What stands before the table as NAME=VALUE: FLASH_CAPACITY, FLASH_CRC_ENABLE, FLASH_AES_ENABLE. A key among them is a secret.</summary>
    public IReadOnlyList<NamedValue> Settings { get; }

    /// <summary>The partitions in the order of their lines, each with its offset.</summary>
    public IReadOnlyList<PartitionCsvLine> Partitions { get; }

    /// <summary>Lines that cannot be used, and partitions that overlap; offsets are line numbers from 1.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a text; nothing is thrown whatever it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What it says, or null.</param>
    /// <returns>False when no line has the names of the columns.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out PartitionCsv? source)
    {
        source = PartitionCsvReader.Read(text ?? throw new ArgumentNullException(nameof(text)));
        return source is not null;
    }

    /// <summary>
    /// The records beken_utils makes of it: those of the lines, and <c>primary_all</c> and <c>secondary_all</c> behind the last code
    /// partition of either prefix that stands behind the second bootloader.
    /// </summary>
    /// <exception cref="BekenImageException">A finding is an error, or a name does not fit: no table can be made.</exception>
    public IReadOnlyList<SecurePartition> ToTable()
    {
        if (Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
            throw new BekenImageException(error.Code, error.Message, error.Offset);
        var records = Partitions.Select(line => line.ToRecord()).ToList();
        int loader = Math.Max(IndexOf("bl2"), IndexOf("bl2_B"));
        if (loader >= 0)
        {
            AddMerged("primary_", loader);
            AddMerged("secondary_", loader);
        }
        return records;

        int IndexOf(string name) => records.FindIndex(record => record.Name == name);

        void AddMerged(string prefix, int behind)
        {
            var merged = Partitions.Skip(behind + 1).Where(line => line.IsCode && line.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            if (merged.Count == 0)
                return;
            uint length = (uint)(merged[merged.Count - 1].PhysicalRange.End - merged[0].Offset);
            records.Insert(IndexOf(merged[merged.Count - 1].Name) + 1, new SecurePartition(prefix + "all", 0, 0, merged[0].Offset, length, 0));
        }
    }

    /// <summary>Form and names.</summary>
    public override string ToString() => $"partition source ({Form}): " + string.Join(", ", Partitions.Select(line => line.Name));
}
