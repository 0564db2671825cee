using System.Buffers.Binary;

namespace BekenImage.Formats.LittleFs;

/// <summary>
/// Writes the one commit of a metadata block: revision 1, tags with their data, checksum. The block is long enough: the plan saw to it.
/// </summary>
internal ref struct LittleFsCommit
{
    private const uint Revision = 1;

    private readonly Span<byte> _block;
    private int _position;
    private uint _previous;

    public LittleFsCommit(Span<byte> block)
    {
        _block = block;
        BinaryPrimitives.WriteUInt32LittleEndian(block, Revision);
        _position = sizeof(uint);
        _previous = LittleFsTag.BeforeFirst;
    }

    public void Add(int type, int id, ReadOnlySpan<byte> data)
    {
        AddTag(new LittleFsTag(type, id, data.Length));
        data.CopyTo(_block.Slice(_position));
        _position += data.Length;
    }

    /// <summary>Adds a tag with two numbers: a pair of blocks, or a block and a size.</summary>
    public void Add(int type, int id, int first, int second)
    {
        AddTag(new LittleFsTag(type, id, LittleFsPair.Size));
        BinaryPrimitives.WriteUInt32LittleEndian(_block.Slice(_position), (uint)first);
        BinaryPrimitives.WriteUInt32LittleEndian(_block.Slice(_position + sizeof(uint)), (uint)second);
        _position += LittleFsPair.Size;
    }

    public void Close()
    {
        AddTag(new LittleFsTag(LittleFsTag.Checksum, LittleFsTag.NoId, sizeof(uint)));
        // Not inverted at the end, unlike zlib's.
        uint crc = Crc32.Append(0xFFFFFFFF, _block.Slice(0, _position));
        BinaryPrimitives.WriteUInt32LittleEndian(_block.Slice(_position), crc);
        _position += sizeof(uint);
    }

    private void AddTag(LittleFsTag tag)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_block.Slice(_position), tag.Value ^ _previous);
        _position += LittleFsTag.Size;
        _previous = tag.Value;
    }
}
