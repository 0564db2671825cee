using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>What a file of a split image holds.</summary>
public enum SplitRole
{
    /// <summary>The bytes of a range as stored. Every byte of the image is in exactly one raw file.</summary>
    Raw,

    /// <summary>The leading valid pages of a striped partition: page CRCs removed, the cipher applied.</summary>
    Plain,

    /// <summary>A part of a package of another form (UF2), for reading: its bytes are in the raw file too. Merging takes no edited one.</summary>
    Part,
}

/// <summary>One file of a split image. Immutable.</summary>
public sealed class SplitFile
{
    /// <summary>Makes an entry.</summary>
    /// <param name="name">File name in the folder.</param>
    /// <param name="role">What it holds.</param>
    /// <param name="partition">The partition it belongs to; null for a gap.</param>
    /// <param name="range">Physical, un-rotated: the stored bytes it holds, or the pages it was decoded from.</param>
    /// <param name="length">Length of the file in bytes.</param>
    /// <param name="sha256">SHA-256 of the file, lower-case hex.</param>
    public SplitFile(string name, SplitRole role, string? partition, FlashRange range, long length, string sha256)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Role = role;
        Partition = partition;
        Range = range;
        Length = length;
        Sha256 = sha256 ?? throw new ArgumentNullException(nameof(sha256));
    }

    /// <summary>File name in the folder: only [A-Za-z0-9._-].</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public SplitRole Role { get; }

    /// <summary>The partition it belongs to; null for a gap.</summary>
    public string? Partition { get; }

    /// <summary>Physical, un-rotated: the stored bytes it holds, or the pages it was decoded from.</summary>
    public FlashRange Range { get; }

    /// <summary>Length of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>For a plain file: the coefficients it was deciphered with; the zero key where nothing is enciphered.</summary>
    public BekenKey? Key { get; set; }

    /// <summary>For a plain file of an Armino chip under a key: that key, a secret. Null for every other file.</summary>
    public AesFlashKey? AesKey { get; set; }

    /// <summary>How <see cref="AesKey"/> is applied.</summary>
    public AesFlashVariant AesVariant { get; set; }

    /// <summary>For a plain file: logical address of its first byte.</summary>
    public long LogicalStart { get; set; }

    /// <summary>For a plain file: where its partition lies.</summary>
    public FlashRange PartitionRange { get; set; }

    /// <summary>For a plain file: offset of the RBL header that describes it, or null where there is none.</summary>
    public long? HeaderOffset { get; set; }

    /// <summary>For a raw file of a striped partition: bytes behind its last whole page.</summary>
    public long Tail { get; set; }

    /// <summary>What the file is deciphered with, and enciphered when it goes back; null where that is not known.</summary>
    internal CodeCipher? Cipher
    {
        get => AesKey is { } aes ? new AesCodeCipher(aes, AesVariant) : Key is { } key ? new CoefficientCipher(key) : null;
        set
        {
            Key = (value as CoefficientCipher)?.Key;
            AesKey = (value as AesCodeCipher)?.Key;
            AesVariant = (value as AesCodeCipher)?.Variant ?? AesFlashVariant.WordSwapped;
        }
    }

    /// <summary>Name and range.</summary>
    public override string ToString() => $"{Name} {Range}";
}

/// <summary>What <c>split</c> writes down beside the files, and all that <c>merge</c> needs besides them.</summary>
public sealed class SplitManifest
{
    /// <summary>Makes a manifest.</summary>
    /// <param name="length">Length of the original file.</param>
    /// <param name="rotation">Its rotation.</param>
    /// <param name="sha256">Its SHA-256, lower-case hex.</param>
    /// <param name="files">The files, in physical order.</param>
    public SplitManifest(long length, int rotation, string sha256, IReadOnlyList<SplitFile> files)
    {
        Length = length;
        Rotation = rotation;
        Sha256 = sha256 ?? throw new ArgumentNullException(nameof(sha256));
        Files = files ?? throw new ArgumentNullException(nameof(files));
    }

    /// <summary>Length of the original image: that of its file, but for a package, whose flash was taken apart.</summary>
    public long Length { get; }

    /// <summary>
    /// Of a headered package what is no part of its flash: headers, and whatever else lies between the parts. Null for every other file.
    /// </summary>
    public byte[]? Package { get; set; }

    /// <summary>Its rotation: how many bytes it was rotated right.</summary>
    public int Rotation { get; }

    /// <summary>Its SHA-256, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>The files, in physical order.</summary>
    public IReadOnlyList<SplitFile> Files { get; }

    /// <summary>How many files, of how many bytes.</summary>
    public override string ToString() => FormattableString.Invariant($"{Files.Count} files of {Length} bytes");
}

/// <summary>An image taken apart. Immutable.</summary>
public sealed class SplitImage
{
    internal SplitImage(SplitManifest manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, IReadOnlyList<Finding> findings)
    {
        Manifest = manifest;
        Contents = contents;
        Findings = findings;
    }

    /// <summary>What the files are.</summary>
    public SplitManifest Manifest { get; }

    /// <summary>The bytes of each file of the manifest, by name.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Contents { get; }

    /// <summary>Striped partitions that could not be deciphered.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
