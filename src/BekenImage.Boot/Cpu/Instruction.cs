namespace BekenImage.Boot.Cpu;

/// <summary>What an instruction does to the processor.</summary>
internal delegate void Execute(ArmCpu cpu, uint instruction);

/// <summary>
/// A row of a decode table. The pattern names each bit from the highest: 0 and 1 are fixed; c is the condition (in ARM any but 1111, in
/// Thumb any but 1110 and 1111); - "should be" zero or one and is not looked at; each other letter is a field of the instruction.
/// </summary>
internal sealed class Instruction
{
    public Instruction(string pattern, string name, Execute execute)
    {
        Pattern = pattern.Replace(" ", "");
        Name = name;
        Execute = execute;
        foreach (char bit in Pattern)
        {
            FixedBits = FixedBits << 1 | (bit is '0' or '1' ? 1u : 0);
            FixedValue = FixedValue << 1 | (bit == '1' ? 1u : 0);
        }
    }

    public string Pattern { get; }

    public string Name { get; }

    public Execute Execute { get; }

    /// <summary>The bits that decide, as a mask.</summary>
    public uint FixedBits { get; }

    /// <summary>What the bits that decide must be.</summary>
    public uint FixedValue { get; }

    /// <summary>True when the pattern begins with a condition.</summary>
    public bool IsConditional => Pattern.IndexOf('c') >= 0;

    public bool Matches(uint instruction)
    {
        if ((instruction & FixedBits) != FixedValue)
            return false;
        if (!IsConditional)
            return true;
        return Pattern.Length == 32 ? instruction >> 28 != 0xF : (instruction >> 8 & 0xF) < 0xE;
    }

    /// <summary>A field by its letter; its bits need not stand together.</summary>
    public uint Field(uint instruction, char letter)
    {
        uint value = 0;
        for (int at = 0; at < Pattern.Length; at++)
        {
            if (Pattern[at] == letter)
                value = value << 1 | (instruction >> (Pattern.Length - 1 - at) & 1);
        }

        return value;
    }
}
