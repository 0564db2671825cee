namespace BekenImage.IO;

/// <summary>32-bit FNV-1a: offset basis 0x811C9DC5, prime 0x01000193. "a" gives 0xE40C292C.</summary>
internal static class Fnv1a
{
    private const uint OffsetBasis = 0x811C9DC5;
    private const uint Prime = 0x01000193;

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint hash = OffsetBasis;
        foreach (byte value in data)
            hash = unchecked((hash ^ value) * Prime);
        return hash;
    }
}
