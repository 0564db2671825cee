namespace BekenImage.Crypto;

/// <summary>Counts half-words: which setting makes them uneven, and which constant makes them those of code.</summary>
internal static partial class KeyRecoveryStatistics
{
    /// <summary>Inside a 64 KiB window stage "15" has three faces: off, and the low address half as it is or with its bytes swapped.</summary>
    internal const int WindowChoices15 = 3;

    /// <summary>Settings that can be told apart inside a 64 KiB window.</summary>
    internal const int WindowSettings = WindowChoices15 * KeyRecoverySettings.Choices * KeyRecoverySettings.Choices;

    private const int Halves = 1 << 16;
    private const int WordsPerPage = KeyRecoverySample.WordsPerPage;

    // ARM code has 0.6 and more always executed instructions a word, Thumb code 0.1 to 0.25 calls a word; text and tables next to none.
    private const int ShapePages = 32;
    private const int CallWeight = 4;
    private const double CodeShape = 0.35;

    // Counting pairs rewards one very frequent value with the square of its count; beyond this it grows linearly.
    private const int PairCap = 64;

    /// <summary>
    /// Adds to <paramref name="upper"/> (3 x 5) and <paramref name="lower"/> (5 x 5) how many pairs of equal half-words the pages of a
    /// window have under each choice of two stages. A constant permutes the values and does not change the pairs.
    /// </summary>
    internal static void CountPairs(KeyRecoverySample sample, int firstPage, int pageCount, Span<double> upper, Span<double> lower)
    {
        ushort[] counts = Scratch<ushort>.Rent(Halves);
        uint[] keys15 = Scratch<uint>.Rent(pageCount * WindowChoices15);
        uint[] keys16 = Scratch<uint>.Rent(pageCount * KeyRecoverySettings.Choices);
        uint[] keys32 = Scratch<uint>.Rent(pageCount * KeyRecoverySettings.Choices);
        try
        {
            var words = sample.Words.Slice(firstPage * WordsPerPage, pageCount * WordsPerPage);
            var addresses = sample.Addresses.Slice(firstPage, pageCount);
            for (int choice = 0; choice < KeyRecoverySettings.Choices; choice++)
            {
                if (choice < WindowChoices15)
                    FillPageKeys(addresses, KeyRecoverySettings.Make(choice, 0, 0), keys15.AsSpan(choice * pageCount, pageCount));
                FillPageKeys(addresses, KeyRecoverySettings.Make(0, choice, 0), keys16.AsSpan(choice * pageCount, pageCount));
                FillPageKeys(addresses, KeyRecoverySettings.Make(0, 0, choice), keys32.AsSpan(choice * pageCount, pageCount));
            }
            for (int stage32 = 0; stage32 < KeyRecoverySettings.Choices; stage32++)
            {
                var shared = keys32.AsSpan(stage32 * pageCount, pageCount);
                for (int stage15 = 0; stage15 < WindowChoices15; stage15++)
                    upper[stage15 * KeyRecoverySettings.Choices + stage32] += Pairs(
                        words, keys15.AsSpan(stage15 * pageCount, pageCount), shared, KeyRecoverySettings.Make(stage15, 0, stage32), 16, counts);
                for (int stage16 = 0; stage16 < KeyRecoverySettings.Choices; stage16++)
                    lower[stage16 * KeyRecoverySettings.Choices + stage32] += Pairs(
                        words, keys16.AsSpan(stage16 * pageCount, pageCount), shared, KeyRecoverySettings.Make(0, stage16, stage32), 0, counts);
            }
        }
        finally
        {
            Scratch<uint>.Return(keys32);
            Scratch<uint>.Return(keys16);
            Scratch<uint>.Return(keys15);
            Scratch<ushort>.Return(counts);
        }
    }

    /// <summary>How often each value of a half occurs in the whole sample after the address part of a setting is taken off.</summary>
    internal static void Histogram(KeyRecoverySample sample, int setting, int shift, Span<int> counts)
    {
        counts.Slice(0, Halves).Clear();
        Span<uint> pattern = stackalloc uint[WordsPerPage];
        FillPattern(setting, pattern);
        var words = sample.Words;
        var addresses = sample.Addresses;
        for (int page = 0; page < addresses.Length; page++)
        {
            uint pageKey = KeyRecoverySettings.Linear(setting, addresses[page]);
            for (int i = 0; i < WordsPerPage; i++)
                counts[(int)((words[page * WordsPerPage + i] ^ pageKey ^ pattern[i]) >> shift & 0xFFFF)]++;
        }
    }

    /// <summary>The weight of the sample's words under a key, in bits a word against random data; see <see cref="KeyRecoveryHalfwords"/>.</summary>
    /// <param name="sample">The pages.</param>
    /// <param name="firstPage">First page that counts.</param>
    /// <param name="pageCount">Pages that count.</param>
    /// <param name="candidate">The key.</param>
    /// <param name="distance">Added to every address.</param>
    internal static double Likelihood(KeyRecoverySample sample, int firstPage, int pageCount, KeyRecoveryCandidate candidate, uint distance = 0)
    {
        if (pageCount == 0)
            return 0;
        sbyte[] upper = Weights.Upper;
        sbyte[] lower = Weights.Lower;
        Span<uint> pattern = stackalloc uint[WordsPerPage];
        FillPattern(candidate.Setting, pattern);
        var words = sample.Words.Slice(firstPage * WordsPerPage, pageCount * WordsPerPage);
        var addresses = sample.Addresses.Slice(firstPage, pageCount);
        long sum = 0;
        for (int page = 0; page < addresses.Length; page++)
        {
            uint pageKey = candidate.Keystream(unchecked(addresses[page] + distance));
            for (int i = 0; i < WordsPerPage; i++)
            {
                uint word = words[page * WordsPerPage + i] ^ pageKey ^ pattern[i];
                sum += upper[word >> 16] + lower[word & 0xFFFF];
            }
        }
        return (double)sum / (words.Length * KeyRecoveryHalfwords.WeightScale);
    }

