namespace BekenImage;

/// <summary>A file for a partition of a download package. Immutable.</summary>
public sealed class SecurePackagePart
{
    /// <summary>Makes a part.</summary>
    /// <param name="partition">Name of the partition: <c>bl2</c>, <c>primary_all</c>, <c>nvs_key</c>.</param>
    /// <param name="file">
    /// The file, plain and without page CRCs; null where there is none: <c>partition</c>, <c>bl1_control</c> and <c>boot_flag</c> are made
    /// then, and <c>nvs</c> stays empty as the vendor's packer leaves it.
    /// </param>
    public SecurePackagePart(string partition, byte[]? file = null)
    {
        Partition = partition ?? throw new ArgumentNullException(nameof(partition));
        File = file is null ? null : (ReadOnlyMemory<byte>?)file;
    }

    /// <summary>Name of the partition.</summary>
    public string Partition { get; }

    /// <summary>The file, or null.</summary>
    public ReadOnlyMemory<byte>? File { get; }

    /// <summary>Partition and length.</summary>
    public override string ToString() => File is { } file ? FormattableString.Invariant($"0x{file.Length:x} bytes for {Partition}") : $"{Partition}, no file";
}
