namespace BekenImage.Boot.Cpu;

// MRS and MSR (A4.1.38, A4.1.39).
internal sealed partial class ArmCpu
{
    private const uint OfSpsr = 1 << 22;

    public void Mrs(uint instruction) =>
        Registers[instruction >> 12 & 15] = (instruction & OfSpsr) != 0 ? Spsr : _cpsr;

    /// <summary>
    /// The four mask bits f s x c choose bytes. Bits that ARMv5TE gives no meaning keep their value in CPSR, and are stored in SPSR.
    /// </summary>
    public void Msr(uint instruction, uint value)
    {
        uint mask = ((instruction >> 16 & 1) * 0xFF) | ((instruction >> 17 & 1) * 0xFF00)
            | ((instruction >> 18 & 1) * 0xFF_0000) | ((instruction >> 19 & 1) * 0xFF00_0000);
        if ((instruction & OfSpsr) != 0)
        {
            Spsr = Spsr & ~mask | value & mask;
            return;
        }

        mask &= IsPrivileged ? StatusBits.UserWritable | StatusBits.PrivilegedWritable : StatusBits.UserWritable;
        SetCpsr(_cpsr & ~mask | value & mask);
    }
}
