namespace BekenImage.Crypto;

// From a sample to a key, or to none.
internal static partial class KeyRecoveryStatistics
{
    /// <summary>Pages without which nothing is claimed: 4 KiB less what a few erased or filler pages take.</summary>
    internal const int LeastPages = 112;

    private const int Choices = KeyRecoverySettings.Choices;

    /// <summary>Pages whose pairs settle the setting; after a quarter of them a clear lead is enough.</summary>
    private const int SettingPages = 2048;
    private const double ClearSettingLead = 3.0;

    /// <summary>ln of the product of both pair counts, best setting against second. Code has 3.5 and more.</summary>
    private const double LeastSettingLead = 1.5;

    /// <summary>Share of the runs that must have the shape of code.</summary>
    private const double LeastCodeShare = 0.1;

    /// <summary>By how many bits altogether one selector of stage "15" must lead the other.</summary>
    private const double TwinLeadBits = 100;

    /// <summary>Bits a word that a window has at least under its own key, and the share of windows that must have them.</summary>
    private const double WindowLikelihood = 0;
    private const double WindowShare = 0.6;
    private const uint WindowBytes = 0x10000;

    /// <summary>Bits a word by which another address must fit better to make the told one doubtful.</summary>
    private const double MovedLead = 0.1;

    /// <summary>Looks for the key under which the sample is code.</summary>
    /// <param name="sample">Pages of one key.</param>
    /// <param name="candidates">The keys found: none, one, or two that differ in what the sample cannot show.</param>
    /// <param name="confidence">How likely one of them is right.</param>
    /// <returns><see cref="KeyRecoveryEvidence.CodeStatistics"/>, or why there is none.</returns>
    internal static KeyRecoveryEvidence Find(KeyRecoverySample sample, out List<KeyRecoveryCandidate> candidates, out double confidence)
    {
        candidates = [];
        confidence = 0;
        if (sample.PageCount < LeastPages)
            return KeyRecoveryEvidence.TooLittleData;
        if (!TryFindWindowSetting(sample, out int setting))
            return KeyRecoveryEvidence.NoCode;

        var fit = Fit(sample, setting);
        if (KeyRecoverySettings.TryTwin(setting, out int twin))
            AddIfCode(sample, fit, FitTwin(sample, twin, fit), candidates, ref confidence);
        else
            AddIfCode(sample, fit, candidates, ref confidence);
        return candidates.Count == 0 ? KeyRecoveryEvidence.NoCode : KeyRecoveryEvidence.CodeStatistics;
    }

    private static void AddIfCode(KeyRecoverySample sample, KeyRecoveryFit fit, List<KeyRecoveryCandidate> candidates, ref double confidence)
    {
        if (!fit.StandsOut || CodeShare(sample, fit.Candidate) < LeastCodeShare || !MostWindowsFit(sample, fit.Candidate))
            return;
        candidates.Add(fit.Candidate);
        confidence = fit.Confidence;
    }

    private static void AddIfCode(
        KeyRecoverySample sample, KeyRecoveryFit one, KeyRecoveryFit other, List<KeyRecoveryCandidate> candidates, ref double confidence)
    {
        var better = one.Likelihood >= other.Likelihood ? one : other;
        var worse = one.Likelihood >= other.Likelihood ? other : one;
        AddIfCode(sample, better, candidates, ref confidence);
        if (candidates.Count == 0 || (better.Likelihood - worse.Likelihood) * sample.Words.Length >= TwinLeadBits)
            return;
        // Not told apart: the second has to do the same where most of the data lie.
        uint anchor = sample.LargestWindow().Upper << 16;
        uint constant = KeyRecoverySettings.Linear(worse.Candidate.Setting, anchor) ^ better.Candidate.Keystream(anchor);
        candidates.Add(new KeyRecoveryCandidate(worse.Candidate.Setting, constant));
    }

