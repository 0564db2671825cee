using System.Text;

namespace BekenImage.Formats.Tuya;

/// <summary>Values that are text: UTF-8, some with NULs behind it that must be kept when writing and cut when showing.</summary>
internal static class TuyaText
{
    public static string? Decode(ReadOnlySpan<byte> data)
    {
        var bytes = data.Slice(0, LengthWithoutNuls(data)).ToArray();
        string text = Encoding.UTF8.GetString(bytes);
        foreach (char character in text)
        {
            if (char.IsControl(character) && character is not ('\t' or '\r' or '\n'))
                return null;
        }
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) ? text : null;
    }

    public static byte[] Encode(string text, ReadOnlySpan<byte> old)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int nuls = old.Length - LengthWithoutNuls(old);
        if (nuls == 0)
            return bytes;
        // Several NULs: a field of fixed size (em_sys_env has 20 bytes). One: a string with its end.
        int length = nuls > 1 && bytes.Length < old.Length ? old.Length : bytes.Length + 1;
        Array.Resize(ref bytes, length);
        return bytes;
    }

    public static int LengthWithoutNuls(ReadOnlySpan<byte> data)
    {
        int length = data.Length;
        while (length > 0 && data[length - 1] == 0)
            length--;
        return length;
    }

    /// <summary>A name as bytes, one a character; null where a character does not fit one.</summary>
    public static byte[]? NameBytes(string name)
    {
        var bytes = new byte[name.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (name[i] is '\0' or > '\u00FF')
                return null;
            bytes[i] = (byte)name[i];
        }
        return bytes;
    }
}
