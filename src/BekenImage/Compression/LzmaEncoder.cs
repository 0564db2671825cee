using System.Buffers.Binary;

namespace BekenImage.Compression;

/// <summary>
/// Makes streams of the LZMA SDK's lzma program with its header for lc 3, lp 0, pb 2 and a dictionary of 16 MiB. Takes the longest match it
/// finds and does not search for the cheapest path as the SDK does, so that its streams are a few percent longer and not the same bytes.
/// FORMAT.md, section 5.
/// </summary>
internal sealed class LzmaEncoder
{
    private const int LiteralContextBits = 3;
    private const int LiteralPositionBits = 0;
    private const int PositionBits = 2;
    private const uint Dictionary = 1 << 24;
    private const uint Top = 1 << 24;
    private const int ChainLimit = 64;
    private const int HashBits = 15;

    private readonly byte[] _plain;
    private readonly LzmaModel _model = new(LiteralContextBits, LiteralPositionBits, PositionBits);
    private readonly MemoryStream _target = new();
    private readonly int[] _heads = new int[1 << HashBits];
    private readonly int[] _previous;
    private ulong _low;
    private uint _range = 0xFFFFFFFF;
    private byte _cache;
    private long _cacheSize = 1;

    private LzmaEncoder(byte[] plain)
    {
        _plain = plain;
        _previous = new int[plain.Length];
        for (int i = 0; i < _heads.Length; i++)
            _heads[i] = -1;
    }

