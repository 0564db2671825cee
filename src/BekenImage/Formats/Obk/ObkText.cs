using System.Text;

namespace BekenImage.Formats.Obk;

/// <summary>Writes the text fields of OpenBeken: UTF-8, NUL-terminated.</summary>
internal static class ObkText
{
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
