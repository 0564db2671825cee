namespace BekenImage.IO;

/// <summary>Stretches of equal bytes: asked about, and made.</summary>
internal static class ByteRuns
{
    /// <summary>True when every byte is 0xFF: erased flash. True for no bytes at all.</summary>
    public static bool IsErased(ReadOnlySpan<byte> bytes) => IsAll(bytes, 0xFF);

    /// <summary>Erased flash: that many bytes of 0xFF.</summary>
    public static byte[] Erased(long length) => Erased(length, default);

    /// <summary>That many bytes: the content, and 0xFF behind it.</summary>
    public static byte[] Erased(long length, ReadOnlySpan<byte> content)
    {
        var bytes = new byte[length];
        content.CopyTo(bytes);
        bytes.AsSpan(content.Length).Fill(0xFF);
        return bytes;
    }

    public static bool IsAll(ReadOnlySpan<byte> bytes, byte value)
    {
#if NET8_0_OR_GREATER
        return bytes.IndexOfAnyExcept(value) < 0;
#else
        foreach (byte other in bytes)
        {
            if (other != value)
                return false;
        }
        return true;
#endif
    }
}
