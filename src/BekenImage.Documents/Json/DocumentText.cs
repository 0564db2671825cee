using System.Text;

namespace BekenImage.Documents.Json;

/// <summary>
/// The text of a document, however it was saved: UTF-8 with or without its mark (Notepad), UTF-16 in either order (PowerShell 5.1's <c>&gt;</c>),
/// with its mark or by the zeros beside its first character.
/// </summary>
internal static class DocumentText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The text, without a mark.</summary>
    /// <exception cref="BekenImageException">It is no text in any of these forms.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var (encoding, mark) = Detect(bytes);
        try
        {
            return encoding.GetString(bytes.Slice(mark).ToArray());
        }
        catch (ArgumentException)
        {
            throw new BekenImageException(FindingCode.WrongKind,
                $"it is no JSON that can be read: it is no {(encoding == Utf8 ? "UTF-8" : "UTF-16")} text");
        }
    }

    /// <summary>The first character that is no blank; NUL where there is none.</summary>
    public static char FirstCharacter(ReadOnlySpan<byte> bytes)
    {
        var (encoding, mark) = Detect(bytes);
        int size = encoding == Utf8 ? 1 : 2;
        for (int i = mark; i + size <= bytes.Length; i += size)
        {
            int unit = size == 1 ? bytes[i] : encoding == LittleEndian ? bytes[i] | bytes[i + 1] << 8 : bytes[i] << 8 | bytes[i + 1];
            if (unit is not (' ' or '\t' or '\r' or '\n'))
                return (char)unit;
        }
        return '\0';
    }

    private static (Encoding Encoding, int Mark) Detect(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
            return (Utf8, 3);
        if (bytes.Length < 2)
            return (Utf8, 0);
        return (bytes[0], bytes[1]) switch
        {
            (0xFF, 0xFE) => (LittleEndian, 2),
            (0xFE, 0xFF) => (BigEndian, 2),
            (not 0, 0) => (LittleEndian, 0),
            (0, not 0) => (BigEndian, 0),
            _ => (Utf8, 0),
        };
    }
}
