namespace BekenImage.IO;

/// <summary>Arrays that are written from end to end at once: clearing a megabyte costs as much as filling it.</summary>
internal static class Uninitialized
{
    /// <summary>That many bytes of no certain content; in a debug build never 0, so that a test sees a byte nobody wrote.</summary>
    public static byte[] Bytes(long length)
    {
#if DEBUG
        var bytes = new byte[length];
        bytes.AsSpan().Fill(0xA5);
        return bytes;
#elif NET8_0_OR_GREATER
        return GC.AllocateUninitializedArray<byte>(checked((int)length));
#else
        return new byte[length];
#endif
    }
}
