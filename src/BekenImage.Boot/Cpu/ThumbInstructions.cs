namespace BekenImage.Boot.Cpu;

/// <summary>
/// The Thumb instructions of ARMv5TE (ARM DDI 0100E, A6 and A7), one row each; what has no row is undefined. The top ten bits decide.
/// </summary>
internal static class ThumbInstructions
{
    public static readonly Instruction[] Rows =
    {
        // Shift by a number, add and subtract, immediates.
        new("0000 0aaa aamm mddd", "LSL", static (c, i) => c.ThumbShift(i, ArmShift.Left)),
        new("0000 1aaa aamm mddd", "LSR", static (c, i) => c.ThumbShift(i, ArmShift.Right)),
        new("0001 0aaa aamm mddd", "ASR", static (c, i) => c.ThumbShift(i, ArmShift.Arithmetic)),
        new("0001 100m mmnn nddd", "ADD", static (c, i) => c.ThumbAdd(i, c.Registers[i >> 6 & 7])),
        new("0001 101m mmnn nddd", "SUB", static (c, i) => c.ThumbSub(i, c.Registers[i >> 6 & 7])),
        new("0001 110i iinn nddd", "ADD", static (c, i) => c.ThumbAdd(i, i >> 6 & 7)),
        new("0001 111i iinn nddd", "SUB", static (c, i) => c.ThumbSub(i, i >> 6 & 7)),
        new("0010 0ddd iiii iiii", "MOV", static (c, i) => c.ThumbMovByte(i)),
        new("0010 1nnn iiii iiii", "CMP", static (c, i) => c.ThumbCmpByte(i)),
        new("0011 0ddd iiii iiii", "ADD", static (c, i) => c.ThumbAddByte(i)),
        new("0011 1ddd iiii iiii", "SUB", static (c, i) => c.ThumbSubByte(i)),

        // Two low registers.
        new("0100 0000 00mm mddd", "AND", static (c, i) => c.ThumbAnd(i)),
        new("0100 0000 01mm mddd", "EOR", static (c, i) => c.ThumbEor(i)),
        new("0100 0000 10ss sddd", "LSL", static (c, i) => c.ThumbShiftByRegister(i, ArmShift.Left)),
        new("0100 0000 11ss sddd", "LSR", static (c, i) => c.ThumbShiftByRegister(i, ArmShift.Right)),
        new("0100 0001 00ss sddd", "ASR", static (c, i) => c.ThumbShiftByRegister(i, ArmShift.Arithmetic)),
        new("0100 0001 01mm mddd", "ADC", static (c, i) => c.ThumbAdc(i)),
        new("0100 0001 10mm mddd", "SBC", static (c, i) => c.ThumbSbc(i)),
        new("0100 0001 11ss sddd", "ROR", static (c, i) => c.ThumbShiftByRegister(i, ArmShift.Rotate)),
        new("0100 0010 00mm mnnn", "TST", static (c, i) => c.ThumbTst(i)),
        new("0100 0010 01mm mddd", "NEG", static (c, i) => c.ThumbNeg(i)),
        new("0100 0010 10mm mnnn", "CMP", static (c, i) => c.ThumbCmp(i)),
        new("0100 0010 11mm mnnn", "CMN", static (c, i) => c.ThumbCmn(i)),
        new("0100 0011 00mm mddd", "ORR", static (c, i) => c.ThumbOrr(i)),
        new("0100 0011 01mm mddd", "MUL", static (c, i) => c.ThumbMul(i)),
        new("0100 0011 10mm mddd", "BIC", static (c, i) => c.ThumbBic(i)),
        new("0100 0011 11mm mddd", "MVN", static (c, i) => c.ThumbMvn(i)),

        // All registers; exchange.
        new("0100 0100 Dmmm mddd", "ADD", static (c, i) => c.ThumbAddHigh(i)),
        new("0100 0101 Nmmm mnnn", "CMP", static (c, i) => c.ThumbCmpHigh(i)),
        new("0100 0110 Dmmm mddd", "MOV", static (c, i) => c.ThumbMovHigh(i)),
        new("0100 0111 0mmm m---", "BX", static (c, i) => c.Bx(c.Registers[i >> 3 & 15])),
        new("0100 0111 1mmm m---", "BLX", static (c, i) => c.Blx(c.Registers[i >> 3 & 15])),

        // Loads and stores.
        new("0100 1ddd oooo oooo", "LDR", static (c, i) => c.ThumbLdr(i >> 8, (c.Registers[15] & ~3u) + ((i & 0xFF) << 2))),
        new("0101 000m mmnn nddd", "STR", static (c, i) => c.ThumbStr(i, c.ThumbSum(i))),
        new("0101 001m mmnn nddd", "STRH", static (c, i) => c.ThumbStrh(i, c.ThumbSum(i))),
        new("0101 010m mmnn nddd", "STRB", static (c, i) => c.ThumbStrb(i, c.ThumbSum(i))),
        new("0101 011m mmnn nddd", "LDRSB", static (c, i) => c.ThumbLdrsb(i, c.ThumbSum(i))),
        new("0101 100m mmnn nddd", "LDR", static (c, i) => c.ThumbLdr(i, c.ThumbSum(i))),
        new("0101 101m mmnn nddd", "LDRH", static (c, i) => c.ThumbLdrh(i, c.ThumbSum(i))),
        new("0101 110m mmnn nddd", "LDRB", static (c, i) => c.ThumbLdrb(i, c.ThumbSum(i))),
        new("0101 111m mmnn nddd", "LDRSH", static (c, i) => c.ThumbLdrsh(i, c.ThumbSum(i))),
        new("0110 0ooo oonn nddd", "STR", static (c, i) => c.ThumbStr(i, c.ThumbOffset(i, 2))),
        new("0110 1ooo oonn nddd", "LDR", static (c, i) => c.ThumbLdr(i, c.ThumbOffset(i, 2))),
        new("0111 0ooo oonn nddd", "STRB", static (c, i) => c.ThumbStrb(i, c.ThumbOffset(i, 0))),
        new("0111 1ooo oonn nddd", "LDRB", static (c, i) => c.ThumbLdrb(i, c.ThumbOffset(i, 0))),
        new("1000 0ooo oonn nddd", "STRH", static (c, i) => c.ThumbStrh(i, c.ThumbOffset(i, 1))),
        new("1000 1ooo oonn nddd", "LDRH", static (c, i) => c.ThumbLdrh(i, c.ThumbOffset(i, 1))),
        new("1001 0ddd oooo oooo", "STR", static (c, i) => c.ThumbStr(i >> 8, c.Registers[13] + ((i & 0xFF) << 2))),
        new("1001 1ddd oooo oooo", "LDR", static (c, i) => c.ThumbLdr(i >> 8, c.Registers[13] + ((i & 0xFF) << 2))),

        // Addresses and the stack.
        new("1010 0ddd oooo oooo", "ADD", static (c, i) => c.Registers[i >> 8 & 7] = (c.Registers[15] & ~3u) + ((i & 0xFF) << 2)),
        new("1010 1ddd oooo oooo", "ADD", static (c, i) => c.Registers[i >> 8 & 7] = c.Registers[13] + ((i & 0xFF) << 2)),
        new("1011 0000 0ooo oooo", "ADD", static (c, i) => c.Registers[13] += (i & 0x7F) << 2),
        new("1011 0000 1ooo oooo", "SUB", static (c, i) => c.Registers[13] -= (i & 0x7F) << 2),
        new("1011 010R llll llll", "PUSH", static (c, i) => c.Push(i)),
        new("1011 110R llll llll", "POP", static (c, i) => c.Pop(i)),
        new("1100 0nnn llll llll", "STMIA", static (c, i) => c.ThumbStm(i)),
        new("1100 1nnn llll llll", "LDMIA", static (c, i) => c.ThumbLdm(i)),

        // Branches, and the ways into an exception.
        new("1011 1110 iiii iiii", "BKPT", static (c, i) => c.Bkpt()),
        new("1101 cccc oooo oooo", "B", static (c, i) => c.ThumbBranchIf(i)),
        new("1101 1111 iiii iiii", "SWI", static (c, i) => c.Swi()),
        new("1110 0ooo oooo oooo", "B", static (c, i) => c.ThumbBranch(i)),
        new("1110 1ooo oooo oooo", "BLX", static (c, i) => c.ThumbCallArm(i)),
        new("1111 0ooo oooo oooo", "BL", static (c, i) => c.ThumbCallHigh(i)),
        new("1111 1ooo oooo oooo", "BL", static (c, i) => c.ThumbCallLow(i)),
    };
}
