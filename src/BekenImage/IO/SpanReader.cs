using System.Buffers.Binary;

namespace BekenImage.IO;

/// <summary>
/// The one checked reader under all formats: reads little-endian values in order and never leaves its bytes. A read that does not fit
/// returns false and does not move.
/// </summary>
internal ref struct SpanReader
{
    private readonly ReadOnlySpan<byte> _bytes;

    public SpanReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        Position = 0;
    }

    /// <summary>Next byte to be read, from the start of the bytes.</summary>
    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public bool TryReadByte(out byte value)
    {
        bool read = TryReadBytes(1, out var bytes);
        value = read ? bytes[0] : default;
        return read;
    }

    public bool TryReadUInt16(out ushort value)
    {
        bool read = TryReadBytes(sizeof(ushort), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : default;
        return read;
    }

    public bool TryReadUInt32(out uint value)
    {
        bool read = TryReadBytes(sizeof(uint), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : default;
        return read;
    }

    public bool TryReadUInt32BigEndian(out uint value)
    {
        bool read = TryReadBytes(sizeof(uint), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : default;
        return read;
    }

    /// <summary>Reads a stretch of bytes; the count may be any number found in an image.</summary>
    public bool TryReadBytes(long count, out ReadOnlySpan<byte> bytes)
    {
        if (count < 0 || count > Remaining)
        {
            bytes = default;
            return false;
        }
        bytes = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return true;
    }

    /// <summary>Reads a field of fixed size and cuts it at its first NUL.</summary>
    public bool TryReadText(int size, out string text)
    {
        bool read = TryReadBytes(size, out var bytes);
        text = read ? Text.FromNulTerminated(bytes) : string.Empty;
        return read;
    }

    /// <summary>Goes to a position counted from the start; it may be any number found in an image.</summary>
    public bool TrySeek(long position)
    {
        if (position < 0 || position > _bytes.Length)
            return false;
        Position = (int)position;
        return true;
    }
}
