using System.Text;

namespace BekenImage.Fuzz.Engine;

/// <summary>Turns bytes into the parts of a model: what is changed in them changes the model a little. When they are used up, all is zero.</summary>
internal ref struct FuzzData(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty)
            return 0;
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public bool Bool() => (Byte() & 1) != 0;

    /// <summary>A number from 0 to a limit that is not reached.</summary>
    public int Below(int limit) => (int)(Word() % (uint)limit);

    public ushort Half() => (ushort)(Byte() | Byte() << 8);

    public uint Word() => (uint)(Half() | Half() << 16);

    /// <summary>At most this many bytes; a length goes before them.</summary>
    public byte[] Bytes(int limit)
    {
        int count = Math.Min(Half() % (limit + 1), _rest.Length);
        byte[] value = _rest[..count].ToArray();
        _rest = _rest[count..];
        return value;
    }

    public byte[] Rest()
    {
        byte[] value = _rest.ToArray();
        _rest = default;
        return value;
    }

    /// <summary>Any text that can be a string, at most this many characters.</summary>
    public string Text(int limit) => Encoding.Latin1.GetString(Bytes(limit));

    /// <summary>Text of printable ASCII.</summary>
    public string Ascii(int limit) => string.Concat(Bytes(limit).Select(value => (char)(0x20 + value % 0x5F)));
}
