using System.Text;

namespace BekenImage.IO;

/// <summary>Text that people typed: UTF-8 up to the first NUL. Bytes that are no UTF-8 are read as Latin-1, so that nothing is lost.</summary>
internal static class Utf8Text
{
    public static string FromNulTerminated(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        byte[] bytes = (end < 0 ? field : field.Slice(0, end)).ToArray();
        string text = Encoding.UTF8.GetString(bytes);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) ? text : Text.FromLatin1(bytes);
    }
}
