namespace BekenImage.Formats.Tuya;

/// <summary>
/// Tuya's enciphered key-value storage: a key block and the data blocks behind it. Immutable; <see cref="TuyaStorageReader"/> reads it.
/// </summary>
public sealed class TuyaStorage
{
    private readonly Dictionary<string, TuyaValue> _byName;

    internal TuyaStorage(long offset, byte[] dataKey, IReadOnlyList<TuyaBlock> blocks, IReadOnlyList<TuyaValue> values,
        IReadOnlyDictionary<int, uint> usedPages)
    {
        Offset = offset;
        DataKey = dataKey;
        AllBlocks = blocks;
        Values = values;
        UsedPages = usedPages;
        Blocks = blocks.Count(block => block.SumOk);
        _byName = values.ToDictionary(value => value.Name, StringComparer.Ordinal);
    }

    /// <summary>Physical, un-rotated offset of the key block.</summary>
    public long Offset { get; }

    /// <summary>Bytes from the key block to the end of the last data block.</summary>
    public long Length => AllBlocks.Count == 0 ? FlashGeometry.SectorSize : AllBlocks[AllBlocks.Count - 1].Offset + FlashGeometry.SectorSize - Offset;

    /// <summary>Number of data blocks with a right sum, copies included.</summary>
    public int Blocks { get; }

    /// <summary>Every data block, by offset: current ones, older copies, damaged ones.</summary>
    public IReadOnlyList<TuyaBlock> AllBlocks { get; }

    /// <summary>The values of the current blocks, each name once, in ordinal order of their names.</summary>
    public IReadOnlyList<TuyaValue> Values { get; }

    internal byte[] DataKey { get; }

    /// <summary>By block id, for each current block: bit p set, page p is not free.</summary>
    internal IReadOnlyDictionary<int, uint> UsedPages { get; }

    /// <summary>The value of that name, or null.</summary>
    /// <param name="name">The key, case-sensitive.</param>
    public TuyaValue? Find(string name) => _byName.TryGetValue(name ?? throw new ArgumentNullException(nameof(name)), out var value) ? value : null;

    /// <summary>Where it lies and how much it holds.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Tuya storage at 0x{Offset:x}, {Blocks} blocks, {Values.Count} values");
}
