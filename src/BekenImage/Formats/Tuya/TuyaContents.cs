namespace BekenImage.Formats.Tuya;

/// <summary>Everything Tuya's firmware keeps in flash besides itself. Immutable.</summary>
public sealed class TuyaContents
{
    internal TuyaContents(TuyaStorage? storage, IReadOnlyList<TuyaProtectedBlock> protectedBlocks, UfFileSystem? fileSystem)
    {
        Storage = storage;
        ProtectedBlocks = protectedBlocks;
        FileSystem = fileSystem;
    }

    /// <summary>The enciphered key-value storage, or null.</summary>
    public TuyaStorage? Storage { get; }

    /// <summary>The protected blocks, by offset: none, one or two.</summary>
    public IReadOnlyList<TuyaProtectedBlock> ProtectedBlocks { get; }

    /// <summary>The plain UF file system, or null.</summary>
    public UfFileSystem? FileSystem { get; }

    /// <summary>True when there is nothing of Tuya's.</summary>
    public bool IsEmpty => Storage is null && ProtectedBlocks.Count == 0 && FileSystem is null;
}

/// <summary>Reads everything Tuya's firmware keeps in flash besides itself.</summary>
public static class TuyaReader
{
    /// <summary>Reads storage, protected blocks and UF file system.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="findings">Receives what is odd; may be null. Secrets never occur in it.</param>
    /// <returns>What was found; never null. Never throws on content.</returns>
    public static TuyaContents Read(ReadOnlySpan<byte> image, ICollection<Finding>? findings = null) => Read(image, findings, phase: 0);

    /// <summary>The same for a piece whose first sector begins at <paramref name="phase"/>.</summary>
    internal static TuyaContents Read(ReadOnlySpan<byte> image, ICollection<Finding>? findings, int phase)
    {
        findings ??= [];
        var sectors = TuyaKeySectors.Find(image, findings, phase);
        var storage = TuyaStorageReader.Read(image, sectors, findings);
        var protectedBlocks = TuyaProtectedBlockReader.Read(image, sectors, findings);
        UfReader.TryRead(image, storage?.Offset, findings, phase, out var fileSystem);
        if (storage is not null)
            Compare(storage, protectedBlocks, findings);
        return new TuyaContents(storage, protectedBlocks, fileSystem);
    }

    /// <summary>Reads storage, protected blocks and UF file system; the overload for callers without spans.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="findings">Receives what is odd; may be null. Secrets never occur in it.</param>
    /// <returns>What was found; never null. Never throws on content.</returns>
    public static TuyaContents Read(byte[] image, ICollection<Finding>? findings = null) =>
        Read((image ?? throw new ArgumentNullException(nameof(image))).AsSpan(), findings);

    private static void Compare(TuyaStorage storage, List<TuyaProtectedBlock> protectedBlocks, ICollection<Finding> findings)
    {
        foreach (var block in protectedBlocks)
        {
            foreach (var entry in block.Entries)
            {
                if (storage.Find(entry.Name) is { SumOk: true } value && !value.Data.Span.SequenceEqual(entry.Data.Span))
                    findings.Add(new Finding(FindingSeverity.Warning, FindingCode.TuyaProtectedDiffers,
                        "A value of the Tuya protected block differs from the storage's.", block.Offset));
            }
        }
    }
}
