using BekenImage.Formats.Rbl;

namespace BekenImage;

/// <summary>An RBL header found in an image, judged against what it describes. Immutable.</summary>
public sealed class RblContainer
{
    private readonly Lazy<(bool? CrcOk, bool? HashOk)> _judged;

    internal RblContainer(
        long offset, bool isStriped, bool isBehindPayload, string? partition, RblHeader header, Lazy<(bool? CrcOk, bool? HashOk)> judged)
    {
        Offset = offset;
        IsStriped = isStriped;
        IsBehindPayload = isBehindPayload;
        Partition = partition;
        Header = header;
        _judged = judged;
    }

    /// <summary>First byte of the header; physical, un-rotated.</summary>
    public long Offset { get; }

    /// <summary>True when the header lies in three 34-byte pages, as in flash.</summary>
    public bool IsStriped { get; }

    /// <summary>
    /// True when it closes a section: in flash, or in a read of it without page CRCs. False: it opens an update package.
    /// </summary>
    public bool IsBehindPayload { get; }

    /// <summary>The partition it lies in.</summary>
    public string? Partition { get; }

    /// <summary>The header itself.</summary>
    public RblHeader Header { get; }

    /// <summary>Whether the header's own CRC fits.</summary>
    public bool HeaderCrcOk => Header.HeaderCrcOk;

    /// <summary>Whether the payload gives the CRC; null where it cannot be checked here.</summary>
    public bool? PayloadCrcOk => _judged.Value.CrcOk;

    /// <summary>Whether the payload gives the hash; null where it cannot be checked here.</summary>
    public bool? PayloadHashOk => _judged.Value.HashOk;

    /// <summary>Why its payload was not judged; null where it was, or there was nothing to judge.</summary>
    internal string? NotJudged { get; init; }

    /// <summary>First byte behind the header in flash.</summary>
    public long End => Offset + (IsStriped ? RblHeader.StripedSize : RblHeader.Size);

    /// <summary>The header and where it lies.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Header}, at 0x{Offset:x}{(Partition is null ? string.Empty : " in " + Partition)}");
}
