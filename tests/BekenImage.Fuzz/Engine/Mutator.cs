using System.Buffers.Binary;

namespace BekenImage.Fuzz.Engine;

/// <summary>Changes inputs: bits, numbers that are edges, words of the format, pieces moved, doubled, taken out, taken from other inputs.</summary>
internal sealed class Mutator(Random random, IFuzzTarget target)
{
    private static readonly uint[] Edges =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 33, 34, 63, 64, 127, 128, 255, 256, 511, 512, 1023, 1024, 4095, 4096, 4097, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF,
        0x10000, 0x11000, 0x100000, 0x1FFFFF, 0x200000, 0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFF000, 0xFFFFFFFC, 0xFFFFFFFE, 0xFFFFFFFF,
    ];

    public byte[] Mutate(byte[] parent, IReadOnlyList<byte[]> others)
    {
        byte[] bytes = (byte[])parent.Clone();
        for (int count = 1 << random.Next(5); count > 0; count--)
            bytes = Step(bytes, others);
        if (bytes.Length > target.MaximumLength)
            Array.Resize(ref bytes, target.MaximumLength);
        // Mostly sealed: a wrong checksum is a case too, but one that ends early.
        if (random.Next(8) != 0)
            target.Seal(bytes);
        return bytes;
    }

    private byte[] Step(byte[] bytes, IReadOnlyList<byte[]> others)
    {
        int at = bytes.Length == 0 ? 0 : random.Next(bytes.Length);
        if (bytes.Length == 0)
            return Insert(bytes, 0, others[random.Next(others.Count)]);
        switch (random.Next(15))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 3:
                bytes[at] = (byte)(bytes[at] + random.Next(-16, 17));
                return bytes;
            case 4:
                bytes[at] = (byte)Edges[random.Next(Edges.Length)];
                return bytes;
            case 5 or 6:
                return Number(bytes, at);
            case 7:
                return Overwrite(bytes, at, Word());
            case 8:
                return Insert(bytes, at, Word());
            case 9:
                return Remove(bytes, at, Span(bytes.Length - at));
            case 10:
                return Insert(bytes, at, bytes.AsSpan(random.Next(bytes.Length)) is var rest ? rest[..Span(rest.Length)] : default);
            case 11:
                var source = bytes.AsSpan(random.Next(bytes.Length));
                return Overwrite(bytes, at, source[..Span(source.Length)].ToArray());
            case 12:
                bytes.AsSpan(at, Span(bytes.Length - at)).Fill(random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) });
                return bytes;
            case 13:
                return random.Next(4) == 0 ? bytes[..at] : Insert(bytes, bytes.Length, new byte[Span(4096)]);
            default:
                byte[] other = others[random.Next(others.Count)];
                if (other.Length == 0)
                    return bytes;
                int from = random.Next(2) == 0 ? Math.Min(at, other.Length - 1) : random.Next(other.Length);
                return random.Next(2) == 0
                    ? [.. bytes.AsSpan(0, at), .. other.AsSpan(from)]
                    : Overwrite(bytes, at, other.AsSpan(from, Span(other.Length - from)));
        }
    }

    // Of 2, 4 or 8 bytes, in either order; an edge, a little more or less than it, or more or less than what is there.
    private byte[] Number(byte[] bytes, int at)
    {
        int size = Math.Min(2 << random.Next(3), bytes.Length - at);
        if (size is not (2 or 4 or 8))
            return bytes;
        if (random.Next(2) == 0)
            at = at / size * size;
        bool big = random.Next(4) == 0;
        Span<byte> word = stackalloc byte[8];
        bytes.AsSpan(at, size).CopyTo(word);
        if (big)
            word[..size].Reverse();
        ulong value = random.Next(3) switch
        {
            0 => Edges[random.Next(Edges.Length)],
            1 => (ulong)(bytes.Length + random.Next(-40, 41)),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(word) + (ulong)random.Next(-40, 41),
        };
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        if (big)
            word[..size].Reverse();
        word[..size].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private byte[] Word() => target.Words.Count == 0 ? BitConverter.GetBytes(Edges[random.Next(Edges.Length)]) : target.Words[random.Next(target.Words.Count)];

    // Mostly short.
    private int Span(int limit) => random.Next(1, 1 + Math.Max(1, Math.Min(limit, 1 << random.Next(1, 13))));

    private static byte[] Insert(byte[] bytes, int at, ReadOnlySpan<byte> piece) => [.. bytes.AsSpan(0, at), .. piece, .. bytes.AsSpan(at)];

    private static byte[] Remove(byte[] bytes, int at, int count) =>
        [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + count))];

    private static byte[] Overwrite(byte[] bytes, int at, ReadOnlySpan<byte> piece)
    {
        piece[..Math.Min(piece.Length, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
