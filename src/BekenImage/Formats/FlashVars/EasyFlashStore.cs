namespace BekenImage.Formats.FlashVars;

/// <summary>
/// A store of EasyFlash 4 ("NG"), where OpenBeken keeps its flash variables since release 1.18.255. Immutable; holds slices of the bytes
/// that were read, which must not change.
/// </summary>
/// <remarks>Read by <see cref="EasyFlashReader"/>. Source: FORMAT.md, "EasyFlash".</remarks>
public sealed class EasyFlashStore
{
    /// <summary>Where OpenBeken keeps it on every chip.</summary>
    public const long UsualOffset = 0x1E5000;

    /// <summary>Its size in bytes: eight sectors.</summary>
    public const int Size = 0x8000;

    /// <summary>The entry with OpenBeken's variables.</summary>
    public const string VariablesName = "OBK_FV";

    /// <summary>The entry with fast-connect data: secret.</summary>
    public const string FastConnectName = "fcdata";

    internal const int SectorHeaderSize = 16;

    internal EasyFlashStore(long offset, ReadOnlyMemory<byte> bytes, int sectors, IReadOnlyList<EasyFlashEntry> entries)
    {
        Offset = offset;
        Bytes = bytes;
        Sectors = sectors;
        Entries = entries;
        Variables = Find(VariablesName) is { } entry ? FlashVariables.TryDecode(entry.Value) : null;
    }

    /// <summary>Physical offset of its first byte.</summary>
    public long Offset { get; }

    /// <summary>The bytes, as they were given: whole sectors.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How many of its sectors carry the mark of EasyFlash.</summary>
    public int Sectors { get; }

    /// <summary>Every entry that is found, in stored order, also deleted ones.</summary>
    public IReadOnlyList<EasyFlashEntry> Entries { get; }

    /// <summary>OpenBeken's variables; null when there is no current entry for them.</summary>
    public FlashVariables? Variables { get; }

    /// <summary>The names that have a current value, in stored order.</summary>
    public IReadOnlyList<string> Names => Entries.Where(entry => Find(entry.Name) == entry).Select(entry => entry.Name).ToArray();

    /// <summary>The current entry of a name: the first valid one, else the first whose deletion was not completed; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public EasyFlashEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name && entry.CrcOk && entry.Status == EasyFlashStatus.Valid) ??
        Entries.FirstOrDefault(entry => entry.Name == name && entry.CrcOk && entry.Status == EasyFlashStatus.Deleting);

    /// <summary>Where it lies and the names in it.</summary>
    public override string ToString() => FormattableString.Invariant($"flash variables at 0x{Offset:x}: {string.Join(", ", Names)}");
}
