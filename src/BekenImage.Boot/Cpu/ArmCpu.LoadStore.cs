namespace BekenImage.Boot.Cpu;

// Loads and stores of one register or a pair (A5.2, A5.3). Loading the base with write-back is UNPREDICTABLE: here the loaded value wins;
// storing it stores what it was. R15 with write-back is UNPREDICTABLE: it is not written.
internal sealed partial class ArmCpu
{
    private const uint PreIndexed = 1 << 24;
    private const uint Upward = 1 << 23;
    private const uint WritesBack = 1 << 21;

    /// <summary>LDR of R15 is a jump that bit 0 may turn into Thumb (ARMv5).</summary>
    public void Ldr(uint instruction, uint offset)
    {
        uint address = TransferAddress(instruction, offset);
        uint value = ReadWord(address);
        if (IsLost)
            return;
        WriteBack(instruction, offset);
        if ((instruction >> 12 & 15) == 15)
            BranchExchange(value);
        else
            Registers[instruction >> 12 & 15] = value;
    }

    /// <summary>R15 is stored as the address + 12 (IMPLEMENTATION DEFINED; so on ARM9E-S).</summary>
    public void Str(uint instruction, uint offset)
    {
        uint source = instruction >> 12 & 15;
        WriteWord(TransferAddress(instruction, offset), Registers[source] + (source == 15 ? 4u : 0));
        EndStore(instruction, offset);
    }

    public void Ldrb(uint instruction, uint offset) => EndLoad(instruction, offset, _bus.ReadByte(TransferAddress(instruction, offset)));

    public void Ldrsb(uint instruction, uint offset) =>
        EndLoad(instruction, offset, (uint)(sbyte)_bus.ReadByte(TransferAddress(instruction, offset)));

    public void Ldrh(uint instruction, uint offset) => EndLoad(instruction, offset, ReadHalfword(TransferAddress(instruction, offset)));

    public void Ldrsh(uint instruction, uint offset) =>
        EndLoad(instruction, offset, (uint)(short)ReadHalfword(TransferAddress(instruction, offset)));

    public void Strb(uint instruction, uint offset)
    {
        _bus.WriteByte(TransferAddress(instruction, offset), (byte)Registers[instruction >> 12 & 15]);
        EndStore(instruction, offset);
    }

    public void Strh(uint instruction, uint offset)
    {
        WriteHalfword(TransferAddress(instruction, offset), Registers[instruction >> 12 & 15]);
        EndStore(instruction, offset);
    }

    /// <summary>
    /// An odd register, R14, or an address not divisible by 8 are UNPREDICTABLE: here an odd one is undefined, the others count in words.
    /// </summary>
    public void Ldrd(uint instruction, uint offset)
    {
        uint first = instruction >> 12 & 15;
        if ((first & 1) != 0)
        {
            Undefined();
            return;
        }

        uint address = TransferAddress(instruction, offset) & ~3u;
        uint low = _bus.ReadWord(address);
        uint high = _bus.ReadWord(address + 4);
        if (IsLost)
            return;
        WriteBack(instruction, offset);
        Registers[first] = low;
        Registers[first + 1] = high;
    }

    public void Strd(uint instruction, uint offset)
    {
        uint first = instruction >> 12 & 15;
        if ((first & 1) != 0)
        {
            Undefined();
            return;
        }

        uint address = TransferAddress(instruction, offset) & ~3u;
        _bus.WriteWord(address, Registers[first]);
        _bus.WriteWord(address + 4, Registers[first + 1]);
        EndStore(instruction, offset);
    }

    public void Swp(uint instruction)
    {
        uint address = Rn(instruction);
        uint value = ReadWord(address);
        if (IsLost)
            return;
        WriteWord(address, Rm(instruction));
        if (!IsLost)
            Registers[instruction >> 12 & 15] = value;
    }

    public void Swpb(uint instruction)
    {
        uint address = Rn(instruction);
        uint value = _bus.ReadByte(address);
        if (IsLost)
            return;
        _bus.WriteByte(address, (byte)Rm(instruction));
        if (!IsLost)
            Registers[instruction >> 12 & 15] = value;
    }

    private uint TransferAddress(uint instruction, uint offset) =>
        (instruction & PreIndexed) == 0 ? Rn(instruction) : Moved(instruction, offset);

    private uint Moved(uint instruction, uint offset) =>
        (instruction & Upward) != 0 ? Rn(instruction) + offset : Rn(instruction) - offset;

    private void WriteBack(uint instruction, uint offset)
    {
        if ((instruction & (PreIndexed | WritesBack)) != PreIndexed)
            Registers[instruction >> 16 & 15] = Moved(instruction, offset);
    }

    private void EndLoad(uint instruction, uint offset, uint value)
    {
        if (IsLost)
            return;
        WriteBack(instruction, offset);
        Registers[instruction >> 12 & 15] = value;
    }

    private void EndStore(uint instruction, uint offset)
    {
        if (!IsLost)
            WriteBack(instruction, offset);
    }
}
