namespace BekenImage.Boot.Cpu;

/// <summary>
/// The ARM instructions of ARMv5TE (ARM DDI 0100E, A3 and A4), one row each; what has no row is undefined. Bits 27-20 and 7-4 decide, and
/// whether the condition is 1111. BXJ is missing: this core has no Jazelle.
/// </summary>
internal static class ArmInstructions
{
    public static readonly Instruction[] Rows =
    {
        // Data processing: a rotated byte.
        new("cccc 0010 000S nnnn dddd rrrr iiii iiii", "AND", static (c, i) => c.And(i, c.Immediate(i))),
        new("cccc 0010 001S nnnn dddd rrrr iiii iiii", "EOR", static (c, i) => c.Eor(i, c.Immediate(i))),
        new("cccc 0010 010S nnnn dddd rrrr iiii iiii", "SUB", static (c, i) => c.Sub(i, c.Immediate(i))),
        new("cccc 0010 011S nnnn dddd rrrr iiii iiii", "RSB", static (c, i) => c.Rsb(i, c.Immediate(i))),
        new("cccc 0010 100S nnnn dddd rrrr iiii iiii", "ADD", static (c, i) => c.Add(i, c.Immediate(i))),
        new("cccc 0010 101S nnnn dddd rrrr iiii iiii", "ADC", static (c, i) => c.Adc(i, c.Immediate(i))),
        new("cccc 0010 110S nnnn dddd rrrr iiii iiii", "SBC", static (c, i) => c.Sbc(i, c.Immediate(i))),
        new("cccc 0010 111S nnnn dddd rrrr iiii iiii", "RSC", static (c, i) => c.Rsc(i, c.Immediate(i))),
        new("cccc 0011 0001 nnnn ---- rrrr iiii iiii", "TST", static (c, i) => c.Tst(i, c.Immediate(i))),
        new("cccc 0011 0011 nnnn ---- rrrr iiii iiii", "TEQ", static (c, i) => c.Teq(i, c.Immediate(i))),
        new("cccc 0011 0101 nnnn ---- rrrr iiii iiii", "CMP", static (c, i) => c.Cmp(i, c.Immediate(i))),
        new("cccc 0011 0111 nnnn ---- rrrr iiii iiii", "CMN", static (c, i) => c.Cmn(i, c.Immediate(i))),
        new("cccc 0011 100S nnnn dddd rrrr iiii iiii", "ORR", static (c, i) => c.Orr(i, c.Immediate(i))),
        new("cccc 0011 101S ---- dddd rrrr iiii iiii", "MOV", static (c, i) => c.Mov(i, c.Immediate(i))),
        new("cccc 0011 110S nnnn dddd rrrr iiii iiii", "BIC", static (c, i) => c.Bic(i, c.Immediate(i))),
        new("cccc 0011 111S ---- dddd rrrr iiii iiii", "MVN", static (c, i) => c.Mvn(i, c.Immediate(i))),

        // Data processing: a register, shifted by a number.
        new("cccc 0000 000S nnnn dddd aaaa att0 mmmm", "AND", static (c, i) => c.And(i, c.ShiftedByNumber(i))),
        new("cccc 0000 001S nnnn dddd aaaa att0 mmmm", "EOR", static (c, i) => c.Eor(i, c.ShiftedByNumber(i))),
        new("cccc 0000 010S nnnn dddd aaaa att0 mmmm", "SUB", static (c, i) => c.Sub(i, c.ShiftedByNumber(i))),
        new("cccc 0000 011S nnnn dddd aaaa att0 mmmm", "RSB", static (c, i) => c.Rsb(i, c.ShiftedByNumber(i))),
        new("cccc 0000 100S nnnn dddd aaaa att0 mmmm", "ADD", static (c, i) => c.Add(i, c.ShiftedByNumber(i))),
        new("cccc 0000 101S nnnn dddd aaaa att0 mmmm", "ADC", static (c, i) => c.Adc(i, c.ShiftedByNumber(i))),
        new("cccc 0000 110S nnnn dddd aaaa att0 mmmm", "SBC", static (c, i) => c.Sbc(i, c.ShiftedByNumber(i))),
        new("cccc 0000 111S nnnn dddd aaaa att0 mmmm", "RSC", static (c, i) => c.Rsc(i, c.ShiftedByNumber(i))),
        new("cccc 0001 0001 nnnn ---- aaaa att0 mmmm", "TST", static (c, i) => c.Tst(i, c.ShiftedByNumber(i))),
        new("cccc 0001 0011 nnnn ---- aaaa att0 mmmm", "TEQ", static (c, i) => c.Teq(i, c.ShiftedByNumber(i))),
        new("cccc 0001 0101 nnnn ---- aaaa att0 mmmm", "CMP", static (c, i) => c.Cmp(i, c.ShiftedByNumber(i))),
        new("cccc 0001 0111 nnnn ---- aaaa att0 mmmm", "CMN", static (c, i) => c.Cmn(i, c.ShiftedByNumber(i))),
        new("cccc 0001 100S nnnn dddd aaaa att0 mmmm", "ORR", static (c, i) => c.Orr(i, c.ShiftedByNumber(i))),
        new("cccc 0001 101S ---- dddd aaaa att0 mmmm", "MOV", static (c, i) => c.Mov(i, c.ShiftedByNumber(i))),
        new("cccc 0001 110S nnnn dddd aaaa att0 mmmm", "BIC", static (c, i) => c.Bic(i, c.ShiftedByNumber(i))),
        new("cccc 0001 111S ---- dddd aaaa att0 mmmm", "MVN", static (c, i) => c.Mvn(i, c.ShiftedByNumber(i))),

        // Data processing: a register, shifted by a register.
        new("cccc 0000 000S nnnn dddd ssss 0tt1 mmmm", "AND", static (c, i) => c.And(i, c.ShiftedByRegister(i))),
        new("cccc 0000 001S nnnn dddd ssss 0tt1 mmmm", "EOR", static (c, i) => c.Eor(i, c.ShiftedByRegister(i))),
        new("cccc 0000 010S nnnn dddd ssss 0tt1 mmmm", "SUB", static (c, i) => c.Sub(i, c.ShiftedByRegister(i))),
        new("cccc 0000 011S nnnn dddd ssss 0tt1 mmmm", "RSB", static (c, i) => c.Rsb(i, c.ShiftedByRegister(i))),
        new("cccc 0000 100S nnnn dddd ssss 0tt1 mmmm", "ADD", static (c, i) => c.Add(i, c.ShiftedByRegister(i))),
        new("cccc 0000 101S nnnn dddd ssss 0tt1 mmmm", "ADC", static (c, i) => c.Adc(i, c.ShiftedByRegister(i))),
        new("cccc 0000 110S nnnn dddd ssss 0tt1 mmmm", "SBC", static (c, i) => c.Sbc(i, c.ShiftedByRegister(i))),
        new("cccc 0000 111S nnnn dddd ssss 0tt1 mmmm", "RSC", static (c, i) => c.Rsc(i, c.ShiftedByRegister(i))),
        new("cccc 0001 0001 nnnn ---- ssss 0tt1 mmmm", "TST", static (c, i) => c.Tst(i, c.ShiftedByRegister(i))),
        new("cccc 0001 0011 nnnn ---- ssss 0tt1 mmmm", "TEQ", static (c, i) => c.Teq(i, c.ShiftedByRegister(i))),
        new("cccc 0001 0101 nnnn ---- ssss 0tt1 mmmm", "CMP", static (c, i) => c.Cmp(i, c.ShiftedByRegister(i))),
        new("cccc 0001 0111 nnnn ---- ssss 0tt1 mmmm", "CMN", static (c, i) => c.Cmn(i, c.ShiftedByRegister(i))),
        new("cccc 0001 100S nnnn dddd ssss 0tt1 mmmm", "ORR", static (c, i) => c.Orr(i, c.ShiftedByRegister(i))),
        new("cccc 0001 101S ---- dddd ssss 0tt1 mmmm", "MOV", static (c, i) => c.Mov(i, c.ShiftedByRegister(i))),
        new("cccc 0001 110S nnnn dddd ssss 0tt1 mmmm", "BIC", static (c, i) => c.Bic(i, c.ShiftedByRegister(i))),
        new("cccc 0001 111S ---- dddd ssss 0tt1 mmmm", "MVN", static (c, i) => c.Mvn(i, c.ShiftedByRegister(i))),

        // Multiply.
        new("cccc 0000 000S dddd ---- ssss 1001 mmmm", "MUL", static (c, i) => c.Mul(i)),
        new("cccc 0000 001S dddd nnnn ssss 1001 mmmm", "MLA", static (c, i) => c.Mla(i)),
        new("cccc 0000 100S hhhh llll ssss 1001 mmmm", "UMULL", static (c, i) => c.Umull(i)),
        new("cccc 0000 101S hhhh llll ssss 1001 mmmm", "UMLAL", static (c, i) => c.Umlal(i)),
        new("cccc 0000 110S hhhh llll ssss 1001 mmmm", "SMULL", static (c, i) => c.Smull(i)),
        new("cccc 0000 111S hhhh llll ssss 1001 mmmm", "SMLAL", static (c, i) => c.Smlal(i)),
        new("cccc 0001 0000 dddd nnnn ssss 1yx0 mmmm", "SMLA", static (c, i) => c.Smla(i)),
        new("cccc 0001 0010 dddd nnnn ssss 1y00 mmmm", "SMLAW", static (c, i) => c.Smlaw(i)),
        new("cccc 0001 0010 dddd ---- ssss 1y10 mmmm", "SMULW", static (c, i) => c.Smulw(i)),
        new("cccc 0001 0100 hhhh llll ssss 1yx0 mmmm", "SMLAL", static (c, i) => c.SmlalHalves(i)),
        new("cccc 0001 0110 dddd ---- ssss 1yx0 mmmm", "SMUL", static (c, i) => c.Smul(i)),

        // Saturating, leading zeros.
        new("cccc 0001 0000 nnnn dddd ---- 0101 mmmm", "QADD", static (c, i) => c.Qadd(i)),
        new("cccc 0001 0010 nnnn dddd ---- 0101 mmmm", "QSUB", static (c, i) => c.Qsub(i)),
        new("cccc 0001 0100 nnnn dddd ---- 0101 mmmm", "QDADD", static (c, i) => c.Qdadd(i)),
        new("cccc 0001 0110 nnnn dddd ---- 0101 mmmm", "QDSUB", static (c, i) => c.Qdsub(i)),
        new("cccc 0001 0110 ---- dddd ---- 0001 mmmm", "CLZ", static (c, i) => c.Clz(i)),

        // Status.
        new("cccc 0001 0R00 ---- dddd ---- 0000 ----", "MRS", static (c, i) => c.Mrs(i)),
        new("cccc 0001 0R10 ffff ---- ---- 0000 mmmm", "MSR", static (c, i) => c.Msr(i, c.Rm(i))),
        new("cccc 0011 0R10 ffff ---- rrrr iiii iiii", "MSR", static (c, i) => c.Msr(i, c.Immediate(i))),

        // Branches, and the ways into an exception.
        new("cccc 1010 oooo oooo oooo oooo oooo oooo", "B", static (c, i) => c.B(i)),
        new("cccc 1011 oooo oooo oooo oooo oooo oooo", "BL", static (c, i) => c.Bl(i)),
        new("1111 101H oooo oooo oooo oooo oooo oooo", "BLX", static (c, i) => c.BlxToThumb(i)),
        new("cccc 0001 0010 ---- ---- ---- 0001 mmmm", "BX", static (c, i) => c.Bx(c.Rm(i))),
        new("cccc 0001 0010 ---- ---- ---- 0011 mmmm", "BLX", static (c, i) => c.Blx(c.Rm(i))),
        new("cccc 1111 iiii iiii iiii iiii iiii iiii", "SWI", static (c, i) => c.Swi()),
        new("cccc 0001 0010 iiii iiii iiii 0111 iiii", "BKPT", static (c, i) => c.Bkpt()),

        // One word or byte; the offset is a number or a shifted register. P=0 W=1 is LDRT and its kin: the bus knows no users.
        new("cccc 010P U0W0 nnnn dddd oooo oooo oooo", "STR", static (c, i) => c.Str(i, i & 0xFFF)),
        new("cccc 010P U0W1 nnnn dddd oooo oooo oooo", "LDR", static (c, i) => c.Ldr(i, i & 0xFFF)),
        new("cccc 010P U1W0 nnnn dddd oooo oooo oooo", "STRB", static (c, i) => c.Strb(i, i & 0xFFF)),
        new("cccc 010P U1W1 nnnn dddd oooo oooo oooo", "LDRB", static (c, i) => c.Ldrb(i, i & 0xFFF)),
        new("cccc 011P U0W0 nnnn dddd aaaa att0 mmmm", "STR", static (c, i) => c.Str(i, c.ShiftedByNumber(i))),
        new("cccc 011P U0W1 nnnn dddd aaaa att0 mmmm", "LDR", static (c, i) => c.Ldr(i, c.ShiftedByNumber(i))),
        new("cccc 011P U1W0 nnnn dddd aaaa att0 mmmm", "STRB", static (c, i) => c.Strb(i, c.ShiftedByNumber(i))),
        new("cccc 011P U1W1 nnnn dddd aaaa att0 mmmm", "LDRB", static (c, i) => c.Ldrb(i, c.ShiftedByNumber(i))),
        new("1111 0101 U101 nnnn ---- oooo oooo oooo", "PLD", static (c, i) => { }),
        new("1111 0111 U101 nnnn ---- aaaa att0 mmmm", "PLD", static (c, i) => { }),

        // Half-words, signed bytes, pairs; the offset is a number in two parts or a register.
        new("cccc 000P U1W0 nnnn dddd oooo 1011 oooo", "STRH", static (c, i) => c.Strh(i, SplitOffset(i))),
        new("cccc 000P U0W0 nnnn dddd ---- 1011 mmmm", "STRH", static (c, i) => c.Strh(i, c.Rm(i))),
        new("cccc 000P U1W1 nnnn dddd oooo 1011 oooo", "LDRH", static (c, i) => c.Ldrh(i, SplitOffset(i))),
        new("cccc 000P U0W1 nnnn dddd ---- 1011 mmmm", "LDRH", static (c, i) => c.Ldrh(i, c.Rm(i))),
        new("cccc 000P U1W1 nnnn dddd oooo 1101 oooo", "LDRSB", static (c, i) => c.Ldrsb(i, SplitOffset(i))),
        new("cccc 000P U0W1 nnnn dddd ---- 1101 mmmm", "LDRSB", static (c, i) => c.Ldrsb(i, c.Rm(i))),
        new("cccc 000P U1W1 nnnn dddd oooo 1111 oooo", "LDRSH", static (c, i) => c.Ldrsh(i, SplitOffset(i))),
        new("cccc 000P U0W1 nnnn dddd ---- 1111 mmmm", "LDRSH", static (c, i) => c.Ldrsh(i, c.Rm(i))),
        new("cccc 000P U1W0 nnnn dddd oooo 1101 oooo", "LDRD", static (c, i) => c.Ldrd(i, SplitOffset(i))),
        new("cccc 000P U0W0 nnnn dddd ---- 1101 mmmm", "LDRD", static (c, i) => c.Ldrd(i, c.Rm(i))),
        new("cccc 000P U1W0 nnnn dddd oooo 1111 oooo", "STRD", static (c, i) => c.Strd(i, SplitOffset(i))),
        new("cccc 000P U0W0 nnnn dddd ---- 1111 mmmm", "STRD", static (c, i) => c.Strd(i, c.Rm(i))),

        // Swap, and many at once.
        new("cccc 0001 0000 nnnn dddd ---- 1001 mmmm", "SWP", static (c, i) => c.Swp(i)),
        new("cccc 0001 0100 nnnn dddd ---- 1001 mmmm", "SWPB", static (c, i) => c.Swpb(i)),
        new("cccc 100P USW0 nnnn llll llll llll llll", "STM", static (c, i) => c.Stm(i)),
        new("cccc 100P USW1 nnnn llll llll llll llll", "LDM", static (c, i) => c.Ldm(i)),

        // Coprocessors: there is CP15 and no other, and it has registers only.
        new("cccc 1110 ooo0 nnnn dddd pppp qqq1 mmmm", "MCR", static (c, i) => c.Mcr(i)),
        new("cccc 1110 ooo1 nnnn dddd pppp qqq1 mmmm", "MRC", static (c, i) => c.Mrc(i)),
    };

    private static uint SplitOffset(uint instruction) => instruction >> 4 & 0xF0 | instruction & 0xF;
}
