namespace BekenImage.Boot.Cpu;

// The second operand (A5.1) and the carry that comes out of the shifter.
internal sealed partial class ArmCpu
{
    // 0 or 1, valid from the operand until the flags are set.
    private uint _shifterCarry;

    private uint CarryFlag => _cpsr >> 29 & 1;

    public uint Rm(uint instruction) => Registers[instruction & 15];

    /// <summary>A byte, rotated right by twice a number; not rotated, the carry stays.</summary>
    public uint Immediate(uint instruction)
    {
        int rotation = (int)(instruction >> 7 & 30);
        uint value = instruction & 0xFF;
        if (rotation == 0)
        {
            _shifterCarry = CarryFlag;
            return value;
        }

        value = RotateRight(value, rotation);
        _shifterCarry = value >> 31;
        return value;
    }

    /// <summary>Rm shifted by a number of 0-31, where 0 means: LSL none, LSR and ASR 32, ROR one bit through the carry (RRX).</summary>
    public uint ShiftedByNumber(uint instruction)
    {
        uint value = Registers[instruction & 15];
        uint amount = instruction >> 7 & 31;
        var kind = (ArmShift)(instruction >> 5 & 3);
        if (amount != 0 || kind == ArmShift.Left)
            return Shift(kind, value, amount);
        if (kind != ArmShift.Rotate)
            return Shift(kind, value, 32);
        uint carryIn = CarryFlag;
        _shifterCarry = value & 1;
        return carryIn << 31 | value >> 1;
    }

    /// <summary>
    /// Rm shifted by the low byte of Rs. R15 as operand is UNPREDICTABLE: here it reads 12 ahead, as the pipeline has it.
    /// </summary>
    public uint ShiftedByRegister(uint instruction)
    {
        Registers[15] += 4;
        return Shift((ArmShift)(instruction >> 5 & 3), Registers[instruction & 15], Registers[instruction >> 8 & 15] & 0xFF);
    }

    // By 0: value and carry stay. By 32 the last bit is the carry, by more there is none left; ROR goes on in circles.
    private uint Shift(ArmShift kind, uint value, uint amount)
    {
        if (amount == 0)
        {
            _shifterCarry = CarryFlag;
            return value;
        }

        int by = (int)amount;
        switch (kind)
        {
            case ArmShift.Left:
                _shifterCarry = by <= 32 ? value >> (32 - by) & 1 : 0;
                return by < 32 ? value << by : 0;
            case ArmShift.Right:
                _shifterCarry = by <= 32 ? value >> (by - 1) & 1 : 0;
                return by < 32 ? value >> by : 0;
            case ArmShift.Arithmetic:
                by = Math.Min(by, 32);
                _shifterCarry = (uint)((int)value >> (by - 1)) & 1;
                return (uint)((int)value >> Math.Min(by, 31));
            default:
                value = RotateRight(value, by);
                _shifterCarry = value >> 31;
                return value;
        }
    }

    // The amount of a shift counts modulo 32 in C#.
    private static uint RotateRight(uint value, int by) => value >> by | value << -by;
}
