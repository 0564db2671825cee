namespace BekenImage.Crypto;

/// <summary>The order in which evidence is looked for, and what it must show to be believed. Thresholds: KeyRecovery.md, section 6.</summary>
internal static class KeyRecoverySearch
{
    /// <summary>Pages that are looked at where vectors have named the key, and to doubt an address: 32 KiB.</summary>
    private const int ConfirmingPages = 1024;

    /// <summary>Pages that are looked at where only statistics can name it: 256 KiB.</summary>
    private const int StatisticsPages = 8192;

    /// <summary>A stretch with fewer pages cannot contradict what others prove.</summary>
    private const int ContradictingPages = 128;

    /// <summary>Bits a word above random data: from here on data are code under a key, below the other they are not.</summary>
    private const double CodeLikelihood = 1.0;
    private const double NoCodeLikelihood = 0.5;

    /// <summary>By how much the best of several keys must lead, in bits altogether and a word.</summary>
    private const double LeadBits = 64;
    private const double LeadBitsPerWord = 0.1;

    internal static KeyRecoveryResult Run(KeyRecoveryInput input)
    {
        var tables = KeyRecoveryVectors.Find(input);
        bool proven = tables.Exists(table => table.IsProven);
        if (proven)
            tables.RemoveAll(table => !table.IsProven);
        if (tables.Count > 0)
        {
            var result = FromVectors(input, tables, proven);
            if (result is not null)
                return result;
        }
        return FromStatistics(input);
    }

    /// <summary>Null when the tables are not proven and what follows does not confirm them.</summary>
    private static KeyRecoveryResult? FromVectors(KeyRecoveryInput input, List<KeyRecoveryVectorTable> tables, bool proven)
    {
        var candidates = new List<KeyRecoveryCandidate>(tables[0].Candidates);
        foreach (var table in tables)
            candidates.RemoveAll(candidate => !table.Candidates.Contains(candidate));
        if (candidates.Count == 0)
            return proven ? KeyRecoveryResult.Unknown(KeyRecoveryEvidence.Contradiction) : null;

        using var sample = KeyRecoverySample.Take(input, ConfirmingPages);
        // Two tables agree about the address; one may have been told a wrong one, and then a wrong candidate can lead.
        if (tables.Count == 1 && KeyRecoveryStatistics.FitsElsewhere(sample, candidates, tables[0].Address))
            return KeyRecoveryResult.Unknown(KeyRecoveryEvidence.Contradiction);
        double likelihood = KeepLeading(sample, candidates);
        if (!proven && (!Agree(candidates, tables[0].Address) || likelihood < CodeLikelihood))
            return null;
        bool fits = sample.PageCount < ContradictingPages ||
                    candidates.Exists(candidate => KeyRecoveryStatistics.MostWindowsFit(sample, candidate));
        if (!fits || IsContradicted(input, candidates))
            return KeyRecoveryResult.Unknown(KeyRecoveryEvidence.Contradiction);
        var evidence = tables.Count > 1 ? KeyRecoveryEvidence.VectorTables : KeyRecoveryEvidence.VectorTable;
        return Answer(input, candidates, tables[0].Address, evidence, proven ? 0.9999 : 0.999);
    }

    private static KeyRecoveryResult FromStatistics(KeyRecoveryInput input)
    {
        using var sample = KeyRecoverySample.Take(input, StatisticsPages);
        var why = KeyRecoveryStatistics.Find(sample, out var candidates, out double confidence);
        if (candidates.Count == 0)
            return KeyRecoveryResult.Unknown(why);
        uint anchor = sample.LargestWindow().Upper << 16;
        if (IsMisplaced(input, WithTwins(candidates, anchor), anchor) || IsContradicted(input, candidates))
            return KeyRecoveryResult.Unknown(KeyRecoveryEvidence.Contradiction);
        return Answer(input, candidates, anchor, why, confidence);
    }

    // A wrong address can also make the wrong selector of stage "15" win: the other has to be looked at where the data may lie.
    private static List<KeyRecoveryCandidate> WithTwins(List<KeyRecoveryCandidate> candidates, uint anchor)
    {
        var all = new List<KeyRecoveryCandidate>(candidates);
        foreach (var candidate in candidates)
        {
            if (KeyRecoverySettings.TryTwin(candidate.Setting, out int twin))
                all.Add(new KeyRecoveryCandidate(twin, candidate.Keystream(anchor) ^ KeyRecoverySettings.Linear(twin, anchor)));
        }
        return all;
    }

