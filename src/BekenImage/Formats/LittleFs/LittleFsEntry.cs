namespace BekenImage.Formats.LittleFs;

/// <summary>
/// A file or a directory: read from a volume, or made to be written into one. Immutable. Content read from an image is a view of that
/// image's bytes and is joined when asked for.
/// </summary>
public sealed class LittleFsEntry
{
    private readonly ReadOnlyMemory<byte>[] _pieces;

    internal LittleFsEntry(byte[][] rawPath, bool isDirectory, ReadOnlyMemory<byte>[] pieces, long size, IReadOnlyList<LittleFsAttribute> attributes)
    {
        RawPath = rawPath;
        Path = LittleFsNames.ToPath(rawPath);
        IsDirectory = isDirectory;
        _pieces = pieces;
        Size = size;
        Attributes = attributes;
        foreach (var piece in pieces)
            ReadableLength += piece.Length;
    }

    /// <summary>The path from the root, with <c>/</c> between the names and none at the start. UTF-8; a name that is not becomes Latin-1.</summary>
    /// <remarks>Never use it as a path of this machine: see <see cref="LittleFsSafePaths"/>.</remarks>
    public string Path { get; }

    /// <summary>True for a directory.</summary>
    public bool IsDirectory { get; }

    /// <summary>Size in bytes as the volume states it; 0 for a directory.</summary>
    public long Size { get; }

    /// <summary>How many bytes <see cref="ToArray"/> gives: less than <see cref="Size"/> where the volume is damaged.</summary>
    public long ReadableLength { get; }

    /// <summary>True when all of the content is there.</summary>
    public bool IsComplete => ReadableLength == Size;

    /// <summary>User attributes, by ascending number.</summary>
    public IReadOnlyList<LittleFsAttribute> Attributes { get; }

    /// <summary>The bytes of the names, from the root.</summary>
    internal byte[][] RawPath { get; }

    /// <summary>Makes a file.</summary>
    /// <param name="path">Path from the root with <c>/</c> between the names; directories on the way are made where they are missing.</param>
    /// <param name="content">The content. Not copied.</param>
    /// <param name="attributes">User attributes, or null for none.</param>
    /// <exception cref="BekenImageException">The path is not one: an empty name, <c>.</c>, <c>..</c>, a NUL, or a name above 255 bytes of
    /// UTF-8 (<see cref="FindingCode.LittleFsNameRefused"/>).</exception>
    public static LittleFsEntry File(string path, ReadOnlyMemory<byte> content, IReadOnlyList<LittleFsAttribute>? attributes = null) =>
        new(LittleFsNames.Parse(path), false, [content], content.Length, attributes ?? []);

    /// <inheritdoc cref="File(string, ReadOnlyMemory{byte}, IReadOnlyList{LittleFsAttribute}?)"/>
    public static LittleFsEntry File(string path, byte[] content, IReadOnlyList<LittleFsAttribute>? attributes = null) =>
        File(path, (content ?? throw new ArgumentNullException(nameof(content))).AsMemory(), attributes);

    /// <summary>Makes a directory.</summary>
    /// <param name="path">Path from the root with <c>/</c> between the names; directories on the way are made where they are missing.</param>
    /// <param name="attributes">User attributes, or null for none.</param>
    /// <exception cref="BekenImageException">The path is not one (<see cref="FindingCode.LittleFsNameRefused"/>).</exception>
    public static LittleFsEntry Directory(string path, IReadOnlyList<LittleFsAttribute>? attributes = null) =>
        new(LittleFsNames.Parse(path), true, [], 0, attributes ?? []);

    /// <summary>The content; of a damaged file the last <see cref="ReadableLength"/> bytes, since the volume links a file from its end.</summary>
    public byte[] ToArray()
    {
        var content = new byte[ReadableLength];
        int at = 0;
        foreach (var piece in _pieces)
        {
            piece.Span.CopyTo(content.AsSpan(at));
            at += piece.Length;
        }
        return content;
    }

    /// <summary>Path and size.</summary>
    public override string ToString() => IsDirectory ? Path + "/" : FormattableString.Invariant($"{Path} ({Size} bytes)");

    /// <summary>The same content and attributes under another path.</summary>
    internal LittleFsEntry WithPath(byte[][] rawPath) => new(rawPath, IsDirectory, _pieces, Size, Attributes);

    internal LittleFsEntry WithAttributes(IReadOnlyList<LittleFsAttribute> attributes) => new(RawPath, IsDirectory, _pieces, Size, attributes);
}
