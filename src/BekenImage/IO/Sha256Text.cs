using System.Security.Cryptography;

namespace BekenImage.IO;

/// <summary>SHA-256 as lower-case hex.</summary>
internal static class Sha256Text
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
#if NET8_0_OR_GREATER
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Hex.Lower(hash.ToArray());
#else
        using var sha256 = SHA256.Create();
        return Hex.Lower(sha256.ComputeHash(bytes.ToArray()));
#endif
    }
}
