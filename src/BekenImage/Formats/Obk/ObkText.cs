using System.Text;

namespace BekenImage.Formats.Obk;

/// <summary>Text fields of OpenBeken: UTF-8 up to the first NUL. Bytes that are no UTF-8 are read as Latin-1, so that nothing is lost.</summary>
internal static class ObkText
{
    public static string Read(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        byte[] bytes = (end < 0 ? field : field.Slice(0, end)).ToArray();
        string text = Encoding.UTF8.GetString(bytes);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) ? text : IO.Text.FromLatin1(bytes);
    }

    /// <summary>Writes a text and clears the rest of the field, so that nothing of a longer one before stays.</summary>
    public static void Write(string name, string text, Span<byte> field, bool mayFill)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int longest = mayFill ? field.Length : field.Length - 1;
        if (bytes.Length > longest)
            throw ObkPlainValue.Refused(name, FormattableString.Invariant($"the text has {bytes.Length} bytes, at most {longest} fit"));
        if (bytes.AsSpan().IndexOf((byte)0) >= 0)
            throw ObkPlainValue.Refused(name, "the text must not contain NUL");
        field.Clear();
        bytes.AsSpan().CopyTo(field);
    }
}
