using System.Globalization;
using System.Text;

namespace BekenImage;

/// <summary>A MAC address of six bytes, in transmission order. Immutable. The default value is 00:00:00:00:00:00.</summary>
public readonly struct MacAddress : IEquatable<MacAddress>
{
    /// <summary>Number of bytes.</summary>
    public const int Size = 6;

    private readonly ulong _value;

    private MacAddress(ulong value)
    {
        _value = value;
    }

    /// <summary>Makes an address.</summary>
    /// <param name="bytes">Six bytes, the first one transmitted first.</param>
    /// <exception cref="ArgumentException">There are not exactly six bytes.</exception>
    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("A MAC address has 6 bytes.", nameof(bytes));
        _value = 0;
        foreach (byte value in bytes)
            _value = _value << 8 | value;
    }

    /// <inheritdoc cref="MacAddress(ReadOnlySpan{byte})"/>
    public MacAddress(byte[] bytes)
        : this((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan())
    {
    }

    /// <summary>True when the lowest bit of the first byte is set: a group address, which no station may have as its own.</summary>
    public bool IsMulticast => (_value >> 40 & 1) != 0;

    /// <summary>True when a station may use it: not multicast, not all 00, not all FF.</summary>
    public bool IsStation => !IsMulticast && _value != 0;

    /// <summary>
    /// True when other devices have it too: it ends in 00:00:00, as what firmware and tools make up does, or is the one that beken_freertos_sdk
    /// uses where there is none (C8:47:8C:42:88:48).
    /// </summary>
    public bool IsPlaceholder => (_value & 0xFF_FFFF) == 0 || _value == 0xC847_8C42_8848;

    /// <summary>Reads an address from text.</summary>
    /// <param name="text">Twelve hex digits, in pairs separated by <c>:</c> or <c>-</c>, or without separators; blanks around are ignored.</param>
    /// <param name="mac">The address, or all 00 when the text is none.</param>
    /// <returns>False when the text is no MAC address; nothing is thrown.</returns>
    public static bool TryParse(string? text, out MacAddress mac)
    {
        mac = default;
        string trimmed = (text ?? string.Empty).Trim();
        if (trimmed.Length == 17)
        {
            char separator = trimmed[2];
            if (separator is not (':' or '-'))
                return false;
            string[] pairs = trimmed.Split(separator);
            if (pairs.Length != Size || pairs.Any(pair => pair.Length != 2))
                return false;
            trimmed = string.Concat(pairs);
        }
        if (trimmed.Length != 2 * Size ||
            !ulong.TryParse(trimmed, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value))
            return false;
        mac = new MacAddress(value);
        return true;
    }

    /// <summary>The six bytes in transmission order, in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        for (int i = 0; i < Size; i++)
            bytes[i] = (byte)(_value >> 8 * (Size - 1 - i) & 0xFF);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(MacAddress other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Lower-case hex with colons: <c>c8:47:8c:00:00:00</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(17);
        foreach (byte value in ToArray())
        {
            if (text.Length > 0)
                text.Append(':');
            text.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    /// <summary>True when all six bytes are the same.</summary>
    public static bool operator ==(MacAddress left, MacAddress right) => left.Equals(right);

    /// <summary>True when any byte differs.</summary>
    public static bool operator !=(MacAddress left, MacAddress right) => !left.Equals(right);
}
