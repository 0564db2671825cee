namespace BekenImage.Comparing;

/// <summary>Gathers differences, bounded for each area, and keeps shown values apart where they are not the same.</summary>
internal sealed class DifferenceList(bool showSecrets)
{
    private const int MostOfAnArea = 1000;
    private const int LongestText = 256;

    private readonly List<ImageDifference> _all = [];
    private readonly Dictionary<DifferenceArea, int> _counts = [];

    public bool ShowSecrets { get; } = showSecrets;

    public List<Finding> Findings { get; } = [];

    public bool IsEmpty => _all.Count == 0;

    public int Count => _all.Count;

    public bool Has(DifferenceArea area) => _counts.ContainsKey(area);

    public void Add(
        DifferenceArea area, DifferenceKind kind, string? name, object? a, object? b,
        long? offsetA = null, long? offsetB = null, long? length = null, bool isForm = false)
    {
        _counts.TryGetValue(area, out int count);
        _counts[area] = count + 1;
        if (count >= MostOfAnArea)
            return;
        a = Bounded(a);
        b = Bounded(b);
        if (kind == DifferenceKind.Changed && a is string first && b is string second && first == second)
            b = second + " (another)";
        _all.Add(new ImageDifference(area, kind, name is null ? null : (string)Bounded(name)!)
        {
            A = a,
            B = b,
            OffsetA = offsetA,
            OffsetB = offsetB,
            Length = length,
            IsForm = isForm,
        });
    }

    /// <summary>By area, and within one as they were found.</summary>
    public IReadOnlyList<ImageDifference> InOrder()
    {
        foreach (var more in _counts.Where(area => area.Value > MostOfAnArea))
        {
            _all.Add(new ImageDifference(more.Key, DifferenceKind.Changed, "more")
            {
                A = FormattableString.Invariant($"{more.Value - MostOfAnArea} further differences"),
            });
        }
        return _all.OrderBy(difference => difference.Area).ToArray();
    }

    private static object? Bounded(object? value) =>
        value is string { Length: > LongestText } text ? text.Substring(0, LongestText) + "..." : value;
}