    /// <summary>One stream, whose header states the length, as the vendor's do; without an end mark.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> plain)
    {
        var encoder = new LzmaEncoder(plain.ToArray());
        var header = new byte[LzmaDecoder.HeaderSize];
        header[0] = (PositionBits * 5 + LiteralPositionBits) * 9 + LiteralContextBits;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(1), Dictionary);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(5), plain.Length);
        encoder._target.Write(header, 0, header.Length);
        encoder.Run();
        return encoder._target.ToArray();
    }

    private void Run()
    {
        int state = 0;
        var repeats = new int[4];
        for (int at = 0; at < _plain.Length;)
        {
            int positionState = at & _model.PositionMask;
            var (length, distance, repeat) = Choose(at, repeats);
            if (length < LzmaModel.MinimumMatch)
            {
                Bit(_model.IsMatch, (state << 4) + positionState, 0);
                WriteLiteral(at, state, repeats[0]);
                state = LzmaModel.AfterLiteral(state);
                Insert(at, 1);
                at++;
                continue;
            }
            Bit(_model.IsMatch, (state << 4) + positionState, 1);
            if (repeat < 0)
            {
                Bit(_model.IsRepeat, state, 0);
                WriteLength(_model.MatchLengths, length, positionState);
                WriteDistance(distance, LzmaModel.LengthState(length));
                (repeats[3], repeats[2], repeats[1], repeats[0]) = (repeats[2], repeats[1], repeats[0], distance);
                state = LzmaModel.AfterMatch(state);
            }
            else
            {
                Bit(_model.IsRepeat, state, 1);
                WriteRepeat(repeat, state, positionState);
                for (int i = repeat; i > 0; i--)
                    repeats[i] = repeats[i - 1];
                repeats[0] = distance;
                WriteLength(_model.RepeatLengths, length, positionState);
                state = LzmaModel.AfterRepeat(state);
            }
            Insert(at, length);
            at += length;
        }
        for (int i = 0; i < 5; i++)
            ShiftLow();
    }

    // A repeated distance costs little: it is taken unless a new one gives two bytes more. A far match of two bytes costs more than literals.
    private (int Length, int Distance, int Repeat) Choose(int at, int[] repeats)
    {
        int limit = Math.Min(LzmaLengths.Longest, _plain.Length - at);
        int length = 0, distance = 0, repeat = -1;
        for (int i = 0; i < repeats.Length; i++)
        {
            int found = at > repeats[i] ? MatchLength(at, at - repeats[i] - 1, limit) : 0;
            if (found > length)
                (length, distance, repeat) = (found, repeats[i], i);
        }
        if (limit < 3)
            return length >= LzmaModel.MinimumMatch ? (length, distance, repeat) : default;
        int tries = ChainLimit;
        for (int candidate = _heads[Hash(at)]; candidate >= 0 && tries > 0 && length < limit; candidate = _previous[candidate], tries--)
        {
            int found = MatchLength(at, candidate, limit);
            if (found >= 3 && found > length + (repeat >= 0 ? 1 : 0))
                (length, distance, repeat) = (found, at - candidate - 1, -1);
        }
        return length >= LzmaModel.MinimumMatch ? (length, distance, repeat) : default;
    }

    private int MatchLength(int at, int candidate, int limit)
    {
        int length = 0;
        while (length < limit && _plain[candidate + length] == _plain[at + length])
            length++;
        return length;
    }

    private void Insert(int at, int count)
    {
        for (int end = Math.Min(at + count, _plain.Length - 2); at < end; at++)
        {
            int hash = Hash(at);
            _previous[at] = _heads[hash];
            _heads[hash] = at;
        }
    }

    private int Hash(int at) =>
        (int)(unchecked((uint)(_plain[at] | _plain[at + 1] << 8 | _plain[at + 2] << 16) * 0x9E3779B1u) >> 32 - HashBits);

    private void WriteLiteral(int at, int state, int distance)
    {
        int offset = _model.LiteralOffset(at, at == 0 ? 0 : _plain[at - 1]);
        int match = state >= 7 ? _plain[at - distance - 1] : 0;
        bool isMatched = state >= 7;
        int symbol = 1;
        for (int i = 7; i >= 0; i--)
        {
            int bit = _plain[at] >> i & 1;
            int matchBit = match >> i & 1;
            Bit(_model.Literals, offset + (isMatched ? 1 + matchBit << 8 : 0) + symbol, bit);
            isMatched &= bit == matchBit;
            symbol = symbol << 1 | bit;
        }
    }

    private void WriteRepeat(int repeat, int state, int positionState)
    {
        Bit(_model.IsRepeatG0, state, repeat == 0 ? 0 : 1);
        if (repeat == 0)
        {
            Bit(_model.IsRepeat0Long, (state << 4) + positionState, 1);
            return;
        }
        Bit(_model.IsRepeatG1, state, repeat == 1 ? 0 : 1);
        if (repeat > 1)
            Bit(_model.IsRepeatG2, state, repeat - 2);
    }

    private void WriteLength(LzmaLengths lengths, int length, int positionState)
    {
        int value = length - LzmaModel.MinimumMatch;
        Bit(lengths.Choice, 0, value < LzmaLengths.Shorts ? 0 : 1);
        if (value < LzmaLengths.Shorts)
        {
            Tree(lengths.Low, positionState << LzmaLengths.ShortBits, LzmaLengths.ShortBits, value);
            return;
        }
        value -= LzmaLengths.Shorts;
        Bit(lengths.Choice, 1, value < LzmaLengths.Shorts ? 0 : 1);
        if (value < LzmaLengths.Shorts)
            Tree(lengths.Middle, positionState << LzmaLengths.ShortBits, LzmaLengths.ShortBits, value);
        else
            Tree(lengths.High, 0, LzmaLengths.LongBits, value - LzmaLengths.Shorts);
    }

    private void WriteDistance(int distance, int lengthState)
    {
        int slot = SlotOf(distance);
        Tree(_model.Slots, lengthState << LzmaModel.SlotBits, LzmaModel.SlotBits, slot);
        if (slot < LzmaModel.FirstModelSlot)
            return;
        int bits = (slot >> 1) - 1;
        int start = (2 | slot & 1) << bits;
        if (slot < LzmaModel.EndModelSlot)
        {
            ReverseTree(_model.Distances, start - slot, bits, distance - start);
            return;
        }
        for (int bit = bits - 1; bit >= LzmaModel.AlignBits; bit--)
            DirectBit(distance - start >> bit & 1);
        ReverseTree(_model.Align, 0, LzmaModel.AlignBits, distance - start & (1 << LzmaModel.AlignBits) - 1);
    }

    private static int SlotOf(int distance)
    {
        if (distance < LzmaModel.FirstModelSlot)
            return distance;
        int bits = 0;
        while (distance >> bits > 3)
            bits++;
        return (bits + 1 << 1) + (distance >> bits & 1);
    }

    private void Tree(ushort[] probabilities, int offset, int bits, int value)
    {
        int symbol = 1;
        for (int i = bits - 1; i >= 0; i--)
        {
            int bit = value >> i & 1;
            Bit(probabilities, offset + symbol, bit);
            symbol = symbol << 1 | bit;
        }
    }

    private void ReverseTree(ushort[] probabilities, int offset, int bits, int value)
    {
        int symbol = 1;
        for (int i = 0; i < bits; i++)
        {
            int bit = value >> i & 1;
            Bit(probabilities, offset + symbol, bit);
            symbol = symbol << 1 | bit;
        }
    }

    private void DirectBit(int bit)
    {
        _range >>= 1;
        _low += (ulong)bit * _range;
        Normalize();
    }

    private void Bit(ushort[] probabilities, int index, int bit)
    {
        int probability = probabilities[index];
        uint bound = (_range >> LzmaModel.ProbabilityBits) * (uint)probability;
        if (bit == 0)
        {
            _range = bound;
            probabilities[index] = (ushort)(probability + ((1 << LzmaModel.ProbabilityBits) - probability >> LzmaModel.MoveBits));
        }
        else
        {
            _low += bound;
            _range -= bound;
            probabilities[index] = (ushort)(probability - (probability >> LzmaModel.MoveBits));
        }
        Normalize();
    }

    private void Normalize()
    {
        if (_range >= Top)
            return;
        _range <<= 8;
        ShiftLow();
    }

    // Bytes of 0xFF wait until it is known whether a carry comes.
    private void ShiftLow()
    {
        if (_low is < 0xFF000000 or > 0xFFFFFFFF)
        {
            byte carry = (byte)(_low >> 32);
            for (byte value = _cache; _cacheSize > 0; _cacheSize--, value = 0xFF)
                _target.WriteByte(unchecked((byte)(value + carry)));
            _cache = (byte)(_low >> 24 & 0xFF);
        }
        _cacheSize++;
        _low = (_low & 0x00FFFFFF) << 8;
    }
}