    private static bool IsMisplaced(KeyRecoveryInput input, List<KeyRecoveryCandidate> candidates, uint anchor)
    {
        using var sample = KeyRecoverySample.Take(input, ConfirmingPages);
        return KeyRecoveryStatistics.FitsElsewhere(sample, candidates, anchor);
    }

    /// <summary>Drops the candidates under which the data are clearly less like code than under the best one; returns the best likelihood.</summary>
    private static double KeepLeading(KeyRecoverySample sample, List<KeyRecoveryCandidate> candidates)
    {
        int words = sample.Words.Length;
        var likelihoods = new double[candidates.Count];
        double best = double.NegativeInfinity;
        for (int i = 0; i < likelihoods.Length; i++)
        {
            likelihoods[i] = KeyRecoveryStatistics.Likelihood(sample, 0, sample.PageCount, candidates[i]);
            best = Math.Max(best, likelihoods[i]);
        }
        double lead = Math.Max(LeadBitsPerWord, LeadBits / Math.Max(1, words));
        for (int i = likelihoods.Length - 1; i >= 0; i--)
        {
            if (likelihoods[i] < best - lead)
                candidates.RemoveAt(i);
        }
        return best;
    }

    /// <summary>
    /// True when a stretch of some size that is no code under these keys has a key of its own. Strings and tables are no code under any
    /// key and contradict nothing.
    /// </summary>
    private static bool IsContradicted(KeyRecoveryInput input, List<KeyRecoveryCandidate> candidates)
    {
        for (int i = 0; i < input.Count; i++)
        {
            var stretch = new KeyRecoveryInput(input.Bytes(i), input.Address(i));
            if (stretch.TotalBytes < ContradictingPages * KeyRecoverySample.PageBytes)
                continue;
            using (var sample = KeyRecoverySample.Take(stretch, ConfirmingPages))
            {
                if (candidates.Exists(candidate =>
                    KeyRecoveryStatistics.Likelihood(sample, 0, sample.PageCount, candidate) >= NoCodeLikelihood))
                    continue;
            }
            using var whole = KeyRecoverySample.Take(stretch, StatisticsPages);
            KeyRecoveryStatistics.Find(whole, out var own, out _);
            if (own.Count > 0 && !own.Exists(candidates.Contains))
                return true;
        }
        return false;
    }

    private static KeyRecoveryResult Answer(
        KeyRecoveryInput input, List<KeyRecoveryCandidate> candidates, uint anchor, KeyRecoveryEvidence evidence, double confidence)
    {
        if (candidates.Count == 1)
            return KeyRecoveryResult.Certain(candidates[0].ToKey(), evidence, confidence, Extent(input));
        if (!Agree(candidates, anchor))
            return KeyRecoveryResult.Unknown(KeyRecoveryEvidence.TooLittleData);
        return new KeyRecoveryResult(
            KeyRecoveryStatus.Ambiguous, evidence, confidence, candidates.ConvertAll(candidate => candidate.ToKey()).AsReadOnly(),
            AgreedRange(candidates, anchor), isExact: false);
    }

    private static bool Agree(List<KeyRecoveryCandidate> candidates, uint address)
    {
        uint keystream = candidates[0].Keystream(address);
        return candidates.TrueForAll(candidate => candidate.Keystream(address) == keystream);
    }

    // The keystream is affine in the address: in an aligned block it is the same for all where it is at one address and for each bit.
    private static KeyRecoveryRange AgreedRange(List<KeyRecoveryCandidate> candidates, uint anchor)
    {
        int bits = 2;
        while (bits < 21 && Agree(candidates, anchor ^ 1u << bits))
            bits++;
        long start = (long)anchor >> bits << bits;
        return new KeyRecoveryRange(start, start + (1L << bits));
    }

    private static KeyRecoveryRange Extent(KeyRecoveryInput input)
    {
        long end = 0;
        for (int i = 0; i < input.Count; i++)
            end = Math.Max(end, Math.Min(1L << 32, (long)input.Address(i) + input.Bytes(i).Length));
        return new KeyRecoveryRange(0, end);
    }
}
