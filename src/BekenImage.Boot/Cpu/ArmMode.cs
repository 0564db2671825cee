namespace BekenImage.Boot.Cpu;

/// <summary>The processor modes: the five low bits of CPSR (ARM DDI 0100, A2.2).</summary>
internal enum ArmMode : uint
{
    User = 0x10,
    Fiq = 0x11,
    Irq = 0x12,
    Supervisor = 0x13,
    Abort = 0x17,
    Undefined = 0x1B,
    System = 0x1F,
}
