namespace BekenImage.Formats.Tuya;

/// <summary>A page of a block.</summary>
internal readonly struct TuyaPage
{
    public TuyaPage(TuyaBlock block, int page)
    {
        Block = block;
        Page = page;
    }

    public TuyaBlock Block { get; }

    public int Page { get; }
}

/// <summary>Where a value goes: its index page and its data pages, in order.</summary>
internal sealed class TuyaPlacement
{
    public TuyaPlacement(TuyaPage index, IReadOnlyList<TuyaPage> pages)
    {
        Index = index;
        Pages = pages;
        Parts = Join(pages);
    }

    public TuyaPage Index { get; }

    public IReadOnlyList<TuyaPage> Pages { get; }

    public IReadOnlyList<TuyaValuePart> Parts { get; }

    /// <summary>Neighbouring pages become one part.</summary>
    public static List<TuyaValuePart> Join(IReadOnlyList<TuyaPage> pages)
    {
        var parts = new List<TuyaValuePart>();
        foreach (var page in pages)
        {
            if (parts.Count > 0 && parts[parts.Count - 1] is var last && last.BlockId == page.Block.Id && last.LastPage + 1 == page.Page)
                parts[parts.Count - 1] = new TuyaValuePart(last.BlockId, last.FirstPage, page.Page);
            else
                parts.Add(new TuyaValuePart(page.Block.Id, page.Page, page.Page));
        }
        return parts;
    }
}

/// <summary>
/// Chooses pages for a value: its own first, then free ones, in runs, and rather in blocks that change anyway. Where that gives more parts
/// than an index page can name, the longest runs of all are taken.
/// </summary>
internal sealed class TuyaPageAllocator
{
    private readonly List<TuyaBlock> _blocks;
    private readonly Dictionary<TuyaBlock, uint> _free;
    private readonly List<TuyaPage> _own = [];
    private readonly TuyaPage? _index;

    public TuyaPageAllocator(TuyaStorage storage, TuyaValue? value)
    {
        // Into a block with a wrong sum nothing is written: it would look sound afterwards.
        _blocks = storage.AllBlocks.Where(block => block is { IsCurrent: true, SumOk: true, HasMap: true }).OrderBy(block => block.Id).ToList();
        _free = _blocks.ToDictionary(block => block, block => ~storage.UsedPages[block.Id]);
        if (value is null)
            return;
        _index = new TuyaPage(value.IndexBlock, value.IndexPage);
        // Not whatever its parts name: that may be another value's, or none. A page the map marks stays as it is.
        if (value.Data.Length == value.StoredLength)
            _own.AddRange(value.Pages.Where(page => _free.ContainsKey(page.Block) && (page.Block.IndexPages >> page.Page & 1) == 0));
    }

    public TuyaPlacement Place(int needed, int partLimit)
    {
        var index = _index ?? TakeIndexPage(needed);
        int free = _free.Values.Sum(CountBits);
        if (needed > _own.Count + free)
            throw TooLarge(needed, _own.Count + free);
        var pages = _own.Take(needed).ToList();
        pages.AddRange(TakeRuns(new Dictionary<TuyaBlock, uint>(_free), needed - pages.Count, Preferred(index)));
        if (TuyaPlacement.Join(pages).Count > partLimit)
            pages = TakeRuns(AllWithOwn(), needed, []);
        if (TuyaPlacement.Join(pages).Count > partLimit)
            throw new BekenImageException(FindingCode.TuyaValueTooLarge, FormattableString.Invariant(
                $"The free pages of the Tuya storage are too scattered: the value would have more than the {partLimit} parts its index page can name."));
        return new TuyaPlacement(index, pages);
    }

    /// <summary>A free page in the first block that can take the value as well, else in the emptiest one.</summary>
    private TuyaPage TakeIndexPage(int needed)
    {
        var block = _blocks.FirstOrDefault(candidate => LongestRun(_free[candidate]) > needed) ??
                    _blocks.OrderByDescending(candidate => CountBits(_free[candidate])).FirstOrDefault();
        if (block is null || _free[block] == 0)
            throw TooLarge(needed + 1, 0);
        int page = 1;
        while ((_free[block] >> page & 1) == 0)
            page++;
        _free[block] &= ~(1u << page);
        return new TuyaPage(block, page);
    }

    /// <summary>Blocks in the order they are to be filled: the index page's, those of the value's own pages.</summary>
    private List<TuyaBlock> Preferred(TuyaPage index) => new[] { index.Block }.Concat(_own.Select(page => page.Block)).Distinct().ToList();

    private Dictionary<TuyaBlock, uint> AllWithOwn()
    {
        var all = new Dictionary<TuyaBlock, uint>(_free);
        foreach (var page in _own)
            all[page.Block] |= 1u << page.Page;
        return all;
    }

    private List<TuyaPage> TakeRuns(Dictionary<TuyaBlock, uint> free, int needed, List<TuyaBlock> preferred)
    {
        var taken = new List<TuyaPage>();
        var order = preferred.Concat(_blocks).Distinct().Where(free.ContainsKey).ToList();
        while (taken.Count < needed)
        {
            var runs = order.SelectMany((block, rank) => Runs(free[block]).Select(run => (block, rank, run.First, run.Length))).ToList();
            int rest = needed - taken.Count;
            // The first block with a run that takes it all (its shortest such run), else the longest run there is.
            var fitting = runs.Where(run => run.Length >= rest).OrderBy(run => run.rank).ThenBy(run => run.Length).ThenBy(run => run.First).ToList();
            var chosen = fitting.Count > 0 ? fitting[0] : runs.OrderByDescending(run => run.Length).ThenBy(run => run.rank).First();
            for (int i = 0; i < Math.Min(rest, chosen.Length); i++)
            {
                taken.Add(new TuyaPage(chosen.block, chosen.First + i));
                free[chosen.block] &= ~(1u << chosen.First + i);
            }
        }
        return taken;
    }

    private static IEnumerable<(int First, int Length)> Runs(uint free)
    {
        int first = 0;
        for (int page = 0; page <= TuyaBlock.PageCount; page++)
        {
            if (page < TuyaBlock.PageCount && (free >> page & 1) != 0)
                continue;
            if (page > first)
                yield return (first, page - first);
            first = page + 1;
        }
    }

    private static int LongestRun(uint free) => Runs(free).Select(run => run.Length).DefaultIfEmpty().Max();

    private static int CountBits(uint bits)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1)
            count++;
        return count;
    }

    private static BekenImageException TooLarge(int needed, int available) => new(FindingCode.TuyaValueTooLarge, FormattableString.Invariant(
        $"The value needs {needed} pages of 128 bytes, {available} are free in the Tuya storage; nothing was written."));
}
