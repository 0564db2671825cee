namespace BekenImage.Images;

/// <summary>Divides cells among lengths: in proportion, but none gets nothing.</summary>
internal static class StripShares
{
    /// <param name="lengths">None of them 0.</param>
    /// <param name="cells">As many as lengths, or more.</param>
    /// <returns>A number for each length; their sum is <paramref name="cells"/>.</returns>
    public static int[] Of(IReadOnlyList<long> lengths, int cells)
    {
        var shares = Enumerable.Repeat(1, lengths.Count).ToArray();
        var open = Enumerable.Range(0, lengths.Count).ToList();
        int left = cells;
        double perCell;
        int settled;
        // Who is too small for one cell gets one; that leaves less for the others, of whom some may now be too small.
        do
        {
            perCell = open.Sum(index => (double)lengths[index]) / left;
            settled = open.RemoveAll(index => lengths[index] <= perCell);
            left -= settled;
        }
        while (settled > 0);
        foreach (int index in open)
            left -= shares[index] = (int)(lengths[index] / perCell);
        // Less than one for each of them: those get it that are furthest from their share.
        foreach (int index in open.OrderByDescending(index => lengths[index] / perCell - shares[index]).ThenBy(index => index).Take(left))
            shares[index]++;
        return shares;
    }
}
