namespace BekenImage.Documents;

/// <summary>One section of the packager's JSON. Immutable.</summary>
public sealed class PackagerSection
{
    internal PackagerSection(string firmware, string partition, string version, int start, int size)
    {
        Firmware = firmware;
        Partition = partition;
        Version = version;
        Start = start;
        Size = size;
    }

    /// <summary>Path of the file, counted from the JSON's folder.</summary>
    public string Firmware { get; }

    /// <summary>The partition it is for.</summary>
    public string Partition { get; }

    /// <summary>Version text of its header; may be empty.</summary>
    public string Version { get; }

    /// <summary>Where it goes, as the packager counts: logical.</summary>
    public int Start { get; }

    /// <summary>Length of the partition, as the packager counts.</summary>
    public int Size { get; }
}
