namespace BekenImage.Crypto;

/// <summary>A setting and its constant: a key as the search handles it.</summary>
internal readonly struct KeyRecoveryCandidate : IEquatable<KeyRecoveryCandidate>
{
    internal KeyRecoveryCandidate(int setting, uint constant)
    {
        Setting = setting;
        Constant = constant;
    }

    internal int Setting { get; }

    internal uint Constant { get; }

    internal uint Keystream(uint address) => KeyRecoverySettings.Linear(Setting, address) ^ Constant;

    internal BekenKey ToKey() => KeyRecoverySettings.ToKey(Setting, Constant);

    public bool Equals(KeyRecoveryCandidate other) => Setting == other.Setting && Constant == other.Constant;

    public override bool Equals(object? obj) => obj is KeyRecoveryCandidate other && Equals(other);

    public override int GetHashCode() => unchecked((int)Constant * 31 + Setting);
}
