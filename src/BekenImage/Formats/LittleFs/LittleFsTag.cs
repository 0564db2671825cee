namespace BekenImage.Formats.LittleFs;

/// <summary>
/// A decoded tag of a metadata log: bit 31 is 0, bits 30..20 type, bits 19..10 id, bits 9..0 length. Stored big-endian, XORed with the
/// tag before it.
/// </summary>
internal readonly struct LittleFsTag
{
    public const int Size = 4;

    /// <summary>The first tag of a block is XORed with this.</summary>
    public const uint BeforeFirst = 0xFFFFFFFF;

    /// <summary>The id of tags that concern the whole directory block.</summary>
    public const int NoId = 0x3FF;

    /// <summary>The longest data; 0x3FF means removed.</summary>
    public const int MaximumLength = 0x3FE;

    public const int FileName = 0x001;
    public const int DirectoryName = 0x002;
    public const int SuperblockName = 0x0FF;
    public const int DirectoryStruct = 0x200;
    public const int InlineStruct = 0x201;
    public const int SkipListStruct = 0x202;
    public const int Attribute = 0x300;
    public const int CreateEntry = 0x401;
    public const int DeleteEntry = 0x4FF;
    public const int Checksum = 0x500;
    public const int ForwardChecksum = 0x5FF;
    public const int SoftTail = 0x600;
    public const int HardTail = 0x601;
    public const int MoveState = 0x7FF;

    private const int Removed = 0x3FF;
    private const uint Invalid = 0x80000000;

    public LittleFsTag(uint value) => Value = value;

    public LittleFsTag(int type, int id, int length)
        : this((uint)type << 20 | (uint)id << 10 | (uint)length)
    {
    }

    public uint Value { get; }

    /// <summary>False where nothing more was written.</summary>
    public bool IsValid => (Value & Invalid) == 0;

    public int Type => (int)(Value >> 20 & 0x7FF);

    /// <summary>The type without its lower eight bits: 0 name, 2 structure, 3 attribute, 4 splice, 5 checksum, 6 tail, 7 global state.</summary>
    public int Family => Type >> 8;

    public int Id => (int)(Value >> 10 & 0x3FF);

    public bool IsRemoval => (Value & 0x3FF) == Removed;

    public int DataLength => IsRemoval ? 0 : (int)(Value & 0x3FF);

    public bool IsChecksum => Family == Checksum >> 8 && Type != ForwardChecksum;

    /// <summary>What the next tag is XORed with. A checksum's lowest type bit says how the erased bytes behind it look.</summary>
    public uint Next => IsChecksum && (Type & 1) != 0 ? Value ^ Invalid : Value;
}
