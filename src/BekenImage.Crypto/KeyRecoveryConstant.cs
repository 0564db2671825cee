namespace BekenImage.Crypto;

/// <summary>Finds one half of the constant: the value that turns the frequent half-words of the sample into those frequent in code.</summary>
internal static class KeyRecoveryConstant
{
    private const int Halves = 1 << 16;

    /// <summary>Values of the sample that take part, the most frequent ones.</summary>
    private const int ValuesAtMost = 1024;

    /// <summary>Values that are measured against each other after the correlation has picked them.</summary>
    private const int Finalists = 8;

    /// <summary>The best value for a half.</summary>
    /// <param name="counts">How often each half-word occurs.</param>
    /// <param name="values">Half-words frequent in code.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="table">The weight of every half-word.</param>
    /// <remarks>
    /// Eight finalists come from the correlation, the sum of log2(1 + count) * weight, in which no padding outweighs the code. Among them
    /// the likelihood decides, which sees what the values of no weight say against one.
    /// </remarks>
    internal static KeyRecoveryHalf Find(ReadOnlySpan<int> counts, ushort[] values, byte[] weights, sbyte[] table)
    {
        Span<ushort> finalists = stackalloc ushort[Finalists];
        Span<float> scores = stackalloc float[Finalists];
        Correlate(counts, values, weights, finalists, scores);
        Span<double> likelihoods = stackalloc double[Finalists];
        Measure(counts, finalists, table, likelihoods);
        int winner = 0;
        double second = double.NegativeInfinity;
        for (int i = 1; i < Finalists; i++)
        {
            if (likelihoods[i] > likelihoods[winner])
            {
                second = likelihoods[winner];
                winner = i;
            }
            else
            {
                second = Math.Max(second, likelihoods[i]);
            }
        }
        return new KeyRecoveryHalf(finalists[winner], likelihoods[winner], likelihoods[winner] - second, scores[winner] / scores[0]);
    }

    private static void Measure(ReadOnlySpan<int> counts, ReadOnlySpan<ushort> finalists, sbyte[] table, Span<double> likelihoods)
    {
        Span<long> sums = stackalloc long[Finalists];
        sums.Clear();
        long total = 0;
        for (int value = 0; value < Halves; value++)
        {
            int count = counts[value];
            if (count == 0)
                continue;
            total += count;
            for (int i = 0; i < finalists.Length; i++)
                sums[i] += (long)count * table[value ^ finalists[i]];
        }
        for (int i = 0; i < finalists.Length; i++)
            likelihoods[i] = (double)sums[i] / (Math.Max(1, total) * KeyRecoveryHalfwords.WeightScale);
    }

    private static void Correlate(
        ReadOnlySpan<int> counts, ushort[] values, byte[] weights, Span<ushort> best, Span<float> scores)
    {
        float[] sums = Scratch<float>.Rent(Halves);
        try
        {
            Array.Clear(sums, 0, Halves);
            int least = LeastCount(counts);
            for (int value = 0; value < Halves; value++)
            {
                if (counts[value] < least)
                    continue;
                float frequency = (float)(Math.Log(1 + counts[value]) / Math.Log(2));
                for (int i = 0; i < values.Length; i++)
                    sums[value ^ values[i]] += frequency * weights[i];
            }
            TakeBest(sums.AsSpan(0, Halves), best, scores);
        }
        finally
        {
            Scratch<float>.Return(sums);
        }
    }

    // The smallest count (at least 2) that leaves at most ValuesAtMost values.
    private static int LeastCount(ReadOnlySpan<int> counts)
    {
        const int Buckets = 4096;
        Span<int> having = stackalloc int[Buckets];
        having.Clear();
        foreach (int count in counts.Slice(0, Halves))
            having[Math.Min(count, Buckets - 1)]++;
        int total = 0;
        for (int least = Buckets - 1; least >= 2; least--)
        {
            total += having[least];
            if (total > ValuesAtMost)
                return least + 1;
        }
        return 2;
    }

    private static void TakeBest(ReadOnlySpan<float> sums, Span<ushort> best, Span<float> scores)
    {
        scores.Fill(-1);
        for (int value = 0; value < sums.Length; value++)
        {
            float score = sums[value];
            if (score <= scores[scores.Length - 1])
                continue;
            int place = scores.Length - 1;
            for (; place > 0 && scores[place - 1] < score; place--)
            {
                scores[place] = scores[place - 1];
                best[place] = best[place - 1];
            }
            scores[place] = score;
            best[place] = (ushort)value;
        }
    }
}
