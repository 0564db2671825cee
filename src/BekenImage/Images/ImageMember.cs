namespace BekenImage;

/// <summary>A file in a file: a member of an archive, a part of a UF2 file, the application of an update package. Immutable.</summary>
public sealed class ImageMember
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal ImageMember(string name, long length, ImageKind kind, ReadOnlyMemory<byte> bytes, string? problem = null)
    {
        Name = name;
        Length = length;
        Kind = kind;
        Problem = problem;
        _bytes = bytes;
    }

    /// <summary>Its name, a text to show; it comes from the file and must not be used as a path.</summary>
    public string Name { get; }

    /// <summary>Its bytes, unpacked; what the file states where it could not be read.</summary>
    public long Length { get; }

    /// <summary>What it is.</summary>
    public ImageKind Kind { get; }

    /// <summary>Why it could not be read: "is encrypted with a password"; null where it was.</summary>
    public string? Problem { get; }

    /// <summary>A copy of its bytes; empty where it could not be read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>The image it is.</summary>
    /// <param name="options">What is known about the image; null for nothing.</param>
    /// <exception cref="BekenImageException">It could not be read, or is empty.</exception>
    public FlashImage Parse(FlashImageOptions? options = null)
    {
        if (Problem is not null)
            throw new BekenImageException(FindingCode.InputUnreadable, $"it {Problem}");
        return Length > 0 ? FlashImage.Parse(_bytes, options) : throw new BekenImageException(FindingCode.InputEmpty, "the file is empty");
    }

    internal ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Name and kind.</summary>
    public override string ToString() => $"{Name} ({Problem ?? Kind.ToString().ToLowerInvariant()})";
}
