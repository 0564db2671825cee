using System.Numerics;
using System.Text;

namespace BekenImage.Tests.Formats.LittleFs;

/// <summary>
/// The judge: a second reader of the format, written from its description in another way than the product. It looks facts up by walking
/// the log backwards, seeks in files by their skip pointers, recurses, and throws at the first thing it dislikes.
/// </summary>
internal sealed class PlainLittleFs
{
    private readonly byte[] _volume;
    private readonly int _blockSize;
    private readonly uint[] _move = new uint[3];

    public PlainLittleFs(byte[] volume, int blockSize = 4096)
    {
        _volume = volume;
        _blockSize = blockSize;
        var chain = new List<(uint, uint)>();
        for ((uint, uint)? pair = (0, 1); pair is { } at && at.Item1 != uint.MaxValue; pair = Tail(Log(at))?.Pair)
        {
            Assert.DoesNotContain(at, chain);
            chain.Add(at);
            var state = Log(at).LastOrDefault(tag => tag.Type == 0x7FF).Data;
            for (int word = 0; state is not null && word < 3; word++)
                _move[word] ^= BitConverter.ToUInt32(state, 4 * word);
        }
        Chain = chain;
        var super = Log(chain[0]);
        Assert.Equal("littlefs", Encoding.ASCII.GetString(Lookup(super, 0, 0x7FF, 0x0FF)!.Value.Data));
        Fields = Lookup(super, 0, 0x7FF, 0x201)!.Value.Data;
        List(chain.Last(pair => Lookup(Log(pair), 0, 0x7FF, 0x0FF) is not null), "");
    }

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The files in the order of the volume.</summary>
    public List<string> Listed { get; } = [];

    public SortedSet<string> Directories { get; } = new(StringComparer.Ordinal);

    /// <summary>By path and type, "" being the root.</summary>
    public Dictionary<(string, int), byte[]> Attributes { get; } = [];

    public IReadOnlyList<(uint, uint)> Chain { get; }

    public byte[] Fields { get; }

    private readonly record struct Tag(int Type, int Id, byte[] Data, bool IsGone);

    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
                crc = ((crc ^ (uint)(value >> bit)) & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return crc;
    }

    private void List((uint, uint) pair, string path)
    {
        var log = Log(pair);
        byte[]? before = null;
        for (int id = 0; id < Count(log); id++)
        {
            var name = Lookup(log, id, 0x700, 0x000)!.Value;
            string here = name.Type == 0x0FF ? path : path + Encoding.UTF8.GetString(name.Data);
            foreach (int type in log.Where(tag => tag.Type >> 8 == 3).Select(tag => tag.Type & 0xFF).Distinct())
            {
                if (Lookup(log, id, 0x7FF, 0x300 + type) is { IsGone: false } attribute)
                    Attributes[(here, type)] = attribute.Data;
            }
            if (name.Type == 0x0FF || IsMoved(pair, id))
                continue;
            Assert.True(IsBefore(before, name.Data), "names in order");
            before = name.Data;
            var structure = Lookup(log, id, 0x700, 0x200)!.Value;
            if (name.Type == 2)
            {
                Assert.Equal(0x200, structure.Type);
                Directories.Add(here);
                List(Pair(structure.Data), here + "/");
            }
            else
            {
                Listed.Add(here);
                Files.Add(here, structure.Type == 0x201 ? structure.Data : Content(structure.Data));
            }
        }
        if (Tail(log) is { IsHard: true } tail)
            List(tail.Pair, path);
    }

    /// <summary>Looks a file up as the library does: pair by pair, and no further than the first that has a name behind it.</summary>
    public bool CanOpen(string path)
    {
        var pair = Chain.Last(pair => Lookup(Log(pair), 0, 0x7FF, 0x0FF) is not null);
        foreach (byte[] wanted in path.Split('/').Select(Encoding.UTF8.GetBytes))
        {
            for (int found = -1; found < 0;)
            {
                var log = Log(pair);
                var names = Enumerable.Range(0, Count(log)).Select(id => Lookup(log, id, 0x700, 0x000)!.Value).ToList();
                found = names.FindIndex(name => name.Type != 0x0FF && name.Data.SequenceEqual(wanted));
                bool isPassed = names.Any(name => name.Type != 0x0FF && IsBefore(wanted, name.Data));
                if (found >= 0)
                    pair = names[found].Type == 2 ? Pair(Lookup(log, found, 0x700, 0x200)!.Value.Data) : pair;
                else if (!isPassed && Tail(log) is { IsHard: true } tail)
                    pair = tail.Pair;
                else
                    return false;
            }
        }
        return true;
    }

    // As if every name ended with a character above all others.
    private static bool IsBefore(byte[]? left, byte[] right) =>
        left is null || left.Select(value => (int)value).Append(256).ToArray().AsSpan().SequenceCompareTo(right.Select(value => (int)value).Append(256).ToArray()) < 0;

