using BekenImage.IO;

namespace BekenImage.Formats.LittleFs;

/// <summary>What the log of a metadata pair adds up to: a stretch of one directory, the link to the next pair, its share of the move state.</summary>
internal sealed class LittleFsMetadata
{
    /// <summary>What a log says about one id.</summary>
    internal sealed class Item
    {
        public int NameType { get; set; } = -1;

        public ReadOnlyMemory<byte> Name { get; set; }

        public int StructType { get; set; } = -1;

        public ReadOnlyMemory<byte> Struct { get; set; }

        /// <summary>By number; null where there are none, which is nearly everywhere.</summary>
        public SortedDictionary<byte, ReadOnlyMemory<byte>>? Attributes { get; set; }

        public bool IsNamed => NameType is LittleFsTag.FileName or LittleFsTag.DirectoryName;

        public bool IsSuperblock => NameType == LittleFsTag.SuperblockName;
    }

    public LittleFsMetadata(LittleFsPair pair, long offset)
    {
        Pair = pair;
        Offset = offset;
    }

    public LittleFsPair Pair { get; }

    /// <summary>Physical offset of the block that counts.</summary>
    public long Offset { get; }

    public List<Item> Items { get; } = [];

    public LittleFsPair Tail { get; private set; } = LittleFsPair.None;

    /// <summary>True when the tail continues this directory; else it leads to the next directory.</summary>
    public bool IsTailHard { get; private set; }

    public LittleFsMoveState Move { get; private set; }

    /// <summary>Set by the walk of the tree; a stretch belongs to one directory.</summary>
    public bool IsInTree { get; set; }

    public void Apply(LittleFsTag tag, ReadOnlyMemory<byte> data)
    {
        switch (tag.Family)
        {
            case 0 when HasItem(tag) && !tag.IsRemoval:
                ItemAt(tag.Id).NameType = tag.Type;
                ItemAt(tag.Id).Name = data;
                break;
            case LittleFsTag.DirectoryStruct >> 8 when HasItem(tag):
                ItemAt(tag.Id).StructType = tag.IsRemoval ? -1 : tag.Type;
                ItemAt(tag.Id).Struct = data;
                break;
            case LittleFsTag.Attribute >> 8 when HasItem(tag):
                SetAttribute(ItemAt(tag.Id), (byte)(tag.Type & 0xFF), tag.IsRemoval, data);
                break;
            case LittleFsTag.CreateEntry >> 8 when HasItem(tag):
                Splice(tag);
                break;
            case LittleFsTag.SoftTail >> 8:
                Tail = tag.IsRemoval ? LittleFsPair.None : LittleFsPair.Read(data.Span);
                IsTailHard = tag.Type == LittleFsTag.HardTail;
                break;
            case LittleFsTag.MoveState >> 8:
                Move = LittleFsMoveState.Read(data.Span);
                break;
        }
    }

    private static bool HasItem(LittleFsTag tag) => tag.Id != LittleFsTag.NoId;

    private static void SetAttribute(Item item, byte type, bool isRemoved, ReadOnlyMemory<byte> data)
    {
        if (isRemoved)
            item.Attributes?.Remove(type);
        else
            (item.Attributes ??= [])[type] = data;
    }

    private void Splice(LittleFsTag tag)
    {
        // Nothing can name what is beyond the last id.
        if (tag.Type == LittleFsTag.CreateEntry && tag.Id < Items.Count && Items.Count >= LittleFsTag.NoId)
            return;
        if (tag.Type == LittleFsTag.CreateEntry && tag.Id < Items.Count)
            Items.Insert(tag.Id, new Item());
        else if (tag.Type == LittleFsTag.CreateEntry)
            ItemAt(tag.Id);
        else if (tag.Type == LittleFsTag.DeleteEntry && tag.Id < Items.Count)
            Items.RemoveAt(tag.Id);
    }

    // A compacted log has no create tags: an id beyond the end extends the list. Ids have ten bits, so the list stays small.
    private Item ItemAt(int id)
    {
        while (Items.Count <= id)
            Items.Add(new Item());
        return Items[id];
    }
}

/// <summary>The two block numbers of a metadata pair, in either order.</summary>
internal readonly struct LittleFsPair(uint first, uint second)
{
    public const int Size = 8;

    private const uint NoBlock = 0xFFFFFFFF;

    public static readonly LittleFsPair None = new(NoBlock, NoBlock);

    public static readonly LittleFsPair Root = new(0, 1);

    public uint First { get; } = first;

    public uint Second { get; } = second;

    public bool IsNone => First == NoBlock || Second == NoBlock;

    /// <summary>The same for both orders.</summary>
    public (uint Lower, uint Upper) Key => First < Second ? (First, Second) : (Second, First);

    /// <summary>Reads two block numbers; <see cref="None"/> where there are no eight bytes.</summary>
    public static LittleFsPair Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SpanReader(bytes);
        return reader.TryReadUInt32(out uint first) && reader.TryReadUInt32(out uint second) ? new LittleFsPair(first, second) : None;
    }
}

/// <summary>The global move state, the XOR of every pair's share: a tag that names a half moved entry, and its pair.</summary>
internal readonly struct LittleFsMoveState(uint tag, uint first, uint second)
{
    public const int Size = 12;

    private const int DeleteFamily = LittleFsTag.DeleteEntry >> 8;

    /// <summary>True when an entry was moved and its old place is not removed yet.</summary>
    public bool HasMove => Tag.Family == DeleteFamily;

    public int Id => Tag.Id;

    public LittleFsPair Pair => new(first, second);

    /// <summary>Directories removed from the tree and not yet from the chain.</summary>
    public int Orphans => (int)(tag & 0x3FF);

    private LittleFsTag Tag => new(tag);

    public static LittleFsMoveState operator ^(LittleFsMoveState left, LittleFsMoveState right) => left.Combine(right);

    /// <summary>Reads the twelve bytes; zero where there are fewer.</summary>
    public static LittleFsMoveState Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SpanReader(bytes);
        return reader.TryReadUInt32(out uint tag) && reader.TryReadUInt32(out uint first) && reader.TryReadUInt32(out uint second)
            ? new LittleFsMoveState(tag, first, second)
            : default;
    }

    private LittleFsMoveState Combine(LittleFsMoveState other)
    {
        var (otherTag, otherFirst, otherSecond) = other.Words;
        return new LittleFsMoveState(tag ^ otherTag, first ^ otherFirst, second ^ otherSecond);
    }

    private (uint Tag, uint First, uint Second) Words => (tag, first, second);
}
