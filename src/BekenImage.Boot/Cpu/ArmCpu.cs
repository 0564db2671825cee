namespace BekenImage.Boot.Cpu;

/// <summary>
/// An interpreter of ARMv5TE as the ARM968E-S has it: ARM and Thumb, seven modes, exceptions. No program makes it throw or run beyond its
/// steps. What the manual (ARM DDI 0100E) calls UNPREDICTABLE is listed at the place that decides it.
/// </summary>
internal sealed partial class ArmCpu
{
    private readonly IArmBus _bus;
    private readonly List<uint> _stops = new();

    // The instruction at work, and the one after it; a branch writes the second.
    private uint _current;
    private uint _next;
    private uint _cpsr;
    private ArmOutcome _outcome;

    public ArmCpu(IArmBus bus)
    {
        _bus = bus;
        _codeSource = bus as IArmCode;
        if (_codeSource != null)
            _codeSource.CodeChanged = ForgetCode;
        Reset(0);
    }

    /// <summary>
    /// R0-R15 of the mode at work. Between runs R15 is the address of the next instruction; an instruction reads its own address + 8 (ARM)
    /// or + 4 (Thumb) there.
    /// </summary>
    public uint[] Registers { get; } = new uint[16];

    /// <summary>
    /// The instructions that were done, all runs together; one whose condition failed counts, one that ended a run undone does not.
    /// </summary>
    public long StepCount { get; private set; }

    /// <summary>Ends the run at what is no instruction, and at BKPT, instead of entering the exception.</summary>
    public bool StopsAtUndefined { get; set; } = true;

    /// <summary>
    /// Addresses at which <see cref="Run"/> ends with <see cref="ArmOutcome.Breakpoint"/>, before the instruction; not where a run begins.
    /// </summary>
    public ICollection<uint> StopAddresses => _stops;

    /// <summary>Everything 0, and on from an address.</summary>
    public void Reset(uint address, uint cpsr = 0x4000_01D3)
    {
        Array.Clear(Registers, 0, Registers.Length);
        ClearBanks();
        _cpsr = cpsr;
        _control = 0;
        Registers[15] = address;
        StepCount = 0;
    }

    /// <summary>Goes on from R15 for so many instructions at most.</summary>
    public ArmOutcome Run(long steps)
    {
        _outcome = _bus.HasFault ? ArmOutcome.BusFault : ArmOutcome.Running;
        Branch(Registers[15]);
        ForgetCode();
        uint[] stops = _stops.ToArray();
        bool mayStop = false;
        for (; _outcome == ArmOutcome.Running; steps--)
        {
            if (steps <= 0)
            {
                _outcome = ArmOutcome.Budget;
                break;
            }

            if ((_cpsr & StatusBits.InterruptsOff) != StatusBits.InterruptsOff)
                TakePendingInterrupt();
            if (mayStop && IsAmong(stops, _next))
            {
                _outcome = ArmOutcome.Breakpoint;
                break;
            }

            mayStop = true;
            _current = _next;
            if ((_cpsr & StatusBits.Thumb) != 0)
                StepThumb();
            else
                StepArm();
        }

        Registers[15] = _next;
        return _outcome;
    }

    private static bool IsAmong(uint[] addresses, uint address)
    {
        foreach (uint one in addresses)
        {
            if (one == address)
                return true;
        }

        return false;
    }

    private void StepArm()
    {
        if (!TryFetchArm(out uint instruction))
            return;
        Registers[15] = _current + 8;
        _next = _current + 4;
        StepCount++;
        uint condition = instruction >> 28;
        if (condition == 0xE || ArmConditions.Holds(condition, _cpsr))
            DecodeIndex.ArmHandlers[DecodeIndex.ArmEntry(instruction)](this, instruction);
        else if (condition == 0xF)
            DecodeIndex.UnconditionalHandlers[DecodeIndex.ArmEntry(instruction)](this, instruction);
    }

    private void StepThumb()
    {
        if (!TryFetchThumb(out uint instruction))
            return;
        Registers[15] = _current + 4;
        _next = _current + 2;
        StepCount++;
        DecodeIndex.ThumbHandlers[instruction >> 6](this, instruction);
    }

    // The run ends at this instruction, which did not happen.
    private void Undo(ArmOutcome outcome)
    {
        if (_next != _current)
            StepCount--;
        _next = _current;
        _outcome = outcome;
    }
}
