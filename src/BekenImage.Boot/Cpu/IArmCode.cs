namespace BekenImage.Boot.Cpu;

/// <summary>
/// What a bus may offer besides <see cref="IArmBus"/>, to be spared a question for each instruction: memory that is read as it lies.
/// Without it, and where it has nothing to offer, the processor fetches each instruction through the bus.
/// </summary>
internal interface IArmCode
{
    /// <summary>
    /// The memory around an address; false where an instruction must be fetched through the bus (nowhere, or not fit to run). Stores must
    /// show in the array at once; when it no longer holds what the processor would fetch, <see cref="CodeChanged"/> is called.
    /// </summary>
    bool TryGetCode(uint address, out ArmCode code);

    /// <summary>Set by the processor: forget what was handed out.</summary>
    Action? CodeChanged { get; set; }
}

/// <summary>A stretch of memory: its first address and length, both divisible by 4, and where it lies in an array.</summary>
internal readonly record struct ArmCode(byte[] Bytes, int Offset, uint Address, uint Length);
