namespace BekenImage.Formats.Tuya;

/// <summary>A run of pages that holds a part of a value. In flash: u16 block id, u8 first page, u8 last page (inclusive).</summary>
public readonly struct TuyaValuePart : IEquatable<TuyaValuePart>
{
    internal const int Size = 4;

    /// <summary>Makes a part.</summary>
    /// <param name="blockId">Id of the block the pages are in.</param>
    /// <param name="firstPage">First page, 1 to 31.</param>
    /// <param name="lastPage">Last page, inclusive.</param>
    public TuyaValuePart(int blockId, int firstPage, int lastPage)
    {
        BlockId = blockId;
        FirstPage = firstPage;
        LastPage = lastPage;
    }

    /// <summary>Id of the block the pages are in; it may be another block than the index page's.</summary>
    public int BlockId { get; }

    /// <summary>First page.</summary>
    public int FirstPage { get; }

    /// <summary>Last page, inclusive.</summary>
    public int LastPage { get; }

    /// <inheritdoc/>
    public bool Equals(TuyaValuePart other) => BlockId == other.BlockId && FirstPage == other.FirstPage && LastPage == other.LastPage;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TuyaValuePart other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((BlockId * 397 ^ FirstPage) * 397 ^ LastPage);

    /// <summary>True when both name the same pages.</summary>
    public static bool operator ==(TuyaValuePart left, TuyaValuePart right) => left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(TuyaValuePart left, TuyaValuePart right) => !left.Equals(right);
}

/// <summary>A value of a Tuya storage. Immutable.</summary>
public sealed class TuyaValue
{
    internal TuyaValue(string name, ReadOnlyMemory<byte> data, long storedLength, bool sumOk, TuyaBlock indexBlock, int indexPage,
        IReadOnlyList<TuyaValuePart> parts, IReadOnlyList<TuyaPage> pages)
    {
        Name = name;
        Data = data;
        StoredLength = storedLength;
        SumOk = sumOk;
        IndexBlock = indexBlock;
        IndexPage = indexPage;
        Parts = parts;
        Pages = pages;
    }

    /// <summary>The key, one character a byte (Latin-1). An empty name is legal and occurs.</summary>
    public string Name { get; }

    /// <summary>The bytes as stored, trailing NULs included; shorter than <see cref="StoredLength"/> where pages are missing.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The length the storage states, in bytes.</summary>
    public long StoredLength { get; }

    /// <summary>True when all bytes are there and give the sum stored for them.</summary>
    public bool SumOk { get; }

    /// <summary>The block its index page is in.</summary>
    public TuyaBlock IndexBlock { get; }

    /// <summary>Number of its index page, 1 to 31.</summary>
    public int IndexPage { get; }

    /// <summary>Physical, un-rotated offset of its index page.</summary>
    public long Offset => IndexBlock.Offset + IndexPage * TuyaBlock.PageSize;

    /// <summary>Where its bytes are, in order.</summary>
    public IReadOnlyList<TuyaValuePart> Parts { get; }

    /// <summary>Of the pages its parts name those that are there and no other value's, in order.</summary>
    internal IReadOnlyList<TuyaPage> Pages { get; }

    /// <summary>The value as text, cut at trailing NULs; null where it is no printable UTF-8.</summary>
    public string? Text => TuyaText.Decode(Data.Span);

    /// <summary>The bytes of a text in the form of this value: with NULs behind it, and as long as before, where the old value had it so.</summary>
    /// <param name="text">The new text; stored as UTF-8.</param>
    public byte[] Encode(string text) => TuyaText.Encode(text ?? throw new ArgumentNullException(nameof(text)), Data.Span);

    /// <summary>Name and length; not the value, which may be a secret.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({Data.Length} bytes at 0x{Offset:x})");
}
