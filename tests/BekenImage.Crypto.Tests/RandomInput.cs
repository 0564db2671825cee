using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>Seeded input: every run sees the same bytes.</summary>
internal static class RandomInput
{
    public static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    public static uint Word(Random random) => (uint)random.NextInt64(1L << 32);

    /// <summary>A key with random coefficients and the given selectors (6 bits) and disabled stages (4 bits); never bypassed.</summary>
    public static BekenKey Key(Random random, int selectors, int disabled)
    {
        uint control = Word(random) & 0x00FFE480 | (uint)random.Next(0x01, 0xFF) << 24;
        control |= (uint)((selectors & 3) << 11 | (selectors >> 2 & 3) << 8 | (selectors >> 4 & 3) << 5 | random.Next(2) << 4 | disabled);
        return new BekenKey(Word(random), Word(random), Word(random), control);
    }

    public static BekenKey Key(Random random) => Key(random, random.Next(64), random.Next(16));
}
