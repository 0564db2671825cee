namespace BekenImage.Boot.Cpu;

/// <summary>Why <see cref="ArmCpu.Run"/> came back.</summary>
internal enum ArmOutcome
{
    /// <summary>It has not come back: no result of a run.</summary>
    Running,

    /// <summary>All steps are done.</summary>
    Budget,

    /// <summary>The next instruction stands at one of the stop addresses.</summary>
    Breakpoint,

    /// <summary>The bus knows nothing at an address; the instruction did not happen, R15 holds its address.</summary>
    BusFault,

    /// <summary>No instruction of this processor; R15 holds its address. Only while <see cref="ArmCpu.StopsAtUndefined"/>.</summary>
    Undefined,

    /// <summary>A BKPT instruction; R15 holds its address. Only while <see cref="ArmCpu.StopsAtUndefined"/>.</summary>
    BreakpointInstruction,

    /// <summary>A jump to itself with both interrupts off: nothing can happen any more.</summary>
    Halted,
}
