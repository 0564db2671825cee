namespace BekenImage.Boot.Device;

/// <summary>A block of registers of which some do something; the others are storage.</summary>
internal abstract class Peripheral(RegisterStorage storage, uint start)
{
    /// <summary>The block's first address.</summary>
    public uint Start { get; } = start;

    /// <param name="offset">From <see cref="Start"/>, a multiple of 4.</param>
    public virtual uint Read(uint offset) => storage.Read(Start + offset);

    /// <param name="offset">From <see cref="Start"/>, a multiple of 4.</param>
    /// <param name="value">What is written.</param>
    public virtual void Write(uint offset, uint value) => storage.Write(Start + offset, value);
}

/// <summary>A peripheral that time passes for.</summary>
internal interface ITicking
{
    /// <summary>One tick; what is enabled raises its flag.</summary>
    void Tick();

    /// <summary>The lines it raises at the interrupt controller, as bits of the raw status.</summary>
    uint Lines { get; }
}
