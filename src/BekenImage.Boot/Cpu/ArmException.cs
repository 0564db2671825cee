namespace BekenImage.Boot.Cpu;

/// <summary>The exceptions; the value is the vector's address (ARM DDI 0100, A2.6).</summary>
internal enum ArmException : uint
{
    Reset = 0x00,
    Undefined = 0x04,
    SoftwareInterrupt = 0x08,
    PrefetchAbort = 0x0C,
    DataAbort = 0x10,
    Irq = 0x18,
    Fiq = 0x1C,
}
