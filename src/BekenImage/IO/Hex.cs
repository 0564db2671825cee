using System.Globalization;

namespace BekenImage.IO;

/// <summary>Hex digits of bytes.</summary>
internal static class Hex
{
    public static string Lower(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
