namespace BekenImage.Boot.Device;

/// <summary>
/// The six timers at 0x802A00 of every chip but the oldest: three share a control word with enable bits, a divider and interrupt flags
/// that a written 1 clears. A tick is an end count: real time is not modelled. Source: hardware.md, section 5.
/// </summary>
internal sealed class Timers(RegisterStorage storage) : Peripheral(storage, Base), ITicking
{
    public const uint Base = 0x00802A00;

    private const uint ControlOf0To2 = 0x0C;
    private const uint ControlOf3To5 = 0x4C;
    private const uint Enables = 0x7;
    private const int FlagShift = 7;
    private const uint Flags = Enables << FlagShift;
    private const uint Line = 1u << 8;

    private uint _flags0;
    private uint _flags3;

    public uint Lines => (_flags0 | _flags3) != 0 ? Line : 0;

    public override uint Read(uint offset) => offset switch
    {
        ControlOf0To2 => base.Read(offset) | _flags0,
        ControlOf3To5 => base.Read(offset) | _flags3,
        _ => base.Read(offset),
    };

    public override void Write(uint offset, uint value)
    {
        if (offset == ControlOf0To2)
            _flags0 &= ~value;
        if (offset == ControlOf3To5)
            _flags3 &= ~value;
        base.Write(offset, offset is ControlOf0To2 or ControlOf3To5 ? value & ~Flags : value);
    }

    // Of the first three the applications use the last as a counter that runs freely: only the others tick.
    public void Tick() => _flags3 |= (base.Read(ControlOf3To5) & Enables) << FlagShift;
}
