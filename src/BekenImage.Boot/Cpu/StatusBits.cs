namespace BekenImage.Boot.Cpu;

/// <summary>Bits of CPSR and SPSR (ARM DDI 0100, A2.5).</summary>
internal static class StatusBits
{
    public const uint Negative = 1u << 31;
    public const uint Zero = 1u << 30;
    public const uint Carry = 1u << 29;
    public const uint Overflow = 1u << 28;
    public const uint Saturated = 1u << 27;
    public const uint IrqOff = 1u << 7;
    public const uint FiqOff = 1u << 6;
    public const uint Thumb = 1u << 5;
    public const uint Mode = 0x1F;

    public const uint InterruptsOff = IrqOff | FiqOff;

    /// <summary>What MSR may change in every mode.</summary>
    public const uint UserWritable = 0xF800_0000;

    /// <summary>
    /// What MSR may change in CPSR in the other modes besides. T is not among it: to change it so is UNPREDICTABLE, here it stays.
    /// </summary>
    public const uint PrivilegedWritable = InterruptsOff | Mode;
}
