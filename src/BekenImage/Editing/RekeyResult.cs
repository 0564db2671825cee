namespace BekenImage;

/// <summary>An image moved to another key, and what was done. Immutable.</summary>
public sealed class RekeyResult
{
    private readonly byte[] _bytes;

    internal RekeyResult(byte[] bytes, IReadOnlyList<string> programs, IReadOnlyList<Finding> findings)
    {
        _bytes = bytes;
        Programs = programs;
        Findings = findings;
    }

    /// <summary>Names of the partitions that were moved.</summary>
    public IReadOnlyList<string> Programs { get; }

    /// <summary>
    /// What was left as it was though it may be enciphered: bad pages, partitions of unknown key, headers that describe something else; and
    /// where later updates over the air may not come out under the new key.
    /// </summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The whole image, as long and rotated as the one it was made of.</summary>
    public byte[] ToArray() => (byte[])_bytes.Clone();
}
