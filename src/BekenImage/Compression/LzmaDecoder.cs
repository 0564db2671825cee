using System.Buffers.Binary;

namespace BekenImage.Compression;

/// <summary>
/// Reads a stream of the LZMA SDK's lzma program ("LZMA alone"): 13 bytes of header, then the range-coded bytes. What comes out is its own
/// dictionary, so that a declared dictionary costs nothing. FORMAT.md, section 5.
/// </summary>
internal sealed class LzmaDecoder
{
    public const int HeaderSize = 13;

    private const int RangeHeaderSize = 5;
    private const uint Top = 1 << 24;

    private readonly byte[] _data;
    private readonly byte[] _output;
    private readonly LzmaModel _model;
    private int _position;
    private int _produced;
    private uint _range = 0xFFFFFFFF;
    private uint _code;
    private bool _isCut;

    private LzmaDecoder(byte[] data, byte[] output, LzmaModel model)
    {
        _data = data;
        _output = output;
        _model = model;
    }

    /// <summary>Reads the stream at the start of some bytes.</summary>
    /// <param name="data">The stream, and what lies behind it.</param>
    /// <param name="maximumLength">Reading stops when it gives more.</param>
    public static DecodeResult Decode(byte[] data, int maximumLength)
    {
        if (data.Length < HeaderSize + RangeHeaderSize)
            return DecodeResult.Failed(DecodeStatus.Truncated, 0, $"the LZMA header is cut off");
        int properties = data[0];
        if (properties >= 9 * 5 * 5)
            return DecodeResult.Failed(DecodeStatus.Broken, 0, $"the LZMA properties 0x{properties:x2} are none");
        if (properties % 9 + properties / 9 % 5 > 4)
            return DecodeResult.Failed(DecodeStatus.Broken, 0, $"the LZMA properties 0x{properties:x2} are not supported");
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(5));
        bool isSizeKnown = size != ulong.MaxValue;
        if (isSizeKnown && size > (ulong)maximumLength)
            return DecodeResult.Failed(DecodeStatus.TooLong, 0, $"the LZMA stream states 0x{size:x} bytes, 0x{maximumLength:x} are allowed");
        if (data[HeaderSize] != 0)
            return DecodeResult.Failed(DecodeStatus.Broken, 0, $"the LZMA stream does not begin with 0");
        var model = new LzmaModel(properties % 9, properties / 9 % 5, properties / 9 / 5);
        var decoder = new LzmaDecoder(data, new byte[isSizeKnown ? (int)size : maximumLength], model);
        decoder._position = HeaderSize + RangeHeaderSize;
        decoder._code = BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(HeaderSize + 1));
        return decoder.Run(isSizeKnown);
    }

    private DecodeResult Run(bool isSizeKnown)
    {
        int state = 0, d0 = 0, d1 = 0, d2 = 0, d3 = 0;
        while (!isSizeKnown || _produced < _output.Length)
        {
            if (_isCut)
                return DecodeResult.Failed(DecodeStatus.Truncated, _produced, $"the LZMA stream is cut off after 0x{_produced:x} bytes");
            int at = (state << 4) + (_produced & _model.PositionMask);
            if (Bit(_model.IsMatch, at) == 0)
            {
                if (_produced == _output.Length)
                    return TooLong();
                ReadLiteral(state, d0);
                state = LzmaModel.AfterLiteral(state);
                continue;
            }
            int length;
            if (Bit(_model.IsRepeat, state) == 0)
            {
                (d3, d2, d1) = (d2, d1, d0);
                length = ReadLength(_model.MatchLengths);
                state = LzmaModel.AfterMatch(state);
                uint distance = ReadDistance(LzmaModel.LengthState(length));
                if (distance == 0xFFFFFFFF)
                    return isSizeKnown ? Broken() : _isCut ? Cut() : Complete();
                if (distance >= (uint)_produced)
                    return _isCut ? Cut() : Broken();
                d0 = (int)distance;
            }
            else
            {
                if (_produced == 0)
                    return _isCut ? Cut() : Broken();
                if (Bit(_model.IsRepeatG0, state) == 0)
                {
                    if (Bit(_model.IsRepeat0Long, at) == 0)
                    {
                        state = LzmaModel.AfterShortRepeat(state);
                        if (d0 >= _produced)
                            return Broken();
                        if (_produced == _output.Length)
                            return TooLong();
                        _output[_produced] = _output[_produced - d0 - 1];
                        _produced++;
                        continue;
                    }
                }
                else if (Bit(_model.IsRepeatG1, state) == 0)
                {
                    (d0, d1) = (d1, d0);
                }
                else if (Bit(_model.IsRepeatG2, state) == 0)
                {
                    (d0, d1, d2) = (d2, d0, d1);
                }
                else
                {
                    (d0, d1, d2, d3) = (d3, d0, d1, d2);
                }
                length = ReadLength(_model.RepeatLengths);
                state = LzmaModel.AfterRepeat(state);
                if (d0 >= _produced)
                    return _isCut ? Cut() : Broken();
            }
            if (length > _output.Length - _produced)
                return isSizeKnown ? Broken() : TooLong();
            for (int i = 0; i < length; i++, _produced++)
                _output[_produced] = _output[_produced - d0 - 1];
        }
        return _isCut ? Cut() : Complete();
    }

    // The encoder writes five bytes at its end; the last may be unread when all plain bytes are there.
    private DecodeResult Complete() => DecodeResult.Complete(_output.AsSpan(0, _produced).ToArray(), _position);

    private DecodeResult Cut() =>
        DecodeResult.Failed(DecodeStatus.Truncated, _produced, $"the LZMA stream is cut off after 0x{_produced:x} bytes");

    private DecodeResult Broken() =>
        DecodeResult.Failed(DecodeStatus.Broken, _produced, $"the LZMA stream is damaged after 0x{_produced:x} bytes");

    private DecodeResult TooLong() =>
        DecodeResult.Failed(DecodeStatus.TooLong, _produced, $"the LZMA stream gives more than 0x{_output.Length:x} bytes; stopped");

    private void ReadLiteral(int state, int distance)
    {
        int offset = _model.LiteralOffset(_produced, _produced == 0 ? 0 : _output[_produced - 1]);
        int symbol = 1;
        if (state >= 7 && distance < _produced)
        {
            int match = _output[_produced - distance - 1];
            while (symbol < 0x100)
            {
                int matchBit = match >> 7 & 1;
                match <<= 1;
                int bit = Bit(_model.Literals, offset + (1 + matchBit << 8) + symbol);
                symbol = symbol << 1 | bit;
                if (bit != matchBit)
                    break;
            }
        }
        while (symbol < 0x100)
            symbol = symbol << 1 | Bit(_model.Literals, offset + symbol);
        _output[_produced++] = (byte)(symbol & 0xFF);
    }

    private int ReadLength(LzmaLengths lengths)
    {
        int position = _produced & _model.PositionMask;
        if (Bit(lengths.Choice, 0) == 0)
            return LzmaModel.MinimumMatch + Tree(lengths.Low, position << LzmaLengths.ShortBits, LzmaLengths.ShortBits);
        if (Bit(lengths.Choice, 1) == 0)
            return LzmaModel.MinimumMatch + LzmaLengths.Shorts + Tree(lengths.Middle, position << LzmaLengths.ShortBits, LzmaLengths.ShortBits);
        return LzmaModel.MinimumMatch + 2 * LzmaLengths.Shorts + Tree(lengths.High, 0, LzmaLengths.LongBits);
    }

    private uint ReadDistance(int lengthState)
    {
        int slot = Tree(_model.Slots, lengthState << LzmaModel.SlotBits, LzmaModel.SlotBits);
        if (slot < LzmaModel.FirstModelSlot)
            return (uint)slot;
        int bits = (slot >> 1) - 1;
        uint distance = (uint)(2 | slot & 1) << bits;
        if (slot < LzmaModel.EndModelSlot)
            return distance + ReverseTree(_model.Distances, (int)distance - slot, bits);
        for (uint bit = 1u << bits - 1; bit >= 1 << LzmaModel.AlignBits; bit >>= 1)
            distance |= DirectBit() * bit;
        return distance | ReverseTree(_model.Align, 0, LzmaModel.AlignBits);
    }

    private int Tree(ushort[] probabilities, int offset, int bits)
    {
        int symbol = 1;
        for (int i = 0; i < bits; i++)
            symbol = symbol << 1 | Bit(probabilities, offset + symbol);
        return symbol - (1 << bits);
    }

    private uint ReverseTree(ushort[] probabilities, int offset, int bits)
    {
        int index = 1;
        uint symbol = 0;
        for (int i = 0; i < bits; i++)
        {
            int bit = Bit(probabilities, offset + index);
            index = index << 1 | bit;
            symbol |= (uint)bit << i;
        }
        return symbol;
    }

    private uint DirectBit()
    {
        _range >>= 1;
        uint bit = _code >= _range ? 1u : 0u;
        _code -= _range * bit;
        Normalize();
        return bit;
    }

    private int Bit(ushort[] probabilities, int index)
    {
        int probability = probabilities[index];
        uint bound = (_range >> LzmaModel.ProbabilityBits) * (uint)probability;
        int bit;
        if (_code < bound)
        {
            _range = bound;
            probabilities[index] = (ushort)(probability + ((1 << LzmaModel.ProbabilityBits) - probability >> LzmaModel.MoveBits));
            bit = 0;
        }
        else
        {
            _range -= bound;
            _code -= bound;
            probabilities[index] = (ushort)(probability - (probability >> LzmaModel.MoveBits));
            bit = 1;
        }
        Normalize();
        return bit;
    }

    private void Normalize()
    {
        if (_range >= Top)
            return;
        _range <<= 8;
        _isCut |= _position >= _data.Length;
        _code = _code << 8 | (_position < _data.Length ? _data[_position++] : 0u);
    }
}
