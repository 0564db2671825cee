namespace BekenImage.IO;

/// <summary>32-bit FNV-1a: offset basis 0x811C9DC5, prime 0x01000193. "a" gives 0xE40C292C.</summary>
internal static class Fnv1a
{
    public const uint Prime = 0x01000193;

    private const uint OffsetBasis = 0x811C9DC5;

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint hash = OffsetBasis;
#if NET8_0_OR_GREATER
        for (; Fnv1aLanes.IsSupported && data.Length >= Fnv1aLanes.BlockLength; data = data.Slice(Fnv1aLanes.BlockLength))
            hash = Fnv1aLanes.Append(hash, data.Slice(0, Fnv1aLanes.BlockLength));
#endif
        return Append(hash, data);
    }

    /// <summary>The definition.</summary>
    public static uint Append(uint hash, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
            hash = unchecked((hash ^ value) * Prime);
        return hash;
    }
}
