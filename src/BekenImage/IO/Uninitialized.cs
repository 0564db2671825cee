namespace BekenImage.IO;

/// <summary>Arrays that are written from end to end at once: clearing a megabyte costs as much as filling it.</summary>
internal static class Uninitialized
{
    /// <summary>That many bytes of no certain content.</summary>
    public static byte[] Bytes(long length) =>
#if NET8_0_OR_GREATER
        GC.AllocateUninitializedArray<byte>(checked((int)length));
#else
        new byte[length];
#endif
}
