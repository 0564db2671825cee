using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BekenImage.IO;

/// <summary>Hex digits of bytes.</summary>
internal static class Hex
{
    /// <summary>SHA-256 of bytes, lower-case hex.</summary>
    public static string Sha256(ReadOnlyMemory<byte> bytes)
    {
        using var sha256 = SHA256.Create();
        // Most memory lies in an array: then nothing is copied, whatever the framework.
        return Lower(MemoryMarshal.TryGetArray(bytes, out var segment)
            ? sha256.ComputeHash(segment.Array!, segment.Offset, segment.Count)
            : sha256.ComputeHash(bytes.ToArray()));
    }

    public static string Lower(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
