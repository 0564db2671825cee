namespace BekenImage.Boot.Device;

/// <summary>
/// The interrupt controller in the block at 0x802000. Its status is the level of the sources under the enable word: the loaders clear the
/// source, not the status. Source: hardware.md, section 5.
/// </summary>
internal sealed class InterruptController(RegisterStorage storage) : Peripheral(storage, Base)
{
    public const uint Base = 0x00802000;

    private const uint Enable = 0x40;
    private const uint Global = 0x44;
    private const uint RawStatus = 0x48;
    private const uint Status = 0x4C;
    private const uint GlobalIrq = 1;
    private const uint GlobalFiq = 2;
    private const uint IrqSources = 0x0000FFFF;

    private uint _enabled;
    private uint _global;

    /// <summary>What is connected to it.</summary>
    public ITicking[] Sources { get; set; } = [];

    public bool IsIrqPending { get; private set; }

    public bool IsFiqPending { get; private set; }

    /// <summary>True while an interrupt can come at all.</summary>
    public bool IsOpen => _enabled != 0 && _global != 0;

    private uint Raw
    {
        get
        {
            uint lines = 0;
            foreach (var source in Sources)
                lines |= source.Lines;
            return lines;
        }
    }

    public override uint Read(uint offset) => offset switch
    {
        RawStatus => Raw,
        Status => Raw & _enabled,
        _ => base.Read(offset),
    };

    public override void Write(uint offset, uint value)
    {
        if (offset is RawStatus or Status)
            return;
        base.Write(offset, value);
        if (offset == Enable)
            _enabled = value;
        if (offset == Global)
            _global = value;
        Update();
    }

    /// <summary>To be called after a source may have changed.</summary>
    public void Update()
    {
        uint pending = _enabled == 0 ? 0 : Raw & _enabled;
        IsIrqPending = (pending & IrqSources) != 0 && (_global & GlobalIrq) != 0;
        IsFiqPending = (pending & ~IrqSources) != 0 && (_global & GlobalFiq) != 0;
    }
}
