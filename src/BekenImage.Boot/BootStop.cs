namespace BekenImage;

/// <summary>Why a run of a bootloader ended.</summary>
public enum BootStop
{
    /// <summary>It jumped to the application, which was not to be run.</summary>
    Jumped,

    /// <summary>All instructions it was given are used up.</summary>
    Steps,

    /// <summary>It came to where it cannot go on: <see cref="BootReport.Fault"/>.</summary>
    Fault,

    /// <summary>It stands still for ever: a jump to itself that no interrupt ends, or the plug was pulled.</summary>
    Halted,
}

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
