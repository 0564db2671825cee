namespace BekenImage.Crypto;

/// <summary>One half of a constant, and how well it stands out.</summary>
internal readonly struct KeyRecoveryHalf
{
    internal KeyRecoveryHalf(ushort value, double likelihood, double lead, double correlation)
    {
        Value = value;
        Likelihood = likelihood;
        Lead = lead;
        Correlation = correlation;
    }

    internal ushort Value { get; }

    /// <summary>Bits a half-word above random data.</summary>
    internal double Likelihood { get; }

    /// <summary>By how much it leads the second best.</summary>
    internal double Lead { get; }

    /// <summary>Its tempered correlation, against the best of all values: 1 where both measures name the same.</summary>
    internal double Correlation { get; }
}

/// <summary>The best constant for a setting, and whether it is to be believed.</summary>
internal readonly struct KeyRecoveryFit
{
    private const double LeastLikelihood = 1.5;
    private const double LeastLead = 0.15;
    private const double LeastCorrelation = 0.95;

    /// <summary>Twice the least lead.</summary>
    private const double ClearLead = 0.3;

    internal KeyRecoveryFit(int setting, KeyRecoveryHalf upper, KeyRecoveryHalf lower)
    {
        Candidate = new KeyRecoveryCandidate(setting, (uint)upper.Value << 16 | lower.Value);
        Upper = upper;
        Lower = lower;
    }

    internal KeyRecoveryCandidate Candidate { get; }

    internal KeyRecoveryHalf Upper { get; }

    internal KeyRecoveryHalf Lower { get; }

    /// <summary>Bits a word above random data.</summary>
    internal double Likelihood => Upper.Likelihood + Lower.Likelihood;

    /// <summary>Like code, no other constant near it, and both measures agree.</summary>
    internal bool StandsOut =>
        Likelihood >= LeastLikelihood &&
        Lead >= LeastLead &&
        Math.Min(Upper.Correlation, Lower.Correlation) >= LeastCorrelation;

    /// <summary>What was measured: KeyRecovery.md, section 6.</summary>
    internal double Confidence => Lead >= ClearLead ? 0.999 : 0.99;

    private double Lead => Math.Min(Upper.Lead, Lower.Lead);
}