    private static bool TryFindWindowSetting(KeyRecoverySample sample, out int setting)
    {
        Span<double> upper = stackalloc double[WindowChoices15 * Choices];
        Span<double> lower = stackalloc double[Choices * Choices];
        upper.Clear();
        lower.Clear();
        var windows = new List<KeyRecoverySample.Window>(sample.Windows);
        windows.Sort((left, right) => right.Count != left.Count ? right.Count.CompareTo(left.Count) : left.Start.CompareTo(right.Start));
        int used = 0;
        double lead = 0;
        setting = 0;
        foreach (var window in windows)
        {
            CountPairs(sample, window.Start, window.Count, upper, lower);
            used += window.Count;
            lead = BestSetting(upper, lower, out setting);
            if (used >= SettingPages || used >= SettingPages / 4 && lead >= ClearSettingLead)
                break;
        }
        return lead >= LeastSettingLead;
    }

    private static double BestSetting(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, out int setting)
    {
        double best = double.NegativeInfinity;
        double second = double.NegativeInfinity;
        setting = 0;
        // The faces of stage "15" are its first three choices, so these are the first settings.
        for (int candidate = 0; candidate < WindowSettings; candidate++)
        {
            int stage32 = KeyRecoverySettings.Stage32(candidate);
            double score =
                Math.Log(1 + upper[KeyRecoverySettings.Stage15(candidate) * Choices + stage32]) +
                Math.Log(1 + lower[KeyRecoverySettings.Stage16(candidate) * Choices + stage32]);
            if (score > best)
            {
                second = best;
                best = score;
                setting = candidate;
            }
            else if (score > second)
            {
                second = score;
            }
        }
        return best - second;
    }

    /// <summary>False where a key fits one window and not the others: a wrong address, or several keys.</summary>
    internal static bool MostWindowsFit(KeyRecoverySample sample, KeyRecoveryCandidate candidate)
    {
        int fitting = 0;
        foreach (var window in sample.Windows)
        {
            if (Likelihood(sample, window.Start, window.Count, candidate) >= WindowLikelihood)
                fitting += window.Count;
        }
        return fitting >= sample.PageCount * WindowShare;
    }

    /// <summary>
    /// True where the sample would be clearly more like code if it lay 64 KiB lower or higher than told. The anchor's window looks the same
    /// then, the others do not.
    /// </summary>
    internal static bool FitsElsewhere(KeyRecoverySample sample, List<KeyRecoveryCandidate> candidates, uint anchor)
    {
        if (sample.Windows.Count < 2)
            return false;
        double told = double.NegativeInfinity;
        double moved = double.NegativeInfinity;
        foreach (var candidate in candidates)
        {
            told = Math.Max(told, Likelihood(sample, 0, sample.PageCount, candidate));
            foreach (uint distance in (ReadOnlySpan<uint>)[WindowBytes, unchecked(0u - WindowBytes)])
            {
                uint constant = candidate.Keystream(anchor) ^ KeyRecoverySettings.Linear(candidate.Setting, unchecked(anchor + distance));
                var other = new KeyRecoveryCandidate(candidate.Setting, constant);
                moved = Math.Max(moved, Likelihood(sample, 0, sample.PageCount, other, distance));
            }
        }
        return moved > told + MovedLead;
    }

    /// <summary>The constant under which the sample's half-words are most like those of code.</summary>
    private static KeyRecoveryFit Fit(KeyRecoverySample sample, int setting) =>
        new(setting, FitUpper(sample, setting), FitLower(sample, setting));

    // Stage "15" does not touch the lower half.
    private static KeyRecoveryFit FitTwin(KeyRecoverySample sample, int setting, KeyRecoveryFit fit) =>
        new(setting, FitUpper(sample, setting), fit.Lower);

    private static KeyRecoveryHalf FitUpper(KeyRecoverySample sample, int setting) =>
        FitHalf(sample, setting, 16, KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights, Weights.Upper);

    private static KeyRecoveryHalf FitLower(KeyRecoverySample sample, int setting) =>
        FitHalf(sample, setting, 0, KeyRecoveryHalfwords.Lower, KeyRecoveryHalfwords.LowerWeights, Weights.Lower);

    private static KeyRecoveryHalf FitHalf(
        KeyRecoverySample sample, int setting, int shift, ushort[] values, byte[] weights, sbyte[] table)
    {
        int[] counts = Scratch<int>.Rent(Halves);
        try
        {
            Histogram(sample, setting, shift, counts);
            return KeyRecoveryConstant.Find(counts, values, weights, table);
        }
        finally
        {
            Scratch<int>.Return(counts);
        }
    }
}
