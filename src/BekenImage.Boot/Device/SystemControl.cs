namespace BekenImage.Boot.Device;

/// <summary>
/// The system control block at 0x800000: who the chip is, and its efuse, of which every byte is blank. Analog writes are done at once.
/// Source: hardware.md, section 8.1.
/// </summary>
internal sealed class SystemControl(RegisterStorage storage, uint chipId, uint deviceId) : Peripheral(storage, Base)
{
    public const uint Base = 0x00800000;

    private const uint ChipId = 0x00;
    private const uint DeviceId = 0x04;
    private const uint AnalogBusy = 0x40;
    private const uint EfuseControl = 0x74;
    private const uint EfuseData = 0x78;
    private const uint EfuseStart = 1;
    private const uint EfuseValidAndBlank = 0x100;

    public override uint Read(uint offset) => offset switch
    {
        ChipId => chipId,
        DeviceId => deviceId,
        AnalogBusy => 0,
        EfuseControl => base.Read(offset) & ~EfuseStart,
        EfuseData => EfuseValidAndBlank,
        _ => base.Read(offset),
    };
}

/// <summary>The pins, a word each: an input reads what its pull makes of it, up where bit 5 enables it and bit 4 says up.</summary>
internal sealed class Gpio(RegisterStorage storage) : Peripheral(storage, Base)
{
    public const uint Base = 0x00802800;

    private const uint Input = 1;
    private const uint PullUp = 1u << 4;
    private const uint PullEnabled = 1u << 5;

    public override uint Read(uint offset)
    {
        uint word = base.Read(offset);
        return (word & PullEnabled) == 0 ? word : (word & PullUp) != 0 ? word | Input : word & ~Input;
    }
}

/// <summary>The analog converter: a sample that a warm room gives, and a FIFO that is empty until it is started.</summary>
internal sealed class Saradc(RegisterStorage storage) : Peripheral(storage, Base), ITicking
{
    public const uint Base = 0x00802C00;

    private const uint Config = 0x00;
    private const uint Data = 0x10;
    private const uint ModeMask = 0x3;
    private const uint Busy = 1u << 8;
    private const uint FifoEmpty = 1u << 30;
    private const uint Sample = 330;
    private const uint Line = 1u << 11;

    private bool _hasSample;

    public uint Lines => _hasSample ? Line : 0;

    public override uint Read(uint offset)
    {
        switch (offset)
        {
            case Config:
                return base.Read(offset) & ~(Busy | FifoEmpty) | (_hasSample ? 0 : FifoEmpty);
            case Data:
                _hasSample = false;
                return Sample;
            default:
                return base.Read(offset);
        }
    }

    public void Tick() => _hasSample |= (base.Read(Config) & ModeMask) != 0;
}
