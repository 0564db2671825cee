using BekenImage.Editing;

namespace BekenImage.Combining;

/// <summary>
/// Who owns each range of an image that is being planned. A region is refused that lies outside the flash, over another region, or in the
/// bootloader without having been asked for by name. Nothing is written until the whole map stands; then an <see cref="ImageBuffer"/> is.
/// </summary>
internal sealed class RegionMap(long flashLength)
{
    private readonly List<ImageRegion> _regions = [];

    public long FlashLength { get; } = flashLength;

    /// <summary>The bootloader's own region: the only one that may lie in the protected range.</summary>
    public void AddBootloader(ImageRegion region)
    {
        if (region.Range != FlashGeometry.BootloaderSlot)
            throw new InvalidOperationException("The bootloader's region is the whole protected range.");
        WriteGuards.CheckInside(region.Range, FlashLength, region.Name);
        CheckFree(region.Range, region.Name);
        _regions.Add(region);
    }

    /// <summary>Adds a region, or refuses it.</summary>
    /// <exception cref="ImageGuardException">It lies in the bootloader, outside the flash, or over another region.</exception>
    public void Add(ImageRegion region)
    {
        WriteGuards.Check(region.Range, FlashLength, region.Name, FlashGeometry.BootloaderSlot);
        CheckFree(region.Range, region.Name);
        _regions.Add(region);
    }

    /// <summary>Stretches that no region owns, in physical order.</summary>
    public IEnumerable<FlashRange> Free(FlashRange within)
    {
        long at = within.Start;
        foreach (var region in _regions.Where(region => region.Range.Overlaps(within)).OrderBy(region => region.Offset).ToArray())
        {
            if (region.Offset > at)
                yield return FlashRange.FromBounds(at, region.Offset);
            at = Math.Max(at, region.Range.End);
        }
        if (at < within.End)
            yield return FlashRange.FromBounds(at, within.End);
    }

    /// <summary>True where some region owns a part of a range.</summary>
    public bool Overlaps(FlashRange range) => _regions.Exists(region => region.Range.Overlaps(range));

    /// <summary>The region of that name that holds something, or null.</summary>
    public ImageRegion? Find(string name) => _regions.Find(region => region.Name == name && region.Origin != RegionOrigin.Erased);

    /// <summary>All regions, in physical order.</summary>
    public IReadOnlyList<ImageRegion> ToList() => _regions.OrderBy(region => region.Offset).ToArray();

    private void CheckFree(FlashRange range, string name)
    {
        if (_regions.Find(region => region.Range.Overlaps(range)) is { } other)
        {
            throw new ImageGuardException(FindingCode.RegionsOverlap,
                $"'{name}' ({range}) would lie over '{other.Name}' ({other.Range}); nothing was written", range.Start);
        }
    }
}
