using BekenImage.IO;

namespace BekenImage.Compression;

/// <summary>FastLZ blocks: levels 1 and 2 are read, level 1 is written. Source: FORMAT.md, section 4.</summary>
/// <remarks>
/// A sequence of opcodes: below 0x20 that many literals and one more follow; else a match, its length in the upper three bits and its
/// distance in the lower five and the next byte. The upper bits of the very first opcode, always literals, hold the level.
/// </remarks>
internal static class FastLz
{
    private const int LongestLiteralRun = 32;
    private const int LongestMatch = 264;
    private const int NearestOffset = 1;
    private const int LongLength = 7;
    private const int FarDistance = 8191;

    /// <summary>Where the vendor's packer begins no match: this far from the end.</summary>
    private const int NoMatchInLast = 12;

    /// <summary>How far from the end its matches stop.</summary>
    private const int NoMatchReachesLast = 2;

    /// <summary>Unpacks one block.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="piece">Receives the plain bytes.</param>
    /// <param name="written">How many plain bytes there are.</param>
    /// <returns>False when the block is damaged or its plain bytes do not fit.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> block, Span<byte> piece, out int written)
    {
        written = 0;
        var reader = new SpanReader(block);
        if (!reader.TryReadByte(out byte opcode))
            return true;
        int level = (opcode >> 5) + 1;
        if (level > 2)
            return false;
        opcode &= 0x1F;
        while (true)
        {
            bool copied = opcode < 0x20
                ? TryCopyLiterals(ref reader, opcode + 1, piece, ref written)
                : TryCopyMatch(ref reader, opcode, level, piece, ref written);
            if (!copied)
                return false;
            if (!reader.TryReadByte(out opcode))
                return true;
        }
    }

    /// <summary>Packs one piece at level 1.</summary>
    public static PieceEncoder MakeEncoder() => new Encoder().Encode;

    private static bool TryCopyLiterals(ref SpanReader reader, int count, Span<byte> piece, ref int written)
    {
        if (!reader.TryReadBytes(count, out var literals) || count > piece.Length - written)
            return false;
        literals.CopyTo(piece.Slice(written));
        written += count;
        return true;
    }

    private static bool TryCopyMatch(ref SpanReader reader, byte opcode, int level, Span<byte> piece, ref int written)
    {
        int length = opcode >> 5;
        if (length == LongLength && !TryReadLength(ref reader, level, piece.Length, ref length))
            return false;
        if (!TryReadDistance(ref reader, level, opcode & 0x1F, out int distance))
            return false;
        length += 2;
        if (distance >= written || length > piece.Length - written)
            return false;
        for (int end = written + length; written < end; written++)
            piece[written] = piece[written - distance - 1];
        return true;
    }

    // Level 1 has one more byte of length, level 2 as many as are 0xFF and one.
    private static bool TryReadLength(ref SpanReader reader, int level, int maximum, ref int length)
    {
        byte more;
        do
        {
            if (!reader.TryReadByte(out more) || length > maximum)
                return false;
            length += more;
        }
        while (level == 2 && more == 0xFF);
        return true;
    }

    private static bool TryReadDistance(ref SpanReader reader, int level, int high, out int distance)
    {
        distance = 0;
        if (!reader.TryReadByte(out byte low))
            return false;
        distance = high << 8 | low;
        if (level == 1 || distance != 0x1FFF)
            return true;
        if (!reader.TryReadByte(out byte farHigh) || !reader.TryReadByte(out byte farLow))
            return false;
        distance = FarDistance + (farHigh << 8 | farLow);
        return true;
    }

    // In bytes; a long match takes one more, and every match may cost the literals behind it another opcode.
    private static int Gain(int offset, int length) => length - (length < LongLength + 2 ? 2 : 3);

    private sealed class Encoder
    {
        private readonly MatchFinder _matches = new(Gain, NearestOffset, LongestMatch);

        public int Encode(ReadOnlySpan<byte> piece, Span<byte> block)
        {
            _matches.Reset();
            int length = 0, literals = 0, at = 0;
            while (at < piece.Length)
            {
                var match = Choose(piece, at);
                if (match.Gain <= 0)
                {
                    at++;
                    literals++;
                    continue;
                }
                WriteLiterals(piece.Slice(at - literals, literals), block, ref length);
                WriteMatch(match, block, ref length);
                at += match.Length;
                literals = 0;
            }
            WriteLiterals(piece.Slice(at - literals, literals), block, ref length);
            return length;
        }

        // The first item must be a literal: there the upper bits of the opcode are the level.
        private RepeatMatch Choose(ReadOnlySpan<byte> piece, int at)
        {
            int lastStart = piece.Length - NoMatchInLast - 1, end = piece.Length - NoMatchReachesLast;
            if (at == 0 || at > lastStart)
                return default;
            var match = _matches.Find(piece, at, end);
            if (match.Gain <= 0 || at == lastStart)
                return match;
            return _matches.Find(piece, at + 1, end).Gain > match.Gain ? default : match;
        }

        private static void WriteLiterals(ReadOnlySpan<byte> literals, Span<byte> block, ref int length)
        {
            while (!literals.IsEmpty)
            {
                int count = Math.Min(LongestLiteralRun, literals.Length);
                block[length++] = (byte)(count - 1);
                literals.Slice(0, count).CopyTo(block.Slice(length));
                length += count;
                literals = literals.Slice(count);
            }
        }

        private static void WriteMatch(RepeatMatch match, Span<byte> block, ref int length)
        {
            int distance = match.Offset - 1, count = match.Length - 2;
            block[length++] = (byte)(Math.Min(count, LongLength) << 5 | distance >> 8);
            if (count >= LongLength)
                block[length++] = (byte)(count - LongLength);
            block[length++] = (byte)(distance & 0xFF);
        }
    }
}
