namespace BekenImage.Boot.Cpu;

// Thumb (A7): each is an ARM instruction in short, mostly one that sets the flags. Where the work is the same, it is asked for by the ARM
// encoding.
internal sealed partial class ArmCpu
{
    private const uint StackBase = 13 << 16;

    public void ThumbShift(uint instruction, ArmShift kind)
    {
        uint amount = instruction >> 6 & 31;
        SetLow(instruction, Shift(kind, Registers[instruction >> 3 & 7], amount == 0 && kind != ArmShift.Left ? 32 : amount));
    }

    public void ThumbShiftByRegister(uint instruction, ArmShift kind) =>
        SetLow(instruction, Shift(kind, Rd(instruction), Source(instruction) & 0xFF));

    public void ThumbAdd(uint instruction, uint operand) => Rd(instruction) = SumWithFlags(Source(instruction), operand, 0);

    public void ThumbSub(uint instruction, uint operand) => Rd(instruction) = SumWithFlags(Source(instruction), ~operand, 1);

    public void ThumbMovByte(uint instruction)
    {
        Registers[instruction >> 8 & 7] = instruction & 0xFF;
        SetNegativeAndZero(instruction & 0xFF);
    }

    public void ThumbCmpByte(uint instruction) => SumWithFlags(Registers[instruction >> 8 & 7], ~(instruction & 0xFF), 1);

    public void ThumbAddByte(uint instruction)
    {
        ref uint register = ref Registers[instruction >> 8 & 7];
        register = SumWithFlags(register, instruction & 0xFF, 0);
    }

    public void ThumbSubByte(uint instruction)
    {
        ref uint register = ref Registers[instruction >> 8 & 7];
        register = SumWithFlags(register, ~(instruction & 0xFF), 1);
    }

    public void ThumbAnd(uint instruction) => ThumbLogic(instruction, Rd(instruction) & Source(instruction));

    public void ThumbEor(uint instruction) => ThumbLogic(instruction, Rd(instruction) ^ Source(instruction));

    public void ThumbOrr(uint instruction) => ThumbLogic(instruction, Rd(instruction) | Source(instruction));

    public void ThumbBic(uint instruction) => ThumbLogic(instruction, Rd(instruction) & ~Source(instruction));

    public void ThumbMvn(uint instruction) => ThumbLogic(instruction, ~Source(instruction));

    public void ThumbMul(uint instruction) => ThumbLogic(instruction, Rd(instruction) * Source(instruction));

    public void ThumbTst(uint instruction) => SetNegativeAndZero(Rd(instruction) & Source(instruction));

    public void ThumbAdc(uint instruction) => Rd(instruction) = SumWithFlags(Rd(instruction), Source(instruction), CarryFlag);

    public void ThumbSbc(uint instruction) => Rd(instruction) = SumWithFlags(Rd(instruction), ~Source(instruction), CarryFlag);

    public void ThumbNeg(uint instruction) => Rd(instruction) = SumWithFlags(0, ~Source(instruction), 1);

    public void ThumbCmp(uint instruction) => SumWithFlags(Rd(instruction), ~Source(instruction), 1);

    public void ThumbCmn(uint instruction) => SumWithFlags(Rd(instruction), Source(instruction), 0);

    public void ThumbAddHigh(uint instruction) => SetHigh(instruction, Registers[HighRd(instruction)] + Registers[instruction >> 3 & 15]);

    public void ThumbMovHigh(uint instruction) => SetHigh(instruction, Registers[instruction >> 3 & 15]);

    public void ThumbCmpHigh(uint instruction) => SumWithFlags(Registers[HighRd(instruction)], ~Registers[instruction >> 3 & 15], 1);

    public uint ThumbSum(uint instruction) => Source(instruction) + Registers[instruction >> 6 & 7];

    public uint ThumbOffset(uint instruction, int scale) => Source(instruction) + ((instruction >> 6 & 31) << scale);

    public void ThumbLdr(uint instruction, uint address) => EndThumbLoad(instruction, ReadWord(address));

