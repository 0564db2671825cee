namespace BekenImage.Documents;

/// <summary>A file that <c>pack.json</c> of beken_utils names, and the partitions it is made of. Immutable.</summary>
public sealed class PackListing
{
    internal PackListing(string file, IReadOnlyList<string> partitions)
    {
        File = file;
        Partitions = partitions;
    }

    /// <summary>Name of the file: <c>all-app.bin</c>, <c>ota.bin</c>.</summary>
    public string File { get; }

    /// <summary>The partitions in the order of the package.</summary>
    public IReadOnlyList<string> Partitions { get; }

    /// <summary>The file, and its partitions.</summary>
    public override string ToString() => $"{File}: {string.Join(", ", Partitions)}";
}
