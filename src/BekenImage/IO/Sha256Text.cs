using System.Security.Cryptography;

namespace BekenImage.IO;

/// <summary>SHA-256, as bytes and as lower-case hex.</summary>
internal static class Sha256Text
{
    public const int HashSize = 32;

    public static string Of(ReadOnlySpan<byte> bytes) => Hex.Lower(Hash(bytes));

    public static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
#if NET8_0_OR_GREATER
        return SHA256.HashData(bytes);
#else
        using var sha256 = SHA256.Create();
        return sha256.ComputeHash(bytes.ToArray());
#endif
    }
}
