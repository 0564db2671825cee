namespace BekenImage.Formats.Rf;

/// <summary>Compares two RF tables element by element, not byte by byte: tables of other firmware have other places for the same values.</summary>
public static class RfComparison
{
    /// <summary>
    /// Every element of either table, in the order of the first, then those only the second has. Of a repeated tag the first counts;
    /// bytes that are no element, such as the end of the power group, are left out.
    /// </summary>
    /// <param name="first">A table.</param>
    /// <param name="second">The other one.</param>
    public static IReadOnlyList<RfDifference> Compare(RfTable first, RfTable second)
    {
        if (first is null)
            throw new ArgumentNullException(nameof(first));
        if (second is null)
            throw new ArgumentNullException(nameof(second));
        var rows = Relevant(first).Select(item => new RfDifference(item, second.Find(item.Tag)));
        var rest = Relevant(second).Where(item => first.Find(item.Tag) is null).Select(item => new RfDifference(null, item));
        return rows.Concat(rest).ToArray();
    }

    private static IEnumerable<RfItem> Relevant(RfTable table) => table.Items.Where(item => !item.IsRepeated);
}
