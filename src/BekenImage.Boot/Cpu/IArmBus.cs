namespace BekenImage.Boot.Cpu;

/// <summary>
/// All that a processor sees of the world. An access to nowhere does not throw: the bus notes it (<see cref="HasFault"/>) and answers 0;
/// the processor's loop stops there.
/// </summary>
internal interface IArmBus
{
    /// <summary>Reads a word, little-endian; the two low bits of the address are 0.</summary>
    uint ReadWord(uint address);

    /// <summary>Reads a half-word; the low bit of the address is 0.</summary>
    ushort ReadHalfword(uint address);

    byte ReadByte(uint address);

    void WriteWord(uint address, uint value);

    void WriteHalfword(uint address, ushort value);

    void WriteByte(uint address, byte value);

    /// <summary>The instruction at an address, ARM (word-aligned).</summary>
    uint FetchArm(uint address);

    /// <summary>The instruction at an address, Thumb (half-word-aligned).</summary>
    ushort FetchThumb(uint address);

    /// <summary>True after an access to nowhere.</summary>
    bool HasFault { get; }

    /// <summary>True while an interrupt request is pending and not masked by the interrupt controller.</summary>
    bool IsIrqPending { get; }

    /// <summary>As <see cref="IsIrqPending"/>, for fast interrupts.</summary>
    bool IsFiqPending { get; }
}