    /// <summary>
    /// The share of the sample, in runs of 1 KiB, that has the shape of code under a key: ARM instructions that are executed always (top
    /// nibble E) or Thumb calls (two half-words that begin with F0..F7 and F8..FF).
    /// </summary>
    /// <remarks>Text, tables and code of other processors can have the half-words of code, but not this.</remarks>
    internal static double CodeShare(KeyRecoverySample sample, KeyRecoveryCandidate candidate)
    {
        Span<uint> pattern = stackalloc uint[WordsPerPage];
        FillPattern(candidate.Setting, pattern);
        int runs = 0;
        int code = 0;
        for (int page = 0; page + ShapePages <= sample.PageCount; page += ShapePages)
        {
            runs++;
            if (HasCodeShape(sample, page, candidate, pattern))
                code++;
        }
        return (double)code / Math.Max(1, runs);
    }

    private static bool HasCodeShape(KeyRecoverySample sample, int firstPage, KeyRecoveryCandidate candidate, ReadOnlySpan<uint> pattern)
    {
        var words = sample.Words.Slice(firstPage * WordsPerPage, ShapePages * WordsPerPage);
        var addresses = sample.Addresses.Slice(firstPage, ShapePages);
        int always = 0;
        int calls = 0;
        for (int page = 0; page < addresses.Length; page++)
        {
            uint pageKey = candidate.Keystream(addresses[page]);
            uint previous = 0;
            for (int i = 0; i < WordsPerPage; i++)
            {
                uint word = words[page * WordsPerPage + i] ^ pageKey ^ pattern[i];
                always += word >> 28 == 0xE ? 1 : 0;
                calls += IsThumbCall(previous >> 16, word) ? 1 : 0;
                calls += IsThumbCall(word, word >> 16) ? 1 : 0;
                previous = word;
            }
        }
        return always + CallWeight * calls >= CodeShape * words.Length;
    }

    private static bool IsThumbCall(uint first, uint second) => (first & 0xF800) == 0xF000 && (second & 0xF800) == 0xF800;

    // The cipher is linear in the stages too: the key of a page under two stages is the XOR of both.
    private static long Pairs(
        ReadOnlySpan<uint> words, ReadOnlySpan<uint> pageKeys, ReadOnlySpan<uint> sharedPageKeys, int setting, int shift, ushort[] counts)
    {
        Span<uint> pattern = stackalloc uint[WordsPerPage];
        FillPattern(setting, pattern);
        Array.Clear(counts, 0, Halves);
        long pairs = 0;
        for (int page = 0; page < pageKeys.Length; page++)
        {
            uint pageKey = pageKeys[page] ^ sharedPageKeys[page];
            var pageWords = words.Slice(page * WordsPerPage, WordsPerPage);
            for (int i = 0; i < pageWords.Length; i++)
            {
                ref ushort count = ref counts[(pageWords[i] ^ pageKey ^ pattern[i]) >> shift & 0xFFFF];
                pairs += Math.Min((int)count, PairCap);
                count = (ushort)Math.Min(count + 1, ushort.MaxValue);
            }
        }
        return pairs;
    }

    private static void FillPageKeys(ReadOnlySpan<uint> addresses, int setting, Span<uint> pageKeys)
    {
        for (int page = 0; page < addresses.Length; page++)
            pageKeys[page] = KeyRecoverySettings.Linear(setting, addresses[page] & 0xFFFF);
    }

    private static void FillPattern(int setting, Span<uint> pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
            pattern[i] = KeyRecoverySettings.Linear(setting, (uint)i * sizeof(uint));
    }

    /// <summary>The statistics as one weight for each half-word; what is not listed shares what is left.</summary>
    private static class Weights
    {
        internal static readonly sbyte[] Upper = Expand(KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights);
        internal static readonly sbyte[] Lower = Expand(KeyRecoveryHalfwords.Lower, KeyRecoveryHalfwords.LowerWeights);

        private static sbyte[] Expand(ushort[] values, byte[] weights)
        {
            double listed = 0;
            foreach (byte weight in weights)
                listed += Math.Pow(2, (double)weight / KeyRecoveryHalfwords.WeightScale) / Halves;
            double rest = (1 - listed) * Halves / (Halves - values.Length);
            sbyte unlisted = (sbyte)Math.Round(Math.Log(rest) / Math.Log(2) * KeyRecoveryHalfwords.WeightScale);
            var table = new sbyte[Halves];
            table.AsSpan().Fill(unlisted);
            for (int i = 0; i < values.Length; i++)
                table[values[i]] = (sbyte)weights[i];
            return table;
        }
    }
}
