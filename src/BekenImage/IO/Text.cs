namespace BekenImage.IO;

/// <summary>Text fields of the formats: bytes up to the first NUL, one character each, so that nothing is lost or thrown.</summary>
internal static class Text
{
    /// <summary>The characters before the first NUL. Bytes above 0x7F become the Latin-1 characters of the same number.</summary>
    public static string FromNulTerminated(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return FromLatin1(end < 0 ? field : field.Slice(0, end));
    }

    public static string FromLatin1(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[bytes.Length];
        for (int i = 0; i < characters.Length; i++)
            characters[i] = (char)bytes[i];
        return new string(characters);
    }

    /// <summary>True when every byte is printable ASCII.</summary>
    public static bool IsPrintable(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is < 0x20 or > 0x7E)
                return false;
        }
        return true;
    }

    /// <summary>Writes ASCII into a field of fixed size, NUL padded; a text as long as the field has no NUL, as the vendor's tools do it.</summary>
    public static void WritePadded(string text, Span<byte> field)
    {
        field.Clear();
        for (int i = 0; i < text.Length && i < field.Length; i++)
            field[i] = text[i] <= 0xFF ? (byte)text[i] : (byte)'?';
    }
}
