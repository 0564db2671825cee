using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Compression;

/// <summary>
/// Blocks of QuickLZ 1.5.0, level 3, without streaming buffer. Source: FORMAT.md, section 3.
/// </summary>
/// <remarks>
/// A block: flags, its total size, the plain size (one byte each, or four from 216 plain bytes on), then either the plain bytes or items: a
/// control word of 31 bits (bit 31 is its end) and as many items, a literal byte for 0 and a match for 1. Near the end of the plain bytes
/// there are only literals.
/// </remarks>
internal static class QuickLz
{
    private const int ShortHeader = 3;
    private const int LongHeader = 9;
    private const int LongFrom = 216;

    private const byte CompressedFlag = 0x01;
    private const byte LongFlag = 0x02;
    private const byte LevelMask = 0x0C;
    private const byte Level3 = 0x0C;
    private const byte AlwaysSet = 0x40;

    /// <summary>No match begins beyond the plain size less this.</summary>
    private const int NoMatchInLast = 11;

    /// <summary>Matches end this far before the plain size at the latest: the vendor's decoder copies four bytes at a time.</summary>
    private const int NoMatchReachesLast = 4;

    /// <summary>The vendor's decoder copies in steps of three, so nearer repeats would come out wrong there.</summary>
    private const int NearestOffset = 3;

    private const int LongestMatch = 258;
    private const uint EndOfControl = 0x80000000;
    private const int SmallestBody = 9;

    /// <summary>Unpacks one block.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="piece">Receives the plain bytes.</param>
    /// <param name="written">How many plain bytes there are.</param>
    /// <returns>False when the block is damaged or its plain bytes do not fit.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> block, Span<byte> piece, out int written)
    {
        written = 0;
        var reader = new SpanReader(block);
        if (!TryReadHeader(ref reader, out byte flags, out uint total, out uint size))
            return false;
        if (total > block.Length || total < reader.Position || size > piece.Length)
            return false;
        var body = block.Slice(reader.Position, (int)total - reader.Position);
        var plain = piece.Slice(0, (int)size);
        written = plain.Length;
        if ((flags & CompressedFlag) != 0)
            return (flags & LevelMask) == Level3 && TryDecodeItems(body, plain);
        if (body.Length < plain.Length)
            return false;
        body.Slice(0, plain.Length).CopyTo(plain);
        return true;
    }

    /// <summary>Packs one piece; a piece that does not shrink is stored.</summary>
    public static PieceEncoder MakeEncoder() => new Encoder().Encode;

    private static bool TryReadHeader(ref SpanReader reader, out byte flags, out uint total, out uint size)
    {
        total = size = 0;
        if (!reader.TryReadByte(out flags) || (flags & AlwaysSet) == 0)
            return false;
        if ((flags & LongFlag) != 0)
            return reader.TryReadUInt32(out total) && reader.TryReadUInt32(out size);
        if (!reader.TryReadByte(out byte shortTotal) || !reader.TryReadByte(out byte shortSize))
            return false;
        (total, size) = (shortTotal, shortSize);
        return true;
    }

    private static bool TryDecodeItems(ReadOnlySpan<byte> body, Span<byte> plain)
    {
        var reader = new SpanReader(body);
        uint control = 1;
        int done = 0;
        while (done < plain.Length)
        {
            if (control == 1 && !reader.TryReadUInt32(out control))
                return false;
            bool isMatch = (control & 1) != 0;
            if (!isMatch && done > plain.Length - NoMatchInLast)
                return TryCopyTail(ref reader, plain, done, control);
            if (isMatch ? !TryCopyMatch(ref reader, body, plain, ref done) : !reader.TryReadByte(out plain[done++]))
                return false;
            control >>= 1;
        }
        return true;
    }

    private static bool TryCopyMatch(ref SpanReader reader, ReadOnlySpan<byte> body, Span<byte> plain, ref int done)
    {
        int used = ReadMatch(Window(body, reader.Position), out int offset, out int length);
        if (!reader.TryReadBytes(used, out _) || offset < 1 || offset > done || length > plain.Length - done)
            return false;
        for (int end = done + length; done < end; done++)
            plain[done] = plain[done - offset];
        return true;
    }

    // From here on every item is a literal; control words still stand between them, but say nothing.
    private static bool TryCopyTail(ref SpanReader reader, Span<byte> plain, int done, uint control)
    {
        while (done < plain.Length)
        {
            if (control == 1)
            {
                if (!reader.TryReadUInt32(out _))
                    return false;
                control = EndOfControl;
            }
            if (!reader.TryReadByte(out plain[done++]))
                return false;
            control >>= 1;
        }
        return true;
    }

    /// <summary>Four bytes from a position, little-endian, zeros behind the end.</summary>
    private static uint Window(ReadOnlySpan<byte> body, int at)
    {
        uint window = 0;
        for (int i = 0; i < 4 && at + i < body.Length; i++)
            window |= (uint)body[at + i] << 8 * i;
        return window;
    }

