namespace BekenImage.Boot.Cpu;

// Multiply, the DSP instructions of the E in ARMv5TE, and CLZ. R15 as an operand is UNPREDICTABLE: it reads 8 ahead, and a result for it is
// dropped. Rd = Rm, or one register for both halves, are UNPREDICTABLE too: the result is the product all the same, the high half written
// last.
internal sealed partial class ArmCpu
{
    public void Mul(uint instruction) => Product(instruction, 0);

    public void Mla(uint instruction) => Product(instruction, Registers[instruction >> 12 & 15]);

    public void Umull(uint instruction) => LongProduct(instruction, (ulong)Rm(instruction) * Rs(instruction));

    public void Umlal(uint instruction) => LongProduct(instruction, (ulong)Rm(instruction) * Rs(instruction) + Accumulator(instruction));

    public void Smull(uint instruction) => LongProduct(instruction, SignedProduct(instruction));

    public void Smlal(uint instruction) => LongProduct(instruction, SignedProduct(instruction) + Accumulator(instruction));

    public void Smul(uint instruction) => Registers[instruction >> 16 & 15] = (uint)HalfProduct(instruction);

    public void Smla(uint instruction) => Accumulate(instruction, HalfProduct(instruction));

    public void Smulw(uint instruction) => Registers[instruction >> 16 & 15] = (uint)WordByHalf(instruction);

    public void Smlaw(uint instruction) => Accumulate(instruction, WordByHalf(instruction));

    public void SmlalHalves(uint instruction) =>
        WriteLong(instruction, (ulong)(long)HalfProduct(instruction) + Accumulator(instruction));

    public void Qadd(uint instruction) => Saturate(instruction, (long)(int)Rm(instruction) + (int)Rn(instruction));

    public void Qsub(uint instruction) => Saturate(instruction, (long)(int)Rm(instruction) - (int)Rn(instruction));

    public void Qdadd(uint instruction) => Saturate(instruction, (long)(int)Rm(instruction) + Doubled(instruction));

    public void Qdsub(uint instruction) => Saturate(instruction, (long)(int)Rm(instruction) - Doubled(instruction));

    public void Clz(uint instruction)
    {
        uint value = Rm(instruction);
        uint count = 32;
        for (; value != 0; value >>= 1)
            count--;
        Registers[instruction >> 12 & 15] = count;
    }

    private uint Rs(uint instruction) => Registers[instruction >> 8 & 15];

    // C and V stay (ARMv5).
    private void Product(uint instruction, uint addend)
    {
        uint result = Rm(instruction) * Rs(instruction) + addend;
        Registers[instruction >> 16 & 15] = result;
        if ((instruction & SetsFlags) != 0)
            SetNegativeAndZero(result);
    }

    private ulong SignedProduct(uint instruction) => (ulong)((long)(int)Rm(instruction) * (int)Rs(instruction));

    private ulong Accumulator(uint instruction) => (ulong)Rn(instruction) << 32 | Registers[instruction >> 12 & 15];

    private void LongProduct(uint instruction, ulong result)
    {
        WriteLong(instruction, result);
        if ((instruction & SetsFlags) == 0)
            return;
        _cpsr = _cpsr & 0x3FFF_FFFF | (uint)(result >> 32) & StatusBits.Negative | (result == 0 ? StatusBits.Zero : 0);
    }

    private void WriteLong(uint instruction, ulong result)
    {
        Registers[instruction >> 12 & 15] = (uint)result;
        Registers[instruction >> 16 & 15] = (uint)(result >> 32);
    }

    private int HalfProduct(uint instruction) =>
        Half(Rm(instruction), instruction >> 5 & 1) * Half(Rs(instruction), instruction >> 6 & 1);

    private int WordByHalf(uint instruction) => (int)((long)(int)Rm(instruction) * Half(Rs(instruction), instruction >> 6 & 1) >> 16);

    private static int Half(uint value, uint high) => (short)(value >> (int)(high * 16));

    // Here Rn is at 15-12 and Rd at 19-16. The sum wraps; Q says that it did.
    private void Accumulate(uint instruction, int product)
    {
        long sum = (long)product + (int)Registers[instruction >> 12 & 15];
        if (sum != (int)sum)
            _cpsr |= StatusBits.Saturated;
        Registers[instruction >> 16 & 15] = (uint)sum;
    }

    private void Saturate(uint instruction, long value) => Registers[instruction >> 12 & 15] = (uint)Saturated(value);

    private int Doubled(uint instruction) => Saturated(2L * (int)Rn(instruction));

    private int Saturated(long value)
    {
        if (value == (int)value)
            return (int)value;
        _cpsr |= StatusBits.Saturated;
        return value < 0 ? int.MinValue : int.MaxValue;
    }
}
