namespace BekenImage;

/// <summary>What a bootloader said of the application before it jumped.</summary>
public enum BootJudgement
{
    /// <summary>Nothing: it does not look, or it never got there.</summary>
    None,

    /// <summary>It verified it, and says that it fits.</summary>
    Accepted,

    /// <summary>It says that it does not fit.</summary>
    Refused,
}
