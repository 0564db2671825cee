using System.Buffers.Binary;
using System.Text;

namespace BekenImage.Tests.Formats.LittleFs;

/// <summary>Writes metadata logs tag by tag, with all that the product's writer never makes: several commits, create and delete tags, moves, padding.</summary>
internal sealed class LogMaker
{
    private readonly byte[] _volume;
    private readonly int _block;
    private readonly int _end;
    private int _start;
    private int _at;
    private uint _previous = 0xFFFFFFFF;

    public LogMaker(byte[] volume, int block, uint revision, int blockSize = 4096)
    {
        _volume = volume;
        _block = block * blockSize;
        _start = _block;
        _at = _block + 4;
        _end = _block + blockSize;
        BinaryPrimitives.WriteUInt32LittleEndian(volume.AsSpan(_block), revision);
    }

    public int Length => _at - _block;

    public static byte[] Blank(int blocks, int blockSize = 4096)
    {
        var volume = new byte[blocks * blockSize];
        volume.AsSpan().Fill(0xFF);
        return volume;
    }

    public LogMaker Tag(int type, int id, params byte[] data)
    {
        Word((uint)type << 20 | (uint)id << 10 | (uint)data.Length);
        data.CopyTo(_volume, _at);
        _at += data.Length;
        Assert.True(_at <= _end);
        return this;
    }

    public LogMaker Removal(int type, int id)
    {
        Word((uint)type << 20 | (uint)id << 10 | 0x3FF);
        return this;
    }

    public LogMaker Superblock(int blocks, uint version = 0x00020000, int blockSize = 4096) =>
        Tag(0x0FF, 0, "littlefs"u8.ToArray()).Tag(0x201, 0, Words(version, (uint)blockSize, (uint)blocks, 255, 0x7FFFFFFF, 1022));

    public LogMaker Inline(int id, string name, string content) =>
        Tag(0x001, id, Encoding.UTF8.GetBytes(name)).Tag(0x201, id, Encoding.UTF8.GetBytes(content));

    public LogMaker Created(int id, string name, string content) => Tag(0x401, id).Inline(id, name, content);

    public LogMaker Directory(int id, string name, uint first, uint second) =>
        Tag(0x002, id, Encoding.UTF8.GetBytes(name)).Tag(0x200, id, Words(first, second));

    public LogMaker Large(int id, string name, uint head, uint size) =>
        Tag(0x001, id, Encoding.UTF8.GetBytes(name)).Tag(0x202, id, Words(head, size));

    public LogMaker SoftTail(uint first, uint second) => Tag(0x600, 0x3FF, Words(first, second));

    public LogMaker HardTail(uint first, uint second) => Tag(0x601, 0x3FF, Words(first, second));

    /// <summary>Closes the commit; the checksum tag may be followed by padding, and its lowest bit may be set.</summary>
    public LogMaker Commit(int padding = 0, int type = 0x500, uint spoil = 0)
    {
        uint tag = (uint)type << 20 | 0x3FFu << 10 | (uint)(4 + padding);
        Word(tag);
        uint crc = PlainLittleFs.Crc(_volume.AsSpan(_start, _at - _start)) ^ spoil;
        BinaryPrimitives.WriteUInt32LittleEndian(_volume.AsSpan(_at), crc);
        _at += 4 + padding;
        _start = _at;
        _previous = tag ^ ((uint)type & 1) << 31;
        return this;
    }

    public static byte[] Words(params uint[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }

    private void Word(uint tag)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_volume.AsSpan(_at), tag ^ _previous);
        _previous = tag;
        _at += 4;
    }
}
