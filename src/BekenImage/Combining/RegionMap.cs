namespace BekenImage.Combining;

/// <summary>
/// The one gate through which images are built: a map of who owns each range. A region is refused that lies outside the flash, over
/// another region, or in the bootloader without having been asked for by name. Nothing is written until the whole map stands.
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
        CheckInside(region.Range, region.Name);
        CheckFree(region.Range, region.Name);
        _regions.Add(region);
    }

    /// <summary>Adds a region, or refuses it.</summary>
    /// <exception cref="ImageGuardException">It lies in the bootloader, outside the flash, or over another region.</exception>
    public void Add(ImageRegion region)
    {
        CheckWrite(region.Range, FlashLength, region.Name);
        CheckFree(region.Range, region.Name);
        _regions.Add(region);
    }

    /// <summary>The guards every write into an image passes, whoever asks.</summary>
    /// <exception cref="ImageGuardException">It reaches into the bootloader or out of the flash.</exception>
    public static void CheckWrite(FlashRange range, long flashLength, string name)
    {
        if (range.Overlaps(FlashGeometry.BootloaderSlot))
        {
            throw new ImageGuardException(FindingCode.BootloaderProtected,
                $"'{name}' ({range}) would write into the bootloader ({FlashGeometry.BootloaderSlot}); nothing was written", range.Start);
        }
        if (range.End > flashLength)
        {
            throw new ImageGuardException(FindingCode.OutsideFlash, FormattableString.Invariant(
                $"'{name}' ({range}) would reach beyond the flash, which ends at 0x{flashLength:x}; nothing was written"), range.Start);
        }
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

    /// <summary>The region of that name that holds something, or null.</summary>
    public ImageRegion? Find(string name) => _regions.Find(region => region.Name == name && region.Origin != RegionOrigin.Erased);

    /// <summary>All regions, in physical order.</summary>
    public IReadOnlyList<ImageRegion> ToList() => _regions.OrderBy(region => region.Offset).ToArray();

    private void CheckInside(FlashRange range, string name)
    {
        if (range.End > FlashLength)
            throw new ImageGuardException(FindingCode.OutsideFlash, $"'{name}' ({range}) lies outside the flash; nothing was written", range.Start);
    }

    private void CheckFree(FlashRange range, string name)
    {
        if (_regions.Find(region => region.Range.Overlaps(range)) is { } other)
        {
            throw new ImageGuardException(FindingCode.RegionsOverlap,
                $"'{name}' ({range}) would lie over '{other.Name}' ({other.Range}); nothing was written", range.Start);
        }
    }
}
