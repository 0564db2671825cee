using BekenImage.Formats.SecureBoot;
using BekenImage.Images;

namespace BekenImage;

/// <summary>An MCUboot image in a partition. Immutable.</summary>
public sealed class SecureSlot
{
    /// <summary>The partition of the slot that runs, as the SDK names it.</summary>
    internal const string Primary = "primary_all";

    internal SecureSlot(Partition partition, McuBootImage image)
    {
        Partition = partition;
        Image = image;
    }

    /// <summary>Where it lies.</summary>
    public Partition Partition { get; }

    /// <summary>The image, deciphered.</summary>
    public McuBootImage Image { get; }
}

/// <summary>
/// What secure boot goes by in an image of the Armino chips: the binary partition table, the manifest that the ROM's BL1 checks the second
/// bootloader by, and the MCUboot images that one checks. Immutable.
/// </summary>
public sealed class SecureBootContents
{
    private SecureBootContents(SecureTable? table, Bl1Manifest? manifest, Partition? manifestPartition, ReadOnlyMemory<byte>? program, IReadOnlyList<SecureSlot> slots)
    {
        Table = table?.Table;
        TableOffset = table?.Offset;
        Manifest = manifest;
        ManifestPartition = manifestPartition;
        ManifestProgram = program;
        Slots = slots;
    }

    /// <summary>The partition table; null where there is none, as in a file of one program.</summary>
    public SecurePartitionTable? Table { get; }

    /// <summary>Where the table's partition begins, physical.</summary>
    public long? TableOffset { get; }

    /// <summary>The manifest of the second bootloader; null where there is none.</summary>
    public Bl1Manifest? Manifest { get; }

    /// <summary>Where the manifest lies.</summary>
    public Partition? ManifestPartition { get; }

    /// <summary>The plain bytes the manifest describes; null where they are not in the image, or their key is not known.</summary>
    public ReadOnlyMemory<byte>? ManifestProgram { get; }

    /// <summary>The MCUboot images that can be read, in physical order.</summary>
    public IReadOnlyList<SecureSlot> Slots { get; }

    internal static SecureBootContents? Read(ImageContent image)
    {
        if (!image.Origin.IsArmino)
            return null;
        var slots = new List<SecureSlot>();
        foreach (var program in image.Programs.Partitions.Where(program => program is { LogicalStart: not null, Storage.Cipher: not null, IsPart: false }))
        {
            if (McuBootImage.TryRead(image.Decoded.Decode(program), out var signed, program.Offset))
                slots.Add(new SecureSlot(program, signed));
        }
        var partition = image.Programs.Partitions.FirstOrDefault(found => found.Name == "primary_manifest");
        var manifest = partition is not null && Bl1Manifest.TryRead(partition.Range.Of(image.Bytes).Span, out var read, partition.Offset) ? read : null;
        if (image.Programs.Secure is null && manifest is null && slots.Count == 0)
            return null;
        return new SecureBootContents(image.Programs.Secure, manifest, partition, manifest is null ? null : ProgramOf(image, manifest), slots);
    }

    // The manifest counts as the CPU does; the program lies in a partition of its own.
    private static ReadOnlyMemory<byte>? ProgramOf(ImageContent image, Bl1Manifest manifest)
    {
        if (manifest.LogicalImageRange is not { } range)
            return null;
        foreach (var program in image.Programs.Partitions.Where(program => program is { LogicalStart: not null, Storage.Cipher: not null }))
        {
            long start = range.Start - program.LogicalStart!.Value.Value;
            var plain = image.Decoded.Decode(program);
            if (start >= 0 && start + range.Length <= plain.Length)
                return plain.Slice((int)start, (int)range.Length);
        }
        return null;
    }
}
