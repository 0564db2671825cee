namespace BekenImage.Formats.Tuya;

/// <summary>
/// Puts the values of the current blocks together. Every page belongs to one value at most, so that neither time nor memory exceed what
/// the storage holds, whatever its index pages claim.
/// </summary>
internal sealed class TuyaValueCollector
{
    private readonly Dictionary<int, TuyaBlock> _blocks;
    private readonly Dictionary<int, uint> _used = [];
    private readonly ICollection<Finding> _findings;

    public TuyaValueCollector(IEnumerable<TuyaBlock> current, ICollection<Finding> findings)
    {
        _blocks = current.ToDictionary(block => block.Id);
        _findings = findings;
    }

    public List<TuyaValue> Collect(out IReadOnlyDictionary<int, uint> usedPages)
    {
        var entries = new List<Entry>();
        // Damaged blocks last: what a sound block says about a page counts.
        foreach (var block in _blocks.Values.OrderByDescending(block => block.SumOk).ThenBy(block => block.Id))
            AddEntries(block, entries);
        var values = new Dictionary<string, TuyaValue>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var value = Join(entry);
            // In a damaged block only the value's own sum can tell that the index page is one.
            if (value.SumOk || entry.Block.SumOk)
                Add(values, value);
        }
        // A page marked in the map stays out of the writer's hands, also where it is no index page.
        foreach (var block in _blocks.Values)
            _used[block.Id] |= block.IndexPages;
        usedPages = _used;
        return values.Values.OrderBy(value => value.Name, StringComparer.Ordinal).ToList();
    }

    private void AddEntries(TuyaBlock block, List<Entry> entries)
    {
        uint used = 1;
        for (int page = 1; page < TuyaBlock.PageCount; page++)
        {
            if ((block.IndexPages >> page & 1) == 0)
                continue;
            var index = TuyaIndexPage.TryRead(block, page);
            if (index is { IsSelfReferent: true })
            {
                used |= 1u << page;
                entries.Add(new Entry(block, page, index));
            }
            else if (block.SumOk)
            {
                _findings.Add(new Finding(FindingSeverity.Warning, FindingCode.TuyaIndexPage,
                    FormattableString.Invariant($"Page {page} of Tuya block {block.Id} is marked as an index page and is none."),
                    block.Offset + page * TuyaBlock.PageSize));
            }
        }
        _used[block.Id] = used;
    }

    private TuyaValue Join(Entry entry)
    {
        var index = entry.Index;
        var pages = new List<TuyaPage>();
        bool complete = true;
        foreach (var part in index.Parts)
            complete = complete && TryTake(part, pages);
        int length = (int)Math.Min(index.Length, (long)pages.Count * TuyaBlock.PageSize);
        var data = new byte[length];
        for (int i = 0; i * TuyaBlock.PageSize < length; i++)
        {
            var target = data.AsSpan(i * TuyaBlock.PageSize);
            pages[i].Block.Page(pages[i].Page).Slice(0, Math.Min(TuyaBlock.PageSize, target.Length)).CopyTo(target);
        }
        bool sumOk = complete && length == index.Length && TuyaCipher.Sum(data) == index.Sum;
        var value = new TuyaValue(index.Name, data, index.Length, sumOk, entry.Block, entry.Page, index.Parts, pages);
        if (!sumOk && entry.Block.SumOk)
            Report(value, complete && length == index.Length);
        return value;
    }

    private bool TryTake(TuyaValuePart part, List<TuyaPage> pages)
    {
        if (!_blocks.TryGetValue(part.BlockId, out var block) || part.FirstPage < 1 || part.LastPage >= TuyaBlock.PageCount ||
            part.FirstPage > part.LastPage)
            return false;
        for (int page = part.FirstPage; page <= part.LastPage; page++)
        {
            if ((_used[part.BlockId] >> page & 1) != 0)
                return false;
            _used[part.BlockId] |= 1u << page;
            pages.Add(new TuyaPage(block, page));
        }
        return true;
    }

    // Names are not quoted: a damaged page may hold anything there.
    private void Report(TuyaValue value, bool isComplete) => _findings.Add(isComplete
        ? new Finding(FindingSeverity.Warning, FindingCode.TuyaValueSum,
            "The bytes of a Tuya value do not give its sum; it cannot be trusted.", value.Offset)
        : new Finding(FindingSeverity.Warning, FindingCode.TuyaValueIncomplete,
            FormattableString.Invariant($"Of a Tuya value of {value.StoredLength} bytes {value.Data.Length} are there; ") +
            "its other pages do not exist or belong to another value.", value.Offset));

    private void Add(Dictionary<string, TuyaValue> values, TuyaValue value)
    {
        if (!values.TryGetValue(value.Name, out var other))
        {
            values.Add(value.Name, value);
            return;
        }
        if (value.SumOk && !other.SumOk)
            values[value.Name] = value;
        _findings.Add(new Finding(FindingSeverity.Warning, FindingCode.TuyaNameTwice,
            "A name occurs twice among the current Tuya blocks; the one with a right sum, then the first, is listed.", value.Offset));
    }

    private sealed class Entry
    {
        public Entry(TuyaBlock block, int page, TuyaIndexPage index)
        {
            Block = block;
            Page = page;
            Index = index;
        }

        public TuyaBlock Block { get; }

        public int Page { get; }

        public TuyaIndexPage Index { get; }
    }
}
