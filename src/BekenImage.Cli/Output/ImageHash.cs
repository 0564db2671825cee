using System.Security.Cryptography;

namespace BekenImage.Cli.Output;

/// <summary>SHA-256 as printed.</summary>
internal static class ImageHash
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