    public void ThumbLdrh(uint instruction, uint address) => EndThumbLoad(instruction, ReadHalfword(address));

    public void ThumbLdrsh(uint instruction, uint address) => EndThumbLoad(instruction, (uint)(short)ReadHalfword(address));

    public void ThumbLdrb(uint instruction, uint address) => EndThumbLoad(instruction, _bus.ReadByte(address));

    public void ThumbLdrsb(uint instruction, uint address) => EndThumbLoad(instruction, (uint)(sbyte)_bus.ReadByte(address));

    public void ThumbStr(uint instruction, uint address)
    {
        WriteWord(address, Rd(instruction));
        _ = IsLost;
    }

    public void ThumbStrh(uint instruction, uint address)
    {
        WriteHalfword(address, Rd(instruction));
        _ = IsLost;
    }

    public void ThumbStrb(uint instruction, uint address)
    {
        _bus.WriteByte(address, (byte)Rd(instruction));
        _ = IsLost;
    }

    /// <summary>STMDB SP!; bit 8 adds LR.</summary>
    public void Push(uint instruction) =>
        Stm(PreIndexed | WritesBack | StackBase | instruction & 0xFF | (instruction & 0x100) << 6);

    /// <summary>LDMIA SP!; bit 8 adds PC, whose bit 0 chooses the state (ARMv5).</summary>
    public void Pop(uint instruction) =>
        Ldm(Upward | WritesBack | StackBase | instruction & 0xFF | (instruction & 0x100) << 7);

    public void ThumbStm(uint instruction) => Stm(Upward | WritesBack | (instruction >> 8 & 7) << 16 | instruction & 0xFF);

    /// <summary>Write-back, unless the base is loaded.</summary>
    public void ThumbLdm(uint instruction) => Ldm(Upward | WritesBack | (instruction >> 8 & 7) << 16 | instruction & 0xFF);

    public void ThumbBranch(uint instruction) => Jump(Registers[15] + (uint)((int)(instruction << 21) >> 20));

    public void ThumbBranchIf(uint instruction)
    {
        if (ArmConditions.Holds(instruction >> 8 & 15, _cpsr))
            Jump(Registers[15] + (uint)((int)(instruction << 24) >> 23));
    }

    /// <summary>The first half of BL and BLX: the high part of the offset goes into LR.</summary>
    public void ThumbCallHigh(uint instruction) => Registers[14] = Registers[15] + (uint)((int)(instruction << 21) >> 9);

    /// <summary>The second half of BL.</summary>
    public void ThumbCallLow(uint instruction)
    {
        uint target = Registers[14] + ((instruction & 0x7FF) << 1);
        Registers[14] = _next | 1;
        Branch(target);
    }

    /// <summary>The second half of BLX, to ARM; an odd offset is undefined.</summary>
    public void ThumbCallArm(uint instruction)
    {
        if ((instruction & 1) != 0)
        {
            Undefined();
            return;
        }

        uint target = Registers[14] + ((instruction & 0x7FF) << 1);
        Registers[14] = _next | 1;
        BranchExchange(target & ~3u);
    }

    private static uint HighRd(uint instruction) => instruction >> 4 & 8 | instruction & 7;

    private ref uint Rd(uint instruction) => ref Registers[instruction & 7];

    private uint Source(uint instruction) => Registers[instruction >> 3 & 7];

    private void ThumbLogic(uint instruction, uint result)
    {
        Rd(instruction) = result;
        SetNegativeAndZero(result);
    }

    private void SetLow(uint instruction, uint result)
    {
        Rd(instruction) = result;
        SetLogicFlags(result);
    }

    // To R15 it is a jump that stays in Thumb.
    private void SetHigh(uint instruction, uint value)
    {
        if (HighRd(instruction) == 15)
            Branch(value);
        else
            Registers[HighRd(instruction)] = value;
    }

    private void EndThumbLoad(uint instruction, uint value)
    {
        if (!IsLost)
            Rd(instruction) = value;
    }
}