    /// <summary>Reads one match, and returns how many bytes it takes.</summary>
    private static int ReadMatch(uint window, out int offset, out int length)
    {
        length = 3;
        switch (window & 3)
        {
            case 0:
                offset = (int)((window & 0xFF) >> 2);
                return 1;
            case 1:
                offset = (int)((window & 0xFFFF) >> 2);
                return 2;
            case 2:
                offset = (int)((window & 0xFFFF) >> 6);
                length = (int)(window >> 2 & 15) + 3;
                return 2;
            case 3 when (window & 0x7F) != 3:
                offset = (int)(window >> 7 & 0x1FFFF);
                length = (int)(window >> 2 & 31) + 2;
                return 3;
            default:
                offset = (int)(window >> 15);
                length = (int)(window >> 7 & 255) + 3;
                return 4;
        }
    }

    /// <summary>The reverse of <see cref="ReadMatch"/>: the bits of a match and how many bytes they take.</summary>
    private static int WriteMatch(int offset, int length, out uint window)
    {
        (window, int used) = (offset, length) switch
        {
            ( < 64, 3) => ((uint)offset << 2, 1),
            (_, 3) => (1 | (uint)offset << 2, 2),
            ( < 1024, <= 18) => (2 | (uint)(length - 3) << 2 | (uint)offset << 6, 2),
            (_, <= 33) => (3 | (uint)(length - 2) << 2 | (uint)offset << 7, 3),
            _ => (3 | (uint)(length - 3) << 7 | (uint)offset << 15, 4),
        };
        return used;
    }

    // In ninths of a literal: a literal takes 8 bits and one of a control word, a match its bytes and one.
    private static int Gain(int offset, int length) => length * 9 - WriteMatch(offset, length, out _) * 8 - 1;

    private sealed class Encoder
    {
        private readonly MatchFinder _matches = new(Gain, NearestOffset, LongestMatch);

        public int Encode(ReadOnlySpan<byte> piece, Span<byte> block)
        {
            int header = piece.Length < LongFrom ? ShortHeader : LongHeader;
            int body = EncodeItems(piece, block.Slice(header));
            bool shrinks = body >= 0 && Math.Max(body, SmallestBody) < piece.Length;
            if (!shrinks)
            {
                body = piece.Length;
                piece.CopyTo(block.Slice(header));
            }
            for (; shrinks && body < SmallestBody; body++)
                block[header + body] = 0;
            WriteHeader(block, shrinks ? CompressedFlag : (byte)0, header + body, piece.Length);
            return header + body;
        }

        private static void WriteHeader(Span<byte> block, byte compressed, int total, int size)
        {
            bool isLong = size >= LongFrom;
            block[0] = (byte)(AlwaysSet | Level3 | compressed | (isLong ? LongFlag : 0));
            if (isLong)
            {
                BinaryPrimitives.WriteInt32LittleEndian(block.Slice(1), total);
                BinaryPrimitives.WriteInt32LittleEndian(block.Slice(5), size);
                return;
            }
            block[1] = (byte)total;
            block[2] = (byte)size;
        }

        // Returns the length of the items, or -1 as soon as they are not shorter than the piece.
        private int EncodeItems(ReadOnlySpan<byte> piece, Span<byte> body)
        {
            _matches.Reset();
            int controlAt = 0, length = 4, items = 0;
            uint control = 0;
            int at = 0;
            while (at < piece.Length)
            {
                if (length > piece.Length)
                    return -1;
                if (items == 31)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(body.Slice(controlAt), control | EndOfControl);
                    (controlAt, length, items, control) = (length, length + 4, 0, 0);
                }
                var match = Choose(piece, at);
                if (match.Gain > 0)
                {
                    control |= 1u << items;
                    int used = WriteMatch(match.Offset, match.Length, out uint window);
                    for (int i = 0; i < used; i++)
                        body[length++] = unchecked((byte)(window >> 8 * i));
                    at += match.Length;
                }
                else
                    body[length++] = piece[at++];
                items++;
            }
            BinaryPrimitives.WriteUInt32LittleEndian(body.Slice(controlAt), control | EndOfControl);
            return length;
        }

        // A literal now and a better match at the next byte may save more than a match now.
        private RepeatMatch Choose(ReadOnlySpan<byte> piece, int at)
        {
            int lastStart = piece.Length - NoMatchInLast, end = piece.Length - NoMatchReachesLast;
            if (at > lastStart)
                return default;
            var match = _matches.Find(piece, at, end);
            if (match.Gain <= 0 || at == lastStart)
                return match;
            return _matches.Find(piece, at + 1, end).Gain > match.Gain ? default : match;
        }
    }
}
