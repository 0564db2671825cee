namespace BekenImage.Boot.Cpu;

/// <summary>The decode tables, expanded once: an entry for each value of the bits that decide, null for what is undefined.</summary>
internal static class DecodeIndex
{
    /// <summary>Bits 27-20 and 7-4 of an ARM instruction with a condition.</summary>
    public static readonly Instruction?[] Arm = Expand(ArmInstructions.Rows, 4096, static at => 0xE000_0000 | ArmSample(at));

    /// <summary>The same for those whose condition bits are 1111.</summary>
    public static readonly Instruction?[] Unconditional = Expand(ArmInstructions.Rows, 4096, static at => 0xF000_0000 | ArmSample(at));

    /// <summary>The top ten bits of a Thumb instruction.</summary>
    public static readonly Instruction?[] Thumb = Expand(ThumbInstructions.Rows, 1024, static at => at << 6);

    /// <summary>What the processor's loop takes: the same entries, and what an undefined instruction does.</summary>
    public static readonly Execute[] ArmHandlers = Handlers(Arm);

    public static readonly Execute[] UnconditionalHandlers = Handlers(Unconditional);

    public static readonly Execute[] ThumbHandlers = Handlers(Thumb);

    public static uint ArmEntry(uint instruction) => instruction >> 16 & 0xFF0 | instruction >> 4 & 0xF;

    /// <summary>The row of an ARM instruction; null: undefined.</summary>
    public static Instruction? FindArm(uint instruction) => (instruction >> 28 == 0xF ? Unconditional : Arm)[ArmEntry(instruction)];

    /// <summary>The row of a Thumb instruction; null: undefined.</summary>
    public static Instruction? FindThumb(uint instruction) => Thumb[instruction >> 6 & 0x3FF];

    private static uint ArmSample(uint at) => (at & 0xFF0) << 16 | (at & 0xF) << 4;

    private static Instruction?[] Expand(Instruction[] rows, int size, Func<uint, uint> sample)
    {
        var index = new Instruction?[size];
        for (int at = 0; at < size; at++)
        {
            uint instruction = sample((uint)at);
            index[at] = Array.Find(rows, row => row.Matches(instruction));
        }

        return index;
    }

    private static Execute[] Handlers(Instruction?[] index)
    {
        Execute undefined = static (cpu, _) => cpu.Undefined();
        return Array.ConvertAll(index, row => row?.Execute ?? undefined);
    }
}
