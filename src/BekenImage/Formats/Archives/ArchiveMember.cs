namespace BekenImage.Formats.Archives;

/// <summary>A file in an archive, as far as it could be read. Its name is a text to show; it is never used as a path.</summary>
internal sealed class ArchiveMember
{
    private ArchiveMember(string name, long length, ReadOnlyMemory<byte> bytes, string? problem)
    {
        Name = name;
        Length = length;
        Bytes = bytes;
        Problem = problem;
    }

    public string Name { get; }

    /// <summary>Bytes it has; what the archive states where it could not be read.</summary>
    public long Length { get; }

    /// <summary>Its bytes; empty where it could not be read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Why it could not be read: "is encrypted"; else null.</summary>
    public string? Problem { get; }

    public static ArchiveMember Read(string name, ReadOnlyMemory<byte> bytes) => new(name, bytes.Length, bytes, null);

    public static ArchiveMember Unread(string name, long length, string problem) => new(name, length, default, problem);
}
