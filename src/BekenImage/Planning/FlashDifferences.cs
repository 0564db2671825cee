namespace BekenImage.Planning;

/// <summary>Sectors in which two states of a flash differ.</summary>
internal static class FlashDifferences
{
    /// <summary>Each of them by itself, in physical order.</summary>
    public static List<FlashRange> Of(byte[] before, byte[] after, int sectorSize)
    {
        var sectors = new List<FlashRange>();
        for (int start = 0; start < before.Length; start += sectorSize)
        {
            if (!before.AsSpan(start, sectorSize).SequenceEqual(after.AsSpan(start, sectorSize)))
                sectors.Add(new FlashRange(start, sectorSize));
        }
        return sectors;
    }
}
