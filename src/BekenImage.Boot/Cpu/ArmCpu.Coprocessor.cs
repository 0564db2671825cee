namespace BekenImage.Boot.Cpu;

// CP15 as an ARM968E-S has it (ARM DDI 0311): identification, control, and registers that change nothing here. It has no LDC and STC. All
// other coprocessors, and CP15 in User mode, are undefined instructions.
internal sealed partial class ArmCpu
{
    private const uint Identification = 0x4105_9680;
    private const uint HighVectors = 1 << 13;
    private uint _control;

    private uint VectorBase => (_control & HighVectors) != 0 ? 0xFFFF_0000 : 0;

    public void Mrc(uint instruction)
    {
        if (!IsSystemControl(instruction))
        {
            Undefined();
            return;
        }

        uint value = (instruction >> 16 & 15) switch
        {
            // Opcode 2 of 2: the sizes of the tightly coupled memories, not modelled.
            0 => (instruction >> 5 & 7) == 0 ? Identification : 0,
            1 => _control,
            _ => 0,
        };
        uint destination = instruction >> 12 & 15;
        if (destination == 15)
            _cpsr = _cpsr & 0x0FFF_FFFF | value & 0xF000_0000;
        else
            Registers[destination] = value;
    }

    // Draining the write buffer and waiting for an interrupt (c7) end at once.
    public void Mcr(uint instruction)
    {
        if (!IsSystemControl(instruction))
            Undefined();
        else if ((instruction >> 16 & 15) == 1)
            _control = Registers[instruction >> 12 & 15];
    }

    private bool IsSystemControl(uint instruction) => (instruction >> 8 & 15) == 15 && IsPrivileged;
}
