namespace BekenImage.Formats.Rbl;

/// <summary>The padding at the end of a package: n bytes of value n, 1 to 16 of them (PKCS#7), with and without AES.</summary>
internal static class PackagePadding
{
    public const int BlockSize = 16;

    public static byte[] Add(ReadOnlySpan<byte> bytes)
    {
        int count = BlockSize - bytes.Length % BlockSize;
        var padded = new byte[bytes.Length + count];
        bytes.CopyTo(padded);
        padded.AsSpan(bytes.Length).Fill((byte)count);
        return padded;
    }

    /// <summary>True for what may follow a stream: a whole padding, or nothing (ltchiptool pads encrypted packages only).</summary>
    public static bool IsPadding(ReadOnlySpan<byte> tail)
    {
        if (tail.Length > BlockSize)
            return false;
        foreach (byte value in tail)
        {
            if (value != tail.Length)
                return false;
        }
        return true;
    }

    /// <summary>True when bytes end in a whole padding: what decrypting with the right key gives.</summary>
    public static bool IsAtEndOf(ReadOnlySpan<byte> bytes)
    {
        int count = bytes.IsEmpty ? 0 : bytes[bytes.Length - 1];
        return count >= 1 && count <= bytes.Length && IsPadding(bytes.Slice(bytes.Length - count));
    }
}
