namespace BekenImage.Images;

/// <summary>Divides cells among lengths: in proportion, but none gets nothing.</summary>
internal static class StripShares
{
    /// <param name="lengths">None of them 0.</param>
    /// <param name="cells">As many as lengths, or more.</param>
    /// <returns>A number for each length; their sum is <paramref name="cells"/>.</returns>
    public static int[] Of(IReadOnlyList<long> lengths, int cells)
    {
        var shares = new int[lengths.Count];
        var open = Enumerable.Range(0, lengths.Count).ToList();
        int left = cells;
        double perCell = 0;
        // Who is too small for one cell gets one; that leaves less for the others, of whom some may now be too small.
        for (int settled = -1; settled != 0 && open.Count > 0;)
        {
            perCell = open.Sum(index => (double)lengths[index]) / left;
            settled = open.RemoveAll(index =>
            {
                bool isSmall = lengths[index] <= perCell;
                if (isSmall)
                    shares[index] = 1;
                return isSmall;
            });
            left -= settled;
        }
        foreach (int index in open)
            left -= shares[index] = (int)(lengths[index] / perCell);
        foreach (int index in open.OrderByDescending(index => lengths[index] / perCell - shares[index]).ThenBy(index => index).Take(left))
        {
            shares[index]++;
            left--;
        }
        // Where all are equally small, what is left goes to the longest.
        if (left > 0)
            shares[Enumerable.Range(0, lengths.Count).OrderByDescending(index => lengths[index]).First()] += left;
        return shares;
    }
}
