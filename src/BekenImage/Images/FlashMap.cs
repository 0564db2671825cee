using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// An image as a map: regions in physical order that cover it exactly once, what nothing claims among them. Where partitions overlap the
/// inner one owns its bytes, and the outer one is in pieces. Immutable.
/// </summary>
public sealed class FlashMap
{
    private readonly ReadOnlyMemory<byte> _bytes;

    private FlashMap(ReadOnlyMemory<byte> bytes, IReadOnlyList<FlashRegion> regions)
    {
        _bytes = bytes;
        Regions = regions;
    }

    /// <summary>Length of the image in bytes.</summary>
    public long Length => _bytes.Length;

    /// <summary>The regions, in physical order, without gap or overlap; at least one.</summary>
    public IReadOnlyList<FlashRegion> Regions { get; }

    /// <summary>Makes the map of an image; of an archive, that of the one image in it. The cost is in proportion to its length.</summary>
    /// <param name="image">The image; of any kind.</param>
    public static FlashMap Of(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var mapped = image is { IsArchive: true, Contained: { } inside } ? inside : image;
        var damage = ProgramDamage.Find(mapped);
        var owned = RangeOwners.Resolve(mapped.Length, mapped.Partitions);
        var pieces = owned.Where(range => range.Owner is not null).GroupBy(range => range.Owner!).ToDictionary(group => group.Key, group => group.Count());
        var seen = new Dictionary<Partition, int>();
        var regions = new List<FlashRegion>(owned.Count);
        foreach (var range in owned)
        {
            int piece = 0;
            if (range.Owner is { } owner && pieces[owner] > 1)
                seen[owner] = piece = (seen.TryGetValue(owner, out int before) ? before : 0) + 1;
            regions.Add(new FlashRegion(range.Range, range.Owner, piece, mapped.Bytes, damage));
        }
        return new FlashMap(mapped.Bytes, regions);
    }

    /// <summary>
    /// The map as a row of cells, to scale as far as that goes: every region has at least one where there are as many cells as regions;
    /// where there are fewer, a cell shows the region that owns most of it. The cells cover the image exactly once.
    /// </summary>
    /// <param name="cells">How many; fewer come back where the image has fewer bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public IReadOnlyList<FlashMapCell> Strip(int cells)
    {
        if (cells < 1)
            throw new ArgumentOutOfRangeException(nameof(cells));
        cells = (int)Math.Min(cells, Length);
        var strip = new List<FlashMapCell>(cells);
        if (cells < Regions.Count)
        {
            int first = 0;
            foreach (var range in Divide(new FlashRange(0, Length), cells))
                strip.Add(Cell(range, Largest(range, ref first)));
            return strip;
        }
        var shares = StripShares.Of(Regions.Select(region => region.Length).ToArray(), cells);
        for (int index = 0; index < shares.Length; index++)
        {
            foreach (var range in Divide(Regions[index].Range, shares[index]))
                strip.Add(Cell(range, Regions[index]));
        }
        return strip;
    }

    private static IEnumerable<FlashRange> Divide(FlashRange range, int parts)
    {
        for (int part = 0; part < parts; part++)
            yield return FlashRange.FromBounds(range.Start + range.Length * part / parts, range.Start + range.Length * (part + 1) / parts);
    }

    // Both go upwards: where the last cell ended in a region, the next one begins.
    private FlashRegion Largest(FlashRange cell, ref int first)
    {
        while (Regions[first].Range.End <= cell.Start)
            first++;
        int best = first;
        for (int index = first; index < Regions.Count && Regions[index].Offset < cell.End; index++)
        {
            if (Regions[index].Range.Intersect(cell).Length > Regions[best].Range.Intersect(cell).Length)
                best = index;
        }
        return Regions[best];
    }

    private FlashMapCell Cell(FlashRange range, FlashRegion region) => new(range, region, range.Of(_bytes).Span, region.IsDamagedIn(range));
}
