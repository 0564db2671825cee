namespace BekenImage.IO;

/// <summary>Questions about stretches of equal bytes.</summary>
internal static class ByteRuns
{
    /// <summary>True when every byte is 0xFF: erased flash. True for no bytes at all.</summary>
    public static bool IsErased(ReadOnlySpan<byte> bytes) => IsAll(bytes, 0xFF);

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
