namespace BekenImage;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Something is unusual, or will not work as expected, but the device runs.</summary>
    Warning,

    /// <summary>Something is broken.</summary>
    Error,
}
