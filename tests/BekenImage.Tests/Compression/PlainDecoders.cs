using System.Collections;

namespace BekenImage.Tests.Compression;

/// <summary>
/// QuickLZ and FastLZ read in the most literal way, independent of the library's decoders: lists, exceptions, no speed. They also insist on
/// what the vendor's decoders need and the formats only imply.
/// </summary>
internal static class PlainDecoders
{
    /// <summary>Cuts the framing and hands every block to a decoder.</summary>
    public static byte[] Unframe(byte[] data, int length, Func<byte[], byte[]> decodeBlock)
    {
        var plain = new List<byte>();
        var blocks = new Queue<byte>(data);
        while (plain.Count < length)
        {
            int size = 0;
            for (int i = 0; i < 4; i++)
                size = size * 256 + blocks.Dequeue();
            byte[] piece = decodeBlock(Enumerable.Range(0, size).Select(_ => blocks.Dequeue()).ToArray());
            Assert.Equal(Math.Min(4096, length - plain.Count), piece.Length);
            plain.AddRange(piece);
        }
        Assert.Empty(blocks);
        return plain.ToArray();
    }

    public static byte[] QuickLz(byte[] block)
    {
        using var reader = new BinaryReader(new MemoryStream(block));
        int flags = reader.ReadByte();
        Assert.Equal(0x4C, flags & 0xFC);
        int total = (flags & 2) != 0 ? reader.ReadInt32() : reader.ReadByte();
        int size = (flags & 2) != 0 ? reader.ReadInt32() : reader.ReadByte();
        Assert.Equal(block.Length, total);
        Assert.Equal(size >= 216, (flags & 2) != 0);
        return (flags & 1) == 0 ? reader.ReadBytes(size) : QuickLzItems(reader, size);
    }

    private static byte[] QuickLzItems(BinaryReader reader, int size)
    {
        var plain = new List<byte>();
        while (plain.Count < size)
        {
            var control = new BitArray([reader.ReadInt32()]);
            Assert.True(control[31]);
            for (int item = 0; item < 31 && plain.Count < size; item++)
            {
                if (!control[item])
                {
                    plain.Add(reader.ReadByte());
                    continue;
                }
                Assert.True(plain.Count <= size - 11);
                var (offset, length) = QuickLzMatch(reader);
                Assert.InRange(offset, 3, plain.Count);
                Assert.InRange(length, 3, size - 4 - plain.Count);
                for (int i = 0; i < length; i++)
                    plain.Add(plain[^offset]);
            }
        }
        return plain.ToArray();
    }

    private static (int Offset, int Length) QuickLzMatch(BinaryReader reader)
    {
        int first = reader.ReadByte();
        if (first % 4 == 0)
            return (first / 4, 3);
        int two = first + reader.ReadByte() * 0x100;
        if (first % 4 == 1)
            return (two / 4, 3);
        if (first % 4 == 2)
            return (two / 64, two / 4 % 16 + 3);
        int three = two + reader.ReadByte() * 0x10000;
        if (first % 128 != 3)
            return (three / 128, three / 4 % 32 + 2);
        long four = three + reader.ReadByte() * 0x1000000L;
        return ((int)(four / 0x8000), (int)(four / 128 % 256) + 3);
    }

    public static byte[] FastLz(byte[] block)
    {
        var plain = new List<byte>();
        using var source = ((IEnumerable<byte>)block).GetEnumerator();
        byte Next() => source.MoveNext() ? source.Current : throw new EndOfStreamException();
        bool first = true;
        while (source.MoveNext())
        {
            int opcode = source.Current, kind = opcode / 32;
            Assert.True(!first || kind == 0);
            first = false;
            if (kind == 0)
            {
                for (int i = 0; i <= opcode; i++)
                    plain.Add(Next());
                continue;
            }
            int length = kind == 7 ? 9 + Next() : kind + 2;
            int back = opcode % 32 * 256 + Next() + 1;
            for (int i = 0; i < length; i++)
                plain.Add(plain[^back]);
        }
        return plain.ToArray();
    }
}
