namespace BekenImage.Boot.Cpu;

// Branches and the change between ARM and Thumb (A2.4.3, A4.1.5-10).
internal sealed partial class ArmCpu
{
    public void B(uint instruction) => Jump(Registers[15] + ArmOffset(instruction));

    public void Bl(uint instruction)
    {
        Registers[14] = _next;
        Jump(Registers[15] + ArmOffset(instruction));
    }

    /// <summary>BLX with an offset: always to Thumb; bit 24 is the half-word.</summary>
    public void BlxToThumb(uint instruction)
    {
        Registers[14] = _next;
        BranchExchange((Registers[15] + ArmOffset(instruction) + (instruction >> 23 & 2)) | 1);
    }

    public void Bx(uint target)
    {
        uint state = _cpsr;
        BranchExchange(target);
        if (_cpsr == state)
            HaltAtOwnAddress();
    }

    public void Blx(uint target)
    {
        Registers[14] = _next | ((_cpsr & StatusBits.Thumb) != 0 ? 1u : 0);
        BranchExchange(target);
    }

    // The low bits of an address that is no instruction's are dropped; the manual calls most of them UNPREDICTABLE.
    private void Branch(uint target) => _next = target & ((_cpsr & StatusBits.Thumb) != 0 ? ~1u : ~3u);

    // Bit 0 chooses the state.
    private void BranchExchange(uint target)
    {
        _cpsr = (target & 1) != 0 ? _cpsr | StatusBits.Thumb : _cpsr & ~StatusBits.Thumb;
        Branch(target);
    }

    private void Jump(uint target)
    {
        _next = target;
        HaltAtOwnAddress();
    }

    private void HaltAtOwnAddress()
    {
        if (_next == _current && (_cpsr & StatusBits.InterruptsOff) == StatusBits.InterruptsOff)
            _outcome = ArmOutcome.Halted;
    }

    private static uint ArmOffset(uint instruction) => (uint)((int)(instruction << 8) >> 6);
}
