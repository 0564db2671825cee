using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>
/// The pages of an image's programs that are in use and not what they were, by the rule of <see cref="ProgramPayload.CountDamaged"/>.
/// </summary>
internal sealed class ProgramDamage
{
    // By ascending start, without overlap; behind each the sum of all up to it.
    private readonly List<FlashRange> _ranges = [];
    private readonly List<long> _sums = [];

    private ProgramDamage(IEnumerable<FlashRange> found)
    {
        foreach (var range in found.OrderBy(range => range.Start))
        {
            long start = Math.Max(range.Start, _ranges.Count == 0 ? 0 : _ranges[_ranges.Count - 1].End);
            if (start >= range.End)
                continue;
            _ranges.Add(FlashRange.FromBounds(start, range.End));
            _sums.Add((_sums.Count == 0 ? 0 : _sums[_sums.Count - 1]) + range.End - start);
        }
    }

    public static ProgramDamage Find(FlashImage image)
    {
        var found = new List<FlashRange>();
        foreach (var program in image.Programs.Partitions.Where(partition => partition.Storage.IsPaged))
        {
            var payload = ProgramPayload.Find(image, program);
            if (payload.CountDamaged(image) > 0)
                Add(found, image, payload);
        }
        return new ProgramDamage(found);
    }

    /// <summary>How many bytes of a range lie in such pages.</summary>
    public long BytesIn(FlashRange range) => BytesBefore(range.End) - BytesBefore(range.Start);

    private static void Add(List<FlashRange> found, FlashImage image, ProgramPayload payload)
    {
        bool isWhole = payload.Container is not { PayloadHashOk: false };
        var range = payload.PhysicalRange;
        var stored = range.Of(image.Bytes).Span;
        for (int at = 0; at + FlashPages.PageSize <= stored.Length; at += FlashPages.PageSize)
        {
            var page = stored.Slice(at, FlashPages.PageSize);
            if (ByteRuns.IsErased(page) ? !isWhole : FlashPages.Check(page).Valid == 0)
                found.Add(new FlashRange(range.Start + at, FlashPages.PageSize));
        }
    }

    private long BytesBefore(long address)
    {
        int low = 0;
        for (int high = _ranges.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Start < address)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? 0 : _sums[low - 1] - Math.Max(0, _ranges[low - 1].End - address);
    }
}
