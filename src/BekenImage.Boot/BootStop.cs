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