    private bool IsMoved((uint, uint) pair, int id) =>
        (_move[0] >> 28) == 4 && (_move[0] >> 10 & 0x3FF) == id &&
        (pair == (_move[1], _move[2]) || pair == (_move[2], _move[1]));

    private byte[] Content(byte[] structure)
    {
        uint head = BitConverter.ToUInt32(structure, 0);
        int size = BitConverter.ToInt32(structure, 4);
        var content = new byte[size];
        int last = Place(size - 1).Block;
        for (int position = 0; position < size;)
        {
            var (index, offset) = Place(position);
            uint block = head;
            for (int at = last; at != index;)
            {
                // The largest skip that does not go too far.
                int skip = Math.Min(BitOperations.TrailingZeroCount(at), BitOperations.Log2((uint)(at - index)));
                block = BitConverter.ToUInt32(_volume, (int)block * _blockSize + 4 * skip);
                at -= 1 << skip;
            }
            int length = Math.Min(_blockSize - offset, size - position);
            Array.Copy(_volume, (int)block * _blockSize + offset, content, position, length);
            position += length;
        }
        return content;
    }

    private (int Block, int Offset) Place(int position)
    {
        int index = 0;
        for (int start = 0; ; index++)
        {
            int pointers = index == 0 ? 0 : 4 * (BitOperations.TrailingZeroCount(index) + 1);
            if (position < start + _blockSize - pointers)
                return (index, position - start + pointers);
            start += _blockSize - pointers;
        }
    }

    private List<Tag> Log((uint A, uint B) pair)
    {
        var (a, revisionA) = LogOfBlock(pair.A);
        var (b, revisionB) = LogOfBlock(pair.B);
        Assert.True(a.Count + b.Count > 0, $"pair {pair} is readable");
        return b.Count == 0 || a.Count > 0 && unchecked((int)(revisionA - revisionB)) > 0 ? a : b;
    }

    private (List<Tag>, uint) LogOfBlock(uint number)
    {
        var block = _volume.AsSpan((int)number * _blockSize, _blockSize);
        var good = new List<Tag>();
        var open = new List<Tag>();
        uint previous = 0xFFFFFFFF;
        int start = 0;
        for (int at = 4; at + 4 <= _blockSize;)
        {
            uint tag = ((uint)block[at] << 24 | (uint)block[at + 1] << 16 | (uint)block[at + 2] << 8 | block[at + 3]) ^ previous;
            int length = (tag & 0x3FF) == 0x3FF ? 0 : (int)(tag & 0x3FF);
            if (tag >> 31 != 0 || at + 4 + length > _blockSize)
                break;
            int type = (int)(tag >> 20);
            var data = block.Slice(at + 4, length).ToArray();
            previous = tag;
            if (type >> 8 == 5 && type != 0x5FF)
            {
                if (BitConverter.ToUInt32(data, 0) != Crc(block.Slice(start, at + 4 - start)))
                    break;
                good.AddRange(open);
                good.Add(new Tag(type, 0x3FF, data, false));
                open.Clear();
                previous ^= (tag >> 20 & 1) << 31;
                start = at + 4 + length;
            }
            else
                open.Add(new Tag(type, (int)(tag >> 10 & 0x3FF), data, (tag & 0x3FF) == 0x3FF));
            at += 4 + length;
        }
        return (good, BitConverter.ToUInt32(block));
    }

    private static int Count(List<Tag> log)
    {
        int count = 0;
        foreach (var tag in log)
        {
            count = tag.Type == 0x401 ? count + 1
                : tag.Type == 0x4FF ? count - 1
                : tag.Type < 0x100 ? Math.Max(count, tag.Id + 1) : count;
        }
        return count;
    }

    /// <summary>The newest word on an id: ids of earlier tags are counted as they were then.</summary>
    private static Tag? Lookup(List<Tag> log, int id, int mask, int type)
    {
        foreach (var tag in Enumerable.Reverse(log))
        {
            if (tag.Type == 0x401 && tag.Id == id)
                return null;
            if (tag.Type == 0x401 && tag.Id < id)
                id--;
            else if (tag.Type == 0x4FF && tag.Id <= id)
                id++;
            else if (tag.Id == id && (tag.Type & mask) == type && tag.Type >> 8 is 0 or 2 or 3)
                return tag;
        }
        return null;
    }

    private static ((uint, uint) Pair, bool IsHard)? Tail(List<Tag> log)
    {
        var tail = log.LastOrDefault(tag => tag.Type is 0x600 or 0x601);
        return tail.Data is null ? null : (Pair(tail.Data), tail.Type == 0x601);
    }

    private static (uint, uint) Pair(byte[] data) => (BitConverter.ToUInt32(data, 0), BitConverter.ToUInt32(data, 4));
}
