namespace BekenImage.Boot.Cpu;

// Exceptions (A2.6): the link register of the new mode holds what the manual's return instruction for that exception expects.
internal sealed partial class ArmCpu
{
    /// <summary>
    /// Enters an exception between two instructions: an interrupt before the one at R15, an abort because of the one at R15 (after
    /// <see cref="ArmOutcome.BusFault"/>).
    /// </summary>
    public void Take(ArmException exception)
    {
        _current = _next = Registers[15];
        Enter(exception);
        Registers[15] = _next;
    }

    public void Undefined()
    {
        if (StopsAtUndefined)
            Undo(ArmOutcome.Undefined);
        else
            Enter(ArmException.Undefined);
    }

    public void Swi() => Enter(ArmException.SoftwareInterrupt);

    public void Bkpt()
    {
        if (StopsAtUndefined)
            Undo(ArmOutcome.BreakpointInstruction);
        else
            Enter(ArmException.PrefetchAbort);
    }

    private void TakePendingInterrupt()
    {
        ArmException exception;
        if ((_cpsr & StatusBits.FiqOff) == 0 && _bus.IsFiqPending)
            exception = ArmException.Fiq;
        else if ((_cpsr & StatusBits.IrqOff) == 0 && _bus.IsIrqPending)
            exception = ArmException.Irq;
        else
            return;
        _current = _next;
        Enter(exception);
    }

    private void Enter(ArmException exception)
    {
        (ArmMode mode, uint link) = exception switch
        {
            ArmException.Undefined => (ArmMode.Undefined, _next),
            ArmException.SoftwareInterrupt => (ArmMode.Supervisor, _next),
            ArmException.PrefetchAbort => (ArmMode.Abort, _current + 4),
            ArmException.DataAbort => (ArmMode.Abort, _current + 8),
            ArmException.Irq => (ArmMode.Irq, _next + 4),
            ArmException.Fiq => (ArmMode.Fiq, _next + 4),
            _ => (ArmMode.Supervisor, 0u),
        };
        bool masksFiq = exception is ArmException.Reset or ArmException.Fiq;
        uint saved = _cpsr;
        SetCpsr(saved & ~(StatusBits.Mode | StatusBits.Thumb) | (uint)mode | StatusBits.IrqOff | (masksFiq ? StatusBits.FiqOff : 0));
        Registers[14] = link;
        Spsr = saved;
        _next = VectorBase + (uint)exception;
    }

    // A data-processing instruction with S, or LDM with ^, that writes R15 (A4.1.8, A4.1.22). Without an SPSR it is UNPREDICTABLE: CPSR
    // stays.
    private void ReturnFromException(uint target)
    {
        SetCpsr(Spsr);
        Branch(target);
    }
}
