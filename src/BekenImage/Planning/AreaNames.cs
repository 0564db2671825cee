using BekenImage.Images;

namespace BekenImage.Planning;

/// <summary>Who owns which stretch of a flash.</summary>
internal sealed class AreaNames(FlashImage image)
{
    private readonly List<OwnedRange> _owned = RangeOwners.Resolve(image.Length, image.Partitions);

    /// <summary>The owners of a range, in physical order; each once.</summary>
    public IEnumerable<Partition> Owners(FlashRange range)
    {
        int at = FirstBehind(range.Start);
        var seen = new HashSet<Partition>();
        for (; at < _owned.Count && _owned[at].Range.Start < range.End; at++)
        {
            if (_owned[at].Owner is { } owner && seen.Add(owner))
                yield return owner;
        }
    }

    public IEnumerable<string> Names(FlashRange range) => Owners(range).Select(owner => owner.Name);

    private int FirstBehind(long start)
    {
        int low = 0;
        int high = _owned.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_owned[middle].Range.End <= start)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
