namespace BekenImage.Boot.Cpu;

// Data processing (A3.4): sixteen operations on Rn and the shifter's operand. The operand is worked out before Rn is read.
internal sealed partial class ArmCpu
{
    private const uint SetsFlags = 1 << 20;

    public void And(uint instruction, uint operand) => Logic(instruction, Rn(instruction) & operand);

    public void Eor(uint instruction, uint operand) => Logic(instruction, Rn(instruction) ^ operand);

    public void Orr(uint instruction, uint operand) => Logic(instruction, Rn(instruction) | operand);

    public void Bic(uint instruction, uint operand) => Logic(instruction, Rn(instruction) & ~operand);

    public void Mov(uint instruction, uint operand) => Logic(instruction, operand);

    public void Mvn(uint instruction, uint operand) => Logic(instruction, ~operand);

    public void Tst(uint instruction, uint operand) => SetLogicFlags(Rn(instruction) & operand);

    public void Teq(uint instruction, uint operand) => SetLogicFlags(Rn(instruction) ^ operand);

    public void Add(uint instruction, uint operand) => Sum(instruction, Rn(instruction), operand, 0);

    public void Adc(uint instruction, uint operand) => Sum(instruction, Rn(instruction), operand, CarryFlag);

    // a - b is a + ~b + 1: the carry is "no borrow".
    public void Sub(uint instruction, uint operand) => Sum(instruction, Rn(instruction), ~operand, 1);

    public void Sbc(uint instruction, uint operand) => Sum(instruction, Rn(instruction), ~operand, CarryFlag);

    public void Rsb(uint instruction, uint operand) => Sum(instruction, operand, ~Rn(instruction), 1);

    public void Rsc(uint instruction, uint operand) => Sum(instruction, operand, ~Rn(instruction), CarryFlag);

    public void Cmp(uint instruction, uint operand) => SumWithFlags(Rn(instruction), ~operand, 1);

    public void Cmn(uint instruction, uint operand) => SumWithFlags(Rn(instruction), operand, 0);

    private uint Rn(uint instruction) => Registers[instruction >> 16 & 15];

    private void Logic(uint instruction, uint result)
    {
        uint destination = instruction >> 12 & 15;
        if (destination == 15)
            WritePc(instruction, result);
        else
        {
            Registers[destination] = result;
            if ((instruction & SetsFlags) != 0)
                SetLogicFlags(result);
        }
    }

    private void Sum(uint instruction, uint left, uint right, uint carry)
    {
        uint destination = instruction >> 12 & 15;
        if (destination == 15)
            WritePc(instruction, left + right + carry);
        else if ((instruction & SetsFlags) != 0)
            Registers[destination] = SumWithFlags(left, right, carry);
        else
            Registers[destination] = left + right + carry;
    }

    private uint SumWithFlags(uint left, uint right, uint carry)
    {
        ulong sum = (ulong)left + right + carry;
        uint result = (uint)sum;
        uint overflow = (left ^ result) & (right ^ result);
        _cpsr = _cpsr & 0x0FFF_FFFF | result & StatusBits.Negative | (result == 0 ? StatusBits.Zero : 0)
            | (uint)(sum >> 32) << 29 | overflow >> 31 << 28;
        return result;
    }

    private void SetLogicFlags(uint result) =>
        _cpsr = _cpsr & 0x1FFF_FFFF | result & StatusBits.Negative | (result == 0 ? StatusBits.Zero : 0) | _shifterCarry << 29;

    private void SetNegativeAndZero(uint result) =>
        _cpsr = _cpsr & 0x3FFF_FFFF | result & StatusBits.Negative | (result == 0 ? StatusBits.Zero : 0);

    // Without S a plain jump that stays in ARM (ARMv5), with S the way back from an exception.
    private void WritePc(uint instruction, uint target)
    {
        if ((instruction & SetsFlags) != 0)
            ReturnFromException(target);
        else
            Branch(target);
    }
}
