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

    /// <summary>Writes a text that someone chose into a field of a header: one that does not fit is refused, not cut.</summary>
    /// <param name="what">What it is: name, version.</param>
    /// <param name="text">The text.</param>
    /// <param name="field">The field; a text as long as it has no NUL.</param>
    /// <exception cref="BekenImageException">It is too long, or has a character the field cannot hold.</exception>
    public static void WriteHeaderText(string what, string text, Span<byte> field)
    {
        if (text.Length > field.Length)
        {
            throw new BekenImageException(FindingCode.HeaderTextTooLong, FormattableString.Invariant(
                $"the {what} '{text}' has {text.Length} characters, its field in the header has room for {field.Length}"));
        }
        if (text.Any(character => character is '\0' or > '\xFF'))
            throw new BekenImageException(FindingCode.HeaderTextTooLong, $"the {what} '{text}' has a character that its field in the header cannot hold");
        WritePadded(text, field);
    }

    /// <summary>Writes ASCII into a field of fixed size, NUL padded; a text as long as the field has no NUL, as the vendor's tools do it.</summary>
    public static void WritePadded(string text, Span<byte> field)
    {
        field.Clear();
        for (int i = 0; i < text.Length && i < field.Length; i++)
            field[i] = text[i] <= 0xFF ? (byte)text[i] : (byte)'?';
    }
}
